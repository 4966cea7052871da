import type { Role } from '#domain/identity';
import { meet, type Condition } from './cells.ts';
import { approvalInputs, kindOfInput, toleranceInputs, type ColumnKind } from './columns.ts';
import { cellFaults, compilePolicy, type CompiledRow } from './compile.ts';
import type { DecisionTable, PolicyTables, TableName } from './decision-table.ts';
import { findGaps, type Axis, type Part } from './find-gaps.ts';
import { checkQuestions } from './questions-table.ts';
import { checkSteps } from './check-steps.ts';

/** Something that keeps a version from being switched on. */
export interface PolicyProblem {
  readonly table: TableName | 'questions';
  /** Counting from 1; null for the table as a whole. */
  readonly row: number | null;
  /** The column's field, where one cell is at fault. */
  readonly field: string | null;
  /** One plain sentence that says what to do. */
  readonly message: string;
}

/** What names in a table may mean. */
export interface PolicyWorld {
  readonly members: readonly { readonly email: string; readonly name: string; readonly roles: readonly Role[] }[];
  readonly supplierNumbers: ReadonlySet<string>;
}

/** Everything that keeps these tables from being switched on: cells, names, holes, overlaps, rows that never count. */
export function checkPolicy(tables: PolicyTables, world: PolicyWorld): readonly PolicyProblem[] {
  const compiled = compilePolicy(tables);
  return [
    ...checkTable('approvals', tables.approvals, cellFaults(tables, 'approvals'), compiled.approvals),
    ...checkTable('tolerances', tables.tolerances, cellFaults(tables, 'tolerances'), compiled.tolerances),
    ...compiled.approvals.flatMap((row) => checkAmounts(row.number, row.when.amount, row.when.currency)),
    ...compiled.approvals.flatMap((row) => (row.says.automatic ? checkAutomatic(row.number, row.when) : [])),
    ...compiled.approvals.flatMap((row) => checkSteps(row, world)),
    ...checkSuppliers('approvals', compiled.approvals, world),
    ...checkSuppliers('tolerances', compiled.tolerances, world),
    ...checkQuestions(tables.questions, world),
  ];
}

function checkTable(
  table: TableName,
  { hitPolicy, inputs, rules }: DecisionTable,
  faults: ReturnType<typeof cellFaults>,
  rows: readonly CompiledRow<string, unknown>[],
): readonly PolicyProblem[] {
  const strange = inputs.filter(({ field }) => kindOfInput(table, field) === null);
  const unknown = strange.map(({ name, field }) =>
    problem(table, null, field, `Nothing is known by the name of ${field}, so the column "${name}" can't decide anything. Take it out.`),
  );
  const unread = faults.map(({ row, field, message }) => problem(table, row, field, message));
  // Rows that can't be read may be the ones that cover the rest.
  if (unread.length > 0 || rules.length === 0)
    return [
      ...unknown,
      ...unread,
      ...(rules.length === 0 ? [problem(table, null, null, 'The table has no rows, so it decides nothing. Add one.')] : []),
    ];
  const axes = axesOf(table);
  const conditions = rows.map((row) => axes.map(({ field }) => row.when[field] ?? { kind: 'any' as const }));
  return [
    ...unknown,
    ...holes(table, axes, conditions),
    ...(hitPolicy === 'unique' ? overlaps(table, axes, conditions) : unreached(table, axes, conditions)),
  ];
}

type NamedAxis = Axis & { readonly field: string };

function axesOf(table: TableName): readonly NamedAxis[] {
  const inputs: Readonly<Record<string, { readonly name: string; readonly kind: ColumnKind }>> =
    table === 'approvals' ? approvalInputs : toleranceInputs;
  return Object.entries(inputs).map(([field, { name, kind }]) => ({ field, name, kind }));
}

function holes(table: TableName, axes: readonly NamedAxis[], rows: readonly (readonly Condition[])[]): readonly PolicyProblem[] {
  const gaps = findGaps(axes, rows);
  if (gaps === null)
    return [problem(table, null, null, 'The table has too many combinations to be checked for holes. Take fewer different values.')];
  return gaps.map((gap) =>
    problem(
      table,
      null,
      null,
      `No row is about ${sayParts(gap, axes)}. Add a row for it, or a last row with empty cells for all the rest.`,
    ),
  );
}

function overlaps(table: TableName, axes: readonly NamedAxis[], rows: readonly (readonly Condition[])[]): readonly PolicyProblem[] {
  return rows.flatMap((right, second) =>
    rows.slice(0, second).flatMap((left, first) => {
      const isBoth = axes.every((axis, index) => meet(left[index] ?? { kind: 'any' }, right[index] ?? { kind: 'any' }, wordsOf(axis.kind)));
      return isBoth
        ? [
            problem(
              table,
              second + 1,
              null,
              `Rows ${first + 1} and ${second + 1} may be about the same invoice. Make one narrower, or let the first row that applies count.`,
            ),
          ]
        : [];
    }),
  );
}

/** A row whose every invoice is decided by rows above it. */
function unreached(table: TableName, axes: readonly NamedAxis[], rows: readonly (readonly Condition[])[]): readonly PolicyProblem[] {
  return rows.flatMap((row, index) => {
    if (index === 0) return [];
    const gaps = findGaps(axes, rows.slice(0, index), row);
    if (gaps === null || gaps.length > 0) return [];
    const same = rows
      .slice(0, index)
      .findIndex((earlier) => earlier.every((condition, axis) => condition.kind === 'any' || sameCondition(condition, row[axis])));
    const above = same === -1 ? 'the rows above it' : `row ${same + 1} above it`;
    return [
      problem(
        table,
        index + 1,
        null,
        `Row ${index + 1} never counts: ${above} already ${same === -1 ? 'decide' : 'decides'} all it is about. Move it up, or take one out.`,
      ),
    ];
  });
}

function checkAmounts(row: number, amount: Condition, currency: Condition): readonly PolicyProblem[] {
  const isOne = currency.kind === 'words' && !currency.isNot && currency.values.length === 1;
  if (amount.kind === 'any' || isOne) return [];
  return [
    problem('approvals', row, 'currency', `Row ${row} has an amount, but not one currency: 1000 JPY is not 1000 EUR. Name the currency.`),
  ];
}

/** What no table may give away: an amount without end, figures nobody proved, an account nobody verified. */
function checkAutomatic(row: number, when: CompiledRow<keyof typeof approvalInputs, unknown>['when']): readonly PolicyProblem[] {
  const needs = [
    when.amount.kind === 'range' && when.amount.high !== null ? null : (['amount', 'an upper amount'] as const),
    isExactly(when.payable, 'true') ? null : (['payable', '"Is to be paid": true'] as const),
    isExactly(when.proof, 'proven') ? null : (['proof', '"Figures are": "proven"'] as const),
    isExactly(when.account, 'account-on-file') ? null : (['account', '"Account": "account-on-file"'] as const),
  ].filter((need) => need !== null);
  return needs.map(([field, what]) =>
    problem('approvals', row, field, `Row ${row} lets invoices pass without a person, so it must say ${what}.`),
  );
}

function checkSuppliers(
  table: TableName,
  rows: readonly CompiledRow<'supplier' | 'category', unknown>[],
  world: PolicyWorld,
): readonly PolicyProblem[] {
  return rows.flatMap(({ number, when: { supplier } }) => {
    const named = supplier.kind === 'words' ? supplier.values : [];
    const strange = named.filter((value) => value !== 'none' && !world.supplierNumbers.has(value));
    return strange.map((value) =>
      problem(table, number, 'supplier', `There is no supplier ${value}. Take the number from the supplier list.`),
    );
  });
}

function sayParts(parts: readonly Part[], axes: readonly NamedAxis[]): string {
  const said = parts.flatMap((part, index) =>
    part === null || part === 'any' ? [] : [`${(axes[index]?.name ?? '').toLowerCase()} ${part}`],
  );
  return said.length === 0 ? 'any invoice' : said.join(', ');
}

function isExactly(condition: Condition, value: string): boolean {
  return condition.kind === 'words' && !condition.isNot && condition.values.length === 1 && condition.values[0] === value;
}

function sameCondition(left: Condition, right: Condition | undefined): boolean {
  const flat = (condition: Condition | undefined): string =>
    JSON.stringify(condition, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return flat(left) === flat(right);
}

function wordsOf(kind: ColumnKind): readonly string[] | null {
  return kind.kind === 'flag' ? ['true', 'false'] : kind.kind === 'word' ? kind.words : null;
}

function problem(table: TableName, row: number | null, field: string | null, message: string): PolicyProblem {
  return { table, row, field, message };
}
