import { mayDo, type Actor } from '#domain/identity';
import { askForSignature } from '#platform';
import type { Office } from '../tasks/office.ts';
import { loadPayments, releaseDigestOf, releaseObstacles } from '../payments/payment-runs.ts';
import { loadAuthenticators } from '../payments/signing-codes.ts';
import { loadSigningKeys } from '../payments/signing-keys.ts';
import type { SubmissionStep } from '../payments/submission-path.ts';
import { mayComeBack, submissionWorkflowId } from '../payments/submissions.ts';
import { todayOf } from '../today.ts';
import { ask, found, type OfficeTransaction } from './ask.ts';
import { selectPayments, toPayments } from './rows/payment-rows.ts';
import { paymentsOfRuns, toPaymentRuns, type PaymentRunRow } from './rows/payment-run-rows.ts';
import { findPeople, personOf } from './rows/people.ts';
import { findSubmissions } from './rows/submission-rows.ts';
import type { PaymentRunDetailView, PaymentRunStepView, PaymentView } from './views-payments.ts';

/** One run, with the very checks that its release makes, and its way to the bank. @throws DH_ORCHESTRATION_NOT_FOUND */
export async function getPaymentRun(office: Office, actor: Actor, paymentRunId: string): Promise<PaymentRunDetailView> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const row = found(
      await transaction.selectFrom('payment_runs').selectAll().where('id', '=', paymentRunId).executeTakeFirst(),
      'payment run',
      paymentRunId,
    );
    const submissions = await findSubmissions(transaction, [row]);
    const [summary] = await toPaymentRuns(transaction, [row], submissions);
    const isOpen = row.status === 'proposed';
    const today = todayOf(office.clock);
    const payments = isOpen ? await loadPayments(transaction, { runId: paymentRunId }) : [];
    const obstacles = isOpen ? await releaseObstacles(transaction, payments, today, office.clock.now()) : [];
    const mayRelease = mayDo(actor, 'payment-runs:release');
    const digest = isOpen ? releaseDigestOf(row.message_id, payments) : row.release_digest;
    const mayNow = isOpen && obstacles.length === 0 && row.created_by !== actor.memberId && mayRelease;
    return {
      ...found(summary, 'payment run', paymentRunId),
      payments: await paymentsOf(transaction, row),
      digest,
      signing: mayNow && digest !== null ? await signingQuestion(transaction, actor, digest) : null,
      asksForCode: mayNow && (await loadAuthenticators(transaction, actor.memberId)).length > 0,
      signedWith: await signedWith(transaction, row),
      obstacles,
      mayRelease: mayNow,
      mayTakeBack: row.status === 'released' && mayComeBack(row) && mayRelease,
      path: await toPath(transaction, row, submissions.get(row.id)?.path ?? []),
      questions: [...(submissions.get(row.id)?.questions ?? [])],
    };
  });
}

/** What the page asks this person's device with; null where nothing is to be signed. */
async function signingQuestion(transaction: OfficeTransaction, actor: Actor, digest: string): Promise<Record<string, unknown> | null> {
  const keys = await loadSigningKeys(transaction, actor.memberId);
  const host = keys[0]?.host;
  return host === undefined ? null : { ...(await askForSignature(digest, keys, host)) };
}

/** The passkey that signed this release, or the app that gave a code for it; null where it was released without. */
async function signedWith(transaction: OfficeTransaction, row: PaymentRunRow): Promise<PaymentRunDetailView['signedWith']> {
  if (row.release_digest === null) return null;
  const released = { payment_run_id: row.id, digest: row.release_digest };
  const keyOf = (table: 'release_signatures' | 'signing_code_uses') =>
    transaction
      .selectFrom('signing_keys')
      .select(['kind', 'name'])
      .where('id', 'in', (of) =>
        of
          .selectFrom(table)
          .select('signing_key_id')
          .where((where) => where.and(released)),
      )
      .executeTakeFirst();
  return (await keyOf('release_signatures')) ?? (await keyOf('signing_code_uses')) ?? null;
}

async function paymentsOf(transaction: OfficeTransaction, row: PaymentRunRow): Promise<PaymentView[]> {
  const links = await paymentsOfRuns(transaction, [row]);
  if (links.length === 0) return [];
  const rows = await selectPayments(transaction)
    .where(
      'payments.id',
      'in',
      links.map(({ paymentId }) => paymentId),
    )
    .orderBy('payments.execute_on')
    .orderBy('payments.id')
    .execute();
  return await toPayments(transaction, rows);
}

/** The way of the file, and what people answered about it, in order. */
async function toPath(transaction: OfficeTransaction, row: PaymentRunRow, path: readonly SubmissionStep[]): Promise<PaymentRunStepView[]> {
  const answers = await transaction
    .selectFrom('tasks')
    .select(['decision', 'decided_by', 'decided_at', 'note'])
    .where('workflow_id', '=', submissionWorkflowId(row.id))
    .where('status', '=', 'done')
    .orderBy('decided_at')
    .orderBy('created_at')
    .execute();
  const people = await findPeople(transaction, [...path.map(({ actor }) => actor), ...answers.map((answer) => answer.decided_by)]);
  const steps = path.map(({ at, lastAt, actor, ...step }) => ({
    ...step,
    at: at.toISOString(),
    lastAt: lastAt.toISOString(),
    by: personOf(people, actor),
    decision: null,
  }));
  const answered = answers.flatMap(({ decision, decided_by: by, decided_at: decidedAt, note }) => {
    const at = decidedAt?.toISOString();
    return at === undefined ? [] : { what: 'answered' as const, at, lastAt: at, times: 1, by: personOf(people, by), note, decision };
  });
  return [...steps, ...answered].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
