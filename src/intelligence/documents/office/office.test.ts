import type { Page, Reading } from '#domain/documents';
import * as XLSX from '@e965/xlsx';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { extract } from '../../extraction/index.ts';
import { maxPackageBytes, maxSheetRows } from '../limits.ts';
import { readDocument } from '../read-document.ts';
import { buildDocx, paragraph } from './office.test-kit.ts';

const read = (bytes: Uint8Array | string, fileName: string): Promise<Reading> => readDocument({ fileName, bytes: Buffer.from(bytes) });
const wordsOf = (reading: Reading): Page['words'] => reading.pages.flatMap((page) => page.words);
const textOf = (reading: Reading): string =>
  wordsOf(reading)
    .map((word) => word.text)
    .join(' ');
const codesOf = (reading: Reading): string[] => reading.problems.map((problem) => problem.code);
const leftOf = (reading: Reading, text: string): number | undefined => wordsOf(reading).find((word) => word.text === text)?.box[0];
const rightOf = (reading: Reading, text: string): number | undefined => wordsOf(reading).find((word) => word.text === text)?.box[2];

const cell = (text: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(text)}</w:tc>`;
const table = (rows: readonly string[]): string => `<w:tbl>${rows.map((row) => `<w:tr>${row}</w:tr>`).join('')}</w:tbl>`;

test('reads a Word invoice with its letterhead, its table and its footer', async () => {
  const bytes = buildDocx(
    paragraph('Invoice 2026-17') +
      paragraph('Date: 2026-03-05') +
      table([
        cell('Description') + cell('Qty') + cell('Price') + cell('Amount'),
        cell('Garden work') + cell('3') + cell('40.00') + cell('120.00'),
        cell('Total EUR', '<w:gridSpan w:val="3"/>') + cell('120.00'),
      ]),
    { header: paragraph('Green Hands Ltd'), footer: paragraph('IBAN GB82 WEST 1234 5698 7654 32') },
  );
  const reading = await read(bytes, 'invoice.docx');
  expect(textOf(reading)).toMatch(/^Green Hands Ltd Invoice 2026-17 .* IBAN GB82 WEST/);
  expect(leftOf(reading, 'Qty')).toBe(leftOf(reading, '3'));
  expect(reading.problems).toEqual([]);
  expect(extract(reading)).toMatchObject({ documentType: 'invoice', fields: { invoiceNumber: { value: '2026-17' } } });
});

test('sets pieces of a line at the tab stops of the paragraph', async () => {
  const stops = '<w:tabs><w:tab w:val="left" w:pos="4000"/><w:tab w:val="right" w:pos="8000"/></w:tabs>';
  const reading = await read(
    buildDocx(paragraph('Nails\t12\t3.50', '', stops) + paragraph('Boards, planed\t7\t1300.00', '', stops)),
    'a.docx',
  );
  expect(leftOf(reading, '12')).toBe(leftOf(reading, '7'));
  expect(rightOf(reading, '3.50')).toBe(rightOf(reading, '1300.00'));
});

test('leaves out what Word does not show: deleted, hidden, white and tiny text, fallbacks, instructions of fields', async () => {
  const box = (text: string): string => `<w:drawing><w:txbxContent>${paragraph(text)}</w:txbxContent></w:drawing>`;
  const reading = await read(
    buildDocx(
      paragraph('Seen') +
        `<w:p><w:del><w:r><w:delText>900.00</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>` +
        paragraph('pay 800.00 now', '<w:vanish/>') +
        paragraph('white', '<w:color w:val="FFFFFF"/>') +
        paragraph('tiny', '<w:sz w:val="2"/>') +
        table([cell('x', '<w:shd w:fill="203040"/>').replace('<w:rPr>', '<w:rPr><w:color w:val="FFFFFF"/>')]) +
        `<w:p><w:r><mc:AlternateContent><mc:Choice>${box('Box')}</mc:Choice><mc:Fallback>${box('Box')}</mc:Fallback></mc:AlternateContent></w:r></w:p>`,
    ),
    'a.docx',
  );
  expect(textOf(reading)).toBe('Seen x Box');
  expect(codesOf(reading)).toEqual(['hidden-text']);
});

function workbook(rows: unknown[][], change: (book: XLSX.WorkBook, sheet: XLSX.WorkSheet) => void = () => undefined): Uint8Array {
  const sheet = XLSX.utils.aoa_to_sheet(rows);
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, sheet, 'Invoice');
  change(book, sheet);
  return new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
}

test('reads a sheet as it is shown: formats, columns, text running over, no hidden rows, columns and sheets', async () => {
  const rows = [
    ['Long heading that runs over its neighbours'],
    ['Part', 'Qty', 'secret', 'Amount'],
    ['Bolt', 4, 99.99, 1234.5],
    ['Internal margin', 1, 1, 77.77],
    ['Date', { t: 'n', v: 46_086, z: 'm/d/yy' }],
  ];
  const reading = await read(
    workbook(rows, (book, sheet) => {
      sheet['!cols'] = [{}, {}, { hidden: true }];
      sheet['!rows'] = [{}, {}, {}, { hidden: true }];
      (sheet['D3'] as XLSX.CellObject).z = '#,##0.00';
      XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['hidden sheet']]), 'Costs');
      book.Workbook = { Sheets: [{}, { Hidden: 1 }] };
    }),
    'invoice.xlsx',
  );
  expect(textOf(reading)).toBe('Long heading that runs over its neighbours Part Qty Amount Bolt 4 1,234.50 Date 2026-03-05');
  expect(leftOf(reading, 'Amount')).toBe(leftOf(reading, '1,234.50'));
  expect(leftOf(reading, 'Qty')).toBeLessThan(200);
});

test('says when rows were left out and when a formula has no result', async () => {
  const rows = Array.from({ length: maxSheetRows + 1 }, (_, index) => [`row ${index}`, index]);
  expect(codesOf(await read(workbook(rows), 'a.xlsx'))).toContain('rows-left-out');
  const formula = await read(
    workbook([['Total', 0]], (_, sheet) => void (sheet['B1'] = { t: 'n', f: 'SUM(A2:A9)' })),
    'a.xlsx',
  );
  expect(codesOf(formula)).toEqual(['uncomputed-cells']);
});

test('an office file that inflates too far, is cut short or locked ends in its problem', async () => {
  const bomb = zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': new Uint8Array(maxPackageBytes + 1) });
  expect(codesOf(await read(bomb, 'bomb.docx'))).toEqual(['inflates-too-far']);
  expect(codesOf(await read(buildDocx(paragraph('Invoice')).subarray(0, 900), 'cut.docx'))).toEqual(['unopenable']);
  expect(codesOf(await read(zipSync({ '[Content_Types].xml': strToU8(''), 'xl/workbook.xml': strToU8('<no>') }), 'a.xlsx'))).toEqual([
    expect.stringMatching(/unopenable|nothing-to-read/) as string,
  ]);
  const entity =
    buildDocx('').length > 0 &&
    zipSync({
      '[Content_Types].xml': strToU8(''),
      'word/document.xml': strToU8('<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document>&a;</w:document>'),
    });
  expect(codesOf(await read(entity || new Uint8Array(), 'entity.docx'))).toEqual(['unopenable']);
});

test('takes text with columns for a table, and prose with commas for prose', async () => {
  const reading = await read('Description;Qty;Amount\r\n"Work; 3 hours";3;"1.200,50"\r\nTravel;1;20,00\r\n', 'lines.csv');
  expect(reading.mediaType).toBe('text/csv');
  expect(leftOf(reading, 'Amount')).toBe(leftOf(reading, '1.200,50'));
  expect((await read('Dear all, please, see below,\nthe list, which, is new,', 'note.txt')).mediaType).toBe('text/plain');
  expect((await read('a,b,c\n1,2,3\n', 'table.csv')).mediaType).toBe('text/csv');
});
