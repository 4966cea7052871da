/**
 * A decision table as GoRules' JSON Decision Model writes the content of a `decisionTableNode`: a rule holds one cell a
 * column, by the column's id. Source: gorules.io JDM, `@gorules/zen-engine` 0.52 (docs/decisions/2026-12-01-policy-tables.md).
 */
export interface DecisionTable {
  /** `first`: the first row that applies counts. `unique`: no two rows may apply to one invoice; checked before it is switched on. */
  readonly hitPolicy: 'first' | 'unique';
  readonly inputs: readonly TableColumn[];
  readonly outputs: readonly TableColumn[];
  readonly rules: readonly TableRow[];
}

export interface TableColumn {
  readonly id: string;
  /** As a person reads it. */
  readonly name: string;
  /** What it is about, e.g. `amount`; see `columns.ts`. */
  readonly field: string;
}

/** `_id`, perhaps `_description`, and a cell a column; a cell that is absent or empty stands for anything. */
export type TableRow = Readonly<Record<string, string>>;

/** The tables by which an office decides, as one thing that is switched on or not. */
export interface PolicyTables {
  /** In sentences: "Policy office-2 asks for the approver." */
  readonly name: string;
  readonly approvals: DecisionTable;
  readonly tolerances: DecisionTable;
  /** What Deskhand may ask without a person; absent or empty: nothing. */
  readonly questions?: DecisionTable | undefined;
}

/** Tables that every version has. */
export type TableName = 'approvals' | 'tolerances';

/** The cell of a row under a field; empty where the table has no such column. */
export function cellOf(columns: readonly TableColumn[], row: TableRow, field: string): string {
  const column = columns.find((one) => one.field === field);
  return column === undefined ? '' : (row[column.id] ?? '').trim();
}
