import { checkVAT, countries } from 'jsvat';
import type { TaxStatement } from '#domain/documents';
import type { Layout, Row } from '../layout.ts';
import { taxReasonsIn } from './tax-words.ts';

/** Longest piece of a line that is kept as the words of a reason, and most pieces and ids of a document. */
const longestText = 160;
const mostFound = 12;

/** What the words of a document say about its tax: why none is charged, and every VAT identifier. Rates stand with the lines. */
export function readTaxOfPage({ rows }: Layout): TaxStatement {
  const reasons = rows.flatMap((row) =>
    taxReasonsIn(row.folded).map(({ reason, start, end }) => ({ reason, text: sentenceAround(row, start, end) })),
  );
  const first = [...new Map(reasons.toReversed().map((found) => [found.reason, found])).values()].toReversed();
  return {
    source: 'page',
    shares: [],
    reasons: first,
    vatIds: [...new Set(rows.flatMap(vatIdsIn))].slice(0, mostFound),
    buyerVatId: null,
    suppliedFrom: null,
    suppliedTo: null,
  };
}

/** The sentence or cell of the row that the words stand in. */
function sentenceAround({ text }: Row, start: number, end: number): string {
  // “Art.” and “Abs.” end no sentence.
  const stops = [...text.matchAll(/(?<=[\p{L}\d)]{4})\. /gu)].map(({ index }) => index + 1);
  const sentence = text.slice(stops.findLast((stop) => stop <= start) ?? 0, stops.find((stop) => stop >= end) ?? text.length).trim();
  return sentence.length <= longestText ? sentence : text.slice(start, Math.min(text.length, start + longestText)).trim();
}

const vatIdStart =
  /(?<![A-Z0-9])(?:AT|BE|BG|CHE|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)(?=[ .-]{0,2}[A-Z0-9])/g;

/** A number that its issuer means as a VAT id, though it has a digit too many or too few. */
const roughForm = /^[A-Z]{2,3}U?\d{7,12}(?![A-Z0-9])/;

/** Everything in VAT form, right digits or not, or nearly; of two readings the longer one. */
function vatIdsIn({ text }: Row): string[] {
  return [...text.matchAll(vatIdStart)].flatMap(({ index }) => {
    const run = /^[A-Z]{2,3}(?:[ .-]{0,2}[A-Z0-9]+){1,6}/.exec(text.slice(index))?.[0] ?? '';
    for (let length = run.length; length >= 8; length -= 1) {
      if (/[A-Z0-9]/.test(text.charAt(index + length)) && /[A-Z0-9]/.test(run.charAt(length - 1))) continue;
      const bare = run.slice(0, length).replaceAll(/[^A-Z0-9]/g, '');
      if (/\d{5}/.test(bare) && checkVAT(bare, countries).isValidFormat) return [bare];
    }
    return roughForm.exec(run)?.slice(0, 1) ?? [];
  });
}
