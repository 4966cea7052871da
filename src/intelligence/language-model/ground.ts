import type { Evidence, FieldName, Reading, Word } from '#domain/documents';
import { vatDigitsAgree } from '#domain/documents';
import { isCurrency } from '#domain/money';
import type { FieldOffer } from '#domain/ports';
import { isValidIBAN } from 'ibantools';
import { findDates, isoFrom } from '../extraction/text/date-format.ts';
import { bareText, foldText } from '../extraction/text/fold-text.ts';
import { evidenceFor, layOut } from '../extraction/layout.ts';
import { amountText, decideDecimalMark, parseNumber } from '../extraction/text/number-format.ts';
import type { DecimalMark } from '../extraction/text/number-format.ts';
import { currencySigns } from '../extraction/propose/propose-amounts.ts';

/** A value that the words named print. */
export interface Grounded {
  readonly field: FieldName;
  readonly value: string;
  readonly evidence: Evidence;
}

interface Run {
  readonly page: number;
  readonly words: readonly Word[];
}

/** Longer than any value; a name over three lines has a dozen words. */
const mostWords = 16;

/**
 * Keeps of a model's offers those that the page prints: the words it named, or the only place of its quote, must say the value by the
 * same rules of numbers and dates that proposers read by. One value a field, the first.
 */
export function groundOffers(reading: Reading, offers: readonly FieldOffer[], usualMark: DecimalMark): Grounded[] {
  const pageOf = new Map(reading.pages.flatMap(({ number, words }) => words.map((word) => [word.id, { word, page: number }] as const)));
  const rows = layOut(reading).rows;
  const tokens = rows.flatMap((row) => row.words.map(({ text }) => text));
  const mark = decideDecimalMark(tokens, usualMark);
  const grounded = new Map<FieldName, Grounded>();
  for (const offer of offers) {
    if (grounded.has(offer.field)) continue;
    const named = offer.wordIds.slice(0, mostWords).flatMap((id) => pageOf.get(id) ?? []);
    const [first] = named;
    const isOnePage = first !== undefined && named.every(({ page }) => page === first.page);
    const runs: Run[] = isOnePage ? [{ page: first.page, words: named.map(({ word }) => word).toSorted((a, b) => a.id - b.id) }] : [];
    const found = [...runs, ...quotedIn(rows, offer.quote)].map((run) => printed(offer, run, mark)).find((one) => one !== null);
    if (found !== undefined) grounded.set(offer.field, found);
  }
  return [...grounded.values()];
}

/** The words of a quote where it is printed just once; a model is better at quoting than at counting. */
function quotedIn(rows: readonly Run[], quote: string): Run[] {
  const wanted = bareText(quote);
  if (wanted === '') return [];
  const found: Run[] = [];
  for (const { page, words } of rows) {
    for (let from = 0; from < words.length; from += 1) {
      const run = words.slice(from, from + mostWords);
      const to = run.findIndex(
        (_, index) =>
          bareText(
            run
              .slice(0, index + 1)
              .map(({ text }) => text)
              .join(''),
          ) === wanted,
      );
      if (to >= 0) found.push({ page, words: run.slice(0, to + 1) });
    }
  }
  return found.length === 1 ? found : [];
}

function printed({ field, value }: FieldOffer, { page, words }: Run, mark: DecimalMark): Grounded | null {
  const read = readers[field];
  // The shortest run that prints it: a label that was named along is no part of the value.
  for (let length = 1; length <= words.length; length += 1) {
    for (let from = 0; from + length <= words.length; from += 1) {
      const run = words.slice(from, from + length);
      const said = read(run.map(({ text }) => text).join(' '), value.trim(), mark);
      const evidence = said === null ? null : evidenceFor(page, run);
      if (said !== null && evidence !== null) return { field, value: said, evidence };
    }
  }
  return null;
}

/** The value as our own rules read it from the text, where that is what was offered. */
type Reader = (text: string, value: string, mark: DecimalMark) => string | null;

const amount: Reader = (text, value, mark) => {
  const own = parseNumber(text.replace(/^[^\d(+\-\u2212]+/, '').replace(/[^\d)-]+$/, ''), mark);
  return own !== null && /^-?\d{1,13}(?:\.\d{1,4})?$/.test(value) && Number(own) === Number(value) ? amountText(own) : null;
};

const day: Reader = (text, value) => {
  const dates = findDates(foldText(text));
  return dates.some((date) => isoFrom(date, 'day-first') === value || isoFrom(date, 'month-first') === value) ? value : null;
};

const name: Reader = (text, value) => (/\p{L}{2}/u.test(value) && value.length <= 140 ? sameText(text, value) : null);

const reference: Reader = (text, value) => {
  if (!/\d/.test(value) || value.length > 40) return null;
  const isPart = !text.includes(' ') && text.split(/[:#]/).at(-1) === value;
  return isPart ? value : sameText(text, value);
};

const taxId: Reader = (text, value, mark) => (vatDigitsAgree(value) === false ? null : reference(text, value, mark));

const account: Reader = (text, value) => {
  const bare = value.replaceAll(/\s/g, '').toUpperCase();
  return isValidIBAN(bare) && bareText(text) === bareText(bare) ? bare : null;
};

const currency: Reader = (text, value) => {
  const code = value.toUpperCase();
  if (!isCurrency(code)) return null;
  const signs = text.split(/[\d\s.,'’()\u2212-]+/).filter((part) => part !== '');
  return signs.some((sign) => sign.toUpperCase() === code || currencySigns[sign.toLowerCase()] === code) ? code : null;
};

/** As printed, without the punctuation around it. */
function sameText(text: string, value: string): string | null {
  if (bareText(value) === '' || bareText(text) !== bareText(value)) return null;
  return text.replace(/^[\s:#№.)(-]+(?=\S)/, '').replace(/[\s,;:)]+$/, '');
}

const readers: Readonly<Record<FieldName, Reader>> = {
  invoiceNumber: reference,
  issueDate: day,
  dueDate: day,
  supplierName: name,
  supplierTaxId: taxId,
  iban: account,
  buyerName: name,
  poNumber: reference,
  currency,
  netTotal: amount,
  taxTotal: amount,
  grossTotal: amount,
};
