import { createHash } from 'node:crypto';
import type { LoadedInvoice } from './invoices.ts';

/**
 * SHA-256 over what an approver says yes to: who is paid, how much, for which invoice, against which account as
 * printed. A change to any of them asks for a new approval (G2).
 */
export function approvalDigest({ row }: Pick<LoadedInvoice, 'row'>): string {
  const facts = [
    row.id,
    row.kind,
    row.number,
    row.supplier_id,
    row.iban,
    row.currency,
    row.net,
    row.tax,
    row.gross,
    row.issued_on,
    row.due_on,
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
