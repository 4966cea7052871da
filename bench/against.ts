import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createDocumentReader, flattenExtraction } from '#intelligence';
import { findCorpus, sampleCorpus, type CorpusDocument, type DocumentClass } from './corpus.ts';
import { duration, megabytes, percentile, printTable } from './figures.ts';
import { openPeer, peerNames, type PeerName, type Prediction } from './peers/peers.ts';
import { watchMemory } from './process-tree.ts';
import { score, share, type Score } from './score.ts';

const seed = 20_261_124;
/** A rented machine with 2 cores and 4 GB, as sold by European providers in 2026. */
const machinePricePerHour = 0.01;
const historyFile = path.resolve(import.meta.dirname, 'history', 'documents.jsonl');

const classes: Readonly<Record<PeerName | 'deskhand', readonly DocumentClass[]>> = {
  deskhand: ['text PDF', 'scan, A4', 'scanned receipt', 'receipt photo'],
  rapidocr: ['scan, A4', 'scanned receipt', 'receipt photo'],
  tesseract: ['scan, A4', 'scanned receipt', 'receipt photo'],
  invoice2data: ['text PDF'],
};

export interface AgainstOptions {
  readonly isSmoke: boolean;
  /** A folder like the shared `invoices`; null for the usual one. */
  readonly data: string | null;
  readonly against: readonly string[];
  /** Whether the figures are added to the history in the repository. */
  readonly isRecorded: boolean;
}

/** Deskhand and its peers on the same files, one after the other on an otherwise idle machine, each with one process. */
export async function benchAgainst({ isSmoke, data, against, isRecorded }: AgainstOptions): Promise<void> {
  const corpus = data ?? findCorpus();
  if (corpus === null) {
    console.log('\nDocuments: skipped, no invoice data. Set DESKHAND_DATA or give --data FOLDER with an index.jsonl.');
    return;
  }
  const unknown = against.filter((name) => !isPeer(name));
  if (unknown.length > 0) {
    console.error(`No peer is named ${unknown.join(', ')}; there are ${peerNames.join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const sample = sampleCorpus(corpus, isSmoke ? 2 : 20, seed);
  const rows: Row[] = await rowsOf('deskhand', corpus, sample, await readWithDeskhand());
  for (const name of against.filter(isPeer)) rows.push(...(await peerRows(name, corpus, sample)));
  print(rows);
  await compareWithHistory(rows, { isRecorded, isSmoke });
}

function isPeer(name: string): name is PeerName {
  return (peerNames as readonly string[]).includes(name);
}

interface Runner {
  readonly read: (file: string) => Promise<Prediction>;
  readonly pids: () => readonly number[];
  readonly close: () => Promise<void> | void;
}

interface Row {
  readonly product: string;
  readonly class: DocumentClass;
  readonly documents: number;
  readonly fields: number | null;
  readonly lines: number | null;
  readonly p50Ms: number;
  readonly peakBytes: number | null;
  readonly coverage: number | null;
}

async function readWithDeskhand(): Promise<Runner> {
  const reader = createDocumentReader({ processes: 1 });
  return {
    read: async (file) => {
      const { extraction } = await reader.read({ fileName: path.basename(file), bytes: await readFile(file) });
      return extraction === null ? {} : { ...flattenExtraction(extraction) };
    },
    pids: () => [process.pid],
    close: () => reader.close(),
  };
}

async function peerRows(name: PeerName, corpus: string, sample: Sample): Promise<Row[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-peer-'));
  try {
    const peer = await openPeer(name, folder);
    const pids = (): readonly number[] => (peer.pid === null ? [process.pid] : [peer.pid]);
    return await rowsOf(name, corpus, sample, { read: (file) => peer.read(file), pids, close: () => peer.close() });
  } catch (cause) {
    console.log(`\n${name}: left out. ${cause instanceof Error ? cause.message : String(cause)}`);
    console.log(`Install it by scripts/peers.sh ${name}, or by your system's packages.`);
    return [];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Sample = ReadonlyMap<DocumentClass, readonly CorpusDocument[]>;

async function rowsOf(product: PeerName | 'deskhand', corpus: string, sample: Sample, runner: Runner): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of classes[product]) {
    const documents = sample.get(name) ?? [];
    const [first] = documents;
    if (first === undefined) continue;
    // What a product loads once belongs to its start.
    await runner.read(path.join(corpus, first.path));
    const memory = watchMemory(runner.pids);
    const times: number[] = [];
    const predictions: Prediction[] = [];
    for (const document of documents) {
      const began = performance.now();
      predictions.push(await runner.read(path.join(corpus, document.path)));
      times.push(performance.now() - began);
    }
    memory.stop();
    const scored = await score(corpus, documents, predictions);
    rows.push({
      product,
      class: name,
      documents: documents.length,
      fields: scored === null ? null : fieldsF1(scored),
      lines: scored?.groups['ALL']?.lines?.f1 ?? null,
      p50Ms: percentile(times, 50),
      peakBytes: memory.peak(),
      coverage: scored === null ? null : coverageAtOnePercent(documents, predictions, scored),
    });
  }
  await runner.close();
  return rows;
}

/** The mean F1 over the header fields, each weighed by how often the truth speaks of it. */
function fieldsF1({ groups }: Score): number | null {
  const fields = Object.values(groups['ALL']?.fields ?? {}).filter(({ f1, n }) => f1 !== null && n > 0);
  const count = fields.reduce((sum, { n }) => sum + n, 0);
  return count === 0 ? null : fields.reduce((sum, { f1, n }) => sum + (f1 ?? 0) * n, 0) / count;
}

/** What must be right where a document is paid without a person. */
const paidBy = ['invoiceNumber', 'issueDate', 'supplierName', 'currency', 'netTotal', 'taxTotal', 'grossTotal', 'iban'];

/**
 * The largest share of documents, the surest first, of which at most one in a hundred is wrong in a field that decides the payment; null
 * for a product that gives no confidence. Chosen with the truth at hand: an upper limit of what a threshold can reach.
 */
function coverageAtOnePercent(documents: readonly CorpusDocument[], predictions: readonly Prediction[], { misses }: Score): number | null {
  if (predictions.every(({ confidence }) => confidence === undefined)) return null;
  const judged = documents
    .map(({ id }, index) => ({
      isWrong: [...(misses.get(id) ?? [])].some((name) => paidBy.includes(name)),
      confidence: surenessOf(predictions[index] ?? {}),
    }))
    .toSorted((a, b) => b.confidence - a.confidence);
  let wrong = 0;
  let covered = 0;
  for (const [index, { isWrong }] of judged.entries()) {
    wrong += isWrong ? 1 : 0;
    if (wrong <= (index + 1) * 0.01) covered = index + 1;
  }
  return judged.length === 0 ? null : covered / judged.length;
}

function surenessOf(prediction: Prediction): number {
  const confidence = (prediction['confidence'] ?? {}) as Readonly<Record<string, number>>;
  const known = paidBy.flatMap((name) => confidence[name] ?? []);
  return known.length === 0 ? 0 : Math.min(...known);
}

function print(rows: readonly Row[]): void {
  printTable(
    `Documents, side by side: the same files (seed ${seed}), one process each; OCR peers read words, and Deskhand makes fields of them`,
    ['product', 'class', 'documents', 'fields F1', 'lines F1', 'p50', 'peak memory', 'coverage at 1 %', '1,000 documents cost'],
    rows.map((row) => [
      row.product,
      row.class,
      String(row.documents),
      share(row.fields),
      share(row.lines),
      duration(row.p50Ms),
      megabytes(row.peakBytes),
      share(row.coverage),
      `${((row.p50Ms / 3_600_000) * 1000 * machinePricePerHour).toFixed(4)} EUR`,
    ]),
  );
  console.log(`Cost: a machine with 2 cores at ${machinePricePerHour} EUR an hour, one document after the other.`);
}

interface HistoryEntry {
  readonly commit: string;
  readonly rows: readonly Row[];
}

/** Says what is worse than at the last recorded commit; a sample of another size is not compared. */
async function compareWithHistory(rows: readonly Row[], { isRecorded, isSmoke }: { isRecorded: boolean; isSmoke: boolean }): Promise<void> {
  const own = rows.filter(({ product }) => product === 'deskhand');
  const text = await readFile(historyFile, 'utf8').catch(() => '');
  const last = text.trim() === '' ? null : (JSON.parse(text.trim().split('\n').at(-1) ?? '') as HistoryEntry);
  for (const before of last?.rows ?? []) {
    const now = own.find((row) => row.class === before.class && row.documents === before.documents);
    if (now === undefined) continue;
    for (const name of ['fields', 'lines', 'coverage'] as const) {
      if ((now[name] ?? 0) < (before[name] ?? 0) - 0.005)
        console.log(`LOSS against ${last?.commit}: ${name} of ${now.class} ${share(before[name])} → ${share(now[name])}`);
    }
  }
  if (!isRecorded || isSmoke) return;
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim();
  await mkdir(path.dirname(historyFile), { recursive: true });
  await appendFile(historyFile, `${JSON.stringify({ commit, rows: own } satisfies HistoryEntry)}\n`);
  console.log(`Recorded in bench/history/documents.jsonl for ${commit}.`);
}
