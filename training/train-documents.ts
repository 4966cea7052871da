import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createDocumentReader, trainModel } from '#intelligence';
import type { Trained } from '#intelligence';
import { findLosses } from './gate.ts';
import { readDataset } from './labelled-documents.ts';
import type { Dataset } from './labelled-documents.ts';
import { modelCard } from './model-card.ts';
import type { Metrics } from './model-card.ts';
import { readSynthetic } from './synthetic/read-synthetic.ts';

const root = path.resolve(import.meta.dirname, '..');
const usage = `Usage: deskhand train documents [--data DIR[,DIR]] [--seed N] [--trials N] [--programs N] [--papers N] [--scans N]
         [--readings DIR] [--out DIR] [--check]

Trains the model of documents: the same data, seed and code give the same file bit for bit.
  --data      folders with index.jsonl and its files (default: the invoice data beside the checkout)
  --programs  layout programs of our own generator that papers are drawn by (default 400; 0: real documents only)
  --papers    papers of each (default 2)
  --scans     how many of them are printed, scanned and read by OCR, which is slow (default 24)
  --readings  where readings are kept between runs (default: a folder in the temporary directory)
  --out       where model.json, metrics.json and README.md go (default: models/documents)
  --check     train and hold it against the shipped model; write nothing. Exit status 1 when it is worse on a slice, or another file.
`;

const { values, positionals } = parseArgs({
  options: {
    data: { type: 'string', default: path.resolve(root, '..', 'shared', 'data', 'invoices') },
    seed: { type: 'string', default: '7' },
    trials: { type: 'string', default: '4' },
    programs: { type: 'string', default: '400' },
    papers: { type: 'string', default: '2' },
    scans: { type: 'string', default: '24' },
    readings: { type: 'string', default: path.join(os.tmpdir(), 'deskhand-training-readings') },
    out: { type: 'string', default: path.join(root, 'models', 'documents') },
    check: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

if (values.help || positionals.join(' ') !== 'documents') {
  process.stdout.write(usage);
  process.exitCode = values.help ? 0 : 2;
} else process.exitCode = await train();

async function train(): Promise<number> {
  const folders = values.data.split(',');
  const missing = folders.find((folder) => !existsSync(path.join(folder, 'index.jsonl')));
  if (missing !== undefined) {
    process.stderr.write(`There is no index.jsonl in ${missing}. Name the folder of labelled documents with --data.\n`);
    return 2;
  }
  const datasets = await readAll(folders);
  const { seed, trials } = { seed: Number(values.seed), trials: Number(values.trials) };
  const drawing = { seed, programs: Number(values.programs), papers: Number(values.papers), scans: Number(values.scans) };
  if (drawing.programs > 0) {
    datasets.push({ name: `synthetic ${drawing.programs} × ${drawing.papers}`, ...(await readSynthetic(drawing, values.readings)) });
    process.stderr.write(`${datasets.at(-1)?.documents.length} papers drawn\n`);
  }
  const trained = trainModel(
    datasets.flatMap(({ documents }) => documents),
    { seed, trials, folds: 5 },
    (progress) => process.stderr.write(`${progress}\n`),
  );
  return conclude(trained, datasets);
}

async function readAll(folders: readonly string[]): Promise<Dataset[]> {
  // Nobody waits for it, and a crowded machine must not cost a scan.
  const reader = createDocumentReader({ processes: 1, timeoutMs: 900_000 });
  try {
    const datasets: Dataset[] = [];
    for (const folder of folders) {
      datasets.push(await readDataset(path.basename(folder), folder, values.readings, reader));
      process.stderr.write(`${datasets.at(-1)?.documents.length} documents of ${folder}\n`);
    }
    return datasets;
  } finally {
    await reader.close();
  }
}

/** Writes the model, unless the gate refuses it. */
async function conclude({ model, report }: Trained, datasets: readonly Dataset[]): Promise<number> {
  const file = `${JSON.stringify(model)}\n`;
  const sha256 = createHash('sha256').update(file).digest('hex');
  const data = datasets.map(({ documents, ...hashes }) => ({ ...hashes, documents: documents.length }));
  const metrics = { model: { version: model.version, sha256, bytes: file.length }, node: process.versions.node, data, ...report };
  process.stdout.write(modelCard(metrics));
  const shipped = await readJson<Metrics>(path.join(root, 'models', 'documents', 'metrics.json'));
  const losses = findLosses(report, shipped);
  for (const { slice, field, labelled, before, after, least } of losses) {
    process.stderr.write(
      `Refused: ${field} on "${slice}" (${labelled} documents) is right in ${percent(after)}, was ${percent(before)}, must reach ${percent(least)}.\n`,
    );
  }
  if (values.check) {
    const isSame = shipped?.model.sha256 === sha256;
    process.stderr.write(isSame ? 'The same file as the shipped model.\n' : `Not the shipped model: ${whyOther(metrics, shipped)}.\n`);
    return losses.length > 0 || !isSame ? 1 : 0;
  }
  if (losses.length > 0) return 1;
  await mkdir(values.out, { recursive: true });
  await writeFile(path.join(values.out, 'model.json'), file);
  await writeFile(path.join(values.out, 'metrics.json'), `${JSON.stringify(metrics, null, 1)}\n`);
  await writeFile(path.join(values.out, 'README.md'), modelCard(metrics));
  process.stderr.write(`Written to ${values.out}: ${sha256}\n`);
  return 0;
}

/** What makes another file: other data, other readings of them, or other code. */
function whyOther(own: Metrics, shipped: Metrics | null): string {
  if (shipped === null) return 'none is shipped';
  const hashes = (metrics: Metrics, key: 'sha256' | 'readingsSha256'): string => metrics.data.map((one) => one[key]).join();
  if (own.seed !== shipped.seed) return `its seed is ${shipped.seed}`;
  if (hashes(own, 'sha256') !== hashes(shipped, 'sha256')) return 'it was trained on other files';
  if (hashes(own, 'readingsSha256') !== hashes(shipped, 'readingsSha256'))
    return 'its files were read otherwise, by another reader or on another kind of processor';
  return `the rules, the features or the learner changed (${own.model.sha256} against ${shipped.model.sha256}): train again`;
}

async function readJson<T>(file: string): Promise<T | null> {
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as T) : null;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
