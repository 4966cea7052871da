import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
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
): Promise<{ readonly fileName: string; readonly mediaType: string; readonly bytes: Uint8Array }> {
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
  const bytes = await office.blobs.get(sha256);
  const { ending, mediaType } = kindOf(bytes);
  return { fileName: `${messageId.replaceAll(/[^A-Za-z0-9-]/g, '_')}.${ending}`, mediaType, bytes };
}

/** By how its first record begins: XML, ACH or CSV. */
function kindOf(bytes: Uint8Array): { readonly ending: string; readonly mediaType: string } {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 5));
  if (start === '<?xml') return { ending: 'xml', mediaType: 'application/xml' };
  return start.startsWith('101 ')
    ? { ending: 'ach', mediaType: 'text/plain; charset=us-ascii' }
    : { ending: 'csv', mediaType: 'text/csv; charset=utf-8' };
}
