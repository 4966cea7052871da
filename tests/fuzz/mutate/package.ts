import { unzipSync, zipSync } from 'fflate';
import type { Chance } from '../chance.ts';
import { byteMutations, type Mutation, replaceOne } from './bytes.ts';
import { xmlMutations } from './xml.ts';

type Parts = Record<string, Uint8Array>;

function repacked(bytes: Uint8Array, chance: Chance, change: (parts: Parts) => Parts): Uint8Array {
  let parts: Parts;
  try {
    parts = unzipSync(bytes, { filter: ({ originalSize }) => originalSize < 2_000_000 });
  } catch {
    return byteMutations['flipBits']?.(bytes, chance, [bytes]) ?? bytes; // Broken by an earlier change: break it more.
  }
  return zipSync(change(parts), { level: 6, mtime: new Date(1980, 0, 2) });
}

/** Changes that know what a zip, and an office file, is made of. */
export const packageMutations: Readonly<Record<string, Mutation>> = {
  part: (bytes, chance, others) =>
    repacked(bytes, chance, (parts) => {
      const names = Object.keys(parts).filter((name) => /\.(?:xml|rels|vml)$/.test(name));
      const name = chance.oneOf(names.length > 0 ? names : Object.keys(parts));
      const mutate = chance.oneOf(Object.values({ ...xmlMutations, ...(chance.happens(0.3) ? byteMutations : {}) }));
      return { ...parts, [name]: mutate(parts[name] ?? new Uint8Array(), chance, others) };
    }),
  dropPart: (bytes, chance) =>
    repacked(bytes, chance, (parts) => Object.fromEntries(Object.entries(parts).filter(() => !chance.happens(0.2)))),
  renamePart: (bytes, chance) =>
    repacked(bytes, chance, (parts) =>
      Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [
          chance.happens(0.2) ? chance.oneOf(['../../x', '/etc/passwd', 'x'.repeat(3000), 'constructor', 'a\u0000b', `${name}/`]) : name,
          part,
        ]),
      ),
    ),
  bomb: (bytes, chance) =>
    repacked(bytes, chance, (parts) => ({
      ...parts,
      [chance.oneOf(['zeros.xml', 'word/document.xml', 'xl/worksheets/sheet1.xml', 'a.pdf'])]: new Uint8Array(
        chance.oneOf([6_000_000, 12_000_000]),
      ),
    })),
  manyParts: (bytes, chance) =>
    repacked(bytes, chance, (parts) => ({
      ...parts,
      ...Object.fromEntries(Array.from({ length: chance.oneOf([50, 1200, 2500]) }, (_, index) => [`p${index}.txt`, new Uint8Array(2)])),
    })),
  nested: (bytes, chance) => {
    let inner = bytes;
    for (let depth = chance.oneOf([1, 3, 12]); depth > 0; depth -= 1)
      inner = zipSync({ [`level-${depth}.zip`]: inner }, { mtime: new Date(1980, 0, 2) });
    return inner;
  },
  directory: (bytes, chance) =>
    replaceOne(bytes, /PK\x01\x02[\s\S]{42}/g, chance, (match) => {
      const at = 8 + chance.below(34);
      return match.slice(0, at) + String.fromCharCode(chance.oneOf([0, 1, 255, 127])) + match.slice(at + 1);
    }),
  local: (bytes, chance) =>
    replaceOne(bytes, /PK\x03\x04[\s\S]{26}/g, chance, (match) => {
      const at = 4 + chance.below(26);
      return match.slice(0, at) + String.fromCharCode(chance.oneOf([0, 1, 255, 127])) + match.slice(at + 1);
    }),
  end: (bytes, chance) =>
    replaceOne(bytes, /PK\x05\x06[\s\S]{16}/g, chance, (match) => {
      const at = 4 + chance.below(16);
      return match.slice(0, at) + String.fromCharCode(chance.oneOf([0, 1, 255, 127])) + match.slice(at + 1);
    }),
};
