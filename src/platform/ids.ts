import { randomBytes } from 'node:crypto';

// Crockford's base 32: no I, L, O, U; sorts like the bytes it stands for.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const randomBits = 80n;

let lastMs = 0;
let lastRandom = 0n;

/**
 * A new id: type prefix and 26 characters, 48 bits of milliseconds and 80 random ones (the layout of ULID). Ids made by
 * one process sort in the order they were made, also within a millisecond.
 *
 * @param prefix - three lower-case letters of the noun: `inv` gives `inv_01k…`.
 */
export function newId(prefix: string): string {
  const nowMs = Date.now();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    lastRandom = BigInt(`0x${randomBytes(10).toString('hex')}`);
  } else {
    lastRandom += 1n;
  }
  return `${prefix}_${encode((BigInt(lastMs) << randomBits) | (lastRandom & ((1n << randomBits) - 1n)))}`;
}

function encode(value: bigint): string {
  let text = '';
  for (let rest = value, count = 0; count < 26; count += 1, rest >>= 5n) text = alphabet.charAt(Number(rest & 31n)) + text;
  return text;
}
