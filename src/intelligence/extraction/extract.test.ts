import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Reading } from '#domain/documents';
import { extract } from './extract.ts';
import { flattenExtraction } from './flatten.ts';
import { gridReading } from './table/grid-reading.test-kit.ts';

const german = [
  'Kraxi GmbH',
  '',
  'Kraxi GmbH · Flugzeugallee 17 · 12345 Papierfeld',
  'Papierflieger AG',
  'Rabattstr. 25',
  '34567 Osterhausen',
  '',
  'Rechnung',
  'Rechnungsnummer: 2014-03 | Datum: 11. Juli 2014',
  'Bestellnummer: B-77 | Zahlbar bis 10.08.2014',
  'Bezeichnung | Menge | Preis | Betrag',
  'Superdrachen | 2 | 20,00 | 40,00',
  'Turbo Flyer | 5 | 40,00 | 200,00',
  'Summe netto | | | 240,00',
  'zuzüglich 19% MwSt. | | | 45,60',
  'Rechnungsbetrag | | | 285,60 EUR',
  '',
  '',
  'USt-IdNr. DE136695976 | IBAN DE28 7001 0080 9999 9999 99',
];

test('reads a German invoice by its labels and proves its sums', () => {
  const flat = flattenExtraction(extract(gridReading(german)));
  expect(flat).toMatchObject({
    documentType: 'invoice',
    invoiceNumber: '2014-03',
    issueDate: '2014-07-11',
    dueDate: '2014-08-10',
    supplierName: 'Kraxi GmbH',
    supplierTaxId: 'DE136695976',
    iban: 'DE28700100809999999999',
    buyerName: 'Papierflieger AG',
    poNumber: 'B-77',
    currency: 'EUR',
    netTotal: 240,
    taxTotal: 45.6,
    grossTotal: 285.6,
    lines: [
      { description: 'Superdrachen', quantity: 2, unitPrice: 20, netAmount: 40, taxRate: null },
      { description: 'Turbo Flyer', quantity: 5, unitPrice: 40, netAmount: 200, taxRate: null },
    ],
  });
  expect(flat.confidence['grossTotal']).toBeGreaterThan(0.95);
  expect(flat.evidence['lines.0.netAmount']).toMatchObject({ page: 1, text: '40,00' });
});

test('every value stands on words of the page', () => {
  const reading = gridReading(german);
  const extraction = extract(reading);
  const ids = new Set(reading.pages.flatMap((page) => page.words.map((word) => word.id)));
  for (const field of Object.values(extraction.fields)) {
    if (field.value !== null) expect(field.evidence?.wordIds.every((id) => ids.has(id))).toBe(true);
  }
});

test('a newsletter is no invoice', () => {
  const { documentType, fields } = extract(
    gridReading([
      'Summer news from the harbour',
      'Our shop opens at nine. Bring your friends and enjoy the sun.',
      'Unsubscribe at any time.',
    ]),
  );
  expect(documentType).toBe('other');
  expect(fields.grossTotal.value).toBeNull();
});

test.each([
  [['Payment reminder', 'Invoice 77 of 1 March 2024 is still open.', 'Amount due | | | 120.00 EUR'], 'reminder'],
  [['Statement of account', 'Date | Invoice | Amount', '1 May 2024 | 771 | 12.00', 'Balance | | 12.00'], 'statement'],
  [['CREDIT NOTE No. 12', 'Total | | | -12.00 EUR'], 'credit_note'],
  [['Purchase Order', 'PO number: 4500', 'Total | | | 12.00 EUR'], 'purchase_order'],
  [['Lieferschein', 'Lieferschein Nr. 4', 'Menge | Bezeichnung', '2 | Stuhl'], 'delivery_note'],
] as const)('tells by the title what a document is: %s', (rows, type) => {
  expect(extract(gridReading(rows)).documentType).toBe(type);
});

test('no reading makes it throw', () => {
  const word = fc.record({
    text: fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('Total', 'Invoice', 'IBAN', 'VAT', '12.00', '1.234,56', '04/05/2024', 'Datum', 'Qty', 'Amount', 'DE12'),
    ),
    left: fc.integer({ min: -50, max: 700 }),
    top: fc.integer({ min: -50, max: 900 }),
    width: fc.integer({ min: 0, max: 200 }),
    height: fc.integer({ min: 0, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), fc.boolean(), (words, isOcr) => {
      const reading: Reading = {
        mediaType: 'application/pdf',
        source: isOcr ? 'ocr' : 'text-layer',
        pages: [
          {
            number: 1,
            width: 595,
            height: 842,
            rotation: 0,
            words: words.map(({ text, left, top, width, height }, id) => ({
              id,
              text,
              box: [left, top, left + width, top + height],
              confidence: 0.5,
            })),
          },
        ],
        structuredXml: null,
        problems: [],
      };
      const flat = flattenExtraction(extract(reading));
      expect(Object.values(flat.confidence).every((confidence) => confidence >= 0 && confidence <= 1)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('an empty reading gives empty fields', () => {
  const { fields, lines, documentType } = extract({
    mediaType: 'text/plain',
    source: 'text',
    pages: [],
    structuredXml: null,
    problems: [],
  });
  expect(documentType).toBe('other');
  expect(lines).toEqual([]);
  expect(Object.values(fields).every((field) => field.value === null)).toBe(true);
});
