import type { Box, FieldName, Word } from '#domain/documents';
import { findDates, isoFrom } from '../extraction/text/date-format.ts';
import type { DateOrder } from '../extraction/text/date-format.ts';
import { bareText } from '../extraction/text/fold-text.ts';
import { wordsBetween } from '../extraction/layout.ts';
import type { Cell, Row } from '../extraction/layout.ts';
import { amountText } from '../extraction/text/number-format.ts';
import type { Numbers } from '../extraction/propose/propose-amounts.ts';

/** A value of a field's kind, as it stands in a row. */
export interface PlacedValue {
  readonly value: string;
  readonly words: readonly Word[];
  /** Offset in the row's text. */
  readonly start: number;
}

const amounts: ReadonlySet<FieldName> = new Set(['netTotal', 'taxTotal', 'grossTotal']);
const dates: ReadonlySet<FieldName> = new Set(['issueDate', 'dueDate']);
const names: ReadonlySet<FieldName> = new Set(['supplierName', 'buyerName']);

export function isAmount(field: FieldName): boolean {
  return amounts.has(field);
}

/** The corner by which a value is lined up: amounts stand flush right. */
export function cornerOf(field: FieldName, box: Box): Box {
  return isAmount(field) ? [box[2], box[1], box[2], box[3]] : box;
}

/** Whether two values of a field say the same. */
export function isSameValue(field: FieldName, left: string, right: string): boolean {
  return isAmount(field) ? Number(left) === Number(right) : bareText(left) === bareText(right);
}

/** Values of the field's kind in a row from an offset on, in the order of print. `words`: how many words a number or name took before. */
export function valuesIn(
  field: FieldName,
  row: Row,
  from: number,
  context: { readonly numbers: Numbers; readonly order: DateOrder; readonly words: number },
): PlacedValue[] {
  if (isAmount(field)) {
    return (context.numbers.byRow.get(row.index) ?? [])
      .filter((number) => number.start >= from && !number.isPercent)
      .map(({ value, words, start }) => ({ value: amountText(value), words, start }));
  }
  if (dates.has(field)) {
    return findDates(row.folded)
      .filter((date) => date.start >= from)
      .flatMap((date) => {
        const value = isoFrom(date, context.order);
        return value === null ? [] : [{ value, words: wordsBetween(row, date.start, date.end), start: date.start }];
      });
  }
  return row.cells.flatMap((cell) => textIn(field, row, cell, from, context.words));
}

/** The words of a cell after an offset: all of a name, as many of a number as it took before. */
function textIn(field: FieldName, row: Row, cell: Cell, from: number, count: number): PlacedValue[] {
  const rest = cell.words.filter((word) => (row.offsets[row.words.indexOf(word)] ?? 0) >= from);
  const taken = names.has(field) ? rest : rest.slice(0, count);
  const value = taken
    .map((word) => word.text)
    .join(' ')
    .replace(/^[\s:#№.)(-]+(?=\S)/, '')
    .replace(/[\s,;:)]+$/, '');
  const isFit = names.has(field) ? /\p{L}{2}/u.test(value) : /\d/.test(value);
  return isFit ? [{ value, words: taken, start: row.offsets[row.words.indexOf(taken[0] as Word)] ?? 0 }] : [];
}
