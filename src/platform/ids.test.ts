import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('an id is its prefix and 26 characters that cannot be mistaken for each other', () => {
  expect(newId('inv')).toMatch(/^inv_[0-9a-hjkmnp-tv-z]{26}$/);
});

test('ids sort in the order in which they were made, also within a millisecond', () => {
  const ids = Array.from({ length: 5000 }, () => newId('evt'));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
