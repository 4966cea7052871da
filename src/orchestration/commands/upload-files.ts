import { createHash } from 'node:crypto';
import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { requireRoom } from '../intake/backlog.ts';
import { openConnection } from './open-connection.ts';
import { receiveMessage } from './receive-message.ts';
import { requireRight } from './require-right.ts';

export interface UploadedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}
export interface UploadReceipt {
  readonly fileName: string;
  readonly messageId: string;
  /** False when the very same file is here already; `messageId` is then the first one's. */
  readonly isNew: boolean;
}

/**
 * Takes files from a person: mails (`.eml`) as mails, everything else as documents.
 *
 * @throws DH_ORCHESTRATION_BACKLOG_FULL when too much waits to be worked on.
 */
export async function uploadFiles(
  office: Office,
  actor: Actor,
  input: { readonly files: readonly UploadedFile[] },
): Promise<UploadReceipt[]> {
  requireRight(actor, 'documents:upload');
  const connectionId = await openConnection(office, actor.organizationId, 'upload', 'Upload');
  await requireRoom(office, { organizationId: actor.organizationId, connectionId });
  const receipts: UploadReceipt[] = [];
  for (const { fileName, bytes } of input.files) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const kind = fileName.toLowerCase().endsWith('.eml') ? 'mail' : 'file';
    const message = { externalId: sha256, kind, fileName, bytes, receivedAt: office.clock.now() } as const;
    const { eventId, isNew } = await receiveMessage(office, {
      organizationId: actor.organizationId,
      connectionId,
      message,
      isAwaited: true,
    });
    receipts.push({ fileName, messageId: eventId, isNew });
  }
  return receipts;
}
