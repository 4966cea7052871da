import { deflateSync, inflateSync } from 'node:zlib';
import type { Chance } from '../chance.ts';
import { asBytes, asText, type Mutation, replaceOne } from './bytes.ts';

/** Numbers that no page has. */
const numbers = [
  '0',
  '-1',
  '1',
  '65536',
  '2147483647',
  '-2147483648',
  '4294967296',
  '99999999999999999999',
  '1e30',
  '0.0000001',
  '.',
  '--5',
] as const;
const filters = [
  '/FlateDecode',
  '/LZWDecode',
  '/ASCIIHexDecode',
  '/ASCII85Decode',
  '/RunLengthDecode',
  '/DCTDecode',
  '/JBIG2Decode',
  '/CCITTFaxDecode',
  '/Crypt',
  '/JPXDecode',
] as const;
const operators = [
  '3 Tr',
  '7 Tr',
  '1e9 Tc',
  '-1e9 Tw',
  '0 Tz',
  '99999 Tf',
  '/F1 1e20 Tf',
  '0 0 0 0 0 0 cm',
  '1e20 0 0 1e20 0 0 cm',
  'q '.repeat(5000),
  'Q '.repeat(200),
  'BT '.repeat(50),
  'ET',
  '[(a) 1e30 (b)] TJ',
  '() Tj',
  `(${'x'.repeat(5000)}) Tj`,
  '['.repeat(3000),
  'BI /W 100000 /H 100000 /BPC 8 ID x EI',
  '/Im1 Do',
  'NaN NaN m 1 1 l S',
  '0 0 1e9 1e9 re f',
  'W n',
  'sh',
  '/P <</MCID 0>> BDC',
  '1 0 0 1 -5000 -5000 Tm',
  '0 0 m '.repeat(3000),
] as const;

/** Rewrites one stream that is packed with Flate, its length with it. */
function inStream(bytes: Uint8Array, chance: Chance, change: (content: string) => string): Uint8Array {
  const text = asText(bytes);
  const streams = [...text.matchAll(/stream\r?\n/g)].filter((match) => text.slice(Math.max(0, match.index - 3), match.index) !== 'end');
  if (streams.length === 0) return bytes;
  const match = chance.oneOf(streams);
  const from = match.index + match[0].length;
  const end = text.indexOf('endstream', from);
  if (end < 0) return bytes;
  const raw = asBytes(text.slice(from, end));
  let packed: string;
  try {
    packed = asText(deflateSync(asBytes(change(asText(inflateSync(raw, { maxOutputLength: 4_000_000 }))))));
  } catch {
    packed = change(asText(raw)); // Not packed, or packed otherwise.
  }
  const head = text.slice(0, from).replace(/\/Length \d+(?![\s\S]*\/Length \d+)/, `/Length ${packed.length}`);
  return asBytes(`${head}${packed}\n${text.slice(end)}`);
}

/** Changes that know what a PDF is made of (ISO 32000-1). */
export const pdfMutations: Readonly<Record<string, Mutation>> = {
  number: (bytes, chance) => replaceOne(bytes, /(?<=[\s[/])-?\d+(?:\.\d+)?(?=[\s\]/>])/g, chance, () => chance.oneOf(numbers)),
  reference: (bytes, chance) => replaceOne(bytes, /\d+ 0 R/g, chance, () => `${chance.below(30)} 0 R`),
  length: (bytes, chance) => replaceOne(bytes, /\/Length \d+/g, chance, () => `/Length ${chance.oneOf(numbers)}`),
  filter: (bytes, chance) =>
    replaceOne(
      bytes,
      /\/Filter ?\/?\[?\/\w+\]?/g,
      chance,
      () => `/Filter [${Array.from({ length: 1 + chance.below(6) }, () => chance.oneOf(filters)).join(' ')}]`,
    ),
  name: (bytes, chance) => {
    const names = [...new Set(asText(bytes).match(/\/[A-Z][A-Za-z]{2,}/g) ?? ['/X'])];
    return replaceOne(bytes, /\/[A-Z][A-Za-z]{2,}/g, chance, () => chance.oneOf(names));
  },
  crossReference: (bytes, chance) =>
    replaceOne(bytes, /\d{10} \d{5} [nf]/g, chance, () => `${String(chance.below(1e9)).padStart(10, '0')} 00000 n`),
  startOfTable: (bytes, chance) => replaceOne(bytes, /startxref\s+\d+/g, chance, () => `startxref\n${chance.oneOf(numbers)}`),
  trailer: (bytes, chance) =>
    replaceOne(bytes, /trailer/g, chance, () => chance.oneOf(['', 'trailer << /Prev 0 >>', 'trailer << /Root 1 0 R /Prev 15 >>', 'xref'])),
  box: (bytes, chance) =>
    replaceOne(bytes, /\/(?:MediaBox|CropBox) ?\[[^\]]*\]/g, chance, () =>
      chance.oneOf([
        '/MediaBox [0 0 0 0]',
        '/MediaBox [0 0 14400 1]',
        '/MediaBox [0 0 1 14400]',
        '/MediaBox [-9e9 -9e9 9e9 9e9]',
        '/MediaBox [500 500 0 0]',
        '/MediaBox [0 0 NaN 5]',
        '/CropBox [1000 1000 1200 1200]',
        '/MediaBox []',
      ]),
    ),
  rotate: (bytes, chance) =>
    replaceOne(
      bytes,
      /\/Type \/Page\b(?!s)/g,
      chance,
      (match) => `${match} /Rotate ${chance.oneOf(['90', '45', '-270', '1e9', '(x)'])} /UserUnit ${chance.oneOf(['1', '75000', '-3'])}`,
    ),
  kids: (bytes, chance) =>
    replaceOne(bytes, /\/Kids ?\[[^\]]*\]/g, chance, (match) =>
      chance.oneOf([
        match.replace(']', ` ${chance.below(9)} 0 R]`),
        `/Kids [${'1 0 R '.repeat(2000)}]`,
        `/Kids [${match.slice(6).replaceAll(/[[\]]/g, '').repeat(300)}]`,
        '/Kids []',
      ]),
    ),
  count: (bytes, chance) => replaceOne(bytes, /\/Count \d+/g, chance, () => `/Count ${chance.oneOf(numbers)}`),
  nesting: (bytes, chance) =>
    replaceOne(bytes, /\/(?:Resources|Parent|Contents) /g, chance, (match) => `/Deep ${chance.oneOf(['[', '<</A '])}`.repeat(2000) + match),
  content: (bytes, chance) =>
    inStream(bytes, chance, (content) => {
      const lines = content.split('\n');
      lines.splice(chance.below(lines.length + 1), chance.below(2), chance.oneOf(operators));
      return lines.join('\n');
    }),
  shuffleContent: (bytes, chance) =>
    inStream(bytes, chance, (content) => {
      const lines = content.split('\n');
      const at = chance.below(lines.length);
      lines.push(...lines.splice(at, 1 + chance.below(5)));
      return lines.join('\n');
    }),
  textOfContent: (bytes, chance) =>
    inStream(bytes, chance, (content) =>
      asText(
        replaceOne(
          asBytes(content),
          /<[0-9a-f]{2,}>/gi,
          chance,
          () => `<${Array.from({ length: 1 + chance.below(40) }, () => chance.below(256).toString(16).padStart(2, '0')).join('')}>`,
        ),
      ),
    ),
  map: (bytes, chance) =>
    inStream(bytes, chance, (content) =>
      content.replaceAll(/<[0-9a-f]{4}>(?=\s*$)/gim, () =>
        chance.oneOf(['<0000>', '<d800>', '<dc00d800>', '<ffff>', '<202e>', '<0041>', '<>']),
      ),
    ),
  bomb: (bytes, chance) => inStream(bytes, chance, (content) => content + ' '.repeat(chance.oneOf([1_000_000, 3_000_000]))),
  duplicate: (bytes, chance) =>
    replaceOne(bytes, /\d+ 0 obj[\s\S]{0,3000}?endobj/g, chance, (match) => `${match}\n${match.replace(/^\d+/, String(chance.below(20)))}`),
};
