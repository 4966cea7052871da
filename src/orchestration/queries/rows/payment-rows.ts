import type { Tables } from '#platform';
import type { Selectable, SelectQueryBuilder } from 'kysely';
import type { OfficeTransaction } from '../ask.ts';
import { findInvoices } from './invoice-rows.ts';
import { moneyView } from '../numbers.ts';
import type { PaymentView } from '../views-payments.ts';

export type PaymentRow = Selectable<Tables['payments']> & { supplier_name: string; iban: string; account_status: string };

type Joined = Pick<Tables, 'payments' | 'suppliers' | 'supplier_bank_accounts'>;

export function selectPayments(transaction: OfficeTransaction): SelectQueryBuilder<Joined, keyof Joined, PaymentRow> {
  return transaction
    .selectFrom('payments')
    .innerJoin('suppliers', 'suppliers.id', 'payments.supplier_id')
    .innerJoin('supplier_bank_accounts', 'supplier_bank_accounts.id', 'payments.bank_account_id')
    .selectAll('payments')
    .select(['suppliers.name as supplier_name', 'supplier_bank_accounts.iban', 'supplier_bank_accounts.status as account_status']);
}

export async function toPayments(transaction: OfficeTransaction, rows: readonly PaymentRow[]): Promise<PaymentView[]> {
  const invoices = await findInvoices(
    transaction,
    rows.map((row) => row.invoice_id),
  );
  return rows.flatMap((row) => {
    const invoice = invoices.get(row.invoice_id);
    if (invoice === undefined) return [];
    return {
      id: row.id,
      invoice,
      supplier: { id: row.supplier_id, name: row.supplier_name },
      iban: row.iban,
      amount: moneyView(row.amount, row.currency),
      discount: moneyView(row.discount, row.currency),
      executeOn: row.execute_on,
      reason: row.reason,
      reference: row.reference,
      status: row.status,
      paymentRunId: row.payment_run_id,
      bank: row.bank_state === null ? null : { state: row.bank_state, on: row.bank_state_on ?? '', note: row.bank_note ?? '' },
    };
  });
}
