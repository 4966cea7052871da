import type { Dice } from './dice.ts';
import { synonyms } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** How one issuer writes numbers, dates and money. */
export interface Manner {
  readonly currency: string;
  /** Amount in minor units as printed, with or without the currency as the issuer does it. */
  readonly money: (minor: number) => string;
  /** The same without currency. */
  readonly bare: (minor: number) => string;
  /** A decimal as printed; `places` at least. */
  readonly decimal: (value: number, places: number) => string;
  readonly day: (iso: string) => string;
  readonly rate: (percent: number) => string;
}

const countries: Readonly<Record<Vocabulary['language'], readonly string[]>> = {
  en: ['GB', 'US', 'IE', 'AU'],
  de: ['DE', 'DE', 'DE', 'AT', 'CH'],
  fr: ['FR', 'FR', 'BE', 'CH'],
  es: ['ES'],
  it: ['IT'],
  nl: ['NL', 'NL', 'BE'],
  pt: ['PT'],
  pl: ['PL'],
};
const currencies: Readonly<Record<string, string>> = { GB: 'GBP', US: 'USD', AU: 'AUD', CH: 'CHF', PL: 'PLN' };
const symbols: Readonly<Record<string, string>> = { EUR: '€', GBP: '£', USD: '$', AUD: '$', PLN: 'zł', CHF: 'CHF' };

export function countryFor(dice: Dice, language: Vocabulary['language']): string {
  return dice.pick(countries[language]);
}

export function mannerFor(dice: Dice, vocabulary: Vocabulary, country: string): Manner {
  const own = currencies[country] ?? 'EUR';
  const currency = dice.chance(0.1) ? dice.pick(['EUR', 'USD', 'GBP', 'CHF']) : own;
  const [group, point] = marksFor(dice, country);
  const decimal = (value: number, places: number): string => printed(value, places, group, point);
  const bare = (minor: number): string => decimal(minor / 100, 2);
  const place = dice.weighted([
    ['symbol-after', country === 'GB' || country === 'US' ? 0.5 : 3],
    ['symbol-before', country === 'GB' || country === 'US' || country === 'IE' ? 5 : 0.6],
    ['code-after', 1.2],
    ['code-before', 1],
    ['none', 1.5],
  ] as const);
  const day = dateStyle(dice, vocabulary, country);
  const gap = dice.chance(0.8) ? ' ' : '';
  return {
    currency,
    bare,
    decimal,
    day,
    money: (minor) => withCurrency(bare(minor), currency, place),
    rate: (percent) => `${decimal(percent, 0)}${gap}%`,
  };
}

function marksFor(dice: Dice, country: string): readonly [group: string, point: string] {
  if (['GB', 'US', 'IE', 'AU'].includes(country))
    return dice.pick([
      [',', '.'],
      [',', '.'],
      ['', '.'],
    ] as const);
  if (country === 'CH')
    return dice.pick([
      ["'", '.'],
      ['’', '.'],
      [' ', '.'],
      ['', '.'],
    ] as const);
  if (country === 'FR' || country === 'PL')
    return dice.pick([
      [' ', ','],
      ['\u00A0', ','],
      ['', ','],
      [' ', ','],
    ] as const);
  return dice.weighted([
    [['.', ','], 6],
    [['', ','], 2],
    [[' ', ','], 0.7],
    [[',', '.'], 0.5],
  ] as const);
}

function printed(value: number, places: number, group: string, point: string): string {
  const fixed = Math.abs(value)
    .toFixed(4)
    .replace(/0{1,4}$/, '');
  const [whole = '0', part = ''] = fixed.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, group);
  const decimals = part.padEnd(places, '0');
  return `${value < 0 ? '-' : ''}${grouped}${decimals === '' ? '' : `${point}${decimals}`}`;
}

function withCurrency(
  amount: string,
  currency: string,
  place: 'symbol-after' | 'symbol-before' | 'code-after' | 'code-before' | 'none',
): string {
  const symbol = symbols[currency] ?? currency;
  switch (place) {
    case 'symbol-after':
      return `${amount} ${symbol}`;
    case 'symbol-before':
      return symbol.length > 1 ? `${symbol} ${amount}` : amount.startsWith('-') ? `-${symbol}${amount.slice(1)}` : `${symbol}${amount}`;
    case 'code-after':
      return `${amount} ${currency}`;
    case 'code-before':
      return `${currency} ${amount}`;
    case 'none':
      return amount;
  }
}

function dateStyle(dice: Dice, { language, months, shortMonths }: Vocabulary, country: string): (iso: string) => string {
  const [long, short] = [synonyms(months), synonyms(shortMonths)];
  const parts = (iso: string): [year: string, month: string, day: string] => iso.split('-') as [string, string, string];
  const name = (month: string, all: readonly string[]): string => all[Number(month) - 1] ?? '';
  const numeric =
    (mark: string) =>
    (iso: string): string =>
      parts(iso).toReversed().join(mark);
  const worded = (iso: string): string => {
    const [year, month, day] = parts(iso);
    const of = language === 'es' || language === 'pt' ? ' de ' : ' ';
    if (country === 'US') return `${name(month, long)} ${Number(day)}, ${year}`;
    return `${Number(day)}${language === 'de' ? '.' : ''}${of}${name(month, long)}${of}${year}`;
  };
  const abbreviated = (iso: string): string => {
    const [year, month, day] = parts(iso);
    const mark = language === 'en' && Number(day) % 2 === 0 ? ' ' : '-';
    return country === 'US'
      ? `${name(month, short)} ${Number(day)}, ${year}`
      : [day, name(month, short), year].join(mark === '-' && language === 'en' ? '-' : ' ');
  };
  const american = (iso: string): string => {
    const [year, month, day] = parts(iso);
    return `${month}/${day}/${year}`;
  };
  if (country === 'US') return dice.pick([american, american, worded, abbreviated]);
  const usual = country === 'DE' || country === 'AT' || country === 'CH' || country === 'PL' ? '.' : country === 'NL' ? '-' : '/';
  return dice.weighted([
    [numeric(usual), 5],
    [numeric(dice.pick(['.', '-', '/'])), 1],
    [(iso: string) => iso, 0.8],
    [worded, 1.6],
    [abbreviated, 0.9],
    [(iso: string) => numeric(usual)(iso).replace(/\d\d(\d\d)$/, '$1'), 0.6],
  ]);
}
