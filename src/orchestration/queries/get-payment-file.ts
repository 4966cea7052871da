import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../office.ts';
import { ask, found } from './ask.ts';

/**
 * The bank file of a released run, byte for byte as it was written at release.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND when there is no such run, or it is not released.
 */
export async function getPaymentFile(
  office: Office,
  actor: Actor,
  paymentRunId: string,
): Promise<{ readonly fileName: string; readonly bytes: Uint8Array }> {
  const run = await ask(office, actor, 'invoices:read', (transaction) =>
    transaction
      .selectFrom('payment_runs')
      .select(['status', 'file_sha256', 'message_id'])
      .where('id', '=', paymentRunId)
      .executeTakeFirst(),
  );
  const { file_sha256: sha256, message_id: messageId, status } = found(run, 'payment run', paymentRunId);
  if (sha256 === null) {
    throw new DeskhandError(orchestrationErrors.notFound, `Payment run ${paymentRunId} is ${status}: its bank file is written at release.`);
  }
  return { fileName: `${messageId.replaceAll(/[^A-Za-z0-9-]/g, '_')}.xml`, bytes: await office.blobs.get(sha256) };
}
