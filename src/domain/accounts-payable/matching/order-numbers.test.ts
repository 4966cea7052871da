import { expect, test } from 'vitest';
import { orderNumbersIn } from './order-numbers.ts';

test.each([
  ['PO-17', ['PO-17']],
  ['PO-17, PO-18 und PO-21', ['PO-17, PO-18 und PO-21', 'PO-17', 'PO-18', 'PO-21']],
  ['4500/17', ['4500/17', '4500', '17']],
  ['PO 17', ['PO 17']],
  ['', []],
  ['see offer', ['see offer']],
])('reads %j', (text, expected) => {
  expect(orderNumbersIn(text)).toEqual(expected);
});

test('takes twenty orders for a list and one more for a text', () => {
  const list = (count: number): string => Array.from({ length: count }, (_, at) => `PO-${at}`).join(', ');
  expect(orderNumbersIn(list(20))).toHaveLength(21);
  expect(orderNumbersIn(list(21))).toHaveLength(1);
});
