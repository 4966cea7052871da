import { parseArgs } from 'node:util';
import { availableParallelism, cpus, totalmem } from 'node:os';

const parts = {
  documents: async (options: BenchOptions) => (await import('./documents.ts')).benchDocuments(options),
  against: async (options: BenchOptions) => (await import('./against.ts')).benchAgainst(options),
  extraction: async (options: BenchOptions) => (await import('./extraction.ts')).benchExtraction(options),
  evidence: async (options: BenchOptions) => (await import('./evidence.ts')).benchEvidence(options),
  corrections: async (options: BenchOptions) => (await import('./corrections.ts')).benchCorrections(options),
  matching: async (options: BenchOptions) => (await import('./matching.ts')).benchMatching(options),
  pages: async (options: BenchOptions) => (await import('./pages.ts')).benchPages(options),
  backtest: async (options: BenchOptions) => (await import('./backtest.ts')).benchBacktest(options),
  coding: async (options: BenchOptions) => (await import('./coding.ts')).benchCoding(options),
  fraud: async (options: BenchOptions) => (await import('./fraud.ts')).benchFraud(options),
  tax: async (options: BenchOptions) => (await import('./tax.ts')).benchTax(options),
  start: async (options: BenchOptions) => (await import('./start.ts')).benchStart(options),
  workflows: async (options: BenchOptions) => (await import('./workflows.ts')).benchWorkflows(options),
  admission: async (options: BenchOptions) => (await import('./admission.ts')).benchAdmission(options),
  streams: async (options: BenchOptions) => (await import('./streams.ts')).benchStreams(options),
  recovery: async (options: BenchOptions) => (await import('./recovery.ts')).benchRecovery(options),
  api: async (options: BenchOptions) => (await import('./api.ts')).benchApi(options),
} as const;

/** What each part is told. */
export interface BenchOptions {
  /** Smaller samples: shows that it works, within a minute a part. */
  readonly isSmoke: boolean;
  readonly only: readonly string[];
  readonly by: string;
  readonly misses: number;
  readonly readings: string | null;
  readonly data: string | null;
  readonly against: readonly string[];
  readonly isRecorded: boolean;
}

const { values, positionals } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    // For the extraction and its evidence alone.
    only: { type: 'string', default: '' },
    by: { type: 'string', default: 'set' },
    misses: { type: 'string', default: '0' },
    readings: { type: 'string' },
    // For the comparison with peers.
    data: { type: 'string' },
    against: { type: 'string', default: '' },
    record: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const options: BenchOptions = {
  isSmoke: values.smoke,
  only: values.only.split(',').filter(Boolean),
  by: values.by,
  misses: Number(values.misses),
  readings: values.readings ?? null,
  data: values.data ?? null,
  against: values.against.split(',').filter(Boolean),
  isRecorded: values.record,
};
const asked = positionals.length === 0 || positionals.includes('all') ? Object.keys(parts) : positionals;
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join('", "')}". Use: npm run bench -- [${Object.keys(parts).join('|')}|all] [--smoke]`);
  process.exitCode = 2;
} else {
  console.log(
    `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 1e9)} GB, Node ${process.versions.node}`,
  );
  for (const name of asked as (keyof typeof parts)[]) await parts[name](options);
}
