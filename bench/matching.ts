import { printTable } from './figures.ts';
import { matchingCases, scoreCases, troubles, type MatchingScore } from './matching/cases.ts';
import { benchLargeOffice } from './matching/large-office.ts';
import { sourceOrders } from './matching/orders.ts';
import type { BenchOptions } from './run.ts';

const SEED = 20_261_130;
const EACH = 50;
const EACH_SMOKE = 10;

const largeOffice = { suppliers: 10_000, orders: 20_000, linesEach: 5, invoices: 100_000, measured: 300 };
const smallOffice = { suppliers: 100, orders: 200, linesEach: 5, invoices: 1_000, measured: 30 };

/** How well invoices are matched with their orders, per kind of trouble, and how fast in a large office. */
export async function benchMatching({ isSmoke, misses }: Pick<BenchOptions, 'isSmoke' | 'misses'>): Promise<void> {
  const { from, orders } = sourceOrders();
  const cases = matchingCases(orders, { each: isSmoke ? EACH_SMOKE : EACH, seed: SEED });
  const byTrouble = Map.groupBy(cases, ({ trouble }) => trouble);
  const all = scoreCases(cases);
  console.log(
    `\n${cases.length} cases over ${troubles.length} kinds of trouble, made from ${orders.length} orders of ${from}, seed ${SEED}`,
  );
  printTable(
    'Matching',
    ['trouble', 'cases', 'line pairs F1', 'right kind', 'false alarms'],
    [...[...byTrouble].map(([name, some]) => rowOf(name, scoreCases(some))), rowOf('ALL', all)],
  );
  for (const miss of all.misses.slice(0, misses)) console.log(`MISS ${miss}`);
  await benchLargeOffice(isSmoke ? smallOffice : largeOffice, SEED);
}

function rowOf(name: string, { cases, pairF1, rightKind, clean, falseAlarms }: MatchingScore): string[] {
  const alarms = clean === 0 ? '' : `${falseAlarms} of ${clean} (${((100 * falseAlarms) / clean).toFixed(1)} %)`;
  return [name, String(cases), pairF1.toFixed(4), rightKind.toFixed(3), alarms];
}
