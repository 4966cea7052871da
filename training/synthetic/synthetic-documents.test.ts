import { headerFieldNames } from '#domain/documents';
import { readDocument } from '#intelligence';
import { expect, test } from 'vitest';
import { vocabularies } from './languages/index.ts';
import { programFrom } from './program.ts';
import { syntheticDocuments } from './synthetic-documents.ts';
import type { SyntheticDocument } from './synthetic-documents.ts';
import { synonyms } from './vocabulary.ts';

async function drawn(programs: number, papers = 1, seed = 7): Promise<SyntheticDocument[]> {
  const all: SyntheticDocument[] = [];
  for await (const document of syntheticDocuments({ seed, programs, papers, scans: 0 })) all.push(document);
  return all;
}

test('the same seed draws the same papers with the same truth, another seed others', async () => {
  const [once, again, other] = [await drawn(2), await drawn(2), await drawn(2, 1, 8)];
  expect(again.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).toEqual(
    once.map(({ bytes }) => Buffer.from(bytes).toString('base64')),
  );
  expect(again.map(({ truth }) => truth)).toEqual(once.map(({ truth }) => truth));
  expect(other.map(({ truth }) => truth)).not.toEqual(once.map(({ truth }) => truth));
});

test('what the truth says stands on the paper, letter by letter, in several languages', async () => {
  const languages = new Set<string>();
  for (const { program, bytes, fileName, truth } of await drawn(9)) {
    languages.add(program.vocabulary.language);
    const reading = await readDocument({ fileName, bytes });
    const text = reading.pages.flatMap(({ words }) => words.map((word) => word.text)).join('');
    for (const name of ['invoiceNumber', 'supplierName', 'buyerName', 'poNumber', 'iban'] as const) {
      const value = truth.fields[name];
      if (typeof value === 'string') expect(bare(text), `${fileName} ${name}`).toContain(bare(value));
    }
  }
  expect(languages.size).toBeGreaterThanOrEqual(4);
});

test('sums add up: lines, taxes and what is asked', async () => {
  for (const { truth, program } of await drawn(12)) {
    const { netTotal, taxTotal, grossTotal } = truth.fields;
    if (typeof netTotal === 'number' && typeof taxTotal === 'number')
      expect(netTotal + taxTotal, `program ${program.seed}`).toBeCloseTo(Number(grossTotal), 2);
    expect(Object.keys(truth.fields).every((name) => (headerFieldNames as readonly string[]).includes(name))).toBe(true);
  }
});

test('papers of one program share its group, papers of two programs share nothing', async () => {
  const [first, second, third] = await drawn(2, 2);
  expect(first?.keys).toEqual(second?.keys);
  expect(third?.keys).not.toEqual(first?.keys);
});

test('hundreds of programs are hundreds of layouts', () => {
  const looks = new Set(
    Array.from({ length: 300 }, (_, seed) => {
      const { parties, meta, table, totals, letterhead, titlePlace } = programFrom(seed);
      return JSON.stringify([parties.kind, meta.kind, table.columns, table.rules, totals.kind, letterhead.kind, titlePlace]);
    }),
  );
  expect(looks.size).toBeGreaterThan(280);
});

test('every language names every thing, most of them by several words', () => {
  for (const { language, labels, columns } of Object.values(vocabularies)) {
    const lists = [...Object.values(labels), ...Object.values(columns)].map(synonyms);
    expect(
      lists.every((list) => list.every((word) => word.trim() !== '')),
      language,
    ).toBe(true);
    expect(lists.filter((list) => list.length > 2).length, language).toBeGreaterThan(45);
  }
});

function bare(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
}
