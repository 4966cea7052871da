import { expect, test } from 'vitest';
import { readByRules } from './extract-from-words.ts';
import { flattenExtraction } from './flatten.ts';
import type { FlatExtraction } from './flatten.ts';
import { gridReading } from './table/grid-reading.test-kit.ts';

function read(rows: readonly string[], columns?: readonly number[]): FlatExtraction {
  return flattenExtraction(readByRules(gridReading(rows, columns === undefined ? {} : { columns })).extraction);
}

const items = ['Description | Qty | Price | Amount', 'Blue paper | 2 | 50.00 | 100.00', 'Total net | | | 100.00', 'Total | | | 100.00'];

test('a name that is the page’s own web address is the supplier’s before a motto', () => {
  const flat = read([
    'Printing since 1921',
    'Papyra',
    '12 Mill Lane',
    'Leeds LS1 4AP',
    '',
    'Invoice no. 4711',
    '',
    'Bill to:',
    'Harbour Hotel Ltd',
    '3 Quay Street',
    'Hull HU1 2AB',
    '',
    ...items,
    '',
    'www.papyra.co.uk',
  ]);
  expect([flat.supplierName, flat.buyerName]).toEqual(['Papyra', 'Harbour Hotel Ltd']);
});

test('letters of a company’s name are no postbox and no street', () => {
  expect(
    read(['Invoice no. 12', 'SELLER: DMBP NANTES DISPANO ROUX - 1535', '12 RUE DE LA FONTAINE', '44100 NANTES', '', ...items]).supplierName,
  ).toBe('DMBP NANTES DISPANO ROUX - 1535');
});

test('the addressee stands below a sender’s line that is set wide apart', () => {
  const flat = read(
    [
      'Bei Spiel GmbH | ● | Ecke 12 | ● | 12345 Stadthausen',
      'Theodor Est',
      'Bahnstr. 42',
      '88802 Spielkreis',
      '',
      'Rechnung Nr. 506',
      '',
      ...items,
    ],
    [40, 150, 190, 300, 430],
  );
  expect(flat.buyerName).toBe('Theodor Est');
});

test('beside a headed supplier the other address is the buyer’s', () => {
  const flat = read(
    [
      'Opdrachtnemer: | Nordprint VOF',
      'Castellwerk BV | Prinsengracht 14',
      'Industrielaan 85 | 9711 HS Groningen',
      '3511 LX Utrecht',
      '',
      'Factuurnummer: 7175',
      '',
      ...items,
    ],
    [40, 300, 360, 430],
  );
  expect([flat.supplierName, flat.buyerName]).toEqual(['Castellwerk BV', 'Nordprint VOF']);
});

test.each([
  ['N° de facture : FA-118', 'FA-118'],
  ['Our invoice: 4711-B', '4711-B'],
  ['Re.-Nr.: 2024-77', '2024-77'],
  ['Nº fra.: V/2024/33', 'V/2024/33'],
  ['Numer: RE-2023-6682', 'RE-2023-6682'],
  ['Faktura sprzedaży R92231', 'R92231'],
])('“%s” says the invoice’s number', (line, number) => {
  expect(read(['Muster GmbH', '', line, '', ...items]).invoiceNumber).toBe(number);
});

test('the invoice that a credit note corrects does not give it its number', () => {
  expect(read(['Muster GmbH', '', 'Gutschrift-Nr.: G-5', 'Ursprungsrechnung: R-4', '', ...items]).invoiceNumber).toBe('G-5');
});

test.each([
  ['Kindly settle this account no later than 16 December 2023.', '2023-12-16'],
  ['Zahlen Sie den Betrag bitte bis zum 16.12.2023.', '2023-12-16'],
  ['Wij verzoeken u te betalen uiterlijk 16-12-2023.', '2023-12-16'],
  ['Pay by bank transfer, 2 % discount until 16 December 2023.', null],
])('“%s” says when to pay, or not', (line, due) => {
  expect(read(['Muster GmbH', 'Invoice no. 1', 'Date: 16 November 2023', '', ...items, '', line]).dueDate).toBe(due);
});

test('totals may be told in one sentence, or in a row under their heads', () => {
  const table = items.slice(0, 2);
  const sentence = read(['Invoice no. 1', '', ...table, '', 'Net amount: 100.00 EUR, VAT 20 %: 20.00 EUR, Grand total: 120.00 EUR']);
  const row = read(
    ['Invoice no. 1', '', ...table, '', '| Net amount | VAT 20 % | Grand total', '| 100.00 | 20.00 | 120.00'],
    [40, 300, 380, 460],
  );
  for (const { netTotal, taxTotal, grossTotal, lines } of [sentence, row])
    expect([netTotal, taxTotal, grossTotal, lines.length]).toEqual([100, 20, 120, 1]);
});

test('an IBAN that goes on in the line below is read where its check digits agree', () => {
  const rows = (rest: string): string[] => [
    'Muster GmbH',
    'Rechnung Nr. 1',
    '',
    ...items,
    '',
    'Bank: Hausbank | IBAN: DE89 3704 0044',
    `Berlin | ${rest}`,
  ];
  expect(read(rows('0532 0130 00')).iban).toBe('DE89370400440532013000');
  expect(read(rows('0532 0130 01')).iban).not.toBe('DE89370400440532013001');
});

test('a tax number under the buyer’s head is the buyer’s', () => {
  const flat = read([
    'Kraxi GmbH',
    '',
    'Rechnung Nr. 1',
    '',
    'Ihre USt-IdNr.: | Datum:',
    'ATU23255288 | 04.02.2022',
    '',
    ...items,
    '',
    'USt-IdNr. DE136695976',
  ]);
  expect(flat.supplierTaxId).toBe('DE136695976');
});

test('group sums are no lines, whatever they are called', () => {
  expect(
    read([
      'Invoice no. 1',
      'Description | Qty | Price | Amount',
      'Chair | 1 | 70.00 | 70.00',
      'Table | 1 | 30.00 | 30.00',
      'Ground floor | | | 100.00',
      'Lamp | 2 | 25.00 | 50.00',
      'Shelf | 1 | 10.00 | 10.00',
      'Upper floor | | | 60.00',
      'Grand total | | | 160.00',
    ]).lines.map(({ description }) => description),
  ).toEqual(['Chair', 'Table', 'Lamp', 'Shelf']);
});

test('behind a title that no list knows stands the paper’s number, if it is printed larger than the rest', () => {
  const page = gridReading(['Minuta de honorarios 1609-9', 'Papyra', '12 Mill Lane', '', ...items]);
  const enlarged = page.pages[0]?.words.map((word) =>
    word.box[1] < 50 ? { ...word, box: [word.box[0], 36, word.box[2], 50] as const } : word,
  );
  const larger = { ...page, pages: page.pages.map((one) => ({ ...one, words: enlarged ?? [] })) };
  expect([page, larger].map((reading) => readByRules(reading).extraction.fields.invoiceNumber.value)).toEqual([null, '1609-9']);
});
