import type { Box, StatementReading, StatementRow } from '#domain/documents';
import { decimal } from '#domain/money';
import { around, horizontalOverlap, wordsBetween, type Layout, type Row } from '../layout.ts';
import { looksLikeMoney, type Numbers, type PrintedNumber } from '../propose/propose-amounts.ts';
import { findDates, isoFrom, type DateOrder } from '../text/date-format.ts';
import { balanceWords, carriedWords, creditWords, paymentWords, statementHeadsIn, type StatementColumn } from './statement-words.ts';

/** Heads that only accounts have. */
const accountKinds: ReadonlySet<StatementColumn> = new Set(['open', 'debit', 'credit', 'balance']);

interface Column {
  readonly kind: StatementColumn;
  readonly box: Box;
}

const moneyKinds: ReadonlySet<StatementColumn> = new Set(['amount', 'open', 'paid', 'debit', 'credit', 'balance']);

/**
 * The rows of a statement of account: under a head that names a number or a date and an amount, every line with money, each figure
 * under the head it stands nearest to. A line that is neither a paper, a payment nor a balance is left to a person. Statements without
 * heads, and tables whose lines wrap around their figures, are not understood: everything with money in them is then unread.
 */
export function readStatement(layout: Layout, numbers: Numbers, order: DateOrder): StatementReading {
  const rows: StatementRow[] = [];
  const unread: string[] = [];
  let balance: string | null = null;
  let columns: readonly Column[] | null = null;
  let headPage = 0;
  for (const row of layout.rows) {
    const heads = columnsOf(row, numbers);
    if (heads !== null) {
      [columns, headPage] = [heads, row.page];
      continue;
    }
    const money = (numbers.byRow.get(row.index) ?? []).filter((number) => looksLikeMoney(number) && !number.isPercent);
    // On a further page the table goes on under no new head, and behind the balance there may be another account's or a foot.
    const isLoose = row.page !== headPage || balance !== null;
    if (columns === null || money.length === 0 || (isLoose && !looksLikeEntry(row))) continue;
    const found = entryOf({ row, columns, money, order });
    if (found === null && balanceWords.test(row.folded)) balance = signedValue(row, money.at(-1));
    else if (found === null) unread.push(row.text);
    else rows.push(found);
  }
  return { rows, balance, unread };
}

/** The row that heads a statement's table: it says what is owed, paid or open of which paper. Null where there is none. */
export function statementHeadRow(layout: Layout, numbers: Numbers): number | null {
  const row = layout.rows.find((candidate) => columnsOf(candidate, numbers)?.some(({ kind }) => accountKinds.has(kind)) === true);
  return row?.index ?? null;
}

/** The columns a row heads; null where it heads no statement's table. */
function columnsOf(row: Row, numbers: Numbers): readonly Column[] | null {
  if ((numbers.byRow.get(row.index) ?? []).some(looksLikeMoney)) return null;
  const heads = statementHeadsIn(row.folded);
  const covered = heads.reduce((total, { start, end }) => total + end - start, 0);
  const kinds = new Set(heads.map(({ kind }) => kind));
  const hasMoney = heads.some(({ kind }) => moneyKinds.has(kind));
  const isHead = kinds.size >= 3 || (kinds.size === 2 && row.cells.length >= 2);
  if (!hasMoney || !(kinds.has('number') || kinds.has('date')) || !isHead || covered < row.text.length * 0.5) return null;
  return heads.map(({ kind, start, end }) => ({ kind, box: around(wordsBetween(row, start, end)) }));
}

interface Line {
  readonly row: Row;
  readonly columns: readonly Column[];
  readonly money: readonly PrintedNumber[];
  readonly order: DateOrder;
}

function entryOf(line: Line): StatementRow | null {
  const { row, order } = line;
  const date = findDates(row.folded)[0];
  const on = date === undefined ? null : isoFrom(date, order);
  const number = numberOf(line);
  const isCarried = carriedWords.test(row.folded);
  const isPayment = paymentWords.test(row.folded);
  if (on === null && (number === null || balanceWords.test(row.folded)) && !isCarried && !isPayment) return null;
  const values = figuresOf(line);
  const isNamedCredit = creditWords.test(row.folded);
  const kind = isCarried ? 'carried' : isPayment || (isOnlyCredit(values) && !isNamedCredit) ? 'payment' : 'invoice';
  const isCredit = kind === 'invoice' && (isNamedCredit || amountOf(values)?.startsWith('-') === true);
  const isReducing = kind === 'payment' || isCredit;
  const amount = signed(amountOf(values) ?? (isCarried ? (values.balance ?? null) : null), isReducing);
  const open = openOf(values, amount);
  if (amount === null && open === null) return null;
  return { kind: isCredit ? 'credit-note' : kind, number, on, amount, open: signed(open, isCredit), text: row.text };
}

type Figures = Readonly<Partial<Record<StatementColumn, string>>>;

/** Each figure by the head it stands under, or nearest to. */
function figuresOf({ row, columns, money }: Line): Figures {
  const heads = columns.filter(({ kind }) => moneyKinds.has(kind));
  return Object.fromEntries(
    money.flatMap((number) => {
      const best = heads.toSorted((one, other) => distance(one.box, number.box) - distance(other.box, number.box))[0];
      return best === undefined ? [] : [[best.kind, signedValue(row, number)]];
    }),
  );
}

/** Figures stand flush right under their heads, or in their middle. */
function distance(head: Box, figure: Box): number {
  const right = Math.abs(head[2] - figure[2]);
  const middle = Math.abs((head[0] + head[2]) / 2 - (figure[0] + figure[2]) / 2);
  return Math.min(right, middle) * (horizontalOverlap(head, figure) > 0 ? 0.5 : 1);
}

/** `CR`, `H` (Haben) and a minus behind it turn the sign. */
function signedValue(row: Row, number: PrintedNumber | undefined): string | null {
  if (number === undefined) return null;
  const isTurned = /^\s?(?:cr|h|-)(?![a-z\d])/.test(row.folded.slice(number.end));
  const value = decimal(number.value);
  return (isTurned && value.gt(0) ? value.neg() : value).toFixed(2);
}

function amountOf({ amount, debit, credit }: Figures): string | null {
  if (debit === undefined && credit === undefined) return amount ?? null;
  return decimal(debit ?? '0')
    .minus(credit ?? '0')
    .toFixed(2);
}

/** Something stands on the credit side alone: money that came, unless the line says what else. */
function isOnlyCredit({ debit, credit }: Figures): boolean {
  return debit === undefined && credit !== undefined && Number(credit) > 0;
}

function openOf({ open, paid }: Figures, amount: string | null): string | null {
  if (open !== undefined) return open;
  return paid === undefined || amount === null ? null : decimal(amount).minus(decimal(paid).abs()).toFixed(2);
}

function signed(text: string | null, isReducing: boolean): string | null {
  if (text === null) return null;
  const value = decimal(text);
  return (isReducing ? value.abs().neg() : value).toFixed(2);
}

/** What stands under the number's head; else the first word with digits that is neither date nor money. */
function numberOf({ row, columns, money }: Line): string | null {
  const head = columns.find(({ kind }) => kind === 'number');
  const dates = findDates(row.folded);
  const isFree = (start: number, end: number): boolean => [...dates, ...money].every((taken) => end <= taken.start || start >= taken.end);
  const words = row.words
    .map((word, index) => ({ word, start: row.offsets[index] ?? 0 }))
    .filter(({ word, start }) => /\d/.test(word.text) && isFree(start, start + word.text.length));
  const under =
    head === undefined ? undefined : words.find(({ word }) => horizontalOverlap(cellOf(row, word)?.box ?? word.box, head.box) > 0);
  const found = under ?? words.find(({ word }) => word.text.replaceAll(/\D/g, '').length >= 3);
  if (found === undefined) return null;
  const cell = cellOf(row, found.word);
  // `F/2026/17` is one word; `VR 77001` are two in one cell.
  const whole =
    cell !== undefined && cell.words.length <= 3 && isFree(cell.start, cell.start + cell.text.length) ? cell.text : found.word.text;
  return whole.replace(/^(?:rechnung|invoice|facture|factura|fattura|gutschrift|credit note|avoir)[\s:.#-]+/i, '').trim() || null;
}

function cellOf(row: Row, word: Row['words'][number]): Row['cells'][number] | undefined {
  return row.cells.find(({ words }) => words.includes(word));
}

function looksLikeEntry(row: Row): boolean {
  const date = findDates(row.folded)[0];
  return (date !== undefined && date.start < row.text.length / 2) || carriedWords.test(row.folded);
}
