import { sql } from 'kysely';
import type { Database, Metrics } from '#platform';

const states = ['held', 'waiting', 'resting', 'admitted', 'running'] as const;

/** Sets the gauges of the outbox: how much is in it, in which state, and how old the oldest is. */
export async function measureOutbox(database: Database, metrics: Metrics): Promise<void> {
  const { rows } = await database.inSystem((transaction) =>
    sql<{ kind: string; state: string; count: number; age: number }>`
      select kind, state, count(*)::int as count, extract(epoch from clock_timestamp() - min(created_at))::float8 as age
      from outbox where state not in ('settled', 'dead') group by 1, 2
    `.execute(transaction),
  );
  for (const kind of ['start', 'signal']) {
    for (const state of states) {
      const row = rows.find((one) => one.kind === kind && one.state === state);
      metrics.set('outboxDepth', { kind, state }, row?.count ?? 0);
    }
    const notYetTaken = rows.filter((one) => one.kind === kind && one.state !== 'running');
    metrics.set('outboxOldestSeconds', { kind }, Math.max(0, ...notYetTaken.map(({ age }) => age)));
  }
  const waiting = rows.filter(({ state }) => state !== 'running').reduce((sum, { count }) => sum + count, 0);
  metrics.set('outboxWaiting', {}, waiting);
}
