import { asDeskhandError, DeskhandError } from '#domain/errors';
import type { OutgoingPaymentFile, PaymentChannel, SubmissionFinding } from '#domain/ports';
import { appendAudit, type Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { ActivityContext } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { lockRun, paymentOrderOf, type RunRow } from '../payments/payment-order.ts';
import { loadPayments, releaseObstacles } from '../payments/payment-runs.ts';
import { outcomeOf, recordAnswer, type AnswerCause, type Submission } from '../payments/submissions.ts';
import { todayOf } from '../today.ts';
import { append } from '../streams/append.ts';

interface Input {
  readonly organizationId: string;
  readonly paymentRunId: string;
}

/**
 * Sends the file of a released run to the bank. `sending` is committed before anything leaves: an attempt that finds it,
 * because the one before was cut off, sends nothing and says `unknown`. What is thrown says that nothing was sent.
 *
 * @param input.afterAttempt - how often it was sent so far, as far as the caller knows; 0 at first.
 */
export async function sendPaymentFile(
  office: Office,
  context: ActivityContext,
  input: Input & { readonly afterAttempt: number },
): Promise<Submission> {
  const { organizationId, paymentRunId, afterAttempt } = input;
  const channel = channelOf(office);
  const begun = await office.database.inOrganization(organizationId, (transaction) =>
    begin(office, channel, transaction, paymentRunId, afterAttempt),
  );
  if (begun.file === null) return begun.seen;
  const attempt = afterAttempt + 1;
  // Held up for longer than it may take, this attempt was given up, and the bank is being asked about it: too late to send.
  context.signal.throwIfAborted();
  const answer = await channel.submit(begun.file).catch(async (thrown: unknown) => {
    await withdraw(office, input, attempt, messageOf(thrown));
    throw thrown;
  });
  return await record(office, channel, input, { answer, attempt, causedBy: 'send-payment-file' });
}

/** Asks the bank what became of the file; sends nothing. A bank that cannot be asked leaves it unknown. */
export async function askBank(office: Office, _context: ActivityContext, input: Input): Promise<Submission> {
  const channel = channelOf(office);
  const run = await office.database.inOrganization(input.organizationId, (transaction) => lockRun(transaction, input.paymentRunId));
  if (isAnswered(run)) return seenOf(run, channel);
  const answer = await channel
    .find({ messageId: run.message_id, sha256: run.file_sha256 ?? '' })
    .catch((thrown: unknown): SubmissionFinding => ({ outcome: 'unknown', why: `The bank could not be asked: ${messageOf(thrown)}` }));
  return await record(office, channel, input, { answer, attempt: run.submission_attempts, causedBy: 'ask-bank' });
}

type Begun = { readonly file: OutgoingPaymentFile; readonly seen: null } | { readonly file: null; readonly seen: Submission };

async function begin(
  office: Office,
  channel: PaymentChannel,
  transaction: Transaction,
  paymentRunId: string,
  afterAttempt: number,
): Promise<Begun> {
  const run = await lockRun(transaction, paymentRunId);
  const isSentSince = run.submission_attempts !== afterAttempt;
  if (isAnswered(run) || isSentSince) return { file: null, seen: seenOf(run, channel) };
  const bytes = await checkedFile(office, transaction, run);
  await append(transaction, {
    kind: 'payment-run',
    id: run.id,
    actor: 'deskhand',
    events: [{ type: 'payment-run.submission-changed', data: { submission: 'sending', submission_attempts: afterAttempt + 1 } }],
  });
  if (afterAttempt > 0) {
    await appendAudit(transaction, run.organization_id, office.clock.now(), {
      actor: 'deskhand',
      action: 'payment-run.sent-again',
      subjects: [run.id],
      details: { messageId: run.message_id, fileSha256: run.file_sha256, attempt: afterAttempt + 1 },
    });
  }
  return { file: { messageId: run.message_id, sha256: run.file_sha256 ?? '', bytes }, seen: null };
}

/**
 * The last look before money leaves (G2): every payment is still exactly what was approved, and the file says exactly
 * that, byte for byte.
 *
 * @throws DH_ORCHESTRATION_RUN_NOT_READY
 */
async function checkedFile(office: Office, transaction: Transaction, run: RunRow): Promise<Uint8Array> {
  const { released_at: releasedAt, file_sha256: sha256 } = run;
  if (releasedAt === null || sha256 === null) throw notReady(run, 'it has no file');
  const day = todayOf({ now: () => releasedAt });
  const payments = await loadPayments(transaction, { runId: run.id });
  const asReleased = payments.map((payment) => ({ ...payment, status: 'in-run' as const }));
  const obstacles = await releaseObstacles(transaction, asReleased, day);
  if (obstacles.length > 0) throw notReady(run, obstacles.join(' '));
  const bytes = await office.blobs.get(sha256);
  const expected = await office.paymentFiles.write(await paymentOrderOf(transaction, run, payments, day));
  if (!Buffer.from(bytes).equals(Buffer.from(expected))) throw notReady(run, 'the file is not what its payments say');
  return bytes;
}

function notReady(run: RunRow, why: string): DeskhandError {
  return new DeskhandError(orchestrationErrors.runNotReady, `Payment run ${run.id} did not leave: ${why} Nothing was sent.`, {
    details: { paymentRunId: run.id },
  });
}

/** Nothing was sent: it stands where it stood before this attempt. */
async function withdraw(office: Office, { organizationId, paymentRunId }: Input, attempt: number, why: string): Promise<void> {
  await office.database.inOrganization(organizationId, async (transaction) => {
    const run = await lockRun(transaction, paymentRunId);
    if (run.submission !== 'sending' || run.submission_attempts !== attempt) return;
    const data = { submission: attempt === 1 ? 'waiting' : 'unknown', submission_attempts: attempt - 1, submission_note: why } as const;
    await append(transaction, {
      kind: 'payment-run',
      id: paymentRunId,
      actor: 'deskhand',
      events: [{ type: 'payment-run.submission-changed', data }],
    });
  });
}

async function record(
  office: Office,
  channel: PaymentChannel,
  { organizationId, paymentRunId }: Input,
  { answer, attempt, causedBy }: { readonly answer: SubmissionFinding; readonly attempt: number; readonly causedBy: AnswerCause },
): Promise<Submission> {
  return office.database.inOrganization(organizationId, async (transaction) => {
    const run = await lockRun(transaction, paymentRunId);
    if (isAnswered(run)) return seenOf(run, channel);
    const isOutrun = run.submission_attempts !== attempt && answer.outcome !== 'accepted' && answer.outcome !== 'refused';
    if (!isOutrun) await recordAnswer(transaction, answer, { run, now: office.clock.now(), actor: 'deskhand', causedBy });
    return { outcome: answer.outcome, attempt: run.submission_attempts, arrivesWithinMs: channel.arrivesWithinMs };
  });
}

function isAnswered(run: RunRow): boolean {
  return outcomeOf(run) !== 'unknown';
}

function seenOf(run: RunRow, { arrivesWithinMs }: PaymentChannel): Submission {
  return { outcome: outcomeOf(run), attempt: run.submission_attempts, arrivesWithinMs };
}

function channelOf(office: Office): PaymentChannel {
  if (office.paymentChannel !== null) return office.paymentChannel;
  throw new DeskhandError(
    orchestrationErrors.bankNotSetUp,
    'No bank gateway is set up any more, but a released run waits for one. Set DESKHAND_BANK_URL and DESKHAND_BANK_TOKEN again.',
  );
}

function messageOf(thrown: unknown): string {
  return asDeskhandError(thrown)?.message ?? 'It gave no reason.';
}
