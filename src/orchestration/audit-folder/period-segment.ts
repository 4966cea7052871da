import { sql } from 'kysely';
import type { ChainPlace, FolderEntry, Period } from '#domain/audit-folder';
import type { Transaction } from '#platform';

/** The part of the hash chain that was written in a period, and everything that it speaks about. */
export interface PeriodSegment {
  readonly organization: { readonly id: string; readonly name: string };
  readonly timeZone: string;
  readonly before: ChainPlace;
  readonly after: ChainPlace;
  readonly entries: readonly FolderEntry[];
  /** Ids of invoices, documents, tasks, runs and so on. */
  readonly subjects: readonly string[];
}

const chainStart: ChainPlace = { sequence: 0, hash: '0'.repeat(64) };

/** Days are those of the organization's own time zone, else of the server's. */
export async function loadSegment(transaction: Transaction, period: Period): Promise<PeriodSegment> {
  const organization = await transaction.selectFrom('organizations').select(['id', 'name', 'time_zone']).executeTakeFirstOrThrow();
  const timeZone = organization.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isInPeriod = sql<boolean>`at >= ${period.from}::date::timestamp at time zone ${timeZone}
    and at < (${period.until}::date + 1)::timestamp at time zone ${timeZone}`;
  // Between the first and the last of the period without a gap, whatever the clocks said in between.
  const rows = await transaction
    .selectFrom('audit_entries')
    .selectAll()
    .where((of) => of('sequence', '>=', of.selectFrom('audit_entries').select(of.fn.min('sequence').as('first')).where(isInPeriod)))
    .where((of) => of('sequence', '<=', of.selectFrom('audit_entries').select(of.fn.max('sequence').as('last')).where(isInPeriod)))
    .orderBy('sequence')
    .execute();
  const entries = rows.map(({ organization_id: organizationId, sequence, at, previous_hash: previousHash, ...rest }) => ({
    organizationId,
    sequence: Number(sequence),
    at: at.toISOString(),
    ...rest,
    previousHash,
  }));
  const { before, after } = await placesOf(transaction, entries, period, timeZone);
  return { organization, timeZone, before, after, entries, subjects: [...new Set(entries.flatMap((entry) => entry.subjects))] };
}

/** A period in which nothing happened begins and ends at the last entry before it. */
async function placesOf(
  transaction: Transaction,
  entries: readonly FolderEntry[],
  period: Period,
  timeZone: string,
): Promise<{ readonly before: ChainPlace; readonly after: ChainPlace }> {
  const [first, last] = [entries[0], entries.at(-1)];
  if (first !== undefined && last !== undefined) {
    return { before: { sequence: first.sequence - 1, hash: first.previousHash }, after: { sequence: last.sequence, hash: last.hash } };
  }
  const earlier = await transaction
    .selectFrom('audit_entries')
    .select(['sequence', 'hash'])
    .where(sql<boolean>`at < ${period.from}::date::timestamp at time zone ${timeZone}`)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  const place = earlier === undefined ? chainStart : { sequence: Number(earlier.sequence), hash: earlier.hash };
  return { before: place, after: place };
}
