import type { Mutation } from './bytes.ts';

const sizes = [0, 1, 2, 255, 65_535, 20_000] as const;

/** Changes of the headers of pictures, which say how much is to be decoded. */
export const pictureMutations: Readonly<Record<string, Mutation>> = {
  header: (bytes, chance) => {
    const copy = Buffer.from(bytes);
    for (let left = 1 + chance.below(4); left > 0 && copy.length > 0; left -= 1)
      copy[chance.below(Math.min(copy.length, 96))] = chance.below(256);
    return copy;
  },
  size: (bytes, chance) => {
    const copy = Buffer.from(bytes);
    const at = chance.below(Math.max(1, Math.min(copy.length, 64) - 2));
    if (copy.length > at + 2) copy.writeUInt16BE(chance.oneOf(sizes), at);
    return copy;
  },
  /** A TIFF's directories lie anywhere, often at the end. */
  footer: (bytes, chance) => {
    const copy = Buffer.from(bytes);
    for (let left = 1 + chance.below(6); left > 0 && copy.length > 0; left -= 1)
      copy[copy.length - 1 - chance.below(Math.min(copy.length, 200))] = chance.below(256);
    return copy;
  },
};
