import { headerFieldNames } from '#domain/documents';
import type { Acceptance, Standing } from '#domain/documents';
import { expect, test } from 'vitest';
import type { CurrentValues } from './invoice-fields.ts';
import { readingDoubts } from './reading-doubts.ts';

/** Everything proven but the number and the date. */
function values(
  number: { standing: Standing; confidence: number },
  date = { standing: 'consistent' as Standing, confidence: 0.97 },
): CurrentValues {
  const fields = headerFieldNames.map((name) => {
    const grounds = name === 'invoiceNumber' ? number : name === 'issueDate' ? date : { standing: 'proven', confidence: 0.99 };
    return [name, { value: name, origin: 'grammar', evidence: null, reason: '', alternatives: [], correctedBy: null, ...grounds }];
  });
  return { fields: Object.fromEntries(fields) as CurrentValues['fields'], lines: [] };
}

const shown = (errorBound: number | null): Acceptance => ({
  booked: { probability: 0.98, errorBound },
  whole: { probability: 0.9, errorBound: null },
});
const doubtful = { standing: 'unproven' as Standing, confidence: 0.8 };

test('a value that nothing proves and that is wrong once in five is shown to a person', () => {
  expect(readingDoubts(values(doubtful), shown(null), undefined)).toEqual([
    { name: 'invoiceNumber', found: 'invoiceNumber', message: expect.stringContaining('unsure of the invoice number') },
  ]);
});

test('nobody is asked where documents as sure as this one were shown to be wrong no more often than allowed', () => {
  expect(readingDoubts(values(doubtful), shown(0.01), undefined)).toEqual([]);
  expect(readingDoubts(values(doubtful), shown(0.02), undefined)).toHaveLength(1);
  expect(readingDoubts(values(doubtful), shown(0.02), 200)).toEqual([]);
});

test('an organization that names a bound is asked for the least sure value where the bound could not be shown', () => {
  const sure = values({ standing: 'consistent', confidence: 0.99 });
  expect(readingDoubts(sure, shown(null), undefined)).toEqual([]);
  const [doubt] = readingDoubts(sure, shown(0.05), 100);
  expect(doubt).toMatchObject({ name: 'issueDate' });
  expect(doubt?.message).toContain('at most 1 %');
});

test('once a person has looked at a value, the same is not asked again', () => {
  const sure = values({ standing: 'consistent', confidence: 0.99 });
  const looked = { ...sure, fields: { ...sure.fields, issueDate: { ...sure.fields.issueDate, origin: 'person' as const } } };
  expect(readingDoubts(looked, shown(null), 100)).toEqual([]);
});

test('extractions from before it was measured are doubted as they were', () => {
  expect(readingDoubts(values({ standing: 'unproven', confidence: 0.75 }), undefined, undefined)).toEqual([]);
  expect(readingDoubts(values({ standing: 'unproven', confidence: 0.65 }), undefined, 100)).toHaveLength(1);
});
