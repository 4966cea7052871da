import { assemblePaymentRun, checkRelease, paymentDigest, type Payment } from '#domain/accounts-payable';
import type { SubmissionFinding } from '#domain/ports';
import { row, type Records, type RunRow } from './records.ts';

const today = '2026-11-23';

/** The product's own last check of a run. */
export function releaseObstacles(records: Records, payments: readonly Payment[]): string[] {
  const groups = assemblePaymentRun(payments, today);
  return checkRelease({ groups }, payments, records.suppliers, { digestOf: paymentDigest, today }).refusals.map(({ message }) => message);
}

/** Keeps the first clear word; the invoices of an accepted run are paid. */
export function recordAnswer(records: Records, run: RunRow, outcome: SubmissionFinding['outcome']): void {
  if (run.submission === 'accepted' || run.submission === 'refused') return;
  run.submission = outcome === 'absent' ? 'unknown' : outcome;
  if (outcome !== 'accepted') return;
  for (const { payment, runId } of records.payments.values()) {
    if (runId !== run.id) continue;
    for (const invoiceId of payment.invoiceIds) {
      const invoice = row(records.invoices, invoiceId);
      if (invoice.status === 'scheduled') invoice.status = 'paid';
    }
  }
}
