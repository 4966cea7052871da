import type { Page, Reading } from '#domain/documents';
import { expect, test } from 'vitest';
import { extract } from '../extract.ts';
import { gridReading } from '../table/grid-reading.test-kit.ts';
import { rangesOfPapers, showsTwoPapers } from './several-documents.ts';

/** Pages one after the other, words numbered through. */
function fileOf(...pages: readonly (readonly string[])[]): Reading {
  let id = 0;
  const all = pages.map((rows, index): Page => {
    const [page] = gridReading(rows).pages;
    return { ...(page as Page), number: index + 1, words: (page as Page).words.map((word) => ({ ...word, id: id++ })) };
  });
  return { ...gridReading([]), pages: all };
}

const invoice = (number: string, mark = ''): string[] => [
  'Example Supplies Limited',
  `Invoice number: ${number} | | Date: 11 July 2026`,
  'Widget | 2 | 10.00 | 20.00',
  `Total EUR | | | 20.00`,
  mark,
];
const rangesIn = (...pages: readonly (readonly string[])[]): string[] =>
  rangesOfPapers(fileOf(...pages)).map(({ first, last }) => `${first}-${last}`);

test('a page with another number and a total of its own begins another invoice', () => {
  expect(rangesIn(invoice('INV-1'), ['Terms and conditions'], invoice('INV-2'))).toEqual(['1-2', '3-3']);
});

test('page numbers that start again begin another invoice', () => {
  expect(rangesIn(invoice('INV-1', 'Page 1 of 2'), ['Terms', 'Page 2 of 2'], invoice('INV-2', 'Page 1 of 1'))).toEqual(['1-2', '3-3']);
  expect(rangesIn(['Rechnung', 'Seite 1 von 1'], ['Rechnung', 'Seite 1 von 1'])).toEqual(['1-1', '2-2']);
});

test('an invoice of several pages is one: same number on each, annexes, references without a total', () => {
  expect(rangesIn(invoice('INV-1'), invoice('INV-1'))).toEqual(['1-2']);
  expect(rangesIn(invoice('INV-1', 'Page 1 of 2'), invoice('INV-9', 'Page 2 of 2'))).toEqual(['1-2']);
  expect(rangesIn(invoice('INV-1'), ['Time sheet', 'Invoice number: INV-77', 'Monday | 8 h'])).toEqual(['1-2']);
  expect(rangesIn(invoice('INV-1', 'Page 1 of 1'), invoice('INV-1', 'Page 1 of 1'))).toEqual(['1-2']);
});

test('the suspicion is told with the pages, so that a person parts the file', () => {
  const { problems } = extract(fileOf(invoice('INV-1'), ['Terms'], invoice('INV-2')));
  expect(problems).toMatchObject([{ code: 'perhaps-several-documents', message: expect.stringContaining('pages 1 to 2, 3.') as string }]);
  expect(extract(fileOf(invoice('INV-1'))).problems).toEqual([]);
});

test('two receipts side by side on one picture are seen, two columns of one invoice are not', () => {
  const receipt = [
    'Corner Shop | | | Book Store',
    '11.07.2026 18:02 | | | 12.07.2026 09:15',
    'Milk fresh 1.20 | | | Novel cheap 9.90',
    'Bread white 2.30 | | | Pencil set 3.10',
    'Thank you all | | | Come back soon',
    'Total 3.50 | | | Total 13.00',
  ];
  const picture = (rows: readonly string[]): Reading => ({ ...gridReading(rows), source: 'ocr' });
  expect(showsTwoPapers(picture(receipt))).toBe(true);
  expect(showsTwoPapers(picture(invoice('INV-1')))).toBe(false);
  expect(showsTwoPapers({ ...picture(receipt), source: 'text-layer' })).toBe(false);
});
