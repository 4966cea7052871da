import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, enqueue, type Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { lockRun, paymentOrderOf, type RunRow } from '../payments/payment-order.ts';
import { loadPayments, releaseDigestOf, releaseObstacles } from '../payments/payment-runs.ts';
import { checkCode } from '../payments/signing-codes.ts';
import { signRelease, type GivenSignature } from '../payments/signing-keys.ts';
import { entriesOfPayments, markPaid, submissionWorkflowId } from '../payments/submissions.ts';
import { todayOf } from '../today.ts';
import { requireRight } from './require-right.ts';
import { append } from '../streams/append.ts';

/**
 * Releases a run, once: checks again that every payment is what was approved, writes the bank file and keeps it by its
 * hash. The person who releases is another than the one who proposed. Where a way to the bank is set up, the file goes
 * there by itself and its invoices are paid when the bank has accepted it; otherwise a person downloads it.
 *
 * @param input.digest - of the run as it was shown; the release covers that and nothing else.
 *
 * @param input.signature - with a passkey over that digest; who has a passkey or an authenticator app must give this or a code.
 *
 * @param input.code - six digits of an authenticator app. They sign nothing, so the server ties them to `digest`, which must
 *   be given with them, and keeps the two together.
 *
 * @throws DH_ORCHESTRATION_FOUR_EYES, DH_ORCHESTRATION_RUN_NOT_READY, DH_ORCHESTRATION_NOT_FOUND,
 *   DH_ORCHESTRATION_SIGNATURE_MISSING, DH_ORCHESTRATION_SIGNATURE_INVALID, DH_ORCHESTRATION_CODE_WRONG,
 *   DH_ORCHESTRATION_CODE_USED, DH_ORCHESTRATION_CODES_LOCKED, DH_ORCHESTRATION_VALUE_INVALID
 */
export async function releasePaymentRun(
  office: Office,
  actor: Actor,
  {
    paymentRunId,
    digest: shown,
    signature,
    code: digits,
  }: { readonly paymentRunId: string; readonly digest?: string; readonly signature?: GivenSignature; readonly code?: string },
): Promise<void> {
  requireRight(actor, 'payment-runs:release');
  if (digits !== undefined && shown === undefined) {
    throw new DeskhandError(orchestrationErrors.valueInvalid, 'A code is given for what was shown: send the digest of the run with it.');
  }
  const code = digits === undefined ? undefined : await checkCode(office, actor, digits, paymentRunId);
  const released = await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const run = await lockRun(transaction, paymentRunId);
    if (run.status === 'released' && run.released_by === actor.memberId) return [];
    if (run.status !== 'proposed') throw new DeskhandError(orchestrationErrors.runNotReady, `This run is ${run.status} already.`);
    if (run.created_by === actor.memberId) {
      throw new DeskhandError(orchestrationErrors.fourEyes, 'You put this run together; somebody else must release it.');
    }
    const now = office.clock.now();
    const today = todayOf(office.clock);
    const payments = await loadPayments(transaction, { runId: paymentRunId });
    const obstacles = await releaseObstacles(transaction, payments, today, now);
    if (obstacles.length > 0) throw new DeskhandError(orchestrationErrors.runNotReady, obstacles.join(' '), { details: { paymentRunId } });
    const digest = releaseDigestOf(run.message_id, payments);
    if (shown !== undefined && shown !== digest) throw notAsShown(paymentRunId);
    const stepUp = await signRelease(transaction, actor, { paymentRunId, digest, now, signature, code });
    const file = await office.paymentFiles.write(await paymentOrderOf(transaction, { ...run, release_digest: digest }, payments, today));
    const { sha256 } = await office.blobs.put(new TextEncoder().encode(file));
    await markReleased(transaction, actor, run, { now, sha256, digest, isSent: office.paymentChannel !== null });
    await appendAudit(transaction, actor.organizationId, now, {
      actor: actor.memberId,
      action: 'payment-run.released',
      subjects: [paymentRunId, ...payments.flatMap((payment) => [payment.id, ...payment.invoiceIds])],
      details: {
        count: payments.length,
        fileSha256: sha256,
        messageId: run.message_id,
        digest,
        isAsShown: shown !== undefined,
        ...(stepUp ?? { signingKeyId: null }),
      },
    });
    return payments;
  });
  for (const payment of released) office.metrics.count('paymentsReleased', { currency: payment.amount.currency });
}

function notAsShown(paymentRunId: string): DeskhandError {
  return new DeskhandError(
    orchestrationErrors.runNotReady,
    'This run is not what was shown to you: a payment of it changed since. Nothing was released. Reload, look again, and release what you see.',
    { details: { paymentRunId } },
  );
}

async function markReleased(
  transaction: Transaction,
  actor: Actor,
  run: RunRow,
  released: { readonly now: Date; readonly sha256: string; readonly digest: string; readonly isSent: boolean },
): Promise<void> {
  const { now, sha256, digest, isSent } = released;
  const { memberId } = actor;
  const data = {
    released_by: memberId,
    released_at: now.toISOString(),
    file_sha256: sha256,
    release_digest: digest,
    submission: isSent ? ('waiting' as const) : null,
  };
  await append(
    transaction,
    { kind: 'payment-run', id: run.id, actor: memberId, events: [{ type: 'payment-run.released', data }] },
    ...(await entriesOfPayments(transaction, run.id, { actor: memberId, type: 'payment.released' })),
  );
  if (!isSent) return markPaid(transaction, run.id);
  await enqueue(transaction, actor.organizationId, {
    kind: 'start',
    workflowId: submissionWorkflowId(run.id),
    workflow: 'submit-payment-run',
    input: { organizationId: actor.organizationId, paymentRunId: run.id },
  });
}
