import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { extract, flattenExtraction } from '#intelligence';
import { allDocuments, findCorpus, type CorpusDocument } from './corpus.ts';
import { isUsable, visitReadings } from './readings.ts';

/** What is asked of the extraction bench; empty lists and texts mean all. */
export interface ExtractionOptions {
  /** Sets of the invoice data. */
  readonly only: readonly string[];
  /** A key of the index to group by: set, layout, kind, language, issuer. */
  readonly by: string;
  /** How many wrong values are printed. */
  readonly misses: number;
  /** A folder where readings are kept between runs, so that only the extraction is run again. Empty it when reading changes. */
  readonly readings: string | null;
}

/** Accuracy of the extraction over the whole invoice data, in this process, as the scorer beside the data prints it. */
export async function benchExtraction({ only, by, misses, readings }: ExtractionOptions): Promise<void> {
  const corpus = findCorpus();
  const scorer = corpus === null ? '' : path.join(corpus, '..', 'score.py');
  if (corpus === null || !existsSync(scorer)) {
    console.log('\nExtraction: skipped, no invoice data with its score.py. Set DESKHAND_DATA to the folder that holds them.');
    return;
  }
  const documents = allDocuments(corpus).filter(({ set }) => only.length === 0 || only.includes(set));
  const predictions = await predictAll(corpus, documents, readings);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-extraction-'));
  try {
    const file = (name: string): string => path.join(folder, name);
    await writeFile(file('predictions.jsonl'), predictions.join('\n'));
    await writeFile(file('index.jsonl'), documents.map(({ row }) => row).join('\n'));
    const asked = [scorer, file('predictions.jsonl'), file('index.jsonl'), '--by', by, '--misses', String(misses)];
    const run = spawnSync('python3', asked, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    console.log(run.stdout);
    if (run.status !== 0) {
      console.error(`The scorer ended with status ${String(run.status)}. ${run.stderr}`);
      process.exitCode = 1;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function predictAll(corpus: string, documents: readonly CorpusDocument[], kept: string | null): Promise<string[]> {
  const predictions: string[] = [];
  await visitReadings(corpus, documents, kept, (document, reading, index) => {
    predictions[index] = JSON.stringify({ ...(isUsable(reading) ? flattenExtraction(extract(reading)) : {}), id: document.id });
  });
  return predictions;
}
