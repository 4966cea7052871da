import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DocumentReadResult } from '#domain/ports';
import { flattenExtraction } from '#intelligence';
import type { CorpusDocument } from './corpus.ts';
import { printTable } from './figures.ts';

interface Read {
  readonly document: CorpusDocument;
  readonly result: DocumentReadResult;
}

interface SetScore {
  readonly n: number;
  readonly fields: Readonly<Record<string, { readonly f1: number }>>;
  readonly lines?: { readonly f1: number };
  readonly stp: number;
}

const shownFields = ['invoiceNumber', 'issueDate', 'supplierName', 'iban', 'netTotal', 'taxTotal', 'grossTotal'] as const;

/** Prints how right the values are, by the scorer that lies with the data; says so where it cannot run. */
export async function printScore(corpus: string, read: readonly Read[]): Promise<void> {
  const scorer = [path.join(corpus, '..', 'score.py'), path.join(corpus, 'score.py')].find((file) => existsSync(file));
  if (scorer === undefined || spawnSync('python3', ['--version']).status !== 0) {
    console.log('\nAccuracy: skipped, it needs python3 and score.py beside the data.');
    return;
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-bench-'));
  try {
    const file = (name: string): string => path.join(folder, name);
    await writeFile(file('predictions.jsonl'), read.map(predictionOf).join('\n'));
    await writeFile(file('index.jsonl'), read.map(({ document }) => document.row).join('\n'));
    const run = spawnSync('python3', [scorer, file('predictions.jsonl'), file('index.jsonl'), '--json', file('score.json')], {
      encoding: 'utf8',
    });
    if (run.status !== 0) {
      console.log(`\nAccuracy: the scorer ended with status ${String(run.status)}.\n${run.stderr}`);
      process.exitCode = 1;
      return;
    }
    print(JSON.parse((await readFile(file('score.json'), 'utf8')).replaceAll('NaN', 'null')) as Record<string, SetScore>);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function predictionOf({ document, result }: Read): string {
  return JSON.stringify(result.extraction === null ? { id: document.id } : { ...flattenExtraction(result.extraction), id: document.id });
}

function print(scores: Readonly<Record<string, SetScore>>): void {
  const shown = (f1: number | null | undefined): string => (f1 === null || f1 === undefined ? '–' : f1.toFixed(2));
  printTable(
    'Accuracy: F1 of the same sample by set (score.py; straight-through: every figure and name right)',
    ['set', 'documents', ...shownFields, 'lines', 'straight-through'],
    Object.entries(scores).map(([set, { n, fields, lines, stp }]) => [
      set,
      String(n),
      ...shownFields.map((name) => shown(fields[name]?.f1)),
      shown(lines?.f1),
      shown(stp),
    ]),
  );
}
