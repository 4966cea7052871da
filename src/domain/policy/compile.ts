import type { ApprovalStep, Limits } from '#domain/accounts-payable';
import { roles } from '#domain/identity';
import { parseCell, type Condition } from './cells.ts';
import { approvalInputs, toleranceInputs, toleranceOutputNames, type ApprovalInput, type ToleranceInput } from './columns.ts';
import { cellOf, type DecisionTable, type PolicyTables } from './decision-table.ts';

/** A row whose cells were read; one that can't be read is left out and named by `checkPolicy`. */
export interface CompiledRow<Input extends string, Output> {
  /** Counting from 1. */
  readonly number: number;
  readonly description: string;
  readonly when: Readonly<Record<Input, Condition>>;
  readonly says: Output;
}
export interface ApprovalOutput {
  readonly automatic: boolean;
  readonly steps: readonly ApprovalStep[];
}
export interface CompiledPolicy {
  readonly name: string;
  readonly approvals: readonly CompiledRow<ApprovalInput, ApprovalOutput>[];
  readonly tolerances: readonly CompiledRow<ToleranceInput, Limits>[];
}

/** A cell that can't be read: what is wrong, and where. */
export interface CellFault {
  readonly row: number;
  readonly field: string;
  readonly message: string;
}

/** Reads all cells once, so that deciding is comparing. */
export function compilePolicy(tables: PolicyTables): CompiledPolicy {
  return {
    name: tables.name,
    approvals: readRows(tables.approvals, approvalInputs, readApproval).rows,
    tolerances: readRows(tables.tolerances, toleranceInputs, readLimits).rows,
  };
}

/** Cells of a table that can't be read. */
export function cellFaults(tables: PolicyTables, table: 'approvals' | 'tolerances'): readonly CellFault[] {
  return table === 'approvals'
    ? readRows(tables.approvals, approvalInputs, readApproval).faults
    : readRows(tables.tolerances, toleranceInputs, readLimits).faults;
}

type Read<Output> = (
  table: DecisionTable,
  row: DecisionTable['rules'][number],
) => { readonly output: Output; readonly faults: readonly Omit<CellFault, 'row'>[] };

function readRows<Input extends string, Output>(
  table: DecisionTable,
  inputs: Readonly<Record<Input, { readonly kind: Parameters<typeof parseCell>[1] }>>,
  readOutput: Read<Output>,
): { readonly rows: readonly CompiledRow<Input, Output>[]; readonly faults: readonly CellFault[] } {
  const rows: CompiledRow<Input, Output>[] = [];
  const faults: CellFault[] = [];
  for (const [index, row] of table.rules.entries()) {
    const when: Partial<Record<Input, Condition>> = {};
    const own: Omit<CellFault, 'row'>[] = [];
    for (const field of Object.keys(inputs) as Input[]) {
      const parsed = parseCell(cellOf(table.inputs, row, field), inputs[field].kind);
      if ('fault' in parsed) own.push({ field, message: parsed.fault });
      else when[field] = parsed.condition;
    }
    const { output, faults: wrong } = readOutput(table, row);
    own.push(...wrong);
    faults.push(...own.map((fault) => ({ ...fault, row: index + 1 })));
    const isComplete = own.length === 0;
    if (isComplete)
      rows.push({
        number: index + 1,
        description: row['_description'] ?? '',
        when: when as Record<Input, Condition>,
        says: output,
      });
  }
  return { rows, faults };
}

const step = /^([a-z-]+)(?::(\S+@\S+))?$/;

function readApproval({ outputs }: DecisionTable, row: DecisionTable['rules'][number]): ReturnType<Read<ApprovalOutput>> {
  const faults: Omit<CellFault, 'row'>[] = [];
  const automatic = cellOf(outputs, row, 'automatic');
  if (automatic !== 'true' && automatic !== 'false')
    faults.push({ field: 'automatic', message: 'Say true or false: whether it passes without a person.' });
  const text = cellOf(outputs, row, 'steps');
  const named = text
    .replaceAll('"', '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const steps: ApprovalStep[] = [];
  for (const part of named) {
    const [, name = '', email] = step.exec(part) ?? [];
    const role = roles.find((one) => one === name);
    if (role === undefined || role === 'administrator')
      faults.push({
        field: 'steps',
        message: `${part} is nobody who approves. Name office-manager, approver or controller, perhaps with a person: approver:bela@office.example.`,
      });
    else steps.push(email === undefined ? { role } : { role, email });
  }
  if (automatic === 'true' && named.length > 0)
    faults.push({ field: 'steps', message: 'A row that passes without a person names nobody.' });
  if (automatic === 'false' && named.length === 0)
    faults.push({ field: 'steps', message: 'Somebody must decide: name who, one after the other.' });
  return { output: { automatic: automatic === 'true', steps }, faults };
}

function readLimits({ outputs }: DecisionTable, row: DecisionTable['rules'][number]): ReturnType<Read<Limits>> {
  const faults: Omit<CellFault, 'row'>[] = [];
  const limits: Record<string, number | bigint> = {};
  for (const name of toleranceOutputNames) {
    const text = cellOf(outputs, row, name);
    const isNeeded = name === 'priceBasisPoints' || name === 'priceMinor' || name === 'quantityBasisPoints';
    if (text === '' && !isNeeded) continue;
    if ((name.endsWith('Minor') ? /^\d{1,30}$/ : /^\d{1,9}$/).test(text))
      limits[name] = name.endsWith('Minor') ? BigInt(text) : Number(text);
    else
      faults.push({
        field: name,
        message: text === '' ? 'Say how much: a whole number, 0 for nothing.' : `${text} is not a whole number from 0.`,
      });
  }
  return { output: limits, faults };
}
