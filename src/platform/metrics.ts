import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

interface MetricDefinition {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly name: `deskhand_${string}`;
  readonly about: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram, in the unit of its name. */
  readonly buckets?: readonly number[];
}

// From a lookup to a slow report; above 10 s a person has given up.
const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
// From an XML invoice (milliseconds) to a long scan at the reader's time limit.
const documentSeconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Everything that is measured. docs/reference/metrics.md is generated from this table. */
export const metricDefinitions = {
  messagesReceived: {
    kind: 'counter',
    name: 'deskhand_messages_received_total',
    about: 'Messages and files that were taken in, without repeated deliveries.',
    labels: ['connection'],
  },
  documentsRead: {
    kind: 'counter',
    name: 'deskhand_documents_read_total',
    about: 'Documents that were read, by what came of it.',
    labels: ['outcome'],
  },
  documentReadSeconds: {
    kind: 'histogram',
    name: 'deskhand_document_read_seconds',
    about: 'Time to read one document, by media type.',
    labels: ['media_type'],
    buckets: documentSeconds,
  },
  paymentsReleased: {
    kind: 'counter',
    name: 'deskhand_payments_released_total',
    about: 'Payments that left in a released payment run.',
    labels: ['currency'],
  },
  activitySeconds: {
    kind: 'histogram',
    name: 'deskhand_activity_seconds',
    about: 'Time of one workflow activity.',
    labels: ['activity', 'outcome'],
    buckets: documentSeconds,
  },
  outboxWaiting: {
    kind: 'gauge',
    name: 'deskhand_outbox_waiting',
    about: 'Messages in the outbox that the relay has not handed to the engine.',
    labels: [],
  },
  outboxDepth: {
    kind: 'gauge',
    name: 'deskhand_outbox_depth',
    about: 'Unsettled work in the outbox, by kind and state (held, waiting, resting, admitted, running).',
    labels: ['kind', 'state'],
  },
  outboxOldestSeconds: {
    kind: 'gauge',
    name: 'deskhand_outbox_oldest_seconds',
    about: 'Age of the oldest work that the engine does not have yet, by kind.',
    labels: ['kind'],
  },
  deadLetters: {
    kind: 'counter',
    name: 'deskhand_dead_letters_total',
    about: 'Work that the engine refused for good and that became a task, by kind.',
    labels: ['kind'],
  },
  heldBack: {
    kind: 'counter',
    name: 'deskhand_held_back_total',
    about: 'Times that a source waited (source) or an upload was asked to come later (upload) because of backlog or pause.',
    labels: ['by'],
  },
  outsideCalls: {
    kind: 'counter',
    name: 'deskhand_outside_calls_total',
    about: 'Calls to outside systems: done, failed, timed-out, or refused before anything was sent.',
    labels: ['system', 'outcome'],
  },
  outsideState: {
    kind: 'gauge',
    name: 'deskhand_outside_state',
    about: 'Circuit breaker of an outside system: 0 closed (it works), 1 half-open (being tried), 2 open (left alone).',
    labels: ['system'],
  },
  modelQuestions: {
    kind: 'counter',
    name: 'deskhand_llm_questions_total',
    about: 'Documents with values in doubt, by what became of the question to a language model: answered, known, failed, not-asked.',
    labels: ['outcome'],
  },
  modelTokens: {
    kind: 'counter',
    name: 'deskhand_llm_tokens_total',
    about: 'Tokens used by a language model: input or output.',
    labels: ['kind'],
  },
  modelCost: {
    kind: 'counter',
    name: 'deskhand_llm_cost_total',
    about: 'What they cost by the prices of the settings, by currency.',
    labels: ['currency'],
  },
  modelSeconds: {
    kind: 'histogram',
    name: 'deskhand_llm_seconds',
    about: 'Time until a language model had answered.',
    labels: [],
    buckets: documentSeconds,
  },
  postgresRestarts: {
    kind: 'counter',
    name: 'deskhand_postgres_restarts_total',
    about: 'Times that the embedded database had died and was started again (started), or could not be (failed).',
    labels: ['outcome'],
  },
  walArchiveFailures: {
    kind: 'gauge',
    name: 'deskhand_wal_archive_failures',
    about: 'Times that Postgres could not copy a piece of its log into the archive (pg_stat_archiver); absent without an archive.',
    labels: [],
  },
  walArchiveFailingSeconds: {
    kind: 'gauge',
    name: 'deskhand_wal_archive_failing_seconds',
    about: 'While archiving fails: time since a piece was last copied, that is what a lost disk would cost; 0 while it works.',
    labels: [],
  },
  backupAgeSeconds: {
    kind: 'gauge',
    name: 'deskhand_backup_age_seconds',
    about: 'Age of the newest whole backup in DESKHAND_BACKUP_DIR; +Inf when there is none, absent without the setting.',
    labels: [],
  },
  requestSeconds: {
    kind: 'histogram',
    name: 'deskhand_http_request_seconds',
    about: 'Time to answer a request, by route pattern.',
    labels: ['method', 'route', 'status'],
    buckets: requestSeconds,
  },
} as const satisfies Record<string, MetricDefinition>;

type Definitions = typeof metricDefinitions;
type NameOfKind<Kind> = { [Name in keyof Definitions]: Definitions[Name]['kind'] extends Kind ? Name : never }[keyof Definitions];
type LabelsOf<Name extends keyof Definitions> = Readonly<Record<Definitions[Name]['labels'][number], string>>;

/** The process's metrics in Prometheus' text format. */
export interface Metrics {
  count<Name extends NameOfKind<'counter'>>(name: Name, labels: LabelsOf<Name>, by?: number): void;
  set<Name extends NameOfKind<'gauge'>>(name: Name, labels: LabelsOf<Name>, value: number): void;
  /** @param seconds - the unit of every histogram here. */
  observe<Name extends NameOfKind<'histogram'>>(name: Name, labels: LabelsOf<Name>, seconds: number): void;
  /** What `GET /metrics` answers, with its content type. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** Creates a registry with all definitions, and Node's own figures (memory, event loop, garbage collection). */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  for (const [key, definition] of Object.entries<MetricDefinition>(metricDefinitions)) {
    const { kind, name, about: help, labels, buckets } = definition;
    const options = { name, help, labelNames: [...labels], registers: [registry] };
    if (kind === 'counter') counters.set(key, new Counter(options));
    else if (kind === 'gauge') gauges.set(key, new Gauge(options));
    else histograms.set(key, new Histogram({ ...options, buckets: [...(buckets ?? [])] }));
  }
  return {
    count: (name, labels, by = 1) => counters.get(name)?.inc(labels, by),
    set: (name, labels, value) => gauges.get(name)?.set(labels, value),
    observe: (name, labels, seconds) => histograms.get(name)?.observe(labels, seconds),
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
