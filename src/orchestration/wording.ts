import type { ExceptionReason } from '#domain/accounts-payable';
import type { InvoiceRow } from './invoices/invoices.ts';

const headings: Readonly<Record<ExceptionReason, string>> = {
  price: 'Price differs from the order',
  quantity: 'More invoiced than ordered',
  'missing-receipt': 'Invoiced, but not received yet',
  'missing-purchase-order': 'No purchase order',
  'unordered-item': 'Something that was not ordered',
  currency: 'Another currency than ordered',
  'unknown-supplier': 'Unknown supplier',
  'bank-account-changed': 'Bank account is not the one on file',
  'bank-account-called': 'Confirm a new bank account',
  'fraud-hold': 'Held: this may be a fraud',
  'fraud-second': 'Held: a second person lets it pass',
  duplicate: 'Looks like an invoice we have',
  arithmetic: 'The figures do not add up',
  'doubtful-value': 'Please check what was read',
  'credit-note': 'A credit note',
  unit: 'Another unit than ordered',
  'order-closed': 'The order is closed',
  deposit: 'A deposit to check',
  'over-credited': 'More credited than billed',
  'tax-rate': 'The tax does not fit',
  'tax-treatment': 'May this tax be paid?',
  'vat-id': 'VAT id to check',
  'agreement-amount': 'Not the amount that was agreed',
  'agreement-period': 'Not when it was agreed',
  'agreement-bill': 'Which of the agreed bills?',
  coding: 'Where to book it',
};

/** `Price differs from the order · Kontor AG RE-1001`. */
export function titleOf(reason: ExceptionReason, row: Pick<InvoiceRow, 'supplier_name' | 'number' | 'kind'>, count: number): string {
  return `${headings[reason]}${count > 1 ? ` (${count})` : ''} · ${describeInvoice(row)}`;
}

export function describeInvoice(row: Pick<InvoiceRow, 'supplier_name' | 'number' | 'kind'>): string {
  const what = row.kind === 'credit-note' ? 'credit note' : 'invoice';
  return `${row.supplier_name ?? 'unknown sender'} ${row.number ?? `${what} without a number`}`;
}
