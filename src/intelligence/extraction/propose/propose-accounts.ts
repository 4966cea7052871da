import { isValidIBAN, getCountrySpecifications } from 'ibantools';
import { checkVAT, countries } from 'jsvat';
import type { Word } from '#domain/documents';
import type { Candidate } from './candidate.ts';
import type { Labels } from './labels.ts';
import { evidenceFor, wordsBetween } from '../layout.ts';
import type { Layout, Row } from '../layout.ts';

/** An identifier with check digits: proven by them, or only announced by a label. */
export interface CheckedCandidate extends Candidate {
  readonly isProven: boolean;
  readonly row: Row;
  readonly start: number;
}

const specifications = getCountrySpecifications();
/** Money is drawn from this account, not paid to it. */
const debit =
  /abgebucht|eingezogen|lastschrift|einzug|debited|direct debit|preleve|prelevement|sepa mandat|mandatsref|domiciliacion|adeudo|addebit|incasso|afgeschreven/;

/** Account numbers by their check digits; letters that OCR mistakes for digits are put right only when the check digits then agree. */
export function proposeIbans(layout: Layout, labels: Labels): CheckedCandidate[] {
  const found: CheckedCandidate[] = [];
  for (const row of layout.rows) {
    for (const match of row.text.matchAll(/(?<![A-Za-z0-9])[A-Z]{2}\s?[\dOIlSB]{2}(?=[\s.-]?[A-Z0-9])/g)) {
      const candidate = readIban(row, match.index, layout, labels);
      if (candidate !== null) found.push(candidate);
    }
  }
  return found;
}

function readIban(row: Row, start: number, layout: Layout, labels: Labels): CheckedCandidate | null {
  const country = row.text.slice(start, start + 2);
  const length = specifications[country]?.chars ?? null;
  if (length === null) return null;
  const { bare, end } = collect(row.text, start, length);
  const isLabelled = [row.index, row.index - 1].some((index) =>
    (labels.get(index) ?? []).some((label) => label.kinds.includes('iban') && (index !== row.index || label.end <= start)),
  );
  const whole = bare.length === length ? [bare, repaired(bare)].find((text) => isValidIBAN(text)) : undefined;
  const wrapped = whole === undefined && bare.length < length ? overTheLine(row, start, end, bare, length, layout) : null;
  const valid = whole ?? wrapped?.iban;
  if (valid === undefined && (!isLabelled || bare.length < 15 || !/^[A-Z]{2}\d{2}[A-Z0-9]*\d{6}/.test(bare))) return null;
  const isDebit = debit.test(row.folded) || debit.test(layout.rows[row.index - 1]?.folded ?? '');
  const evidence = evidenceFor(row.page, [...wordsBetween(row, start, end), ...(wrapped?.words ?? [])]);
  if (valid === undefined)
    return {
      value: bare,
      score: isDebit ? 0.1 : 0.55,
      evidence,
      reason: 'Announced as an IBAN, but its check digits are wrong.',
      isProven: false,
      row,
      start,
    };
  const repair = valid === bare || wrapped !== null ? '' : ' A letter was read as a digit, as the check digits demand.';
  const reason = isDebit
    ? 'The check digits agree, but the text speaks of drawing money from this account.'
    : `The check digits agree.${repair}`;
  return { value: valid, score: isDebit ? 0.2 : isLabelled ? 0.97 : 0.93, evidence, reason, isProven: true, row, start };
}

/** In a narrow column the number goes on in the cell below; only its check digits can say that it does. */
function overTheLine(
  row: Row,
  start: number,
  end: number,
  bare: string,
  length: number,
  layout: Layout,
): { readonly iban: string; readonly words: readonly Word[] } | null {
  const cell = row.cells.findLast((one) => one.start <= start);
  if (cell === undefined || end < cell.start + cell.text.length) return null;
  for (const next of layout.rows.slice(row.index + 1, row.index + 3)) {
    const below = next.cells.find((one) => one.box[0] < cell.box[2] && one.box[2] > cell.box[0]);
    if (below === undefined || next.page !== row.page || below.box[1] - cell.box[3] > row.height) continue;
    const rest = /^[\dA-Z]{1,4}(?: [\dA-Z]{1,4})*/.exec(below.text)?.[0] ?? '';
    const iban = bare + rest.replaceAll(' ', '');
    if (iban.length === length && isValidIBAN(iban)) return { iban, words: wordsBetween(next, below.start, below.start + rest.length) };
  }
  return null;
}

/** Letters and digits from here on, blanks, dots and dashes left out, until the country's length is reached. */
function collect(text: string, start: number, length: number): { bare: string; end: number } {
  let bare = '';
  let end = start;
  for (; end < text.length && bare.length < length; end += 1) {
    const character = text.charAt(end);
    if (/[A-Z0-9]/i.test(character)) bare += character;
    else if (!/[\s.\-\u00a0]/.test(character)) break;
  }
  // A group that is cut in the middle by other words belongs to them: `… 4567 89 BIC`.
  const word = /[\s][A-Za-z]{3,}.*$/.exec(text.slice(start, end));
  if (word !== null && word.index > 10) {
    end = start + word.index;
    bare = text.slice(start, end).replaceAll(/[^A-Za-z0-9]/g, '');
  }
  return {
    bare: bare.toUpperCase() === bare ? bare : bare.replaceAll(/[a-z]/g, (letter) => (letter === 'l' ? 'l' : letter.toUpperCase())),
    end,
  };
}

function repaired(iban: string): string {
  const digits: Readonly<Record<string, string>> = { O: '0', o: '0', I: '1', l: '1', L: '1', S: '5', B: '8', Z: '2', G: '6' };
  return iban.slice(0, 2) + iban.slice(2).replaceAll(/[OoIlLSBZG]/g, (letter) => digits[letter] ?? letter);
}

/** National tax numbers that are no VAT identifiers, by how they are written. */
const nationalForms: readonly { readonly expression: RegExp; readonly score: number }[] = [
  { expression: /(?<![A-Z0-9])\d{2}[A-Z]{5}\d{4}[A-Z]\d?[A-Z\d]{2,3}(?![A-Z0-9])/g, score: 0.85 },
  { expression: /(?<![\d/])\d{2,3}\/\d{3,4}\/\d{4,5}(?![\d/])/g, score: 0.45 },
];
const vatStart =
  /(?<![A-Za-z0-9])(?:AT|BE|BG|CHE|CH|CY|CZ|DE|DK|EE|EL|ES|EU|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK|XI)(?=[\s.:-]{0,2}[A-Z0-9])/g;

/** Tax identifiers: VAT numbers of the countries that check digits are known for, and what a label announces. */
export function proposeTaxIds(layout: Layout, labels: Labels): CheckedCandidate[] {
  const found: CheckedCandidate[] = [];
  for (const row of layout.rows) {
    for (const match of row.text.matchAll(vatStart)) {
      const candidate = readVat(row, match.index, labels);
      if (candidate !== null) found.push(candidate);
    }
    for (const { expression, score } of nationalForms) {
      for (const match of row.text.matchAll(expression))
        found.push(checked(row, match.index, match[0], score, false, 'Written as a national tax number.'));
    }
    for (const label of labels.get(row.index) ?? []) {
      if (!label.kinds.includes('taxId')) continue;
      const announced = /^[\s:.#()-]*(?:(?:no|nr|id|number|nl|reg)[\s.:]*)*([A-Z]{0,3}\s?\d[\dA-Z]*(?:[ .-][\dA-Z]*\d[\dA-Z]*)*)/i.exec(
        row.text.slice(label.end),
      );
      const below = announced === null ? belowLabel(layout, label.row, label.box) : null;
      const text = (announced?.[1] ?? below?.text ?? '').split(/\s+(?=[A-Za-z]{4,})/)[0] ?? '';
      const digits = text.replaceAll(/\D/g, '').length;
      if (digits < 6 || digits > 15) continue;
      const start = below === null ? label.end + (announced?.[0].length ?? 0) - (announced?.[1]?.length ?? 0) : below.start;
      const isBareTax = label.kinds.includes('tax') && !label.hasColon && label.words < 2;
      // An Australian company number is no tax number; the ABN that stands by it is.
      const isCompanyNumber = /^acn$/i.test(label.text);
      found.push(
        checked(below?.row ?? row, start, text, isBareTax || isCompanyNumber ? 0.35 : 0.62, false, `Stands beside “${label.text}”.`),
      );
    }
  }
  return found;
}

function belowLabel(layout: Layout, row: Row, box: readonly number[]): { row: Row; start: number; text: string } | null {
  const next = layout.rows[row.index + 1];
  const cell = next?.cells.find((candidate) => candidate.box[0] < (box[2] ?? 0) && candidate.box[2] > (box[0] ?? 0));
  return next === undefined ||
    cell === undefined ||
    next.page !== row.page ||
    next.box[1] - row.box[3] > 5 * row.height ||
    !/^[A-Z0-9 .-]{6,22}$/.test(cell.text)
    ? null
    : { row: next, start: cell.start, text: cell.text };
}

function readVat(row: Row, start: number, labels: Labels): CheckedCandidate | null {
  const run = /^[A-Z]{2,3}[\s.:-]{0,2}(?:[A-Z0-9]{1,12}[\s.-]{0,1}){1,6}/.exec(row.text.slice(start))?.[0] ?? '';
  for (let length = run.length; length >= 8; length -= 1) {
    const text = run.slice(0, length).trim();
    const next = row.text.charAt(start + length);
    if (/[A-Z0-9]/i.test(next) && /[A-Z0-9]$/i.test(text)) continue;
    const bare = text.replaceAll(/[^A-Z0-9]/g, '');
    const result = checkVAT(bare, countries);
    const isOneStop = /^EU\d{9}$/.test(bare);
    if (!result.isValidFormat && !isOneStop) continue;
    const isLabelled =
      (labels.get(row.index) ?? []).some((label) => label.kinds.includes('taxId')) ||
      (labels.get(row.index - 1) ?? []).some((label) => label.kinds.includes('taxId'));
    if (!isLabelled && !result.isValid) continue;
    const reason = result.isValid
      ? 'The check digits of its country agree.'
      : 'Announced as a tax identifier; its check digits do not agree.';
    return checked(row, start, text, result.isValid ? (isLabelled ? 0.95 : 0.85) : 0.8, result.isValid, reason);
  }
  return null;
}

function checked(row: Row, start: number, text: string, score: number, isProven: boolean, reason: string): CheckedCandidate {
  return {
    value: text.trim(),
    score,
    evidence: evidenceFor(row.page, wordsBetween(row, start, start + text.length)),
    reason,
    isProven,
    row,
    start,
  };
}
