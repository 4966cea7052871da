import { expect, test } from 'vitest';
import { decideDateOrder, findDates, isoFrom, monthOf } from './date-format.ts';
import { foldText } from './fold-text.ts';

const read = (text: string, order: 'day-first' | 'month-first' = 'day-first'): string[] =>
  findDates(foldText(text)).map((date) => isoFrom(date, order));

test.each([
  ['Rechnung vom 24.12.2023', '2023-12-24'],
  ['2 Juillet 2015', '2015-07-02'],
  ['02 Août 2015', '2015-08-02'],
  ['7. Mai 2014', '2014-05-07'],
  ['3. März 2021', '2021-03-03'],
  ['August 3 , 2014', '2014-08-03'],
  ['Sept 24th, 2019', '2019-09-24'],
  ['24-Sep-24', '2024-09-24'],
  ['3 de mayo de 2024', '2024-05-03'],
  ['12 października 2023', '2023-10-12'],
  ['20 april 2022', '2022-04-20'],
  ['2024-02-29', '2024-02-29'],
  ['2024/3/7', '2024-03-07'],
  ['05/11/2017 10:30', '2017-11-05'],
  ['Datum 07.04.20', '2020-04-07'],
  ['Date : 20260815', '2026-08-15'],
  ['16/02/201812:04:58', '2018-02-16'],
  ['2018-01-0522:55:25', '2018-01-05'],
] as const)('finds the date in “%s”', (text, iso) => {
  expect(read(text)).toEqual([iso]);
});

test.each(['31.02.2024', '2023-13-01', '1.2.3', '192.168.10.24', '+49 221 765 43-21', '45/67/2020'])('finds no date in “%s”', (text) => {
  expect(read(text)).toEqual([]);
});

test('an open date follows the order of the document', () => {
  expect(read('04/01/2017', 'month-first')).toEqual(['2017-04-01']);
  expect(read('04/01/2017', 'day-first')).toEqual(['2017-01-04']);
});

test('one date with a day over twelve in second place decides for month first', () => {
  const dates = findDates('04/01/2017 and 04/25/2017');
  expect(decideDateOrder(dates, 'day-first')).toEqual({ order: 'month-first', isProven: true });
  expect(decideDateOrder(findDates('04/01/2017'), 'month-first').order).toBe('month-first');
});

test('months are told by their names only', () => {
  expect(monthOf('juil')).toBe(7);
  expect(monthOf('juin')).toBe(6);
  expect(monthOf('page')).toBeNull();
  expect(monthOf('marketing')).toBeNull();
});
