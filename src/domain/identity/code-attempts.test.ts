import { expect, test } from 'vitest';
import { lockMinutesAfter, triesLeftAfter } from './code-attempts.ts';

test('the fifth wrong code in a row locks, each further fifth twice as long, a day at most', () => {
  expect([0, 1, 4, 5, 6, 9, 10, 15, 35, 40, 5000].map(lockMinutesAfter)).toEqual([0, 0, 0, 15, 0, 0, 30, 60, 960, 1440, 1440]);
});

test('the tries that are left count down to the lock and begin anew after it', () => {
  expect([0, 1, 4, 5, 6].map(triesLeftAfter)).toEqual([5, 4, 1, 5, 4]);
});
