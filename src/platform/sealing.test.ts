import { expect, test } from 'vitest';
import { createSealing } from './sealing.ts';

test('what is sealed opens again with the same secret, also after it was changed, and shows nothing of itself', () => {
  const sealed = createSealing(['first']).seal('GEZDGNBV', 'key 1');
  expect(Buffer.from(sealed).toString('latin1')).not.toContain('GEZDGNBV');
  expect(createSealing(['first']).seal('GEZDGNBV', 'key 1')).not.toEqual(sealed);
  expect(createSealing(['first']).open(sealed, 'key 1')).toBe('GEZDGNBV');
  expect(createSealing(['second', 'first']).open(sealed, 'key 1')).toBe('GEZDGNBV');
});

test('it opens neither elsewhere, nor changed, nor under another secret', () => {
  const sealing = createSealing(['first']);
  const sealed = sealing.seal('GEZDGNBV', 'key 1');
  const changed = Uint8Array.from(sealed, (byte, index) => (index === sealed.length - 1 ? byte ^ 1 : byte));
  const unreadable = expect.objectContaining({ code: 'DH_PLATFORM_SEAL_UNREADABLE' }) as Error;
  expect(() => sealing.open(sealed, 'key 2')).toThrow(unreadable);
  expect(() => sealing.open(changed, 'key 1')).toThrow(unreadable);
  expect(() => createSealing(['second']).open(sealed, 'key 1')).toThrow(unreadable);
  expect(() => sealing.open(new Uint8Array(3), 'key 1')).toThrow(unreadable);
});
