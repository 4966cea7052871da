import type { Actor } from '#domain/identity';
import { sql } from 'kysely';
import type { Office } from '../tasks/office.ts';
import { ask, found, type OfficeTransaction } from './ask.ts';
import { describeAction } from './rows/describe-action.ts';
import { findPeople } from './rows/people.ts';
import type { TimelineEntryView } from './views.ts';

interface Origins {
  readonly document_id: string;
  readonly event_id: string;
  /** Other documents of the same message and their invoices: what happened to them is another story. */
  readonly siblings: string[];
}

/** What happened to an invoice, from its mail to its bank file, in the order of the audit log. */
export async function getTimeline(office: Office, actor: Actor, invoiceId: string): Promise<{ items: TimelineEntryView[] }> {
  return await ask(office, actor, 'audit:read', async (transaction) => {
    const { document_id: documentId, event_id: eventId, siblings } = await findOrigins(transaction, invoiceId);
    const entries = await transaction
      .selectFrom('audit_entries')
      .select(['sequence', 'at', 'actor', 'action', 'details', 'hash'])
      .where(
        sql<boolean>`(subjects && ${[invoiceId, documentId]}::text[]
          or (subjects @> ${[eventId]}::text[] and not subjects && ${siblings}::text[]))`,
      )
      .orderBy('sequence')
      .execute();
    const people = await findPeople(
      transaction,
      entries.map((entry) => entry.actor),
    );
    const items = entries.map(({ sequence, at, actor: by, action, details, hash }) => {
      const name = people.get(by)?.name ?? 'Deskhand';
      const sentence = describeAction(action, details, name);
      return { sequence: Number(sequence), at: at.toISOString(), actor: name, action, sentence, details, hash };
    });
    return { items };
  });
}

async function findOrigins(transaction: OfficeTransaction, invoiceId: string): Promise<Origins> {
  const answer = await sql<Origins>`
    select documents.id as document_id, documents.event_id,
           array(select unnest(array[other.id, other_invoice.id]) from documents other
                   left join invoices other_invoice on other_invoice.document_id = other.id
                  where other.event_id = documents.event_id and other.id <> documents.id) as siblings
    from invoices join documents on documents.id = invoices.document_id
    where invoices.id = ${invoiceId}
  `.execute(transaction);
  const origins = found(answer.rows[0], 'invoice', invoiceId);
  return { ...origins, siblings: origins.siblings.filter((id) => id !== null) };
}
