import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Reading } from '#domain/documents';
import { createDocumentReader, extract, flattenExtraction } from '#intelligence';
import { allDocuments, findCorpus, type CorpusDocument } from './corpus.ts';

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
  const processes = Math.min(2, os.availableParallelism());
  const reader = createDocumentReader({ processes });
  if (kept !== null) await mkdir(kept, { recursive: true });
  const waiting = documents.entries();
  const predictions: string[] = [];
  const work = async (): Promise<void> => {
    for (const [index, document] of waiting) {
      const reading = await readingOf(document);
      const isUsable = reading.structuredXml !== null || reading.pages.some((page) => page.words.length > 0);
      predictions[index] = JSON.stringify({ ...(isUsable ? flattenExtraction(extract(reading)) : {}), id: document.id });
    }
  };
  await Promise.all(Array.from({ length: processes }, work));
  await reader.close();
  return predictions;

  async function readingOf(document: CorpusDocument): Promise<Reading> {
    const file = kept === null ? null : path.join(kept, `${document.id.replaceAll('/', '__')}.json`);
    if (file !== null && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Reading;
    const bytes = await readFile(path.join(corpus, document.path));
    const { reading } = await reader.read({ fileName: path.basename(document.path), bytes });
    if (file !== null) {
      // Written beside and renamed: several runs may share the folder.
      await writeFile(`${file}.${process.pid}`, JSON.stringify(reading));
      await rename(`${file}.${process.pid}`, file);
    }
    return reading;
  }
}
