import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addBusinessDays, addBusinessMs, addDays, businessDaysBetween, businessMsBetween, closingTime, whyClosed } from './index.ts';
import { dayIn, instantOf } from './local-time.ts';
import { usualWeek, type WorkCalendar } from './work-calendar.ts';

const berlin: WorkCalendar = {
  week: usualWeek,
  timeZone: 'Europe/Berlin',
  holidays: (year) => [
    { day: `${year}-01-01`, name: 'New Year' },
    { day: `${year}-05-01`, name: 'Labour Day' },
    { day: `${year}-12-25`, name: 'Christmas' },
    { day: '2026-04-03', name: 'Good Friday' },
    { day: '2026-04-06', name: 'Easter Monday' },
  ],
};
const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'] as const;

const day = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2022-01-01', days));
const instant = fc
  .integer({ min: Date.parse('2022-01-01T00:00:00Z'), max: Date.parse('2029-12-31T00:00:00Z') })
  .map((ms) => new Date(ms - (ms % 1000)));
const calendar = fc.constantFrom(...zones).map((timeZone) => ({ ...berlin, timeZone }));

test('a Friday before Easter Monday plus one business day is the Tuesday after it', () => {
  expect(addBusinessDays(berlin, '2026-04-02', 1)).toBe('2026-04-07');
  expect(whyClosed(berlin, '2026-04-03')).toBe('Good Friday');
  expect(whyClosed(berlin, '2026-04-04')).toBe('Saturday');
  expect(whyClosed(berlin, '2026-04-07')).toBeNull();
});

test('what is due on a day is due when the office closes there, in summer and in winter', () => {
  expect(closingTime(berlin, '2026-03-27').toISOString()).toBe('2026-03-27T16:00:00.000Z');
  expect(closingTime(berlin, '2026-03-30').toISOString()).toBe('2026-03-30T15:00:00.000Z');
});

test('the day that follows is always open, and nothing open lies between', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 30 }), (from, count) => {
      const to = addBusinessDays(berlin, from, count);
      expect(whyClosed(berlin, to)).toBeNull();
      if (count > 0) expect(businessDaysBetween(berlin, from, to)).toBe(count);
    }),
    { seed: 20261123 },
  );
});

test('steps add up: a and then b business days are a + b', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (from, a, b) => {
      expect(addBusinessDays(berlin, addBusinessDays(berlin, from, a), b)).toBe(addBusinessDays(berlin, from, a + b));
    }),
    { seed: 20261123 },
  );
});

test('going forward and back again leads to the open day one came from', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 20 }), (from, count) => {
      const open = addBusinessDays(berlin, from, 0);
      expect(addBusinessDays(berlin, addBusinessDays(berlin, open, count), -count)).toBe(open);
    }),
    { seed: 20261123 },
  );
});

test('working time that was added is the working time that passes, in every zone', () => {
  fc.assert(
    fc.property(calendar, instant, fc.integer({ min: 1, max: 40 * 3_600_000 }), (place, from, ms) => {
      expect(businessMsBetween(place, from, addBusinessMs(place, from, ms))).toBe(ms);
    }),
    { seed: 20261123, numRuns: 60 },
  );
});

test('working time of a stretch is the sum of its parts', () => {
  fc.assert(
    fc.property(calendar, instant, fc.nat(10 * 86_400_000), fc.nat(10 * 86_400_000), (place, from, first, second) => {
      const middle = new Date(from.getTime() + first);
      const end = new Date(middle.getTime() + second);
      expect(businessMsBetween(place, from, middle) + businessMsBetween(place, middle, end)).toBe(businessMsBetween(place, from, end));
    }),
    { seed: 20261123, numRuns: 60 },
  );
});

test('an instant and the clock of its place say the same', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), day, fc.integer({ min: 4 * 60, max: 1439 }), (zone, on, minute) => {
      const at = instantOf(zone, on, minute);
      expect(dayIn(zone, at)).toBe(on === '2011-12-30' ? '2011-12-31' : on);
      const shown = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
      expect(shown).toBe(`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
    }),
    { seed: 20261123 },
  );
});

test('a week without workdays is refused, not searched for ever', () => {
  const never = { ...berlin, week: { ...usualWeek, workdays: [] } };
  expect(() => addBusinessDays(never, '2026-03-02', 1)).toThrow(/no open day/);
});
