import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../tests/support/random.ts';

/** One row of `index.jsonl` (the invoice data's README says what it means). */
export interface CorpusDocument {
  readonly id: string;
  readonly path: string;
  readonly set: string;
  readonly kind: string;
  /** The row as it is, for the scorer. */
  readonly row: string;
}

/** Groups whose times differ by their nature. */
export const documentClasses = {
  'text PDF': ({ set, kind }) => ['einv-pdf', 'real-invoices', 'po-orders-pdf', 'po-orderx-pdf'].includes(set) && kind === 'text pdf',
  'scan, A4': ({ set }) => set === 'scan-variants',
  'scanned receipt': ({ set }) => set === 'sroie' || set === 'softmatic-de',
  'receipt photo': ({ set }) => set === 'wildreceipt',
  XML: ({ kind }) => kind === 'xml',
} as const satisfies Record<string, (document: CorpusDocument) => boolean>;

export type DocumentClass = keyof typeof documentClasses;

/** Where the invoice data lies: DESKHAND_DATA, or beside the checkout; null when there is none. */
export function findCorpus(): string | null {
  const named = process.env['DESKHAND_DATA'] ?? '';
  const beside = path.resolve(import.meta.dirname, '..', '..', 'shared', 'data');
  return (
    [named, beside]
      .filter((folder) => folder !== '')
      .flatMap((folder) => [path.join(folder, 'invoices'), folder])
      .find((folder) => existsSync(path.join(folder, 'index.jsonl'))) ?? null
  );
}

/** At most `count` documents of each class, the same ones for the same seed. */
export function sampleCorpus(folder: string, count: number, seed: number): ReadonlyMap<DocumentClass, readonly CorpusDocument[]> {
  const random = seededRandom(seed);
  const all = allDocuments(folder);
  return new Map(
    Object.entries(documentClasses).map(([name, belongs]) => {
      const drawn = all.filter(belongs).map((document) => ({ document, rank: random() }));
      const chosen = drawn.toSorted((left, right) => left.rank - right.rank).slice(0, count);
      return [name as DocumentClass, chosen.map(({ document }) => document)];
    }),
  );
}

/** Every document of the invoice data, in the order of its index. */
export function allDocuments(folder: string): CorpusDocument[] {
  return readFileSync(path.join(folder, 'index.jsonl'), 'utf8').split('\n').filter(Boolean).map(parseRow);
}

function parseRow(row: string): CorpusDocument {
  const { id, path, set, kind } = JSON.parse(row) as Omit<CorpusDocument, 'row'>;
  return { id, path, set, kind, row };
}
