import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildInvoice, buildLine, buildOrder, buildOrderLine, usualTolerance } from './fixtures.ts';
import { matchInvoice } from './three-way-match.ts';
import { limitsFor, toleranceFaults } from './tolerances.ts';
import type { Tolerance, ToleranceOverride } from '../types.ts';

const rule = (supplierId: string | null, category: string | null, priceBasisPoints: number): ToleranceOverride => ({
  supplierId,
  category,
  priceBasisPoints,
});
const table: Tolerance = {
  ...usualTolerance,
  overrides: [rule('s1', 'steel', 4), rule(null, 'steel', 3), rule('s1', null, 2), rule(null, null, 1)],
};

test.each([
  ['supplier and category', 's1', 'steel', 4],
  ['supplier before category', 's1', 'paper', 2],
  ['category', 's2', 'steel', 3],
  ['everything else', 's2', null, 1],
])('the most specific rule wins: %s', (_title, supplierId, category, expected) => {
  expect(limitsFor(table, { supplierId, category }).priceBasisPoints).toBe(expected);
});

test('a limit a rule leaves out stays as the more general one says', () => {
  expect(limitsFor(table, { supplierId: 's1', category: null }).priceMinor).toBe(usualTolerance.priceMinor);
});

test('of two rules for one thing the tighter limits count, in any order, and both are named', () => {
  const anyRule = fc.record({ priceBasisPoints: fc.nat(900), priceMinor: fc.bigInt({ min: 0n, max: 9_000n }) });
  fc.assert(
    fc.property(anyRule, anyRule, (left, right) => {
      const rules = [left, right].map((limits) => ({ supplierId: 's1', category: null, ...limits }));
      const scope = { supplierId: 's1', category: null };
      const here = limitsFor({ ...usualTolerance, overrides: rules }, scope);
      const there = limitsFor({ ...usualTolerance, overrides: rules.toReversed() }, scope);
      expect([here.priceBasisPoints, here.priceMinor]).toEqual([there.priceBasisPoints, there.priceMinor]);
      expect(here.priceBasisPoints).toBe(Math.min(left.priceBasisPoints, right.priceBasisPoints));
      const isSame = left.priceBasisPoints === right.priceBasisPoints && left.priceMinor === right.priceMinor;
      expect(toleranceFaults({ ...usualTolerance, overrides: rules })).toHaveLength(isSame ? 0 : 1);
    }),
    { seed: 6 },
  );
});

test('an invoice whose supplier has overlapping rules says so, others go on', () => {
  const overrides = [rule('supplier-1', null, 100), rule('supplier-1', null, 300)];
  const input = { invoice: buildInvoice(), order: buildOrder(), tolerance: { ...usualTolerance, overrides } };
  expect(matchInvoice(input).exceptions).toMatchObject([{ reason: 'doubtful-value' }]);
  const others = overrides.map((one) => ({ ...one, supplierId: 'supplier-2' }));
  expect(matchInvoice({ ...input, tolerance: { ...usualTolerance, overrides: others } }).outcome).toBe('matched');
});

test('a limit below zero is named with what to do', () => {
  expect(toleranceFaults({ ...usualTolerance, priceMinor: -1n }).map(({ message }) => message)).toEqual([
    'A tolerance for all purchases is below zero, so nothing can be within it. Set it to zero or more.',
  ]);
  expect(toleranceFaults(usualTolerance)).toEqual([]);
});

test('a line of a category is held against the limits of that category', () => {
  const order = buildOrder({ lines: [{ ...buildOrderLine({ unitPrice: '10.00' }), category: 'steel' }] });
  const overrides = [{ supplierId: null, category: 'steel', priceBasisPoints: 1_000, priceMinor: 2_000n }];
  const outcome = (unitPrice: string): string =>
    matchInvoice({ invoice: buildInvoice({ lines: [buildLine({ unitPrice })] }), order, tolerance: { ...usualTolerance, overrides } })
      .outcome;
  expect([outcome('11.00'), outcome('11.01')]).toEqual(['matched', 'exception']);
});
