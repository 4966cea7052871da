import { expect, test } from 'vitest';
import { headerFieldNames, type Extraction, type ExtractedField } from '#domain/documents';
import { hasFailed, toRecord } from './extract-record.ts';

const field = (value: string | null): ExtractedField => ({
  value,
  confidence: 0.9,
  standing: 'proven',
  origin: 'grammar',
  evidence: value === null ? null : { page: 1, box: [1, 2, 3, 4], wordIds: [7], text: value },
  reason: '',
  alternatives: [],
});
const extraction: Extraction = {
  documentType: 'invoice',
  documentTypeConfidence: 0.8,
  fields: {
    ...Object.fromEntries(headerFieldNames.map((name) => [name, field(null)])),
    invoiceNumber: field('007'),
    grossTotal: field('1234.50'),
  } as Extraction['fields'],
  lines: [{ description: field('Paper'), quantity: field('2'), unitPrice: field(null), netAmount: field('10.00'), taxRate: field('19') }],
  proof: { equations: [] },
  problems: [],
  language: null,
  extractorVersion: 'test',
};
const reading = { mediaType: 'application/pdf', source: 'text-layer', pages: [], structuredXml: null, problems: [] } as const;

test('prints amounts as numbers, identifiers as text and the unknown as null', () => {
  const record = toRecord({ file: 'in/a.pdf', result: { reading, extraction, ms: 12.4 } });
  expect(record).toMatchObject({
    id: 'a.pdf',
    file: 'in/a.pdf',
    documentType: 'invoice',
    invoiceNumber: '007',
    grossTotal: 1234.5,
    iban: null,
    ms: 12,
  });
  expect(record.lines).toEqual([{ description: 'Paper', quantity: 2, unitPrice: null, netAmount: 10, taxRate: 19 }]);
});

test('gives confidence and evidence for found values only', () => {
  const record = toRecord({ file: 'a.pdf', result: { reading, extraction, ms: 1 } });
  expect(Object.keys(record.confidence)).toEqual(['documentType', 'invoiceNumber', 'grossTotal']);
  expect(record.evidence).toEqual({
    invoiceNumber: { page: 1, box: [1, 2, 3, 4], text: '007' },
    grossTotal: { page: 1, box: [1, 2, 3, 4], text: '1234.50' },
  });
});

test('a file that could not be had still makes a record, and counts as failed', () => {
  const read = { file: 'gone.pdf', result: null, problem: { code: 'not-readable', message: 'Gone.' } };
  expect(toRecord(read)).toMatchObject({
    id: 'gone.pdf',
    documentType: null,
    lines: [],
    problems: [{ code: 'not-readable', severity: 'error' }],
  });
  expect(hasFailed(read)).toBe(true);
});

test('a warning is no failure, an error is', () => {
  const problem = { code: 'x', message: 'x' } as const;
  const read = (severity: 'warning' | 'error'): boolean =>
    hasFailed({ file: 'a', result: { reading: { ...reading, problems: [{ ...problem, severity }] }, extraction, ms: 1 } });
  expect([read('warning'), read('error')]).toEqual([false, true]);
});
