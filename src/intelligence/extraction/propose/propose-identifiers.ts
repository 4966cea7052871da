import type { Candidate } from './candidate.ts';
import { findDates } from '../text/date-format.ts';
import type { Label, Labels } from './labels.ts';
import { evidenceFor, wordsBetween } from '../layout.ts';
import type { Layout, Row } from '../layout.ts';
import type { LabelKind } from '../text/lexicon.ts';
import { isAddressLine } from './party-names.ts';
import { cellAt, linesBelow } from './propose-parties.ts';

/** A value that a label announces: where it starts and what it says. */
interface Announced {
  readonly row: Row;
  readonly start: number;
  readonly text: string;
  readonly relation: 'same-cell' | 'beside' | 'below';
  /** A number sign stands right before it: `N° FA-2026-0001`. */
  readonly isMarked: boolean;
}

/** The number of the document itself. */
export function proposeNumber(layout: Layout, labels: Labels, kinds: readonly LabelKind[], except?: LabelKind): Candidate[] {
  const found: Candidate[] = [];
  for (const own of labels.values()) {
    for (const label of own) {
      const kind = kinds.find((one) => label.kinds.includes(one));
      if (kind === undefined || (except !== undefined && label.kinds.includes(except))) continue;
      const value = announcedValue(layout, labels, label);
      if (value === null) continue;
      found.push(candidateFrom(layout, label, value));
    }
  }
  return found;
}

/** A title and its number alone in a cell: `Verzamelfactuur R47086-2023`, `Korrekturbeleg Nr.: 101994`. */
const titled =
  /^(?<title>\p{L}[\p{L}' ’]{4,30}?)(?:\s(?:nr|no|n[°º]|nº|num)\.?)?\s?:?\s+(?<number>(?=\S*\d{3})[A-Z]{0,4}[-/]?[\dA-Z]+(?:[-/]\d+)*)$/iu;

/** What a paper is called may be any word: in large type at the head of the first page, the number behind it is the paper's own. */
export function proposeTitleNumber(layout: Layout, labels: Labels): Candidate[] {
  const heights = layout.rows.map(({ height }) => height).toSorted((a, b) => a - b);
  const usual = heights[heights.length >> 1] ?? 1;
  return layout.rows.flatMap((row) => {
    const depth = row.box[1] / Math.max(1, layout.pages[0]?.height ?? 1);
    if (row.page !== 1 || depth > 0.5 || row.height < 1.15 * usual) return [];
    return row.cells.flatMap((cell): Candidate[] => {
      const { title, number } = titled.exec(cell.text.trim())?.groups ?? {};
      if (title === undefined || number === undefined || !isIdentifier(number, number) || isAddressLine(cell.text)) return [];
      if ((labels.get(row.index) ?? []).some((label) => label.start >= cell.start && announces(label))) return [];
      const start = cell.start + cell.text.lastIndexOf(number);
      const words = wordsBetween(row, start, start + number.length);
      return [{ value: number, score: 0.6, evidence: evidenceFor(row.page, words), reason: `Stands behind the title “${title}”.` }];
    });
  });
}

function candidateFrom(layout: Layout, label: Label, value: Announced): Candidate {
  const words = wordsBetween(value.row, value.start, value.start + value.text.length);
  const where = value.relation === 'below' ? 'below' : 'beside';
  return {
    value: value.text,
    score: numberScore(layout, label, value),
    evidence: evidenceFor(value.row.page, words),
    reason: `Stands ${where} “${label.text}”.`,
  };
}

/** Whether the label says what stands behind it; a date's and a base's short words (`de`, `von`) may be part of a title. */
function announces({ kinds }: Label): boolean {
  return kinds.some((kind) => kind !== 'taxBase' && kind !== 'issueDate' && kind !== 'otherDate');
}

const numberWordAtEnd = /(?:number|nummer|numero|numer|nr|no|num|id|n|ref|reference|nos|code)$/i;

/** A label that says number and not of what: at the head of an invoice it is the invoice's, if nothing else is. */
const bareNumber = /^(?:n[uú]mero|numer|number|nummer)$/i;

function numberScore(layout: Layout, label: Label, value: Announced): number {
  if (bareNumber.test(label.text)) return label.leadsCell && value.row.page === 1 && value.relation !== 'below' ? 0.42 : 0.2;
  const isExplicit =
    value.isMarked ||
    numberWordAtEnd.test(label.text.replaceAll(/[^\p{L}]+$/gu, '')) ||
    /^[\s.]*[#№°º]/.test(label.row.text.slice(label.end, label.end + 3));
  const isVague = /^(?:document|doc|bill|slip|bon|ticket|statement|so|order|po)$/i.test(label.text);
  let score = isExplicit ? 0.94 : label.hasColon ? 0.8 : 0.72;
  if (isVague && !isExplicit) score -= 0.35;
  if (!label.leadsCell) score -= isExplicit ? 0.1 : 0.4;
  if (value.relation === 'below') score -= isExplicit ? 0.12 : 0.3;
  if (value.relation === 'beside' && !isExplicit && !label.hasColon) score -= 0.25;
  if (value.row.page > 1) score -= 0.15;
  const depth = value.row.box[1] / Math.max(1, layout.pages[value.row.page - 1]?.height ?? 1);
  if (depth > 0.6 && !layout.isOcr) score -= 0.12;
  if (value.text.length < 3) score -= 0.1;
  if (!/\d/.test(value.text)) score -= 0.5;
  if (/^(?:19|20)\d{2}$/.test(value.text)) score -= 0.3;
  return Math.max(0, score);
}

/** The identifier after a label: in its cell, in the next cell, or below it. */
function announcedValue(layout: Layout, labels: Labels, label: Label): Announced | null {
  const cell = cellAt(label.row, label.start);
  if (cell === undefined) return null;
  const stop = nextLabelStart(labels, label);
  const inCell = readIdentifier(label.row, label.end, Math.min(cell.start + cell.text.length, stop), 'same-cell');
  if (inCell !== null) return inCell;
  const rest = label.row.text.slice(label.end, Math.min(cell.start + cell.text.length, stop));
  if (/\p{L}{3}/u.test(rest.replaceAll(/\b(?:number|nummer|numero|inkl|incl)\b/gi, ''))) return null;
  const next = label.row.cells[label.row.cells.indexOf(cell) + 1];
  if (next !== undefined && stop > next.start && next.box[0] - cell.box[2] < (label.hasColon ? 60 : 45) * label.row.height) {
    const beside = readIdentifier(label.row, next.start, Math.min(next.start + next.text.length, stop), 'beside');
    if (beside !== null) return beside;
  }
  for (const { row, cell: below } of linesBelow(layout, label, cell).slice(0, 1)) {
    // What has a label of its own in front is not this label's value.
    if ((labels.get(row.index) ?? []).some((other) => other.start === below.start && other.end - other.start > 3)) return null;
    return readIdentifier(row, below.start, below.start + below.text.length, 'below');
  }
  return null;
}

function nextLabelStart(labels: Labels, label: Label): number {
  const own = labels.get(label.row.index) ?? [];
  const next = own.find((other) => other.start >= label.end && (other.leadsCell || other.hasColon || other.words > 1));
  return next?.start ?? label.row.text.length;
}

/** The first token with a digit, after punctuation, number words and type codes such as `(380)`. */
function readIdentifier(row: Row, start: number, end: number, relation: Announced['relation']): Announced | null {
  const text = row.text.slice(start, end);
  const named = /^[\s\p{L}]{1,24}(?:\(\d{2,3}\))?\s*(?:nr|no|n[°º]|#|number|num)\s?[.:]?\s*(?=\S*\d)/iu.exec(text)?.[0].length;
  const lead =
    named ?? /^(?:[\s:.#№°º*=)\]_-]|\(\d{2,3}\)|\([^)]{1,14}\)|(?:no|nr|number|nummer|n|id)(?=[\s.:°º#]))*/i.exec(text)?.[0].length ?? 0;
  const match =
    /^[A-Za-z]{0,6}[ ]?[-/]?[ ]?(?=\S*\d)[\p{L}\d][\p{L}\d/_.#\\-]*(?:\s?[-/]\s?[\p{L}\d]+)*/u.exec(text.slice(lead)) ??
    /^[\p{L}\d][\p{L}\d/_.#\\-]*/u.exec(text.slice(lead));
  if (match === null) return null;
  const value = match[0].replace(/[.,:;_-]+$/, '').trim();
  if (!isIdentifier(value, text.slice(lead))) return null;
  return { row, start: start + lead, text: value, relation, isMarked: /(?:n[°ºo]|nr|num|number|#|№)[\s.:]*$/i.test(text.slice(0, lead)) };
}

function isIdentifier(value: string, context: string): boolean {
  if (!/\d/.test(value) || value.length > 40) return false;
  const [date] = findDates(context.toLowerCase());
  if (date !== undefined && !date.isCompact && date.start < 3 && date.end >= value.length) return false;
  if (/^\d{1,3}(?:[.,]\d{3})*[.,]\d{2}$/.test(value)) return false;
  // A postcode before its town belongs to an address that stands beside.
  if (/^\d{4,5} \p{Lu}\p{Ll}+/u.test(context)) return false;
  return !/^\d{1,2}:\d{2}/.test(value) && !/^\d+\s?%/.test(context);
}

/** The buyer's order number. An order number of the seller's shop is not one. */
export function proposeOrderNumber(layout: Layout, labels: Labels): Candidate[] {
  return proposeNumber(layout, labels, ['buyerOrder']).map((candidate) => {
    // “Your reference” is often the order, but may be a person's sign or a customer number.
    const isVague =
      /refer|r[eé]f|kenmerk|riferim/i.test(candidate.reason) && !/order|commande|bestell|pedido|ordine/i.test(candidate.reason);
    return { ...candidate, score: Math.min(isVague ? 0.5 : 0.93, candidate.score) };
  });
}
