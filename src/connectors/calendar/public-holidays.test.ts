import { expect, test } from 'vitest';
import { createPublicHolidays } from './public-holidays.ts';

const holidays = createPublicHolidays();
const days = (country: string, region: string | null, year: number): string[] => holidays.of(country, region, year).map(({ day }) => day);

test('a region has its own holidays beside those of the country', () => {
  expect(days('DE', null, 2026)).toContain('2026-10-03');
  expect(days('DE', null, 2026)).not.toContain('2026-03-08');
  expect(days('DE', 'BE', 2026)).toContain('2026-03-08');
});

test('movable feasts and substitute days fall on the right day', () => {
  expect(days('DE', null, 2027)).toEqual(expect.arrayContaining(['2027-03-26', '2027-03-29']));
  expect(days('GB', null, 2026)).toContain('2026-12-28');
  expect(days('US', null, 2026)).toContain('2026-11-26');
});

test('a place that nobody knows has no holidays, and says so', () => {
  expect(holidays.knows('XX', null)).toBe(false);
  expect(holidays.knows('DE', 'XX')).toBe(false);
  expect(holidays.of('XX', null, 2026)).toEqual([]);
  expect(holidays.timeZoneOf('XX', null)).toBeNull();
});

test('a place with one clock names it', () => {
  expect(holidays.timeZoneOf('DE', 'BE')).toBe('Europe/Berlin');
});
