import { limitsFor, type ApprovalPolicy, type Tolerance } from '#domain/accounts-payable';
import { formatMoney } from '#domain/money';
import { toleranceOutputNames, usualColumns } from './columns.ts';
import type { DecisionTable, PolicyTables, TableRow } from './decision-table.ts';

/**
 * Policies as they were before there were tables, as tables: each decides exactly as it did (property test).
 *
 * @param numberOfSupplier - number by supplier id, for rules about one supplier.
 */
export function tablesOfSettings(
  approval: ApprovalPolicy,
  tolerance: Tolerance,
  numberOfSupplier: (id: string) => string = (id) => id,
): PolicyTables {
  return { name: approval.version, approvals: approvalTable(approval), tolerances: toleranceTable(tolerance, numberOfSupplier) };
}

function approvalTable({ currency, automaticUpToMinor, steps }: ApprovalPolicy): DecisionTable {
  const upTo = (minor: bigint): string => `<= ${formatMoney({ minor, currency })}`;
  const clean: TableRow = {
    _id: 'automatic',
    _description: 'Clean, proven, to the account on file',
    currency: `"${currency}"`,
    amount: upTo(automaticUpToMinor),
    payable: 'true',
    difference: '"none"',
    proof: '"proven"',
    account: '"account-on-file"',
    risk: '"none"',
    automatic: 'true',
  };
  const people = steps.map(({ uptoMinor, roles }, index): TableRow => ({
    _id: `step-${index + 1}`,
    currency: `"${currency}"`,
    ...(uptoMinor === null ? {} : { amount: upTo(uptoMinor) }),
    automatic: 'false',
    steps: whoDecides(roles),
  }));
  const others: TableRow = {
    _id: 'others',
    _description: 'Any other amount or currency',
    automatic: 'false',
    steps: whoDecides(steps.at(-1)?.roles ?? []),
  };
  return { hitPolicy: 'first', ...usualColumns('approvals'), rules: [clean, ...people, others] };
}

/** A policy without steps never meant that nobody approves. */
function whoDecides(roles: readonly string[]): string {
  return roles.length === 0 ? 'controller' : roles.join(', ');
}

/** A row for each supplier and category that has limits of its own, the particular ones first. */
function toleranceTable(tolerance: Tolerance, numberOfSupplier: (id: string) => string): DecisionTable {
  const overrides = tolerance.overrides ?? [];
  const suppliers = [...new Set(overrides.flatMap((rule) => rule.supplierId ?? []))];
  const categories = [...new Set(overrides.flatMap((rule) => rule.category ?? []))];
  const scopes: readonly (readonly [string | null, string | null])[] = [
    ...suppliers.flatMap((supplier) => categories.map((category) => [supplier, category] as const)),
    ...suppliers.map((supplier) => [supplier, null] as const),
    ...categories.map((category) => [null, category] as const),
    [null, null],
  ];
  const rules = scopes.map(([supplierId, category], index): TableRow => {
    const limits = limitsFor(tolerance, { supplierId, category });
    return {
      _id: `limits-${index + 1}`,
      ...(supplierId === null ? {} : { supplier: `"${numberOfSupplier(supplierId)}"` }),
      ...(category === null ? {} : { category: `"${category}"` }),
      ...Object.fromEntries(toleranceOutputNames.flatMap((name) => (limits[name] === undefined ? [] : [[name, String(limits[name])]]))),
    };
  });
  return { hitPolicy: 'first', ...usualColumns('tolerances'), rules };
}
