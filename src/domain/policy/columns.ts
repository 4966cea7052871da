import { exceptionReasons } from '#domain/accounts-payable';
import { questionInputs } from './question-columns.ts';
import type { TableColumn, TableName } from './decision-table.ts';

/** What a column holds: an amount, a word of a closed list, any word, yes or no, or a whole number. */
export type ColumnKind =
  | { readonly kind: 'amount' }
  | { readonly kind: 'word'; readonly words: readonly string[] | null }
  | { readonly kind: 'flag' };

/** The difference of an invoice that has none, and of one whose difference has no name. */
export const noDifference = 'none';
export const otherDifference = 'other';

/** Columns that an approval is decided by, in the order in which reasons are told. */
export const approvalInputs = {
  currency: { name: 'Currency', kind: { kind: 'word', words: null } },
  /** Of the invoice, without its sign, in the currency that the row names. */
  amount: { name: 'Amount', kind: { kind: 'amount' } },
  /** Whether it is more than zero. */
  payable: { name: 'Is to be paid', kind: { kind: 'flag' } },
  difference: { name: 'Difference', kind: { kind: 'word', words: [...exceptionReasons, noDifference, otherDifference] } },
  proof: { name: 'Figures are', kind: { kind: 'word', words: ['proven', 'consistent', 'unproven', 'contradicted'] } },
  account: { name: 'Account', kind: { kind: 'word', words: ['account-on-file', 'account-not-on-file', 'unknown-supplier'] } },
  risk: { name: 'Risk', kind: { kind: 'word', words: ['none', 'warned'] } },
  /** Its number in the supplier list. */
  supplier: { name: 'Supplier', kind: { kind: 'word', words: null } },
  /** What the office calls the purchase; `none` where nobody said. */
  category: { name: 'Category', kind: { kind: 'word', words: null } },
} as const satisfies Record<string, { readonly name: string; readonly kind: ColumnKind }>;
export type ApprovalInput = keyof typeof approvalInputs;

export const toleranceInputs = {
  supplier: approvalInputs.supplier,
  category: approvalInputs.category,
} as const;
export type ToleranceInput = keyof typeof toleranceInputs;

export const approvalOutputs = { automatic: 'Without a person', steps: 'Who decides' } as const;

/** Limits of a tolerance row: basis points (200 is 2 %) and minor units (500 is 5.00) as whole numbers. */
export const toleranceOutputs = {
  priceBasisPoints: 'Price, 1/100 %',
  priceMinor: 'Price, cents',
  quantityBasisPoints: 'Quantity, 1/100 %',
  totalBasisPoints: 'Order line in all, 1/100 %',
  totalMinor: 'Order line in all, cents',
  chargeBasisPoints: 'Charges, 1/100 %',
  chargeMinor: 'Charges, cents',
} as const;
export type ToleranceOutput = keyof typeof toleranceOutputs;
export const toleranceOutputNames = Object.keys(toleranceOutputs) as readonly ToleranceOutput[];

/** The columns a new table has. */
export function usualColumns(table: TableName): { readonly inputs: readonly TableColumn[]; readonly outputs: readonly TableColumn[] } {
  const inputs = table === 'approvals' ? approvalInputs : toleranceInputs;
  const outputs = table === 'approvals' ? approvalOutputs : toleranceOutputs;
  return {
    inputs: Object.entries(inputs).map(([field, { name }]) => ({ id: field, name, field })),
    outputs: Object.entries(outputs).map(([field, name]) => ({ id: field, name, field })),
  };
}

/** What the cells of an input column hold; null for a field that nothing is known about. */
export function kindOfInput(table: TableName, field: string): ColumnKind | null {
  const inputs: Readonly<Record<string, { readonly kind: ColumnKind } | undefined>> =
    table === 'approvals' ? approvalInputs : toleranceInputs;
  return inputs[field]?.kind ?? null;
}

/** What the cells of every input field hold, for whoever shows them to people; `words` null takes any word. */
export function inputKinds(): Readonly<Record<string, { readonly kind: ColumnKind['kind']; readonly words: readonly string[] | null }>> {
  return Object.fromEntries(
    Object.entries({ ...questionInputs, ...approvalInputs }).map(([field, { kind }]) => [
      field,
      { kind: kind.kind, words: kind.kind === 'word' ? kind.words : null },
    ]),
  );
}
