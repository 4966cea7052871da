import type { Evidence, Extraction, FieldName } from '#domain/documents';
import { decideDateOrder, findDates, isoFrom } from '../extraction/text/date-format.ts';
import { bareText } from '../extraction/text/fold-text.ts';
import type { Cell, Row } from '../extraction/layout.ts';
import { evidenceFor, wordsBetween } from '../extraction/layout.ts';
import { firstName, isNameLike } from '../extraction/propose/party-names.ts';
import type { Page } from './context.ts';

/** A value that may be the field's, from the rules or from a wide net over the page. */
export interface PooledCandidate {
  readonly value: string;
  readonly evidence: Evidence | null;
  readonly reason: string;
  /** What the rules gave it; 0 where they did not think of it. */
  readonly ruleScore: number;
  /** 0 for the value the rules chose, 1 and on for the ones they kept, 99 for the others. */
  readonly ruleRank: number;
}

const notFromRules = 99;

/** What the rules chose and kept. */
export function ruleCandidates(extraction: Extraction, name: FieldName): PooledCandidate[] {
  const { value, confidence, evidence, reason, alternatives } = extraction.fields[name];
  const chosen = value === null ? [] : [{ value, evidence, reason, ruleScore: confidence, ruleRank: 0 }];
  const kept = alternatives.map((one, index) => ({
    value: one.value,
    evidence: one.evidence,
    reason: one.reason,
    ruleScore: one.confidence,
    ruleRank: index + 1,
  }));
  return [...chosen, ...kept];
}

/** The rules' candidates and everything of the right shape, each value once. */
export function pooledCandidates(page: Page, extraction: Extraction, name: FieldName): PooledCandidate[] {
  const pool = new Map<string, PooledCandidate>();
  for (const candidate of [...ruleCandidates(extraction, name), ...wideNet(page, name)]) {
    const key = bareText(candidate.value) || candidate.value;
    if (!pool.has(key)) pool.set(key, candidate);
  }
  return [...pool.values()];
}

function wideNet(page: Page, name: FieldName): PooledCandidate[] {
  switch (name) {
    case 'issueDate':
    case 'dueDate':
      return everyDate(page);
    case 'invoiceNumber':
    case 'poNumber':
      return everyNumber(page);
    case 'supplierName':
    case 'buyerName':
      return everyName(page);
    default:
      return [];
  }
}

function everyDate({ seen }: Page): PooledCandidate[] {
  const found = seen.layout.rows.flatMap((row) => findDates(row.folded).map((date) => ({ row, date })));
  const { order } = decideDateOrder(
    found.map(({ date }) => date),
    seen.dateOrder,
  );
  return found.map(({ row, date }) => fromPage(isoFrom(date, order), row, date.start, date.end, 'A date on the page.'));
}

const identifier = /(?<![\p{L}\d])(?=[\p{L}\d/_.#-]*\d)[\p{L}\d][\p{L}\d/_.#-]{1,24}(?![\p{L}\d])/gu;

function everyNumber({ seen, hasDate }: Page): PooledCandidate[] {
  return seen.layout.rows
    .filter((row) => !seen.tableRows.has(row.index))
    .flatMap((row) =>
      [...row.text.matchAll(identifier)]
        .map((match) => ({ start: match.index, text: match[0].replace(/[._/#-]+$/, '') }))
        .filter(
          ({ text }) => text.length > 2 && !/^\d{1,3}(?:[.,]\d{3})*[.,]\d{2}$/.test(text) && !(hasDate.has(row.index) && isDate(text)),
        )
        .map(({ start, text }) => fromPage(text, row, start, start + text.length, 'A number on the page.')),
    )
    .slice(0, 120);
}

function isDate(text: string): boolean {
  return findDates(text.toLowerCase()).some((date) => date.end - date.start >= text.length - 1 && !date.isCompact);
}

function everyName({ seen }: Page): PooledCandidate[] {
  const { rows } = seen.layout;
  const near = rows.filter((row) => row.page === 1).slice(0, 45);
  const last = rows.slice(-8).filter((row) => !near.includes(row));
  return [...near, ...last]
    .filter((row) => !seen.tableRows.has(row.index))
    .flatMap((row) => row.cells.flatMap((cell) => nameIn(row, cell)));
}

function nameIn(row: Row, cell: Cell): PooledCandidate[] {
  const colon = cell.text.lastIndexOf(':');
  const rest = colon < 0 ? cell.text : cell.text.slice(colon + 1).trim();
  const value = firstName(rest);
  const start = cell.start + cell.text.indexOf(value);
  return value.length > 2 && isNameLike(rest) ? [fromPage(value, row, start, start + value.length, 'A name on the page.')] : [];
}

function fromPage(value: string, row: Row, start: number, end: number, reason: string): PooledCandidate {
  return { value, evidence: evidenceFor(row.page, wordsBetween(row, start, end)), reason, ruleScore: 0, ruleRank: notFromRules };
}
