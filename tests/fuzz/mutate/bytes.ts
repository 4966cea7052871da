import type { Chance } from '../chance.ts';

/** A change of bytes of any kind of file. */
export type Mutation = (bytes: Uint8Array, chance: Chance, others: readonly Uint8Array[]) => Uint8Array;

/** Values at which counters and lengths tip over. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x20, 0x25, 0x3c] as const;
const edges32 = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x10000, 0xfffe] as const;

function changed(bytes: Uint8Array, change: (copy: Buffer) => void): Uint8Array {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) change(copy);
  return copy;
}

/** Changes that need no knowledge of the format. */
export const byteMutations: Readonly<Record<string, Mutation>> = {
  flipBits: (bytes, chance) =>
    changed(bytes, (copy) => {
      for (let left = 1 + chance.below(16); left > 0; left -= 1) {
        const at = chance.below(copy.length);
        copy[at] = (copy[at] ?? 0) ^ (1 << chance.below(8));
      }
    }),
  setEdge: (bytes, chance) =>
    changed(bytes, (copy) => {
      for (let left = 1 + chance.below(8); left > 0; left -= 1) copy[chance.below(copy.length)] = chance.oneOf(edges);
    }),
  setWord: (bytes, chance) =>
    changed(bytes, (copy) => {
      if (copy.length < 4) return;
      const at = chance.below(copy.length - 3);
      if (chance.happens(0.5)) copy.writeUInt32LE(chance.oneOf(edges32), at);
      else copy.writeUInt32BE(chance.oneOf(edges32), at);
    }),
  cutEnd: (bytes, chance) => bytes.subarray(0, chance.below(bytes.length + 1)),
  cutStart: (bytes, chance) => bytes.subarray(chance.below(Math.min(bytes.length, 2048) + 1)),
  dropMiddle: (bytes, chance) => {
    const from = chance.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + chance.below(400))]);
  },
  repeatPiece: (bytes, chance) => {
    const from = chance.below(bytes.length + 1);
    const piece = bytes.subarray(from, from + 1 + chance.below(200));
    const times = chance.oneOf([2, 10, 500]);
    return Buffer.concat([bytes.subarray(0, from), ...Array.from({ length: times }, () => piece), bytes.subarray(from)]);
  },
  noise: (bytes, chance) =>
    changed(bytes, (copy) => {
      const from = chance.below(copy.length);
      for (let at = from; at < Math.min(copy.length, from + 64); at += 1) copy[at] = chance.below(256);
    }),
  splice: (bytes, chance, others) => {
    const other = chance.oneOf(others);
    return Buffer.concat([bytes.subarray(0, chance.below(bytes.length + 1)), other.subarray(chance.below(other.length + 1))]);
  },
  prepend: (bytes, chance, others) => Buffer.concat([chance.oneOf(others).subarray(0, chance.below(1200)), bytes]),
};

/** `bytes` as text in which one character is one byte, so that nothing is lost on the way back. */
export function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

export function asBytes(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** Replaces one match that is drawn from all; the bytes as they are where nothing matches. */
export function replaceOne(bytes: Uint8Array, pattern: RegExp, chance: Chance, by: (match: string) => string): Uint8Array {
  const text = asText(bytes);
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return bytes;
  const match = chance.oneOf(matches);
  return asBytes(text.slice(0, match.index) + by(match[0]) + text.slice(match.index + match[0].length));
}
