import type { Page } from '#domain/documents';
import { expect, test } from 'vitest';
import { blocksOfHtml } from './html.ts';
import { setFlow } from './set-flow.ts';

function wordsOf(html: string): Page['words'] {
  return setFlow([blocksOfHtml(html).blocks]).flatMap((page) => page.words);
}
const leftOf = (words: Page['words'], text: string): number | undefined => words.find((word) => word.text === text)?.box[0];
const topOf = (words: Page['words'], text: string): number | undefined => words.find((word) => word.text === text)?.box[1];

test('sets the rows and cells of a table under each other, as wide as the widest cell', () => {
  const words = wordsOf(
    '<table><tr><th>Description</th><th>Qty</th><th>Amount</th></tr><tr><td>Repair of the gate in the yard</td><td>2</td><td>84.00</td></tr></table>',
  );
  expect(leftOf(words, 'Qty')).toBe(leftOf(words, '2'));
  expect(leftOf(words, 'Amount')).toBe(leftOf(words, '84.00'));
  expect(topOf(words, 'Repair')).toBe(topOf(words, '84.00'));
  expect(leftOf(words, 'Qty')).toBeGreaterThan((leftOf(words, 'Repair') ?? 0) + 150);
});

test('keeps tables inside tables in their cells, as mails are built', () => {
  const words = wordsOf(
    `<table><tr><td><table><tr><td>Seller</td></tr><tr><td>Acme</td></tr></table></td>
      <td><table><tr><td>Number:</td><td>4711</td></tr><tr><td>Date:</td><td>2026-03-01</td></tr></table></td></tr></table>`,
  );
  expect(topOf(words, 'Acme')).toBe(topOf(words, 'Date:'));
  expect(leftOf(words, '4711')).toBe(leftOf(words, '2026-03-01'));
});

test('a cell over several columns or rows leaves the other columns where they are', () => {
  const words = wordsOf(
    '<table><tr><td rowspan=2>A1</td><td>B1</td><td>C1</td></tr><tr><td>B2</td><td>C2</td></tr><tr><td colspan=2>Total</td><td>C3</td></tr></table>',
  );
  expect([leftOf(words, 'B2'), leftOf(words, 'C2'), leftOf(words, 'C3')]).toEqual([
    leftOf(words, 'B1'),
    leftOf(words, 'C1'),
    leftOf(words, 'C1'),
  ]);
});

test('keeps apart what the author hid, and shows white text on a dark cell', () => {
  const { blocks, hiddenText } = blocksOfHtml(
    `<div style="display:none">pre-header</div><p style="color: #FFF">white</p><span style="font-size:0">tiny</span>
     <table><tr><td bgcolor="#000000" style="color:#ffffff">Due</td></tr></table><script>pay()</script>`,
  );
  expect(hiddenText).toBe('pre-header white tiny');
  expect(setFlow([blocks]).flatMap((page) => page.words.map((word) => word.text))).toEqual(['Due']);
});

test('separates words at blocks and line ends only, and joins them over tags inside a word', () => {
  expect(wordsOf('<p>To<b>tal</b> 12,<span>50</span></p><div>EUR</div>x<br>y').map((word) => word.text)).toEqual([
    'Total',
    '12,50',
    'EUR',
    'x',
    'y',
  ]);
});

test('broken and endless nesting ends in words, not in a crash', () => {
  expect(wordsOf(`${'<table><tr><td>'.repeat(3_000)}deep`).map((word) => word.text)).toEqual(['deep']);
  expect(wordsOf('</td></table><td>loose</tr>').map((word) => word.text)).toEqual(['loose']);
});
