import type { Mutation } from './bytes.ts';
import { asBytes, asText, replaceOne } from './bytes.ts';

const cells = [
  '"',
  '""',
  '\u0000',
  `"${'\n'.repeat(500)}`,
  'x'.repeat(5000),
  '=cmd|"/c calc"!A1',
  '1e999999999',
  '9'.repeat(300),
  '-',
  '٣٤,٥',
  '\u202e12',
  '32.13.9999',
  '99/99/99',
  '\ud83d',
  'IBAN DE',
  'a'.repeat(120_000),
] as const;

/** Changes of tables and plain text. */
export const textMutations: Readonly<Record<string, Mutation>> = {
  cell: (bytes, chance) => replaceOne(bytes, /[^;,|\t\r\n]+/g, chance, () => asText(Buffer.from(chance.oneOf(cells)))),
  delimiter: (bytes, chance) => asBytes(asText(bytes).replaceAll(/[;,|\t]/g, chance.oneOf([';', '|', '\t', ',', ' ', '\u00a0', '""']))),
  repeatRow: (bytes, chance) => replaceOne(bytes, /^.+$/gm, chance, (match) => `${match}\n`.repeat(chance.oneOf([2, 50, 3000]))),
  widen: (bytes, chance) =>
    replaceOne(
      bytes,
      /^.+$/gm,
      chance,
      (match) => match + chance.oneOf([';', '\t', ' ', '.', ',']).repeat(chance.oneOf([10, 500, 20_000])),
    ),
  digits: (bytes, chance) =>
    replaceOne(bytes, /\d+/g, chance, () =>
      chance.oneOf(
        ['0', '000000000', '1.2.3.4', '1,2,3,4', "1'000'000,00-", '٣', '９９', '1'.repeat(60)].map((text) => asText(Buffer.from(text))),
      ),
    ),
  wide: (bytes) => Buffer.from(`\uFEFF${new TextDecoder().decode(bytes)}`, 'utf16le'),
};
