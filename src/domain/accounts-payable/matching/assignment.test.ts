import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignRows } from './assignment.ts';

const matrices = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 2 })).chain(([rows, extra]) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: rows + extra, maxLength: rows + extra }), {
    minLength: rows,
    maxLength: rows,
  }),
);

function cheapest(costs: readonly (readonly number[])[], row = 0, used: ReadonlySet<number> = new Set()): number {
  if (row === costs.length) return 0;
  const options = (costs[row] ?? []).map((cost, column) =>
    used.has(column) ? Infinity : cost + cheapest(costs, row + 1, new Set([...used, column])),
  );
  return Math.min(...options);
}

test('gives no rows to nobody', () => {
  expect(assignRows([])).toEqual([]);
});

test('finds the same least cost as trying every assignment', () => {
  fc.assert(
    fc.property(matrices, (costs) => {
      const columns = assignRows(costs);
      expect(new Set(columns).size).toBe(costs.length);
      expect(columns.reduce((total, column, row) => total + (costs[row]?.[column] ?? Infinity), 0)).toBe(cheapest(costs));
    }),
  );
});
