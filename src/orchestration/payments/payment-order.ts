import type { Payment } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import type { PaymentOrder } from '#domain/ports';
import type { Tables, Transaction } from '#platform';
import type { Selectable } from 'kysely';
import { endToEndIdOf } from './bank-orders.ts';
import { orchestrationErrors } from '../errors.ts';
import { instructionIdOf } from './payment-runs.ts';

export type RunRow = Selectable<Tables['payment_runs']>;

/** Holds a run until commit. @throws DH_ORCHESTRATION_NOT_FOUND */
export async function lockRun(transaction: Transaction, paymentRunId: string): Promise<RunRow> {
  const run = await transaction.selectFrom('payment_runs').selectAll().where('id', '=', paymentRunId).forUpdate().executeTakeFirst();
  if (run === undefined) throw new DeskhandError(orchestrationErrors.notFound, `There is no payment run ${paymentRunId}.`);
  return run;
}

/**
 * What the bank is told to pay, the same for the same rows and day, in the order in which a person checks it: by day,
 * supplier and reference.
 *
 * @param day - of the release: what was due before is carried out then.
 * @throws DH_ORCHESTRATION_RUN_NOT_READY
 */
export async function paymentOrderOf(
  transaction: Transaction,
  run: RunRow,
  payments: readonly Payment[],
  day: string,
): Promise<PaymentOrder> {
  const organization = await transaction.selectFrom('organizations').selectAll().executeTakeFirstOrThrow();
  if (organization.iban === null) {
    throw new DeskhandError(orchestrationErrors.runNotReady, `${organization.name} has no bank account to pay from. Set its IBAN first.`);
  }
  const rows = await transaction
    .selectFrom('payments')
    .innerJoin('suppliers', 'suppliers.id', 'payments.supplier_id')
    .innerJoin('supplier_bank_accounts as account', 'account.id', 'payments.bank_account_id')
    .select([
      'payments.id as id',
      'payments.reference as reference',
      'suppliers.name as name',
      'account.iban as iban',
      'account.bic as bic',
    ])
    .where('payments.payment_run_id', '=', run.id)
    .execute();
  const details = new Map(rows.map((row) => [row.id, row]));
  return {
    messageId: run.message_id,
    createdAt: run.created_at,
    debtor: { name: organization.name, iban: organization.iban, bic: organization.bic },
    payments: payments
      .flatMap((payment) => {
        const row = details.get(payment.id);
        if (row === undefined) return [];
        return {
          endToEndId: endToEndIdOf(payment.id),
          // A run released before there was a digest has a file without.
          instructionId: run.release_digest === null ? null : instructionIdOf(run.release_digest, endToEndIdOf(payment.id)),
          amount: payment.amount,
          creditor: { name: row.name, iban: row.iban, bic: row.bic },
          remittance: row.reference,
          executeOn: payment.payOn < day ? day : payment.payOn,
        };
      })
      .toSorted((one, other) => compareKeys(sortKey(one), sortKey(other))),
  };
}

function sortKey({ executeOn, creditor, remittance, endToEndId }: PaymentOrder['payments'][number]): readonly string[] {
  return [executeOn, creditor.name, remittance, endToEndId];
}

/** By code units, so that the order is the same on every machine. */
function compareKeys(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((key, index) => key !== other[index]);
  return at === -1 ? 0 : (one[at] ?? '') < (other[at] ?? '') ? -1 : 1;
}
