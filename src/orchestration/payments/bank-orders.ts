import type { OrderedPayment } from '#domain/accounts-payable';
import { decimal, roundTo } from '#domain/money';
import type { Transaction } from '#platform';
import { instructionIdOf } from './payment-runs.ts';
import { todayOf } from '../today.ts';

/** A payment's id as the bank file and the statement carry it. */
export function endToEndIdOf(paymentId: string): string {
  return paymentId.toUpperCase().replaceAll('_', '-');
}

/** Which payment an end-to-end id would be, if it is one of ours. */
function paymentIdOf(endToEndId: string): string {
  return endToEndId.toLowerCase().replaceAll('-', '_');
}

/** A payment with what a decision about it needs. */
export interface BankPayment extends OrderedPayment {
  readonly invoiceId: string;
  readonly runId: string | null;
}

/**
 * Payments that what a bank says can be about, in the order of their ids: those on their way, and those that it names.
 *
 * @param endToEndIds - as the bank writes them.
 */
export async function loadBankPayments(transaction: Transaction, endToEndIds: readonly string[]): Promise<BankPayment[]> {
  const named = [...new Set(endToEndIds.map(paymentIdOf))];
  const rows = await transaction
    .selectFrom('payments')
    .innerJoin('suppliers', 'suppliers.id', 'payments.supplier_id')
    .innerJoin('supplier_bank_accounts as account', 'account.id', 'payments.bank_account_id')
    .leftJoin('payment_runs as run', 'run.id', 'payments.payment_run_id')
    .selectAll('payments')
    .select(['suppliers.name as supplier_name', 'account.iban', 'run.message_id', 'run.released_at', 'run.release_digest'])
    .where((where) =>
      where.or([
        where('payments.id', 'in', named.length === 0 ? [''] : named),
        where.and([
          where('payments.status', '=', 'released'),
          where.or([where('payments.bank_state', 'is', null), where('payments.bank_state', 'in', ['accepted', 'rejected'])]),
        ]),
      ]),
    )
    .orderBy('payments.id')
    .forNoKeyUpdate(['payments'])
    .execute();
  return rows.map((row) => {
    const day = row.released_at === null ? '' : todayOf({ now: () => row.released_at ?? new Date(0) });
    return {
      id: row.id,
      invoiceId: row.invoice_id,
      runId: row.payment_run_id,
      messageId: row.message_id,
      endToEndId: endToEndIdOf(row.id),
      instructionId: row.release_digest === null ? null : instructionIdOf(row.release_digest, endToEndIdOf(row.id)),
      supplierName: row.supplier_name,
      amount: roundTo(decimal(row.amount), row.currency),
      iban: row.iban,
      // What was due before is carried out on the day of the release.
      executeOn: row.execute_on < day ? day : row.execute_on,
      reference: row.reference,
      isReleased: row.status === 'released',
      state: row.bank_state,
      settledOn: row.settled_on,
    };
  });
}
