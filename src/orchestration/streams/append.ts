import { DeskhandError } from '#domain/errors';
import type { Transaction } from '#platform';
import { sql } from 'kysely';
import { orchestrationErrors } from '../errors.ts';
import type { NewEvent, StoredEvent, StreamKind } from './events.ts';
import { project } from './projection.ts';

/** News of one stream. */
export interface Entry {
  readonly kind: StreamKind;
  readonly id: string;
  /** A member's id, or `deskhand`. */
  readonly actor: string;
  /** The activity, task or command it came from. */
  readonly causedBy?: string | undefined;
  /** What the writer saw last; another version by now is a conflict. Left out: whatever is there, held from now on. */
  readonly expectedVersion?: number;
  readonly events: readonly NewEvent[];
}

interface Head {
  readonly stream_id: string;
  readonly version: number;
  readonly at: Date;
  readonly organization_id: string;
}

/**
 * Stores what happened and what follows from it in the projections, in the caller's transaction. The only way to change
 * an invoice, payment or payment run; a database trigger refuses any other.
 *
 * @throws DH_ORCHESTRATION_STREAM_CONFLICT when a stream is not where the writer saw it.
 */
export async function append(transaction: Transaction, ...entries: readonly Entry[]): Promise<void> {
  const wanted = entries.filter(({ events }) => events.length > 0);
  if (wanted.length === 0) return;
  const streams = JSON.stringify(wanted.map(({ kind, id }) => ({ kind, id })));
  const { rows: heads } = await sql<Head>`select * from open_streams(${streams}::jsonb)`.execute(transaction);
  const headOf = new Map(heads.map((head) => [head.stream_id, head]));
  const stored = wanted.flatMap((entry) => number(entry, headOf.get(entry.id)));
  const events = stored.map((event) => ({
    stream_kind: event.streamKind,
    stream_id: event.streamId,
    version: event.version,
    type: event.type,
    data: event.data,
    actor: event.actor,
    at: event.at,
    caused_by: event.causedBy ?? null,
  }));
  const changes = stored.flatMap((event) => project(event));
  await sql`select write_stream_events(${JSON.stringify(events)}::jsonb, ${JSON.stringify(changes)}::jsonb)`.execute(transaction);
}

/** Ids for rows of `corrections` and `approvals`: an event names them, so that they stay the same. */
export async function reserveIds(transaction: Transaction, table: 'corrections' | 'approvals', count: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select nextval(pg_get_serial_sequence(${table}, 'id'))::text as id from generate_series(1, ${count})`.execute(transaction);
  return rows.map(({ id }) => id);
}

function number(entry: Entry, head: Head | undefined): (StoredEvent & Pick<Entry, 'causedBy'>)[] {
  const { kind, id, actor, causedBy, events, expectedVersion } = entry;
  if (head === undefined || (expectedVersion !== undefined && expectedVersion !== head.version)) {
    throw new DeskhandError(orchestrationErrors.streamConflict, `Something else happened to ${id} meanwhile. Reload and look again.`, {
      details: { streamId: id, expectedVersion: expectedVersion ?? null, version: head?.version ?? null },
    });
  }
  return events.map((event, index) => ({
    // As it will be read back: an undefined part is no part.
    ...(JSON.parse(JSON.stringify(event)) as NewEvent),
    organizationId: head.organization_id,
    streamKind: kind,
    streamId: id,
    version: head.version + index + 1,
    actor,
    causedBy,
    at: head.at.toISOString(),
  }));
}
