import { startRelay, type Engine, type Relay } from '#orchestration';
import { createLog, createMetrics, enqueue, newId, settleWork, type Metrics, type Queueing } from '#platform';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** An engine that only takes note of what it is handed, and refuses what a test tells it to. */
interface NotingEngine {
  readonly engine: Engine;
  /** Ids in the order they were first taken: started twice is once. */
  readonly started: string[];
  /** Message ids in the order they were first taken. */
  readonly signals: string[];
  /** All calls, repeated ones included. */
  calls: number;
  /** What to throw at a call, or nothing. */
  refusal: (workflowId: string) => Error | null;
  /** Runs in each call, before the answer. */
  during: (workflowId: string) => Promise<unknown>;
}

function createNotingEngine(): NotingEngine {
  const take = async (workflowId: string, list: string[], id: string): Promise<void> => {
    noting.calls += 1;
    await noting.during(workflowId);
    const refusal = noting.refusal(workflowId);
    if (refusal !== null) throw refusal;
    if (!list.includes(id)) list.push(id);
  };
  const noting: NotingEngine = {
    engine: {
      start: (_workflow: string, workflowId: string) => take(workflowId, noting.started, workflowId),
      signal: (workflowId: string, _signal: string, _payload: unknown, messageId: string) => take(workflowId, noting.signals, messageId),
    } as unknown as Engine,
    started: [],
    signals: [],
    calls: 0,
    refusal: () => null,
    during: () => Promise.resolve(),
  };
  return noting;
}

/** Organizations with nothing but an outbox, and relays over an engine that only takes note. */
export interface OutboxOffice {
  readonly testDatabase: TestDatabase;
  readonly noting: NotingEngine;
  readonly metrics: Metrics;
  addOrganization(): Promise<string>;
  /** Queues work of a connection, or without one when `queueing` is null. */
  add(organizationId: string, workflowId: string, queueing?: Partial<Queueing> | null): Promise<void>;
  signal(organizationId: string, workflowId: string): Promise<void>;
  settle(organizationId: string, workflowId: string): Promise<void>;
  limit(organizationId: string, limits: Readonly<Record<string, number>>): Promise<void>;
  start(options?: {
    readonly workLimit?: number;
    readonly backOffMs?: number;
    readonly sweepEveryMs?: number;
    readonly database?: TestDatabase['database'];
  }): Relay;
  states(organizationId: string): Promise<Readonly<Record<string, string>>>;
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export async function openOutboxOffice(): Promise<OutboxOffice> {
  const testDatabase = await createTestDatabase();
  const { database } = testDatabase;
  const noting = createNotingEngine();
  const metrics = createMetrics();
  const relays: Relay[] = [];
  let version = 0;
  return {
    testDatabase,
    noting,
    metrics,
    async addOrganization() {
      const id = newId('org');
      await database.inOrganization(id, (transaction) =>
        transaction.insertInto('organizations').values({ id, name: id, currency: 'EUR', iban: null, bic: null }).execute(),
      );
      return id;
    },
    add: (organizationId, workflowId, queueing = {}) =>
      database.inOrganization(organizationId, (transaction) =>
        enqueue(transaction, organizationId, {
          kind: 'start',
          workflow: 'handle-message',
          workflowId,
          input: { organizationId },
          ...(queueing === null
            ? {}
            : {
                queueing: {
                  connectionId: `con of ${organizationId}`,
                  orderingKey: null,
                  orderingGroup: workflowId,
                  priority: 40,
                  ...queueing,
                },
              }),
        }),
      ),
    signal: (organizationId, workflowId) =>
      database.inOrganization(organizationId, (transaction) =>
        enqueue(transaction, organizationId, { kind: 'signal', workflowId, signal: 'news', payload: {} }),
      ),
    settle: (organizationId, workflowId) => database.inOrganization(organizationId, (transaction) => settleWork(transaction, workflowId)),
    async limit(organizationId, limits) {
      version += 1;
      await testDatabase.query('insert into policies (organization_id, kind, version, content) values ($1, $2, $3, $4)', [
        organizationId,
        'admission',
        version,
        JSON.stringify(limits),
      ]);
    },
    start(options = {}) {
      const relay = startRelay({ database, engine: noting.engine, log: createLog({ level: 'silent' }), metrics, ...options });
      relays.push(relay);
      return relay;
    },
    async states(organizationId) {
      const rows = await testDatabase.query('select workflow_id, state from outbox where organization_id = $1', [organizationId]);
      return Object.fromEntries(rows.map(({ workflow_id, state }) => [String(workflow_id), String(state)]));
    },
    query: async <Row>(text: string, values?: readonly unknown[]) => (await testDatabase.query(text, values)) as readonly Row[],
    async close() {
      await Promise.all(relays.map((relay) => relay.stop()));
      await testDatabase.drop();
    },
  };
}
