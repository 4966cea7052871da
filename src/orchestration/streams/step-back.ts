import { DeskhandError } from '#domain/errors';
import type { Transaction } from '#platform';
import { sql } from 'kysely';
import { orchestrationErrors } from '../errors.ts';
import type { StoredEvent } from './events.ts';
import { fold } from './fold.ts';
import { projectedTables, type ProjectedTable, type Row } from './projection.ts';
import { toStoredEvent, type EventRow } from './read-events.ts';

/** A moment in the past: a time, or right after an event. */
export type Moment = { readonly at: string } | { readonly asOf: number };

export interface Seen {
  /** When the last event happened that is part of what is seen. */
  readonly at: string;
  /** Its sequence. */
  readonly event: number;
}

/**
 * From here to its end, the transaction reads an invoice, its approvals and its payment as they were at a moment: tables
 * of the same names, filled from the events, stand before the real ones. Invoices that ever took of the same order are
 * there too. What is not event-sourced (suppliers, orders, receipts, tasks) is as it is today.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND when there was no such invoice then.
 */
export async function stepBack(transaction: Transaction, invoiceId: string, moment: Moment): Promise<Seen> {
  const until = 'at' in moment ? sql`at <= ${moment.at}::timestamptz` : sql`sequence <= ${moment.asOf}`;
  const { rows } = await sql<EventRow & { sequence: string }>`
    select sequence, stream_kind, stream_id, organization_id, version, type, data, actor, at from stream_events
    where ${until} and stream_id in (${idsAround(invoiceId)}) order by stream_id, version`.execute(transaction);
  const last = rows.findLast((row) => row.stream_id === invoiceId);
  if (last === undefined) {
    throw new DeskhandError(orchestrationErrors.notFound, `There was no invoice ${invoiceId} at that moment, as far as is recorded.`, {
      details: { invoiceId },
    });
  }
  await standBefore(transaction, [...Map.groupBy(rows.map(toStoredEvent), (event) => event.streamId).values()]);
  return { at: last.at.toISOString(), event: Number(last.sequence) };
}

function idsAround(invoiceId: string): ReturnType<typeof sql> {
  return sql`select ${invoiceId}
    union select id from payments where invoice_id = ${invoiceId}
    union select stream_id from stream_events where type = 'invoice.assessed' and data ->> 'purchase_order_id' in (
      select data ->> 'purchase_order_id' from stream_events where stream_id = ${invoiceId} and type = 'invoice.assessed')`;
}

async function standBefore(transaction: Transaction, streams: readonly (readonly StoredEvent[])[]): Promise<void> {
  const rowsOf = new Map<ProjectedTable, Row[]>(projectedTables.map((table) => [table, []]));
  for (const stream of streams)
    for (const [table, rows] of Object.entries(fold(stream))) rowsOf.get(table as ProjectedTable)?.push(...rows);
  for (const [table, rows] of rowsOf) {
    const real = sql.ref(`public.${table}`);
    const before = sql.ref(`pg_temp.${table}`);
    await sql`create temporary table ${sql.ref(table)} (like ${real} including defaults) on commit drop`.execute(transaction);
    for (const [names, alike] of Map.groupBy(rows, (row) => Object.keys(row).toSorted().join())) {
      const columns = sql.join(names.split(',').map((name) => sql.ref(name)));
      await sql`insert into ${before} (${columns})
        select ${columns} from jsonb_populate_recordset(null::${real}, ${JSON.stringify(alike)}::jsonb)`.execute(transaction);
    }
  }
}
