import type { Transaction } from '#platform';
import { sql } from 'kysely';
import type { NewEvent, StoredEvent, StreamKind } from './events.ts';

export interface EventRow {
  readonly stream_kind: StreamKind;
  readonly stream_id: string;
  readonly organization_id: string;
  readonly version: number;
  readonly type: string;
  readonly data: unknown;
  readonly actor: string;
  readonly at: Date;
}

export function toStoredEvent(row: EventRow): StoredEvent {
  return {
    ...({ type: row.type, data: row.data } as NewEvent),
    organizationId: row.organization_id,
    streamKind: row.stream_kind,
    streamId: row.stream_id,
    version: row.version,
    actor: row.actor,
    at: row.at.toISOString(),
  };
}

const pageSize = 2000;

/** Rows of a query that may be larger than memory. One cursor of a name at a time. */
export async function* pagesOf<Row>(transaction: Transaction, name: string, query: ReturnType<typeof sql>): AsyncGenerator<readonly Row[]> {
  await sql`declare ${sql.ref(name)} no scroll cursor for ${query}`.execute(transaction);
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(pageSize)} from ${sql.ref(name)}`.execute(transaction);
    if (rows.length > 0) yield rows;
    if (rows.length < pageSize) break;
  }
  await sql`close ${sql.ref(name)}`.execute(transaction);
}

/** The events of an organization, stream by stream. */
export async function* streamsOf(transaction: Transaction, organizationId: string): AsyncGenerator<readonly StoredEvent[]> {
  const query = sql`select stream_kind, stream_id, organization_id, version, type, data, actor, at from stream_events
    where organization_id = ${sql.lit(organizationId)} order by stream_id collate "C", version`;
  let stream: StoredEvent[] = [];
  for await (const page of pagesOf<EventRow>(transaction, 'events_cursor', query)) {
    for (const row of page) {
      if (stream.length > 0 && stream[0]?.streamId !== row.stream_id) {
        yield stream;
        stream = [];
      }
      stream.push(toStoredEvent(row));
    }
  }
  if (stream.length > 0) yield stream;
}
