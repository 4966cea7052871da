import type { z } from 'zod';
import type {
  AgreementRecord,
  CodeRecord,
  GoodsReceiptRecord,
  ParsedRecords,
  PurchaseOrderRecord,
  RecordFault,
  RecordKind,
  RecordParser,
  RecordsByKind,
  SupplierRecord,
} from '#domain/ports';
import { numberStyleOf, type NumberStyle } from './number-style.ts';
import { readTable, type Table, type TableRow } from './read-table.ts';
import { decimalColumns, importColumns, requiredColumns, rowShapes } from './record-rows.ts';

/** The RecordParser port over CSV and JSON files. */
export function createRecordParser(): RecordParser {
  return { parse: parseImport };
}

/**
 * Reads records of one kind, such as suppliers or accounts, from CSV or JSON: all records, or every fault with its line, column
 * and value. Separator, character set and decimal comma are recognized; a number that could mean two is a fault.
 */
export function parseImport<Kind extends RecordKind>(
  kind: Kind,
  file: { readonly fileName: string; readonly bytes: Uint8Array },
): ParsedRecords<Kind> {
  const table = readTable(file.bytes, importColumns[kind], requiredColumns[kind]);
  const faults: RecordFault[] = [...table.faults];
  const rows = checkRows(kind, table, faults);
  const grouped = (groupers[kind] as Grouper<Kind>)(rows, faults);
  if (faults.length > 0) return { ok: false, faults: faults.toSorted((left, right) => left.line - right.line) };
  return {
    ok: true,
    records: grouped.map((entry) => entry.record),
    lines: grouped.map((entry) => entry.line),
    warnings: formulaWarnings(table.rows),
  };
}

type RowOf<Kind extends RecordKind> = z.infer<ReturnType<typeof rowShapes>[Kind]>;

interface CheckedRow<Row> {
  readonly line: number;
  readonly row: Row;
}

interface Grouped<Record> {
  readonly line: number;
  readonly record: Record;
}

type Grouper<Kind extends RecordKind> = (
  rows: readonly CheckedRow<RowOf<Kind>>[],
  faults: RecordFault[],
) => readonly Grouped<RecordsByKind[Kind]>[];

function checkRows<Kind extends RecordKind>(kind: Kind, table: Table, faults: RecordFault[]): readonly CheckedRow<RowOf<Kind>>[] {
  const shape = rowShapes(styleOf(kind, table))[kind];
  return table.rows.flatMap(({ line, cells }) => {
    const result = shape.safeParse(Object.fromEntries(importColumns[kind].map((column) => [column, cells.get(column) ?? ''])));
    if (result.success) return [{ line, row: result.data as RowOf<Kind> }];
    for (const issue of result.error.issues) {
      const column = String(issue.path[0]);
      faults.push({ line, column, value: cells.get(column) ?? null, message: `${column} ${issue.message}.` });
    }
    return [];
  });
}

/** JSON numbers have a point; a CSV file is judged by its numbers, then by its separator: a comma between cells leaves the point for decimals. */
function styleOf(kind: RecordKind, table: Table): NumberStyle {
  if (table.delimiter === null) return 'point';
  // Of an instalment, `2026-02-01=400.00`, what follows its day.
  const numbers = table.rows
    .flatMap(({ cells }) => decimalColumns[kind].flatMap((column) => (cells.get(column) ?? '').split('|')))
    .map((entry) => entry.slice(entry.indexOf('=') + 1));
  const style = numberStyleOf(numbers);
  return style === 'unknown' && table.delimiter === ',' ? 'point' : style;
}

/**
 * Cells that a spreadsheet would run as a formula once somebody exports them again (CWE-1236). They are data and stay as
 * they are; whoever imports them is told.
 */
function formulaWarnings(rows: readonly TableRow[]): readonly RecordFault[] {
  return rows.flatMap(({ line, cells }) =>
    [...cells].flatMap(([column, value]) => {
      const isFormula = /^[=+\-@]/.test(value) && !/^[+-]?[\d.,\s]+$/.test(value) && column !== 'emailDomains' && column !== 'phone';
      return isFormula
        ? [
            {
              line,
              column,
              value,
              message: `${column} begins like a formula of a spreadsheet. It is kept as text; look whether it belongs there.`,
            },
          ]
        : [];
    }),
  );
}

const groupers: { readonly [Kind in RecordKind]: Grouper<Kind> } = {
  suppliers: (rows, faults) => {
    refuseRepeats(rows, faults);
    return rows.map(({ line, row }) => ({ line, record: supplierOf(line, row, faults) }));
  },
  'purchase-orders': (rows, faults) =>
    groupByNumber(rows, ['supplierNumber', 'currency', 'orderedOn', 'requesterEmail', 'isReceiptRequired'], faults).map(
      ({ line, all, first }) => {
        const { number, supplierNumber, currency, orderedOn, requesterEmail, isReceiptRequired } = first;
        const lines = all.map(({ position, itemCode, description, unit, quantity, unitPrice }) => ({
          position,
          itemCode,
          description,
          unit,
          quantity,
          unitPrice,
        }));
        return {
          line,
          record: { number, supplierNumber, currency, orderedOn, requesterEmail, isReceiptRequired, lines } satisfies PurchaseOrderRecord,
        };
      },
    ),
  'goods-receipts': (rows, faults) =>
    groupByNumber(rows, ['purchaseOrderNumber', 'receivedOn'], faults).map(({ line, all, first }) => {
      const { number, purchaseOrderNumber, receivedOn } = first;
      return {
        line,
        record: {
          number,
          purchaseOrderNumber,
          receivedOn,
          lines: all.map(({ position, quantity }) => ({ position, quantity })),
        } satisfies GoodsReceiptRecord,
      };
    }),
  accounts: codesOf,
  'cost-centres': codesOf,
  projects: codesOf,
  'tax-codes': (rows, faults) => {
    refuseRepeats(rows, faults);
    return rows.map(({ line, row }) => ({ line, record: row }));
  },
  'past-bookings': (rows) => rows.map(({ line, row }) => ({ line, record: { ...row, description: row.description ?? '' } })),
  agreements: (rows, faults) => rows.map(({ line, row }) => ({ line, record: agreementOf(line, row, faults) })),
};

function codesOf(rows: readonly CheckedRow<RowOf<'accounts'>>[], faults: RecordFault[]): readonly Grouped<CodeRecord>[] {
  refuseRepeats(rows, faults);
  return rows.map(({ line, row }) => ({ line, record: { ...row, taxRate: null } }));
}

function agreementOf(line: number, { every, ...row }: RowOf<'agreements'>, faults: RecordFault[]): AgreementRecord {
  if (row.instalments.length === 0) {
    for (const column of ['amount', 'firstOn'] as const)
      if (row[column] === null)
        faults.push({ line, column, value: null, message: `${column} is missing; only instalments do without it.` });
    return { ...row, ...(every ?? { rhythm: 'months', every: 1 }) };
  }
  if (every !== null)
    faults.push({
      line,
      column: 'every',
      value: null,
      message: 'every and instalments are both given; instalments have dates of their own.',
    });
  return { ...row, rhythm: 'dates', every: null };
}

function supplierOf(line: number, row: RowOf<'suppliers'>, faults: RecordFault[]): SupplierRecord {
  const { discountDays, discountPercent, aliases, ...rest } = row;
  if (discountDays.length !== discountPercent.length) {
    faults.push({
      line,
      column: 'discountPercent',
      value: discountPercent.join('|'),
      message: 'discountDays and discountPercent must have the same number of steps.',
    });
  }
  const late = discountDays.find((days) => days > row.netDays);
  if (late !== undefined)
    faults.push({ line, column: 'discountDays', value: String(late), message: `discountDays ${late} lies after netDays ${row.netDays}.` });
  if (rest.bic !== null && rest.iban === null)
    faults.push({ line, column: 'iban', value: null, message: 'A BIC without an IBAN can not be used.' });
  const discounts = discountDays.map((days, index) => ({ days, basisPoints: Math.round(Number(discountPercent[index] ?? 0) * 100) }));
  return { ...rest, aliases: aliases.filter((alias) => alias !== null), discounts };
}

function refuseRepeats(rows: readonly CheckedRow<{ readonly number: string }>[], faults: RecordFault[]): void {
  const seen = new Map<string, number>();
  for (const { line, row } of rows) {
    const before = seen.get(row.number);
    if (before === undefined) seen.set(row.number, line);
    else faults.push({ line, column: 'number', value: row.number, message: `number ${row.number} is on line ${before} already.` });
  }
}

interface Group<Row> {
  readonly line: number;
  readonly first: Row;
  readonly all: readonly Row[];
}

/** Rows with the same number are one order or receipt: their head must agree, their positions must differ. */
function groupByNumber<Row extends { readonly number: string; readonly position: number }>(
  rows: readonly CheckedRow<Row>[],
  head: readonly (keyof Row & string)[],
  faults: RecordFault[],
): readonly Group<Row>[] {
  const groups = new Map<string, { line: number; first: Row; all: Row[]; positions: Map<number, number> }>();
  for (const { line, row } of rows) {
    const group = groups.get(row.number);
    if (group === undefined) {
      groups.set(row.number, { line, first: row, all: [row], positions: new Map([[row.position, line]]) });
      continue;
    }
    for (const column of head) {
      if (row[column] !== group.first[column]) {
        faults.push({
          line,
          column,
          value: String(row[column] ?? ''),
          message: `${column} differs from line ${group.line}, which has the same number ${row.number}.`,
        });
      }
    }
    const before = group.positions.get(row.position);
    if (before !== undefined)
      faults.push({
        line,
        column: 'position',
        value: String(row.position),
        message: `position ${row.position} of ${row.number} is on line ${before} already.`,
      });
    group.positions.set(row.position, line);
    group.all.push(row);
  }
  return [...groups.values()];
}
