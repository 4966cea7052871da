import { expect, test } from 'vitest';
import type { Extraction, FieldName, Memory, Reading } from '#domain/documents';
import { extract } from '../extraction/index.ts';
import { gridReading } from '../extraction/table/grid-reading.test-kit.ts';
import { layoutMemory } from './index.ts';

interface Facts {
  readonly vorgang: string;
  readonly gross: string;
  readonly lines?: number;
  readonly iban?: string;
}

const paper = ({ vorgang, gross, lines = 1, iban = '' }: Facts): Reading =>
  gridReading([
    'Kraxi Fluggeraete',
    'Flugzeugallee Papierfeld',
    '',
    'Rechnung',
    `Vorgangsschluessel | ${vorgang}`,
    'Kassenzeichen bitte angeben | Q-77',
    '',
    'Bezeichnung | Menge | Preis | Betrag',
    ...Array.from({ length: lines }, (_, index) => `Drachen Modell | ${index + 2} | 10,00 | 1,00`),
    '',
    `Endsumme Ihrer Bestellung | | | ${gross}`,
    `Kontoverbindung ${iban}`,
  ]);
const other = gridReading([
  'Blumen Meier',
  'Marktplatz',
  'Quittung',
  'Vorgangsschluessel | B-9',
  'Strauss rote Rosen | | | 12,00',
  'Danke sehr',
]);

const taught = (field: FieldName, said: string | null, read: string | null, facts: Facts): Memory[] => {
  const reading = paper(facts);
  const lesson = layoutMemory.learn(reading, { field, said, read });
  return lesson === null ? [] : [{ id: 'mem_1', print: layoutMemory.printOf(reading), lesson }];
};
const recalled = (facts: Facts, memories: readonly Memory[], extraction?: Extraction): Extraction['fields'] => {
  const reading = paper(facts);
  return layoutMemory.recall(reading, extraction ?? extract(reading), memories).extraction.fields;
};

test('a number is found again by the words that it stood beside, whatever it now is', () => {
  const memories = taught('invoiceNumber', 'VX-1', null, { vorgang: 'VX-1', gross: '23,80' });
  expect(recalled({ vorgang: 'ZZ-4711', gross: '99,00' }, memories).invoiceNumber).toMatchObject({
    value: 'ZZ-4711',
    origin: 'memory',
    standing: 'consistent',
    evidence: { text: 'ZZ-4711' },
  });
});

test('a total is found again further down, below more lines', () => {
  const memories = taught('grossTotal', '23.80', null, { vorgang: 'VX-1', gross: '23,80' });
  const facts = { vorgang: 'VX-2', gross: '77,35', lines: 9 };
  const { grossTotal } = recalled(facts, memories);
  expect([grossTotal.value, grossTotal.evidence?.text]).toEqual(['77.35', '77,35']);
});

test('what is proven or said by structured data is never overridden', () => {
  const memories = taught('invoiceNumber', 'VX-1', null, { vorgang: 'VX-1', gross: '23,80' });
  const facts = { vorgang: 'VX-2', gross: '1,00' };
  const extraction = extract(paper(facts));
  for (const change of [{ standing: 'proven' }, { origin: 'xml' }, { origin: 'person' }] as const) {
    const invoiceNumber = { ...extraction.fields.invoiceNumber, value: 'OWN-1', ...change };
    const fields = { ...extraction.fields, invoiceNumber };
    expect(recalled(facts, memories, { ...extraction, fields }).invoiceNumber).toBe(invoiceNumber);
  }
});

test('another layout is left alone', () => {
  const memories = taught('invoiceNumber', 'VX-1', null, { vorgang: 'VX-1', gross: '23,80' });
  const extraction = extract(other);
  expect(layoutMemory.recall(other, extraction, memories)).toEqual({ extraction, used: [] });
});

test('a supplier’s name is taken where the page prints it, and nothing is learnt from what no page prints', () => {
  const memories = taught('supplierName', 'Kraxi Fluggeraete', 'Papierfeld', { vorgang: 'VX-1', gross: '23,80' });
  expect(recalled({ vorgang: 'VX-2', gross: '5,00' }, memories).supplierName.value).toBe('Kraxi Fluggeraete');
  expect(taught('invoiceNumber', 'NOT-THERE', null, { vorgang: 'VX-1', gross: '23,80' })).toEqual([]);
});

test('an account is never remembered, only where it stands, and only with right check digits', () => {
  const first = { vorgang: 'VX-1', gross: '23,80', iban: 'DE89370400440532013000' };
  const memories = taught('iban', first.iban, null, first);
  expect(memories[0]?.lesson).toMatchObject({ kind: 'anchored', value: null });
  const none = { ...extract(paper(first)).fields.iban, value: null, standing: 'unproven' as const, origin: null };
  const read = (iban: string): string | null => {
    const facts = { vorgang: 'VX-2', gross: '1,00', iban };
    const extraction = extract(paper(facts));
    return recalled(facts, memories, { ...extraction, fields: { ...extraction.fields, iban: none } }).iban.value;
  };
  expect(read('NL91ABNA0417164300')).toBe('NL91ABNA0417164300');
  expect(read('NL92ABNA0417164300')).toBe(null);
});

test('what a person said is not there is not read there again', () => {
  const facts = { vorgang: 'VX-1', gross: '23,80' };
  const memories = taught('poNumber', null, 'Q-77', facts);
  const extraction = extract(paper({ ...facts, vorgang: 'VX-5' }));
  const evidence = { page: 1, box: [300, 120, 320, 130] as const, wordIds: [9], text: 'Q-77' };
  const poNumber = { ...extraction.fields.poNumber, value: 'Q-77', evidence, origin: 'grammar' as const, standing: 'unproven' as const };
  const fields = recalled({ ...facts, vorgang: 'VX-5' }, memories, { ...extraction, fields: { ...extraction.fields, poNumber } });
  expect(fields.poNumber).toMatchObject({ value: null, origin: 'memory' });
});
