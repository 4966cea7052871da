import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, businessMsBetween, usualWeek, type WorkCalendar } from '#domain/calendar';
import {
  chainBetween,
  dueAfterPause,
  mayStandIn,
  nextInLine,
  nextReminder,
  planTask,
  predictLateness,
  standInOf,
  standsInFor,
  usualTaskPolicy,
  type Delegation,
} from './index.ts';

const calendar: WorkCalendar = {
  week: usualWeek,
  timeZone: 'UTC',
  holidays: () => [
    { day: '2026-04-03', name: 'Good Friday' },
    { day: '2026-04-06', name: 'Easter Monday' },
  ],
};
const timing = usualTaskPolicy.timings.exception;
const at = (text: string): Date => new Date(text);

test('a task asked for on the Thursday before Easter is due the Wednesday after, reminded the day before, handed up on Friday', () => {
  const plan = planTask(calendar, timing, at('2026-04-02T10:00:00Z'), null);
  expect(plan).toEqual({
    dueOn: '2026-04-08',
    dueAt: at('2026-04-08T17:00:00Z'),
    remindAt: at('2026-04-07T09:00:00Z'),
    escalateAt: at('2026-04-10T17:00:00Z'),
  });
});

test('a day of its own makes it due earlier, but never before today; after closing time the day is over', () => {
  expect(planTask(calendar, timing, at('2026-03-02T10:00:00Z'), '2026-03-03').dueOn).toBe('2026-03-03');
  expect(planTask(calendar, timing, at('2026-03-02T10:00:00Z'), '2026-01-03').dueOn).toBe('2026-03-02');
  expect(planTask(calendar, timing, at('2026-03-02T18:00:00Z'), null).dueOn).toBe('2026-03-05');
});

test('reminders come before, when it is due, and then each business day', () => {
  const due = at('2026-04-02T17:00:00Z');
  const next = (now: string): string => nextReminder(calendar, timing, due, at(now)).toISOString().slice(0, 16);
  expect(next('2026-03-31T10:00:00Z')).toBe('2026-04-01T09:00');
  expect(next('2026-04-01T09:00:00Z')).toBe('2026-04-02T17:00');
  expect(next('2026-04-02T17:00:00Z')).toBe('2026-04-07T09:00');
  expect(next('2026-04-07T09:00:00Z')).toBe('2026-04-08T09:00');
});

test('the working time of a pause is given back to the minute; a late task stays late', () => {
  const instant = fc
    .integer({ min: 0, max: 60 * 24 * 60 })
    .map((minutes) => new Date(Date.parse('2026-03-02T00:00:00Z') + minutes * 60_000));
  fc.assert(
    fc.property(instant, fc.nat(20_000), fc.nat(20_000), (dueAt, before, length) => {
      const pausedAt = new Date(dueAt.getTime() - before * 60_000);
      const resumedAt = new Date(pausedAt.getTime() + length * 60_000);
      const after = dueAfterPause(calendar, dueAt, pausedAt, resumedAt);
      const expected = before === 0 ? 0 : businessMsBetween(calendar, pausedAt, resumedAt);
      expect(businessMsBetween(calendar, dueAt, after)).toBe(expected);
    }),
    { seed: 20261123, numRuns: 60 },
  );
});

test('an approval goes up the chain, everything else to the controller, and there it ends', () => {
  expect(nextInLine('approval', 'office-manager')).toEqual(['approver', 'controller']);
  expect(nextInLine('exception', 'office-manager')).toEqual(['controller']);
  expect(nextInLine('approval', 'controller')).toEqual([]);
});

test('who could take none of the steps may not stand in', () => {
  expect(mayStandIn(['approver'], ['approver'])).toBe(true);
  expect(mayStandIn(['controller'], ['office-manager'])).toBe(true);
  expect(mayStandIn(['office-manager'], ['approver'])).toBe(false);
});

const delegation = (fromId: string, toId: string, startsOn: string, endsOn: string): Delegation => ({ fromId, toId, startsOn, endsOn });

test('a stand-in of a stand-in decides; a circle is seen only where the days overlap', () => {
  const delegations = [delegation('bo', 'bela', '2026-03-02', '2026-03-13'), delegation('bela', 'kim', '2026-03-09', '2026-03-20')];
  expect(standInOf(delegations, 'bo', '2026-03-03')).toBe('bela');
  expect(standInOf(delegations, 'bo', '2026-03-10')).toBe('kim');
  expect(standInOf(delegations, 'bo', '2026-03-16')).toBeNull();
  expect(standsInFor(delegations, 'kim', '2026-03-10')).toEqual(['bo', 'bela']);
  expect(chainBetween(delegations, 'bo', 'kim', { startsOn: '2026-03-01', endsOn: '2026-03-31' })).toEqual(['bo', 'bela', 'kim']);
  expect(chainBetween(delegations, 'bo', 'kim', { startsOn: '2026-03-02', endsOn: '2026-03-08' })).toBeNull();
});

test('delegations that are let in only when they close no circle never leave work with nobody', () => {
  const someone = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const wish = fc
    .tuple(someone, someone, fc.nat(20), fc.nat(10))
    .map(([from, to, start, length]) => delegation(from, to, addDays('2026-03-02', start), addDays('2026-03-02', start + length)));
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 20 }), (wishes) => {
      const kept: Delegation[] = [];
      for (const next of wishes) {
        const hasOther = kept.some((one) => one.fromId === next.fromId && one.startsOn <= next.endsOn && next.startsOn <= one.endsOn);
        if (!hasOther && chainBetween(kept, next.toId, next.fromId, next) === null) kept.push(next);
      }
      for (let index = 0; index < 32; index += 1) {
        const day = addDays('2026-03-02', index);
        for (const id of ['a', 'b', 'c', 'd', 'e']) {
          const last = standInOf(kept, id, day) ?? id;
          expect(kept.some((one) => one.fromId === last && one.startsOn <= day && day <= one.endsOn)).toBe(false);
        }
      }
    }),
    { seed: 20261123 },
  );
});

test('nothing is predicted from too little history, and the threshold is stated', () => {
  expect(
    predictLateness(
      Array.from({ length: 19 }, () => 1000),
      0,
      500,
    ),
  ).toEqual({ kind: 'not-enough-history', has: 19, needs: 20 });
  expect(
    predictLateness(
      Array.from({ length: 40 }, () => 1000),
      2000,
      500,
    ),
  ).toEqual({ kind: 'not-enough-history', has: 0, needs: 5 });
});

test('one task that lay for a year moves neither the median nor the prediction', () => {
  const usual = Array.from({ length: 99 }, (_, index) => 1000 + index);
  const calm = predictLateness(usual, 0, 2000);
  const withOutlier = predictLateness([...usual, 1e9], 0, 2000);
  expect(calm).toMatchObject({ kind: 'predicted', isLikelyLate: false });
  expect(withOutlier).toMatchObject({ kind: 'predicted', isLikelyLate: false, medianMs: 1049.5 });
});

test('of the tasks said to be late with some probability, about that share is late (seed 7)', () => {
  let state = 7;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  // Log-normal working times, as people's are: many quick ones, a long tail.
  const time = (): number => Math.exp(Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random()) * 0.9) * 6;
  const history = Array.from({ length: 200 }, time);
  let predicted = 0;
  let late = 0;
  for (let index = 0; index < 4000; index += 1) {
    const truth = time();
    const elapsed = random() * 6;
    if (truth <= elapsed) continue;
    const left = 16 - elapsed;
    const prediction = predictLateness(history, elapsed, left);
    if (prediction.kind !== 'predicted') continue;
    predicted += prediction.probability;
    late += truth > elapsed + left ? 1 : 0;
  }
  expect(Math.abs(predicted - late) / late).toBeLessThan(0.35);
});
