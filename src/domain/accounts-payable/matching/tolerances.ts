import type { Limits, MatchException, Tolerance, ToleranceOverride, ValueSet } from '../types.ts';

/** What tolerances are looked up by. */
export interface ToleranceScope {
  readonly supplierId: string | null;
  readonly category: string | null;
}

/**
 * The limits for one line: the organization's, replaced by those of its category, then of its supplier, then of both.
 * Of two rules for the same thing the tighter limit counts; `toleranceFaults` names them.
 */
export function limitsFor(tolerance: Tolerance, scope: ToleranceScope): Tolerance {
  if (tolerance.rules !== undefined) return firstRule(tolerance, scope);
  const rules = (tolerance.overrides ?? []).filter((rule) => isAbout(rule, scope));
  const ranks = [...Map.groupBy(rules, rankOf)].toSorted(([left], [right]) => left - right);
  return ranks.reduce<Tolerance>((limits, [, same]) => ({ ...limits, ...same.map(limitsOf).reduce(tighter) }), tolerance);
}

const nothing = { priceBasisPoints: 0, priceMinor: 0n, quantityBasisPoints: 0 };

/** Where no row of the table applies, nothing may differ. */
function firstRule({ rules = [], readingErrorBasisPoints }: Tolerance, { supplierId, category }: ToleranceScope): Tolerance {
  const rule = rules.find((one) => isIn(one.supplier, supplierId) && isIn(one.category, category));
  const limits: Tolerance = { ...nothing, ...rule?.limits };
  return readingErrorBasisPoints === undefined ? limits : { ...limits, readingErrorBasisPoints };
}

function isIn(set: ValueSet, value: string | null): boolean {
  return set === null || set.values.includes(value ?? 'none') !== set.isNot;
}

/** Rules that leave open which one counts, and limits that are no limits, each with what to do; for one supplier, or for the whole table. */
export function toleranceFaults(tolerance: Tolerance, supplierId: string | null = null): MatchException[] {
  const rules = (tolerance.overrides ?? []).filter(
    (rule) => supplierId === null || rule.supplierId === null || rule.supplierId === supplierId,
  );
  const overlapping = [...Map.groupBy(rules, (rule) => `${rule.supplierId ?? ''}\n${rule.category ?? ''}`).values()].filter(
    hasContradiction,
  );
  const negative = [tolerance, ...rules].filter((limits) => limitNames.some((name) => (limits[name] ?? 0) < 0));
  return [
    ...overlapping.map((same) =>
      fault(
        `${same.length} tolerance rules stand for ${describe(same[0])} and say different things; the tighter limits are used until all but one are removed.`,
      ),
    ),
    ...negative.map((limits) =>
      fault(`A tolerance for ${describe(limits)} is below zero, so nothing can be within it. Set it to zero or more.`),
    ),
  ];
}

const limitNames = [
  'priceBasisPoints',
  'priceMinor',
  'quantityBasisPoints',
  'totalBasisPoints',
  'totalMinor',
  'chargeBasisPoints',
  'chargeMinor',
] as const satisfies readonly (keyof Limits)[];

function isAbout({ supplierId, category }: ToleranceOverride, scope: ToleranceScope): boolean {
  return (supplierId === null || supplierId === scope.supplierId) && (category === null || category === scope.category);
}

/** Supplier and category 3, supplier 2, category 1. */
function rankOf({ supplierId, category }: ToleranceOverride): number {
  return (supplierId === null ? 0 : 2) + (category === null ? 0 : 1);
}

function limitsOf({ supplierId: _supplier, category: _category, ...limits }: ToleranceOverride): Limits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

function tighter(left: Limits, right: Limits): Limits {
  const names = limitNames.filter((name) => left[name] !== undefined || right[name] !== undefined);
  return Object.fromEntries(
    names.map((name) => {
      const [here, there] = [left[name] ?? right[name] ?? 0, right[name] ?? left[name] ?? 0];
      return [name, here < there ? here : there];
    }),
  );
}

/** Two rules for one thing that set the same limit to different values. */
function hasContradiction(rules: readonly Limits[]): boolean {
  return limitNames.some((name) => new Set(rules.flatMap((rule) => rule[name] ?? [])).size > 1);
}

function describe(limits: Tolerance | ToleranceOverride | undefined): string {
  const { supplierId, category } = limits !== undefined && 'supplierId' in limits ? limits : { supplierId: null, category: null };
  const named = [supplierId === null ? null : 'this supplier', category === null ? null : `category '${category}'`].filter(
    (part) => part !== null,
  );
  return named.length === 0 ? 'all purchases' : named.join(' and ');
}

function fault(message: string): MatchException {
  return { reason: 'doubtful-value', line: null, expected: null, found: null, difference: null, message };
}
