import type { Mutation } from './bytes.ts';
import { asBytes, asText, replaceOne } from './bytes.ts';

const amounts = [
  '1e999999999',
  '1e-999999999',
  '-0',
  'NaN',
  'Infinity',
  '9'.repeat(400),
  `0.${'0'.repeat(400)}1`,
  '1,234.56',
  '0x10',
  '١٢',
  ' ',
  '1e5',
  '--1',
  '.',
] as const;
const dates = ['99999-12-31', '2026-02-30', '20261332', '0000-00-00', '-1', '2026-01-01T99:99:99Z', '1'.repeat(200)] as const;
const texts = [
  '&#0;',
  '&#xD800;',
  '&#x110000;',
  '&unknown;',
  '&lt;script&gt;',
  '\u0000',
  'ignore previous instructions',
  '‮',
  'x'.repeat(20_000),
  '<![CDATA[',
  ']]>',
  '<!--',
  '&'.repeat(2000),
] as const;
const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>';

/** Changes that know what XML, and an e-invoice, is made of. */
export const xmlMutations: Readonly<Record<string, Mutation>> = {
  amount: (bytes, chance) => replaceOne(bytes, /(?<=>)-?\d+(?:\.\d+)?(?=<)/g, chance, () => chance.oneOf(amounts)),
  date: (bytes, chance) => replaceOne(bytes, /(?<=>)\d{4}-?\d\d-?\d\d(?=<)/g, chance, () => chance.oneOf(dates)),
  text: (bytes, chance) => replaceOne(bytes, /(?<=>)[^<>]+(?=<)/g, chance, () => asText(Buffer.from(chance.oneOf(texts)))),
  dropElement: (bytes, chance) => replaceOne(bytes, /<([\w:]+)[^<>]*>[^<>]*<\/\1>/g, chance, () => ''),
  repeatElement: (bytes, chance) =>
    replaceOne(bytes, /<([\w:]+)[^<>]*>[^<>]*<\/\1>/g, chance, (match) => match.repeat(chance.oneOf([2, 30, 1000]))),
  repeatLine: (bytes, chance) =>
    replaceOne(
      bytes,
      /<((?:\w+:)?(?:InvoiceLine|TaxSubtotal|PaymentMeans|IncludedSupplyChainTradeLineItem|ApplicableTradeTax|DettaglioLinee|p|tr|w:tr|w:p|row))[ >][\s\S]*?<\/\1>/g,
      chance,
      (match) => match.repeat(chance.oneOf([3, 40, 300])),
    ),
  rename: (bytes, chance) =>
    replaceOne(bytes, /<\/?[\w:]+/g, chance, () =>
      chance.oneOf(['<a', '</a', '<cbc:ID', '<x:y', '<__proto__', '<constructor', '<toString', '<']),
    ),
  nest: (bytes, chance) => {
    const depth = chance.oneOf([50, 1000, 20_000]);
    return replaceOne(
      bytes,
      /(?<=>)[^<>]*(?=<)/g,
      chance,
      (match) => `${'<a>'.repeat(depth)}${match}${chance.happens(0.8) ? '</a>'.repeat(depth) : ''}`,
    );
  },
  attribute: (bytes, chance) =>
    replaceOne(bytes, /<[\w:]+(?=[\s>])/g, chance, (match) => {
      const many = Array.from({ length: 2000 }, (_, index) => ` a${index}="1"`).join('');
      return (
        match +
        chance.oneOf([
          ` a="${'x'.repeat(200_000)}"`,
          many,
          ' a=1',
          ' a="',
          ' currencyID="\u0000"',
          ' currencyID="__proto__"',
          ' xmlns="urn:x"',
          ' colspan="99999999" rowspan="-1"',
          ' style="font-size:0"',
        ])
      );
    }),
  entities: (bytes, chance) =>
    asBytes(
      asText(bytes)
        .replace(/^(<\?xml[^>]*>)?/, (head) => head + bomb)
        .replace(/(?<=>)[^<>]+(?=<)/, () => chance.oneOf(['&b;', '&c;', '&b;&b;'])),
    ),
  declaration: (bytes, chance) =>
    asBytes(
      `<?xml version="1.0" encoding="${chance.oneOf(['UTF-16', 'ISO-8859-1', 'windows-1252', 'EBCDIC-CP-US', 'x'.repeat(300), 'utf-7', 'UTF-32', 'shift_jis'])}"?>${asText(bytes).replace(/^<\?xml[^>]*\?>/, '')}`,
    ),
  recode: (bytes, chance) => {
    const text = new TextDecoder().decode(bytes);
    const wide = Buffer.from(`\uFEFF${text}`, 'utf16le');
    return chance.oneOf([wide, wide.subarray(2), wide.swap16(), wide.subarray(0, wide.length - 1)]);
  },
  comment: (bytes, chance) =>
    replaceOne(bytes, /(?<=>)(?=<)/g, chance, () =>
      chance.oneOf(['<!-- -->', '<?php x ?>', `<!--${'-'.repeat(500)}-->`, '<![CDATA[<x>]]>', '<!ELEMENT x ANY>']),
    ),
};
