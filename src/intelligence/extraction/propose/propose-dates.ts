import type { Evidence, ExtractedField } from '#domain/documents';
import { decideDateOrder, findDates, isoFrom } from '../text/date-format.ts';
import type { DateOrder, PrintedDate } from '../text/date-format.ts';
import type { Candidate } from './candidate.ts';
import { alternativesFrom, chooseField, ranked } from './candidate.ts';
import type { Label, Labels } from './labels.ts';
import { around, evidenceFor, horizontalOverlap, wordsBetween } from '../layout.ts';
import type { Layout, Row } from '../layout.ts';

export interface FoundDate {
  readonly row: Row;
  readonly date: PrintedDate;
  readonly evidence: Evidence | null;
  /** The label beside or above it, if any. */
  readonly label: Label | null;
  readonly relation: 'beside' | 'above' | 'none';
}

/** Every date on the pages with the label that speaks for it. */
export function proposeDates(layout: Layout, labels: Labels): FoundDate[] {
  return layout.rows.flatMap((row) => {
    const dates = findDates(row.folded);
    return dates.map((date, index) => {
      const words = wordsBetween(row, date.start, date.end);
      const from = dates[index - 1]?.end ?? 0;
      const beside = (labels.get(row.index) ?? []).findLast(
        (label) => label.start >= from && label.end <= date.start && speaksOfDates(label),
      );
      const above = beside === undefined ? labelAbove(layout, labels, row, words) : undefined;
      return {
        row,
        date,
        evidence: evidenceFor(row.page, words),
        label: beside ?? above ?? null,
        relation: beside ? ('beside' as const) : above ? ('above' as const) : ('none' as const),
      };
    });
  });
}

function speaksOfDates(label: Label): boolean {
  return label.kinds.some(
    (kind) => kind === 'issueDate' || kind === 'dueDate' || kind === 'otherDate' || kind === 'due' || kind === 'invoiceNumber',
  );
}

/** A label in the same column, at most three rows up, with nothing but its neighbours between. */
function labelAbove(layout: Layout, labels: Labels, row: Row, words: ReturnType<typeof wordsBetween>): Label | undefined {
  const box = around(words);
  for (let index = row.index - 1; index >= Math.max(0, row.index - 3); index -= 1) {
    const upper = layout.rows[index];
    if (upper === undefined || upper.page !== row.page || box[1] - upper.box[3] > 3 * row.height) return undefined;
    const label = (labels.get(index) ?? []).find((candidate) => speaksOfDates(candidate) && horizontalOverlap(candidate.box, box) > 0.3);
    if (label !== undefined) return label;
    if (upper.cells.some((cell) => horizontalOverlap(cell.box, box) > 0.5 && /\d/.test(cell.text))) return undefined;
  }
  return undefined;
}

export interface DateContext {
  readonly layout: Layout;
  readonly usualOrder: DateOrder;
  /** Offers and orders are dated by what an invoice would call another document's date. */
  readonly isOrder: boolean;
  /** Rows of the item table: dates there belong to items. */
  readonly isInTable: (row: Row) => boolean;
}

/** Chooses issue and due date together: one order of day and month for all, and nothing due before it is issued. */
export function solveDates(
  found: readonly FoundDate[],
  context: DateContext,
): { readonly issueDate: ExtractedField; readonly dueDate: ExtractedField } {
  const decided = decideDateOrder(
    found.map(({ date }) => date),
    context.usualOrder,
  );
  const first = readWith(found, context, decided.order, decided.isProven);
  if (!isReversed(first.issue, first.due)) return finish(first);
  const flipped = readWith(found, context, decided.order === 'day-first' ? 'month-first' : 'day-first', false);
  return finish(decided.isProven || isReversed(flipped.issue, flipped.due) ? first : flipped);
}

interface Readings {
  readonly issue: Candidate[];
  readonly due: Candidate[];
}

function readWith(found: readonly FoundDate[], context: DateContext, order: DateOrder, isProven: boolean): Readings {
  const elsewhere = new Set(
    found
      .filter(({ label }) => label?.kinds.includes('otherDate') === true && !label.kinds.includes('issueDate'))
      .map(({ date }) => isoFrom(date, order)),
  );
  const candidatesFor = (score: (one: FoundDate) => number): Candidate[] =>
    found.map((one) => {
      const doubt = one.date.order === 'open' && !isProven ? 0.85 : 1;
      return {
        value: isoFrom(one.date, order),
        score:
          score(one) * doubt * (one.label === null && elsewhere.has(isoFrom(one.date, order)) ? 0.4 : 1) * (one.date.isFullYear ? 1 : 0.97),
        evidence: one.evidence,
        reason: reasonFor(one, order),
      };
    });
  return { issue: ranked(candidatesFor((one) => issueScore(one, context))), due: ranked(candidatesFor((one) => dueScore(one))) };
}

function reasonFor({ label, relation, date }: FoundDate, order: DateOrder): string {
  const where = label === null ? 'A date without a label.' : `Stands ${relation === 'above' ? 'below' : 'beside'} “${label.text}”.`;
  if (date.order !== 'open') return where;
  return `${where} Read ${order === 'day-first' ? 'day first' : 'month first'}; the print alone leaves that open.`;
}

function isReversed(issue: readonly Candidate[], due: readonly Candidate[]): boolean {
  const [bestIssue] = issue;
  const [bestDue] = due;
  return (
    bestIssue !== undefined && bestDue !== undefined && bestIssue.score > 0.3 && bestDue.score > 0.3 && bestDue.value < bestIssue.value
  );
}

function finish({ issue, due }: Readings): { issueDate: ExtractedField; dueDate: ExtractedField } {
  const issueDate = chooseField(issue, { floor: 0.15, none: 'No date of issue was found.' });
  const dueDate = chooseField(due, { floor: 0.3, none: 'No due date is printed.' });
  if (issueDate.value === null || dueDate.value === null || dueDate.value >= issueDate.value) return { issueDate, dueDate };
  const reason = `${dueDate.reason} It lies before the date of issue, ${issueDate.value}.`;
  return {
    issueDate: { ...issueDate, confidence: issueDate.confidence * 0.8, standing: 'unproven' },
    dueDate: {
      ...dueDate,
      confidence: dueDate.confidence * 0.5,
      standing: 'contradicted',
      reason,
      alternatives: alternativesFrom(due.slice(1)),
    },
  };
}

/** Words so common that they date something only where they begin a cell or follow the document's title. */
const weakWords = new Set(['vom', 'den', 'du', 'le', 'del', 'am', 'data', 'dnia', 'from']);

function issueScore(one: FoundDate, context: DateContext): number {
  const { label, row } = one;
  const page = context.layout.pages.find(({ number }) => number === row.page);
  const depth = row.box[1] / Math.max(1, page?.height ?? 1);
  const placed = row.page > 1 ? 0.55 : depth > 0.9 ? 0.7 : depth < 0.5 ? 1 : context.layout.isOcr ? 0.97 : 0.85;
  const inTable = context.isInTable(row) ? 0.15 : 1;
  if (label === null && (one.date.isCompact || isInRange(one))) return 0.08;
  if (label === null) return (row.page === 1 && depth < 0.45 ? 0.45 : 0.32) * placed * inTable;
  const kinds = new Set(label.kinds);
  if (kinds.has('issueDate') && !kinds.has('otherDate')) {
    const isWeak = label.words === 1 && weakWords.has(label.text.toLowerCase());
    if (isWeak) return followsTitle(one) || followsPlace(one) ? 0.85 * placed : 0.42 * placed * inTable;
    return (
      (label.words > 1 || label.text.length > 7 ? 0.95 : 0.85) *
      placed *
      (one.relation === 'above' ? inTable : 1) *
      (label.leadsCell ? 1 : 0.85)
    );
  }
  if (kinds.has('invoiceNumber')) return 0.7 * placed;
  if (kinds.has('issueDate')) return (context.isOrder ? 0.9 : 0.35) * placed;
  return kinds.has('otherDate') ? 0.12 : 0.1;
}

/** `01.06.2023 - 30.06.2023`: the ends of a period. */
function isInRange({ row, date }: FoundDate): boolean {
  return (
    /\d\s?(?:-|bis|to|until|au|al|t\/m|a|do)\s?$/.test(row.folded.slice(0, date.start)) ||
    /^\s?(?:-|bis|to|until|au|al|t\/m|a|do)\s?\d/.test(row.folded.slice(date.end))
  );
}

/** `Rechnung Nr. 4711 vom 1.2.2024`: the title's own date. */
function followsTitle({ row, date }: FoundDate): boolean {
  return (
    /\b\w*(?:invoice|rechnung|gutschrift|facture|avoir|fattura|factura|factuur|fatura|faktura|order|bestellung|angebot|devis|commande|n[ro°])\b/.test(
      row.folded.slice(0, date.start),
    ) && date.start < 90
  );
}

/** `München, den 1.11.2024`: place and day, as letters are dated. */
function followsPlace({ row, date, label }: FoundDate): boolean {
  return label !== null && /(?:^|\s)\p{L}{3,}\s?,\s?$/u.test(row.text.slice(0, label.start)) && date.start - label.end < 5;
}

/** A request to pay in words, by its preposition before the date: `Please transfer the amount by`, `Zahlen Sie bitte bis zum`. */
const paidBy =
  /(?:\b(?:pay|payment|transfer|remit|settle)\w*\b.*\b(?:by|before|until|than)|(?:zahl|uberweis|begleich|ausgleich)\w*.*\b(?:bis|zum|am)(?: (?:zum|spatestens|am))?|\b(?:regl|pay|paie|vir|solder|acquitter)\w*.*\b(?:avant|tard|jusqu'au|pour)(?: le)?|\b(?:pag|transfer|abon|ingres)\w*.*\b(?:antes del?|hasta(?: el)?|el|dia)|\b(?:pag|bonific|vers|sald)\w*.*\b(?:entro|prima del?|oltre)(?: (?:il|e non oltre il))?|\b(?:betal|overma|overschrij|voldo|voldaan)\w*.*\b(?:voor|uiterlijk|tot)(?: (?:op|het))?|\b(?:pag|transfer|liquid|regulariz)\w*.*\b(?:ate|antes de)(?: (?:ao? )?dia)?|\b(?:zapla|platn|przel|wpla|uregul)\w*.*\b(?:do|przed)(?: dnia)?)\s*:?\s*$/;

/** Whether the sentence before a date asks for payment by then; a date by which less is to be paid is none. */
function isAskedFor({ row, date }: FoundDate): boolean {
  const before = row.folded.slice(0, date.start);
  return paidBy.test(before) && !/skonto|discount|escompte|sconto|descuento|korting|desconto|rabat|%/.test(before);
}

function dueScore(one: FoundDate): number {
  const { label, relation } = one;
  if (isAskedFor(one)) return 0.86;
  if (label === null) return 0;
  if (label.kinds.includes('dueDate'))
    return label.words > 1 || label.leadsCell || label.hasColon ? 0.93 : relation === 'above' ? 0.6 : 0.75;
  return label.kinds.includes('due') && relation === 'beside' ? 0.45 : 0;
}
