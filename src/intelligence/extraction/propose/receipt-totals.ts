import type { Layout, Row } from '../layout.ts';
import { around, wordsBetween } from '../layout.ts';
import type { Numbers, PrintedNumber } from './propose-amounts.ts';
import type { TotalCandidate } from './propose-totals.ts';

/** What tills of the world call the sum to pay, with how sure each is. */
const phrases: readonly (readonly [expression: RegExp, score: number])[] = [
  // `TOTAL (GST INCL)`, `Total Sales Inclusive of GST`, `Total TTC`; not the tax that is included (`Total included GST @ 6%`).
  [/^total\b(?!\s*(?:included|incl\.?)\s)[^%@]*\b(?:incl?|inclusive|inkl|ttc|tax in|iva incl)\b/, 0.92],
  [/^(?:grand |net |nett )?total (?:due|payable|amount|to pay|sales?)\b/, 0.88],
  [/^(?:amount|amt|balance|bal|sum|payment)\.? (?:due|payable|to (?:be )?pa(?:id|y))\b|^due\b|^to pay\b|^payable\b/, 0.86],
  [
    /^(?:zu zahlen|zahlbetrag|gesamtbetrag|gesamtsumme|gesamt\b|endbetrag|summe\b|a payer|net a payer|montant (?:du|total)|total a pagar|a pagar|importe total|totale complessivo|da pagare|te betalen|totaal\b|totaalbedrag|do zaplaty|suma pln|suma\b|razem\b|total geral|valor (?:total|a pagar))/,
    0.86,
  ],
  // `Amt paid incl. GST`: what was paid, tax and all; not `Amt paid excl. GST`. The l of `incl` is often read as another stroke.
  [/^(?:amount|amt|sum)\.? paid inc[l1i|]/, 0.9],
  [/^nett? (?:amt|amount|total)\b/, 0.8],
  // One letter misread, as OCR does: `Fotal`, `T0TAL`, `TOTA1`.
  [/^(?:[a-z][o0]ta[l1i]|t[a-z0-9]tal|to[a-z0-9]al|tot[a-z0-9]l)\s?[:.]?(?:\s|$)/, 0.74],
];

/** Sums of many articles, savings and the like, which begin as a total does. */
const noTotal =
  /\b(?:qty|quantity|items?|saving|savings|discount|rabatt|points?|punkte|disc|artikel|pcs|tax|gst|vat|mwst|ust|tva|iva)\b(?!\s*(?:incl|inkl|in\b))/;

/** Sums to pay on a receipt by their words, where an amount ends the row; marks that OCR misread (`22-60`, `5:00`, `1 . 38`) are put right. */
export function receiptTotals({ rows }: Layout, numbers: Numbers): TotalCandidate[] {
  return rows.flatMap((row) => {
    const lead = row.folded.replace(opening, '');
    const found = phrases.find(([expression]) => expression.test(lead));
    if (found === undefined) return [];
    const [expression, score] = found;
    const length = expression.exec(lead)?.[0].length ?? 0;
    const labelText = row.text
      .slice(row.folded.length - lead.length)
      .slice(0, length)
      .trim();
    if (noTotal.test(lead) && score < 0.9) return [];
    const number =
      printedAmount(row, numbers) ?? repairedAmount(row) ?? (/\d/.test(lead) ? null : aloneBelow(rows[row.index + 1], row, numbers));
    if (number === null) return [];
    return [{ numbers: [number], value: number.value, score, reason: `Stands beside “${labelText}”.`, labelText }];
  });
}

/** What a till prints before the words: the time, or how the meal is taken. */
const opening = /^[^a-z0-9]*(?:\d{1,2}:\d{2}\s?(?:am|pm)?\s+)?(?:(?:eat|dine|take|carry)[- ]?(?:in|out|away)\s+)?/;

/** A sum that stands alone in the row below its words. */
function aloneBelow(next: Row | undefined, row: Row, numbers: Numbers): PrintedNumber | null {
  if (next === undefined || next.page !== row.page || /\p{L}{3}/u.test(next.text)) return null;
  const [only, second] = numbers.byRow.get(next.index) ?? [];
  return only !== undefined && second === undefined && only.decimals === 2 ? only : null;
}

/** Printed sums that are what was given less the change. */
export function paidTotals(numbers: Numbers, tendered: readonly TotalCandidate[]): TotalCandidate[] {
  const given = tendered.flatMap(({ numbers: own }) => own).filter(({ decimals }) => decimals === 2);
  const cents = ({ value }: PrintedNumber): number => Math.round(Math.abs(Number(value)) * 100);
  const sums = new Set(given.flatMap((cash) => given.map((change) => (cents(change) === 0 ? 0 : cents(cash) - cents(change)))));
  return numbers.all
    .filter((number) => number.decimals === 2 && !number.isPercent && !number.isGlued && !given.includes(number) && cents(number) > 0)
    .filter((number) => sums.has(cents(number)))
    .map((number) => ({ numbers: [number], value: number.value, score: 0.6, reason: 'What was given less the change.', labelText: '' }));
}

/** `TOTAL INCLUDES 6% TAX OF 0.68`, `Total 6% supplies`: a part of the sum, though it begins as the sum does. */
export function isPartOfTotal({ folded }: Row): boolean {
  return /^\W*total (?:includes?|included|incl\.?)\b.*(?:%|tax|gst|vat)|^\W*total \d+ ?%/.test(folded);
}

function printedAmount(row: Row, numbers: Numbers): PrintedNumber | null {
  const own = numbers.byRow.get(row.index) ?? [];
  return own.findLast((number) => number.decimals === 2 && !number.isPercent && row.text.length - number.end <= 4) ?? null;
}

/** An amount at the end of a row whose mark was misread. */
function repairedAmount(row: Row): PrintedNumber | null {
  const match = /(?<![\d.,])(\d{1,4}) ?[-:.,] ?(\d{2})\s*[a-z]?$/i.exec(row.text);
  if (match === null || /\d[:/-]\d{2}[:/-]\d/.test(row.text)) return null;
  const end = row.text.length;
  const words = wordsBetween(row, match.index, end);
  return {
    row,
    words,
    box: around(words),
    start: match.index,
    end,
    value: `${match[1]}.${match[2]}`,
    decimals: 2,
    isPercent: false,
    currency: null,
    isNegative: false,
    isGlued: false,
  };
}
