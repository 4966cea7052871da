import { expect, test } from 'vitest';
import { plainTextOfHtml } from './html-text.ts';

test('gives words, line breaks and entities, without scripts and styles', () => {
  const html =
    '<head><title>x</title></head><style>p{}</style><p>Total:&nbsp;12,00 &euro;</p><script>if (a<b) evil()</script><table><tr><td>a</td><td>b &#228;&#x20;&amp;</td></tr></table>';
  expect(plainTextOfHtml(html, 1000)).toBe('Total: 12,00 €\na b ä &');
});

test.each([
  ['<', ''],
  ['a<b', 'a'],
  ['&#xD800;&#99999999;', '&#99999999;'],
  ['<script>never closed', ''],
])('reads the fragment %j as %j', (html, text) => {
  expect(plainTextOfHtml(html, 1000)).toBe(text);
});

// Read in one pass it takes a fraction of a second; tag by tag over the rest it would outlast the test's time by far.
test('reads a million open tags', () => {
  expect(plainTextOfHtml(`${'<div><img src="cid:1">'.repeat(500_000)}end`, 100_000)).toBe('end');
});
