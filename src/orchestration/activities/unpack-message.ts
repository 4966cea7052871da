import type { UnpackedMessage, UnpackProblem } from '#domain/messages';
import type { StoredBlob } from '#domain/ports';
import { appendAudit, enqueue, newId, settleWork, type Queueing, type Transaction } from '#platform';
import type { ActivityContext } from '../flow.ts';
import { takeTurn } from '../locks.ts';
import type { Office } from '../tasks/office.ts';
import { openTask } from '../tasks/tasks.ts';
import { documentWorkflowId } from '../workflows/names.ts';
import { once } from './once.ts';

interface Input {
  readonly organizationId: string;
  readonly eventId: string;
}

/** Finds the documents in a message, keeps each one's original and starts its workflow; a bare message becomes a task. */
export async function unpackMessage(
  office: Office,
  context: ActivityContext,
  { organizationId, eventId }: Input,
): Promise<{ documents: number; isAsking?: boolean }> {
  const event = await office.database.inOrganization(organizationId, (transaction) =>
    transaction.selectFrom('events').selectAll().where('id', '=', eventId).executeTakeFirstOrThrow(),
  );
  const message = await office.unpacker.unpack({
    externalId: event.external_id,
    kind: event.kind,
    fileName: event.file_name,
    bytes: await office.blobs.get(event.content_sha256),
    receivedAt: event.received_at,
  });
  const originals: StoredBlob[] = [];
  for (const part of message.parts) originals.push(await office.blobs.put(part.bytes));
  const triage = office.triage.classify(message);

  return once(office, context, organizationId, async (transaction) => {
    await takeTurn(transaction, organizationId);
    const named = await findNamesake(transaction, eventId, message.messageId);
    const twin = named !== null && (await holdsAll(transaction, named, originals)) ? named : null;
    await transaction
      .updateTable('events')
      .set({
        status: 'handled',
        message_id: named === null ? message.messageId : null,
        subject: message.subject,
        sender_name: message.sender.name,
        sender_address: message.sender.address,
        reply_to: message.replyTo ?? null,
        authentication_results: message.authenticationResults ?? null,
        body: event.kind === 'mail' ? message.text : null,
        classification: twin === null ? triage.classification : 'delivered-twice',
      })
      .where('id', '=', eventId)
      .execute();
    const queueing = await queueingOfDocuments(transaction, event, context.workflowId);
    await settleWork(transaction, context.workflowId);
    if (twin !== null) {
      await record(office, transaction, organizationId, eventId, 'message.delivered-twice', { firstEventId: twin });
      return { documents: 0, isAsking: false };
    }
    const subject = { organizationId, eventId, workflowId: context.workflowId, traceParent: event.trace_parent, queueing };
    await storeDocuments(transaction, subject, message, originals);
    for (const [index, problem] of message.problems.entries()) await askAboutProblem(transaction, subject, problem, index);
    const isForPerson = message.parts.length === 0 && message.problems.length === 0 && triage.needsPerson;
    if (isForPerson) {
      await openTask(transaction, organizationId, {
        workflowId: context.workflowId,
        key: 'message',
        kind: 'message',
        reason: triage.classification,
        title: triage.title,
        question: triage.reason,
        choices: ['done'],
        role: 'office-manager',
        eventId,
      });
    }
    await record(office, transaction, organizationId, eventId, 'message.unpacked', {
      documents: message.parts.length,
      problems: message.problems.map((problem) => problem.code),
      classification: triage.classification,
    });
    return { documents: message.parts.length, isAsking: isForPerson || message.problems.length > 0 };
  });
}

interface Subject extends Input {
  readonly workflowId: string;
  readonly traceParent: string | null;
  readonly queueing: Queueing;
}

/** Documents queue as their message did, in the order of its thread, and before messages that are not open yet. */
async function queueingOfDocuments(
  transaction: Transaction,
  event: { readonly id: string; readonly connection_id: string },
  workflowId: string,
): Promise<Queueing> {
  const own = await transaction
    .selectFrom('outbox')
    .select(['ordering_key', 'priority'])
    .where('workflow_id', '=', workflowId)
    .where('kind', '=', 'start')
    .where('state', 'not in', ['settled', 'dead'])
    .executeTakeFirst();
  const key = own?.ordering_key ?? null;
  return {
    connectionId: event.connection_id,
    orderingKey: key === null ? null : `documents of ${key}`,
    orderingGroup: event.id,
    priority: (own?.priority ?? 40) - 10,
  };
}

/** Another event that carried the same Message-ID: the same mail by a second mailbox, or one that only says so. */
async function findNamesake(transaction: Transaction, eventId: string, messageId: string | null): Promise<string | null> {
  if (messageId === null) return null;
  const twin = await transaction
    .selectFrom('events')
    .select('id')
    .where('message_id', '=', messageId)
    .where('id', '<>', eventId)
    .executeTakeFirst();
  return twin?.id ?? null;
}

/** A Message-ID is the sender's to choose: a mail counts as delivered twice only when nothing in it is new. */
async function holdsAll(transaction: Transaction, eventId: string, originals: readonly StoredBlob[]): Promise<boolean> {
  const known = await transaction.selectFrom('documents').select('sha256').where('event_id', '=', eventId).execute();
  const hashes = new Set(known.map((document) => document.sha256));
  return originals.every((original) => hashes.has(original.sha256));
}

async function storeDocuments(
  transaction: Transaction,
  subject: Subject,
  message: UnpackedMessage,
  originals: readonly StoredBlob[],
): Promise<void> {
  for (const [position, part] of message.parts.entries()) {
    const original = originals[position];
    if (original === undefined) continue;
    const documentId = newId('doc');
    await transaction
      .insertInto('documents')
      .values({
        id: documentId,
        organization_id: subject.organizationId,
        event_id: subject.eventId,
        position,
        sha256: original.sha256,
        file_name: part.fileName,
        path: [...part.path],
        size_bytes: original.sizeBytes,
        media_type: null,
        page_count: null,
        document_type: null,
        reading_sha256: null,
        extraction: null,
        read_ms: null,
      })
      .execute();
    await enqueue(
      transaction,
      subject.organizationId,
      {
        kind: 'start',
        workflow: 'handle-document',
        workflowId: documentWorkflowId(documentId),
        input: { organizationId: subject.organizationId, documentId, traceParent: subject.traceParent },
        queueing: subject.queueing,
      },
      subject.traceParent,
    );
  }
}

async function askAboutProblem(transaction: Transaction, subject: Subject, problem: UnpackProblem, index: number): Promise<void> {
  await openTask(transaction, subject.organizationId, {
    workflowId: subject.workflowId,
    key: `problem:${index}`,
    kind: 'limit',
    reason: problem.code,
    title: problem.fileName === null ? 'Part of a message was left out' : `${problem.fileName} was left out`,
    question: problem.message,
    choices: ['done'],
    role: 'office-manager',
    eventId: subject.eventId,
  });
}

async function record(
  office: Office,
  transaction: Transaction,
  organizationId: string,
  eventId: string,
  action: string,
  details: Record<string, unknown>,
): Promise<void> {
  await appendAudit(transaction, organizationId, office.clock.now(), { actor: 'deskhand', action, subjects: [eventId], details });
}
