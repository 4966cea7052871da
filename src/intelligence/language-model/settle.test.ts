import { expect, test } from 'vitest';
import { checkProof, headerFieldNames } from '#domain/documents';
import type { ExtractedField, Extraction, FieldName } from '#domain/documents';
import { gridReading } from '../extraction/table/grid-reading.test-kit.ts';
import { extract } from '../extraction/index.ts';
import { fieldsInDoubt } from './doubts.ts';
import { settle } from './settle.ts';

const reading = gridReading([
  'Kraxi GmbH',
  'Flugzeugallee 17 · 12345 Papierfeld',
  'Rechnung',
  'Vorgang: VX-1000 | Datum: 11. Juli 2014',
  'Faellig | 10.08.2014',
  'Summe netto | | | 240,00',
  'zuzüglich 19% MwSt. | | | 45,60',
  'Rechnungsbetrag | | | 285,60 EUR',
  'Skonto | | | 280,00',
  'Konto DE89 3704 0044 0532 0130 00 · DE28 7001 0080 9999 9999 99',
]);
const words = reading.pages.flatMap((page) => page.words);
/** Ids of the words of a printed text. */
const ids = (text: string): number[] => {
  const parts = text.split(' ');
  const from = words.findIndex((_, index) => parts.every((part, at) => words[index + at]?.text === part));
  return parts.map((_, at) => words[from + at]?.id ?? -1);
};

const read = extract(reading);
const missing: ExtractedField = {
  value: null,
  confidence: 0,
  standing: 'unproven',
  origin: null,
  evidence: null,
  reason: 'Nothing was found.',
  alternatives: [],
};
const without = (changes: Partial<Record<FieldName, ExtractedField>>): Extraction => {
  const changed = Object.keys(changes);
  const equations = read.proof.equations.filter(({ fields }) => !fields.some((name) => changed.includes(name)));
  return { ...read, fields: { ...read.fields, ...changes }, proof: { ...read.proof, equations } };
};
const laid = (extraction: Extraction, field: FieldName, value: string, wordIds: readonly number[], quote = ''): ExtractedField =>
  settle(reading, extraction, { asked: headerFieldNames }, [{ field, value, wordIds, quote }]).fields[field];

test('a value that its words print fills what is missing, unproven, and says who suggested it', () => {
  const field = laid(without({ invoiceNumber: missing }), 'invoiceNumber', 'VX-1000', ids('Vorgang: VX-1000'));
  expect(field).toMatchObject({ value: 'VX-1000', origin: 'llm', standing: 'unproven', confidence: 0.6, evidence: { text: 'VX-1000' } });
  expect(field.reason).toContain('language model');
});

test.each<[string, FieldName, string, number[], string?]>([
  ['a number that is not printed', 'invoiceNumber', 'VX-1001', ids('VX-1000')],
  ['a part of a longer number', 'invoiceNumber', 'VX-100', ids('VX-1000')],
  ['words that are not on the page', 'invoiceNumber', 'VX-1000', [9999]],
  ['another day', 'dueDate', '2014-08-11', ids('10.08.2014')],
  ['an amount worked out', 'grossTotal', '565.60', ids('285,60')],
  ['an amount with its marks misread', 'grossTotal', '28560', ids('285,60')],
  ['an IBAN whose check digits do not agree', 'iban', 'DE28700100809999999999', ids('DE28 7001 0080 9999 9999 99')],
  ['a currency that is not printed', 'currency', 'USD', ids('285,60 EUR')],
  ['a quote that stands nowhere', 'supplierName', 'Kraxi AG', [], 'Kraxi AG'],
  ['no words at all', 'supplierName', 'Kraxi GmbH', []],
])('%s is dropped', (_, name, value, wordIds, quote = '') => {
  const before = without({ [name]: missing });
  expect(laid(before, name, value, wordIds, quote)).toBe(before.fields[name]);
});

test.each<[FieldName, string, string, string]>([
  ['dueDate', '2014-08-10', '10.08.2014', '2014-08-10'],
  ['supplierName', 'kraxi gmbh', 'Kraxi GmbH', 'Kraxi GmbH'],
  ['iban', 'DE89 3704 0044 0532 0130 00', 'Konto DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
  ['currency', 'EUR', '285,60 EUR', 'EUR'],
])('%s is taken as our own rules read it from its words', (name, value, text, expected) => {
  expect(laid(without({ [name]: missing }), name, value, ids(text))).toMatchObject({ value: expected, origin: 'llm' });
});

test('a quote that is printed once stands for words that were miscounted', () => {
  expect(laid(without({ supplierName: missing }), 'supplierName', 'Kraxi GmbH', [7], 'Kraxi GmbH')).toMatchObject({
    value: 'Kraxi GmbH',
    evidence: { wordIds: ids('Kraxi GmbH') },
  });
});

test('what is proven, structured, said by a person or remembered is never changed', () => {
  for (const fixed of [
    { standing: 'proven', origin: 'grammar' },
    { standing: 'consistent', origin: 'xml' },
    { standing: 'consistent', origin: 'person' },
    { standing: 'consistent', origin: 'memory' },
  ] as const) {
    const field = { ...missing, ...fixed, value: 'A-1', confidence: 0.3 };
    expect(laid(without({ invoiceNumber: field }), 'invoiceNumber', 'VX-1000', ids('VX-1000'))).toBe(field);
  }
});

test('a value surer than a suggestion keeps its place, with the suggestion beside it; a weaker one makes way and is kept', () => {
  const sure = { ...missing, value: 'A-1', confidence: 0.7, origin: 'grammar' as const };
  expect(laid(without({ invoiceNumber: sure }), 'invoiceNumber', 'VX-1000', ids('VX-1000'))).toMatchObject({
    value: 'A-1',
    alternatives: [{ value: 'VX-1000', reason: 'A language model reads this.' }],
  });
  expect(laid(without({ invoiceNumber: { ...sure, confidence: 0.5 } }), 'invoiceNumber', 'VX-1000', ids('VX-1000'))).toMatchObject({
    value: 'VX-1000',
    alternatives: [{ value: 'A-1' }],
  });
  const contradicted = { ...sure, confidence: 0.2, standing: 'contradicted' as const };
  expect(laid(without({ invoiceNumber: contradicted }), 'invoiceNumber', 'VX-1000', ids('VX-1000')).value).toBe('A-1');
});

test('agreement is told and makes nothing surer', () => {
  const field = { ...missing, value: 'VX-1000', confidence: 0.7, origin: 'grammar' as const };
  const after = laid(without({ invoiceNumber: field }), 'invoiceNumber', 'VX-1000', ids('VX-1000'));
  expect(after).toEqual({ ...field, reason: 'Nothing was found. A language model reads the same.' });
});

const unread = without({ netTotal: missing, taxTotal: missing, grossTotal: missing });
const sums = (net: string, tax: string, gross: string): Parameters<typeof settle>[3] => [
  { field: 'netTotal', value: net, wordIds: ids(net.replace('.', ',')), quote: '' },
  { field: 'taxTotal', value: tax, wordIds: ids(tax.replace('.', ',')), quote: '' },
  { field: 'grossTotal', value: gross, wordIds: ids(gross.replace('.', ',')), quote: '' },
];

test('totals that add up are consistent, never proven, and their equation holds before the independent checker', () => {
  const { fields, proof, ...rest } = settle(reading, unread, { asked: headerFieldNames }, sums('240.00', '45.60', '285.60'));
  for (const name of ['netTotal', 'taxTotal', 'grossTotal'] as const)
    expect(fields[name]).toMatchObject({ origin: 'llm', standing: 'consistent', confidence: 0.8 });
  expect(proof.equations.map(({ text }) => text)).toContain('240.00 + 45.60 = 285.60');
  expect(checkProof(reading, { ...rest, fields, proof })).toMatchObject({ outcome: 'holds' });
});

test('totals that do not add up are not taken together', () => {
  const { fields } = settle(reading, unread, { asked: headerFieldNames }, sums('240.00', '45.60', '280.00'));
  expect(fields.grossTotal).toMatchObject({
    value: null,
    alternatives: [{ value: '280.00', reason: expect.stringContaining('add up') as string }],
  });
});

test('a total that would break sums that add up is not taken', () => {
  const { netTotal: net, taxTotal: tax, grossTotal: gross } = read.fields;
  const unsure = { standing: 'unproven', confidence: 0.5 } as const;
  const before = without({ netTotal: { ...net, ...unsure }, taxTotal: { ...tax, ...unsure }, grossTotal: { ...gross, ...unsure } });
  const { grossTotal } = settle(reading, before, { asked: headerFieldNames }, [
    { field: 'grossTotal', value: '280.00', wordIds: ids('280,00'), quote: '' },
  ]).fields;
  expect(grossTotal).toMatchObject({ value: '285.60', alternatives: [{ value: '280.00' }] });
});

test('what was shown of documents as sure as this one no longer holds with a suggested value in it', () => {
  const certainty = { probability: 0.99, errorBound: 0.01 };
  const before = { ...without({ invoiceNumber: missing }), acceptance: { booked: certainty, whole: certainty } };
  const offer = { field: 'invoiceNumber', value: 'VX-1000', wordIds: ids('VX-1000'), quote: '' } as const;
  expect(settle(reading, before, { asked: headerFieldNames }, [offer]).acceptance?.booked).toEqual({ probability: 0.6, errorBound: null });
  expect(settle(reading, before, { asked: headerFieldNames }, []).acceptance?.booked).toEqual(certainty);
});

test('a value that was not asked for is not taken', () => {
  const before = without({ invoiceNumber: missing });
  const offer = { field: 'invoiceNumber', value: 'VX-1000', wordIds: ids('VX-1000'), quote: '' } as const;
  expect(settle(reading, before, { asked: ['dueDate'] }, [offer])).toBe(before);
});

test('only doubts that work waits for are worth a question, and structured data leave none', () => {
  const sure = (value: string): ExtractedField => ({ ...missing, value, confidence: 0.95, standing: 'consistent', origin: 'layout' });
  const fields = Object.fromEntries(headerFieldNames.map((name) => [name, sure('1')])) as Extraction['fields'];
  const invoice: Extraction = { ...read, documentType: 'invoice', fields };
  const doubts = (changes: Partial<Extraction['fields']>, more: Partial<Extraction> = {}): FieldName[] =>
    fieldsInDoubt({ ...invoice, ...more, fields: { ...fields, ...changes } });
  expect(doubts({})).toEqual([]);
  expect(doubts({ poNumber: missing, dueDate: missing, taxTotal: missing })).toEqual([]);
  expect(doubts({ poNumber: missing, invoiceNumber: missing })).toEqual(['invoiceNumber', 'poNumber']);
  expect(doubts({ grossTotal: { ...sure('1'), confidence: 0.89 } })).toEqual(['grossTotal']);
  expect(doubts({ grossTotal: { ...sure('1'), confidence: 0.9 } })).toEqual([]);
  expect(doubts({ invoiceNumber: missing }, { documentType: 'delivery_note' })).toEqual([]);
  expect(doubts({ invoiceNumber: missing, currency: { ...sure('EUR'), origin: 'xml' } })).toEqual([]);
});
