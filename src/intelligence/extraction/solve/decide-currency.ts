import type { ExtractedField, Word } from '#domain/documents';
import { isCurrency } from '#domain/money';
import type { Candidate } from '../propose/candidate.ts';
import { chooseField } from '../propose/candidate.ts';
import { evidenceFor, wordsBetween } from '../layout.ts';
import type { Layout, Row } from '../layout.ts';
import type { Numbers } from '../propose/propose-amounts.ts';

const spelled: readonly { readonly expression: RegExp; readonly currency: string }[] = [
  { expression: /\b(?:us dollars?|us\$|usd)\b/g, currency: 'USD' },
  { expression: /\b(?:euros?|eur)\b|€/g, currency: 'EUR' },
  { expression: /\b(?:pounds? sterling|gbp)\b|£/g, currency: 'GBP' },
  { expression: /\b(?:ringgit|myr)\b|\brm\s?\d|\(rm\)|\brm$/g, currency: 'MYR' },
  { expression: /\b(?:rupees?|inr)\b|₹|\brs\.?\s?\d/g, currency: 'INR' },
  { expression: /\b(?:zloty(?:ch)?|pln)\b|\d\s?zl\b/g, currency: 'PLN' },
  { expression: /\b(?:swiss francs?|chf|sfr)\b/g, currency: 'CHF' },
];
/** Countries whose dollar or krone it is, by words that only their invoices carry. */
const dollars: readonly { readonly expression: RegExp; readonly currency: string }[] = [
  { expression: /\babn\b|\bacn\b|\baustralian dollars?\b/, currency: 'AUD' },
  { expression: /\bhst\b|\bpst\b|\bqst\b|\bcanadian dollars?\b/, currency: 'CAD' },
  { expression: /\bsingapore\b/, currency: 'SGD' },
  { expression: /\bnew zealand\b|\bnzbn\b/, currency: 'NZD' },
  { expression: /\bhong kong\b/, currency: 'HKD' },
];

/** The currency that the amounts carry; a bare dollar is read by the country on the page. */
export function decideCurrency(layout: Layout, numbers: Numbers): ExtractedField {
  const tally = new Map<string, { score: number; row: Row; start: number; end: number }>();
  const add = (currency: string, score: number, row: Row, start: number, end: number): void => {
    const known = tally.get(currency);
    if (known === undefined) tally.set(currency, { score, row, start, end });
    else known.score += score;
  };
  for (const number of numbers.all) {
    if (number.currency !== null && isCurrency(number.currency))
      add(number.currency, 1, number.row, Math.max(0, number.start - 4), number.end + 4);
  }
  for (const row of layout.rows) {
    for (const { expression, currency } of spelled) {
      for (const match of row.folded.matchAll(expression))
        add(
          currency,
          /currency|wahrung|devise|moneda|valuta|montants? en|betrage in|waluta|moeda/.test(row.folded) ? 6 : 0.6,
          row,
          match.index,
          match.index + match[0].length,
        );
    }
    const code = /(?:currency|wahrung|devise|moneda|valuta|moeda|waluta)[^a-z]{0,4}([a-z]{3})\b/.exec(row.folded)?.[1]?.toUpperCase();
    if (code !== undefined && isCurrency(code))
      add(code, 6, row, row.folded.indexOf(code.toLowerCase()), row.folded.indexOf(code.toLowerCase()) + 3);
  }
  const total = [...tally.values()].reduce((sum, { score }) => sum + score, 0);
  const candidates = [...tally].map(([currency, { score, row, start, end }]): Candidate => {
    const local = currency === 'USD' ? localDollar(layout) : null;
    return {
      value: local ?? currency,
      score: Math.min(0.97, (score / total) * (score >= 2 ? 0.97 : 0.8)),
      evidence: evidenceFor(row.page, signWords(row, start, end)),
      reason: local === null ? 'The amounts carry its sign or code.' : 'The amounts carry a dollar sign; the address says whose.',
    };
  });
  return chooseField(candidates, { floor: 0.3, none: 'No currency is printed.' });
}

/** Of the words there the one that bears the sign or code; not the figures and labels beside it. */
function signWords(row: Row, start: number, end: number): Word[] {
  const there = wordsBetween(row, start, end);
  const bears = [
    /\p{Sc}/u,
    /^\W*(?:[A-Z]{3}|RM|Rs\.?|Kč|kr|zł?|euros?|Fr\.)\W*$/iu,
    /^\W*(?:[A-Z]{3}|RM|Rs\.?)\W?\d|\d(?:[A-Z]{3}|zł?|kr)\W*$/iu,
  ];
  const signed = bears.map((pattern) => there.find((word) => pattern.test(word.text))).find((word) => word !== undefined);
  return signed === undefined ? there : [signed];
}

function localDollar(layout: Layout): string | null {
  if (layout.rows.some((row) => /\busd\b|us\$|us dollar|\bu\.?s\.?a\b|united states/.test(row.folded))) return null;
  return dollars.find(({ expression }) => layout.rows.filter((row) => expression.test(row.folded)).length > 0)?.currency ?? null;
}
