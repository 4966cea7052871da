import { expect, test } from 'vitest';
import { canonicalJson, csvText, periodOf } from './index.ts';

test.each([
  ['2026', '2026-01-01', '2026-12-31'],
  ['2026-Q4', '2026-10-01', '2026-12-31'],
  ['2026-02', '2026-02-01', '2026-02-28'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2026-11-30', '2026-11-30', '2026-11-30'],
  ['2026-11-01..2026-11-15', '2026-11-01', '2026-11-15'],
  ['2026-11..2027-01', '2026-11-01', '2027-01-31'],
])('%s goes from %s to %s', (name, from, until) => {
  expect(periodOf(name)).toEqual({ name, from, until });
});

test.each(['', '26', '2026-13', '2026-00', '2026-02-30', '2026-Q5', '2026-12..2026-11', '2026-1', '2026-01..', '2026..2027..2028'])(
  '"%s" is no period',
  (name) => {
    expect(periodOf(name)).toBeNull();
  },
);

test('a text that a spreadsheet would run is kept one; numbers stay numbers', () => {
  expect(csvText([['=1+1', '-5.00', '@x', ' +x', '+4', 'a "b", c', null]])).toBe(`'=1+1,-5.00,'@x,' +x,+4,"a ""b"", c",\r\n`);
});

test('canonical JSON sorts keys by their code units and keeps no white space (RFC 8785, 3.2.3)', () => {
  const value = { '\u20ac': 'Euro', '\r': 'CR', '1': 'One', '\u00f6': 'ö', nested: { b: [1, 1e21, true, null], a: '<\u2028' } };
  expect(canonicalJson(value)).toBe(`{"\\r":"CR","1":"One","nested":{"a":"<\u2028","b":[1,1e+21,true,null]},"ö":"ö","€":"Euro"}`);
});
