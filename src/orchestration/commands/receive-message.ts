import { threadOf, type IncomingMessage } from '#domain/messages';
import type { StoredBlob } from '#domain/ports';
import { appendAudit, currentTraceParent, enqueue, inSpan, newId, type Queueing } from '#platform';
import type { Office } from '../tasks/office.ts';
import { messageWorkflowId } from '../workflows/names.ts';

export interface Arrival {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly message: IncomingMessage;
  /** Somebody handed it in just now: it goes before what arrived by itself. @default false */
  readonly isAwaited?: boolean;
}

/**
 * Takes in a message: its bytes are on disk and its event in the database before anything else happens to it (G1).
 * The same delivery again, or the same bytes by another way, finds the first event.
 */
export async function receiveMessage(office: Office, arrival: Arrival): Promise<{ readonly eventId: string; readonly isNew: boolean }> {
  const { organizationId, connectionId, message } = arrival;
  const blob = await office.blobs.put(message.bytes);
  const received = await inSpan('receive message', { 'deskhand.organization_id': organizationId }, () => store(office, arrival, blob));
  if (received.isNew) office.metrics.count('messagesReceived', { connection: connectionId });
  return received;
}

async function store(office: Office, arrival: Arrival, blob: StoredBlob): Promise<{ readonly eventId: string; readonly isNew: boolean }> {
  const { organizationId, connectionId, message } = arrival;
  return office.database.inOrganization(organizationId, async (transaction) => {
    const eventId = newId('evt');
    const traceParent = currentTraceParent();
    const inserted = await transaction
      .insertInto('events')
      .values({
        id: eventId,
        organization_id: organizationId,
        connection_id: connectionId,
        external_id: message.externalId,
        content_sha256: blob.sha256,
        kind: message.kind,
        file_name: message.fileName,
        size_bytes: blob.sizeBytes,
        sequence: message.sequence ?? null,
        received_at: message.receivedAt,
        trace_parent: traceParent,
        message_id: null,
        subject: null,
        sender_name: null,
        sender_address: null,
        body: null,
        classification: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted === undefined) {
      const known = await transaction
        .selectFrom('events')
        .select('id')
        .where((where) =>
          where.or([
            where('content_sha256', '=', blob.sha256),
            where.and([where('connection_id', '=', connectionId), where('external_id', '=', message.externalId)]),
          ]),
        )
        .executeTakeFirstOrThrow();
      return { eventId: known.id, isNew: false };
    }
    await enqueue(
      transaction,
      organizationId,
      {
        kind: 'start',
        workflow: 'handle-message',
        workflowId: messageWorkflowId(eventId),
        input: { organizationId, eventId, traceParent },
        queueing: queueingOf(arrival, eventId),
      },
      traceParent,
    );
    await appendAudit(transaction, organizationId, office.clock.now(), {
      actor: 'deskhand',
      action: 'message.received',
      subjects: [eventId],
      details: { connectionId, kind: message.kind, sha256: blob.sha256, sizeBytes: blob.sizeBytes },
    });
    return { eventId, isNew: true };
  });
}

/** Mails of one conversation are unpacked in the order they came: a correction never overtakes what it corrects. */
function queueingOf({ connectionId, message, isAwaited }: Arrival, eventId: string): Queueing {
  const thread = message.kind === 'mail' ? threadOf(message.bytes) : null;
  return {
    connectionId,
    orderingKey: thread === null ? null : `thread ${connectionId} ${thread}`,
    orderingGroup: eventId,
    priority: isAwaited === true ? 20 : 40,
  };
}
