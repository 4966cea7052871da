import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { CorpusDocument } from './corpus.ts';
import { printTable } from './figures.ts';

export interface SetScore {
  readonly n: number;
  readonly fields: Readonly<Record<string, { readonly f1: number | null; readonly n: number }>>;
  readonly lines?: { readonly f1: number | null };
  readonly stp: number;
}

/** What the scorer beside the data says. */
export interface Score {
  /** By group, and over all as `ALL`. */
  readonly groups: Readonly<Record<string, SetScore>>;
  /** Ids of documents with the fields that are wrong; a line counts as `line`. */
  readonly misses: ReadonlyMap<string, ReadonlySet<string>>;
  /** As the scorer prints it. */
  readonly text: string;
}

const shownFields = ['invoiceNumber', 'issueDate', 'supplierName', 'iban', 'netTotal', 'taxTotal', 'grossTotal'] as const;

/** Scores predictions, one for each document in the same order; null with a word on why where the scorer cannot run. */
export async function score(
  corpus: string,
  documents: readonly CorpusDocument[],
  predictions: readonly Readonly<Record<string, unknown>>[],
  by = 'set',
): Promise<Score | null> {
  const scorer = [path.join(corpus, '..', 'score.py'), path.join(corpus, 'score.py')].find((file) => existsSync(file));
  if (scorer === undefined || spawnSync('python3', ['--version']).status !== 0) {
    console.log('\nAccuracy: skipped, it needs python3 and score.py beside the data.');
    return null;
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-score-'));
  try {
    const file = (name: string): string => path.join(folder, name);
    const lines = predictions.map((prediction, index) => JSON.stringify({ ...prediction, id: documents[index]?.id }));
    await writeFile(file('predictions.jsonl'), lines.join('\n'));
    await writeFile(file('index.jsonl'), documents.map(({ row }) => row).join('\n'));
    const asked = [scorer, file('predictions.jsonl'), file('index.jsonl'), '--by', by, '--misses', '100000', '--json', file('score.json')];
    const run = spawnSync('python3', asked, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
    if (run.status !== 0) {
      console.log(`\nAccuracy: the scorer ended with status ${String(run.status)}.\n${run.stderr}`);
      process.exitCode = 1;
      return null;
    }
    const groups = JSON.parse((await readFile(file('score.json'), 'utf8')).replaceAll('NaN', 'null')) as Record<string, SetScore>;
    return { groups, misses: missesOf(run.stdout), text: run.stdout };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function missesOf(text: string): Map<string, Set<string>> {
  const misses = new Map<string, Set<string>>();
  for (const match of text.matchAll(/^MISS ("(?:[^"\\]|\\.)*") "(\w+)"/gm)) {
    const id = JSON.parse(match[1] ?? '""') as string;
    misses.set(id, (misses.get(id) ?? new Set()).add(match[2] ?? ''));
  }
  return misses;
}

/** Prints how right the values are. */
export function printScore({ groups }: Score): void {
  printTable(
    'Accuracy: F1 of the same sample by set (score.py; straight-through: every figure and name right)',
    ['set', 'documents', ...shownFields, 'lines', 'straight-through'],
    Object.entries(groups).map(([set, { n, fields, lines, stp }]) => [
      set,
      String(n),
      ...shownFields.map((name) => share(fields[name]?.f1)),
      share(lines?.f1),
      share(stp),
    ]),
  );
}

export function share(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(2);
}
