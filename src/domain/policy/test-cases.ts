import type { ExceptionReason, SupplierStanding } from '#domain/accounts-payable';
import type { Standing } from '#domain/documents';
import { decimal, roundTo } from '#domain/money';
import { decidingRow, type PolicyQuestion } from './decide-approval.ts';
import type { CompiledPolicy } from './compile.ts';

/** An invoice that its author says how it must be decided; kept with the version, and run before it may be switched on. */
export interface PolicyCase {
  readonly name: string;
  readonly given: CaseInvoice;
  readonly expected: { readonly automatic: boolean; readonly steps: readonly string[] };
}

/** What is not said is as on a clean invoice. */
export interface CaseInvoice {
  /** Decimal text. */
  readonly amount: string;
  readonly currency: string;
  readonly supplier?: string | undefined;
  readonly category?: string | undefined;
  readonly differences?: readonly ExceptionReason[] | undefined;
  readonly proof?: Standing | undefined;
  readonly account?: SupplierStanding | undefined;
  readonly isWarned?: boolean | undefined;
}

export interface CaseResult {
  readonly name: string;
  readonly passed: boolean;
  /** The row that decided, counting from 1; null where none applied. */
  readonly row: number | null;
  readonly found: { readonly automatic: boolean; readonly steps: readonly string[] };
}

/** Runs each case through the table. */
export function runCases(policy: CompiledPolicy, cases: readonly PolicyCase[]): readonly CaseResult[] {
  return cases.map(({ name, given, expected }) => {
    const { row, output } = decidingRow(questionOf(given), policy);
    const found = {
      automatic: output.automatic,
      steps: output.steps.map(({ role, email }) => (email === undefined ? role : `${role}:${email}`)),
    };
    const passed = found.automatic === expected.automatic && found.steps.join() === expected.steps.join();
    return { name, passed, row, found };
  });
}

function questionOf(given: CaseInvoice): PolicyQuestion {
  const differences = given.differences ?? [];
  return {
    gross: roundTo(decimal(given.amount), given.currency),
    match: {
      outcome: differences.length === 0 ? 'matched' : 'exception',
      exceptions: differences.map((reason) => ({ reason, line: null, expected: null, found: null, difference: null, message: '' })),
    },
    proofStanding: given.proof ?? 'proven',
    supplierStanding: given.account ?? 'account-on-file',
    warnings: given.isWarned === true ? ['Something is unusual.'] : [],
    supplierNumber: given.supplier ?? null,
    categories: given.category === undefined ? [] : [given.category],
  };
}
