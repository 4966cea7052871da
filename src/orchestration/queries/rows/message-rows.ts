import type { Tables } from '#platform';
import { sql, type Selectable, type SelectQueryBuilder } from 'kysely';
import type { OfficeTransaction } from '../ask.ts';
import { selectDocuments, toDocumentSummary } from './document-rows.ts';
import { findInvoices } from './invoice-rows.ts';
import { describeOutcome } from './message-outcome.ts';
import type { MessageSummaryView } from '../views.ts';

export type MessageRow = Selectable<Tables['events']> & { source: string };

type Joined = Pick<Tables, 'events' | 'connections'>;

export function selectMessages(transaction: OfficeTransaction): SelectQueryBuilder<Joined, keyof Joined, MessageRow> {
  return transaction
    .selectFrom('events')
    .innerJoin('connections', 'connections.id', 'events.connection_id')
    .selectAll('events')
    .select('connections.name as source');
}

/** Messages with their documents and what became of them, in five queries however long the list is. */
export async function toMessages(transaction: OfficeTransaction, rows: readonly MessageRow[]): Promise<MessageSummaryView[]> {
  if (rows.length === 0) return [];
  const eventIds = rows.map((row) => row.id);
  const documents = (
    await selectDocuments(transaction).where('documents.event_id', 'in', eventIds).orderBy('documents.position').execute()
  ).map(toDocumentSummary);
  const invoices = await findInvoices(
    transaction,
    documents.map((document) => document.invoiceId),
  );
  const tasks = await findOpenTasks(transaction, eventIds);
  const answered = await findAnswered(transaction, eventIds);
  return rows.map((row) => {
    const own = documents.filter((document) => document.eventId === row.id);
    const ownInvoices = own.flatMap((document) => invoices.get(document.invoiceId ?? '') ?? []);
    const openTasks = tasks.filter((task) => task.event_id === row.id).map((task) => task.title);
    return {
      id: row.id,
      source: row.source,
      kind: row.kind,
      subject: row.subject ?? (row.kind === 'file' ? row.file_name : null),
      sender: row.sender_name ?? row.sender_address,
      receivedAt: row.received_at.toISOString(),
      status: row.status,
      classification: row.classification,
      documents: own,
      outcome: describeOutcome({
        status: row.status,
        classification: row.classification,
        documents: own,
        invoices: ownInvoices,
        openTasks,
        answersAbout: answered.filter((answer) => answer.event_id === row.id).map(({ number }) => number ?? 'an invoice without a number'),
      }),
    };
  });
}

/** Invoices about which these messages answer a question. */
async function findAnswered(
  transaction: OfficeTransaction,
  eventIds: readonly string[],
): Promise<{ event_id: string | null; number: string | null }[]> {
  return transaction
    .selectFrom('question_mails')
    .innerJoin('questions', 'questions.id', 'question_mails.question_id')
    .innerJoin('invoices', 'invoices.id', 'questions.invoice_id')
    .select(['question_mails.event_id', 'invoices.number'])
    .where('question_mails.event_id', 'in', [...eventIds])
    .orderBy('question_mails.id')
    .execute();
}

async function findOpenTasks(transaction: OfficeTransaction, eventIds: readonly string[]): Promise<{ event_id: string; title: string }[]> {
  const answer = await sql<{ event_id: string; title: string }>`
    select coalesce(tasks.event_id, documents.event_id) as event_id, tasks.title
    from tasks left join documents on documents.id = tasks.document_id
    where tasks.status = 'open' and coalesce(tasks.event_id, documents.event_id) = any(${[...eventIds]}::text[])
    order by tasks.created_at, tasks.id
  `.execute(transaction);
  return answer.rows;
}
