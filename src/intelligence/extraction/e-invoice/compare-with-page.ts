import type { Equation, Evidence, Extraction, FieldName, Reading, ReadingProblem } from '#domain/documents';
import { decimal, isDecimalText } from '#domain/money';
import { findDates, isoFrom } from '../text/date-format.ts';
import { bareText } from '../text/fold-text.ts';
import { evidenceFor, layOut, wordsBetween } from '../layout.ts';
import type { Layout, Row } from '../layout.ts';
import { proposeNumbers } from '../propose/propose-amounts.ts';

export interface PageComparison {
  readonly evidence: Readonly<Partial<Record<FieldName, Evidence>>>;
  readonly equations: readonly Equation[];
  readonly problems: readonly ReadingProblem[];
  /** Fields whose value the page does not show. */
  readonly missing: ReadonlySet<FieldName>;
}

/** A person approves what the page shows, a program books the data: these must say the same. */
const mustAgree: readonly FieldName[] = ['grossTotal', 'invoiceNumber', 'issueDate', 'iban'];
const others: readonly FieldName[] = ['netTotal', 'taxTotal', 'dueDate', 'supplierName', 'buyerName', 'poNumber', 'supplierTaxId'];
const names: Readonly<Partial<Record<FieldName, string>>> = {
  grossTotal: 'total',
  invoiceNumber: 'number',
  issueDate: 'date of issue',
  iban: 'IBAN',
};

/** Looks up the values of the data on the page; `seen` is what the rules read from the same words. */
export function compareWithPage(reading: Reading, values: Readonly<Record<FieldName, string | null>>, seen: Extraction): PageComparison {
  const layout = layOut(reading);
  const evidence: Partial<Record<FieldName, Evidence>> = {};
  const equations: Equation[] = [];
  const problems: ReadingProblem[] = [];
  const missing = new Set<FieldName>();
  for (const name of [...mustAgree, ...others]) {
    const value = values[name];
    if (value === null) continue;
    const found = preferred(seen, name, value) ?? findOnPage(layout, name, value);
    if (found !== null) evidence[name] = found;
    if (!mustAgree.includes(name) || (found === null && !isExpected(name, seen))) continue;
    const shown = seen.fields[name].value;
    equations.push({
      rule: 'xml=picture',
      text: `${value} in the data = ${found === null ? (shown ?? 'nothing') : found.text} on the page`,
      holds: found !== null,
      fields: [name],
      wordIds: found?.wordIds ?? [],
    });
    if (found === null) {
      missing.add(name);
      problems.push({
        code: 'xml-differs-from-page',
        severity: 'warning',
        message: `The e-invoice data give the ${names[name]} ${value}, but the page ${shown === null ? 'does not show it' : `shows ${shown}`}. Ask the supplier which is right before you pay.`,
      });
    }
  }
  return { evidence, equations, problems, missing };
}

/** An account need not be printed; when another one is, that matters. */
function isExpected(name: FieldName, seen: Extraction): boolean {
  return name !== 'iban' || seen.fields.iban.value !== null;
}

function preferred(seen: Extraction, name: FieldName, value: string): Evidence | null {
  const field = seen.fields[name];
  if (field.value === null || field.evidence === null) return null;
  const same = name.endsWith('Total') ? sameAmount(field.value, value) : bareText(field.value) === bareText(value);
  return same ? field.evidence : null;
}

function sameAmount(a: string, b: string): boolean {
  return isDecimalText(a) && isDecimalText(b) && decimal(a).abs().eq(decimal(b).abs());
}

function findOnPage(layout: Layout, name: FieldName, value: string): Evidence | null {
  if (name.endsWith('Total')) {
    const number = (['.', ','] as const).flatMap((mark) => proposeNumbers(layout, mark).all).find((one) => sameAmount(one.value, value));
    return number === undefined ? null : evidenceFor(number.row.page, number.words);
  }
  if (name === 'issueDate' || name === 'dueDate') return findDateOnPage(layout, value);
  return findTextOnPage(layout, value);
}

function findDateOnPage(layout: Layout, value: string): Evidence | null {
  for (const row of layout.rows) {
    const date = findDates(row.folded).find((one) => isoFrom(one, 'day-first') === value || isoFrom(one, 'month-first') === value);
    if (date !== undefined) return evidenceFor(row.page, wordsBetween(row, date.start, date.end));
  }
  return null;
}

/** The words whose letters and digits together make the value, blanks and punctuation aside. */
function findTextOnPage(layout: Layout, value: string): Evidence | null {
  const wanted = bareText(value);
  if (wanted.length < 2) return null;
  for (const row of layout.rows) {
    const found = runOf(row, wanted);
    if (found !== null) return found;
  }
  return null;
}

function runOf(row: Row, wanted: string): Evidence | null {
  const bare = row.words.map((word) => bareText(word.text));
  for (let from = 0; from < bare.length; from += 1) {
    let run = '';
    for (let to = from; to < bare.length && run.length < wanted.length; to += 1) {
      run += bare[to] ?? '';
      const isWhole =
        run === wanted ||
        (from === to && wanted.length > 3 && run.includes(wanted)) ||
        (run.endsWith(wanted) && wanted.length > 5) ||
        (run.startsWith(wanted) && wanted.length > 5);
      if (isWhole) return evidenceFor(row.page, row.words.slice(from, to + 1));
    }
  }
  return null;
}
