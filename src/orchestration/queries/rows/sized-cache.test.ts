import { expect, test } from 'vitest';
import { SizedCache } from './sized-cache.ts';

test('drops the least recently used value once the limit is passed', () => {
  const cache = new SizedCache<string>(10);
  cache.set('a', 'A', 5);
  cache.set('b', 'B', 5);
  expect(cache.get('a')).toBe('A');
  cache.set('c', 'C', 5);
  expect(cache.get('b')).toBeUndefined();
  expect(cache.get('a')).toBe('A');
});

test('keeps everything up to exactly the limit', () => {
  const cache = new SizedCache<string>(10);
  cache.set('a', 'A', 5);
  cache.set('b', 'B', 5);
  expect([cache.get('a'), cache.get('b')]).toEqual(['A', 'B']);
});

test('does not keep what alone is larger than the limit', () => {
  const cache = new SizedCache<string>(10);
  cache.set('a', 'A', 11);
  expect(cache.get('a')).toBeUndefined();
});
