import { matchInvoice } from '#domain/accounts-payable';
import { chanceOf } from './chance.ts';
import { caseOf, pairKey, type MatchingCase } from './deal.ts';
import { drawOrder, tolerances } from './office.ts';
import type { SourceOrder } from './orders.ts';
import { documentTroubles } from './troubles/documents.ts';
import { lineTroubles } from './troubles/lines.ts';
import { moneyTroubles } from './troubles/money.ts';
import { priceTroubles } from './troubles/prices.ts';
import { quantityTroubles } from './troubles/quantities.ts';
import type { Trouble } from './troubles/trouble.ts';
import { unitTroubles } from './troubles/units.ts';
import { withNoise, wordTroubles } from './troubles/words.ts';

export const troubles: readonly Trouble[] = [
  ...lineTroubles,
  ...priceTroubles,
  ...quantityTroubles,
  ...wordTroubles.map((trouble) => ({ ...trouble, isAboutWords: true })),
  ...unitTroubles,
  ...moneyTroubles,
  ...documentTroubles,
];

/** Orders that cannot carry a trouble are drawn again, this often. */
const MOST_DRAWS = 400;

/**
 * `each` cases of every trouble, the same ones for the same seed. What is expected follows from what was done to the
 * order and its invoice, never from the matcher.
 *
 * @throws Error when the orders at hand cannot carry a trouble at all.
 */
export function matchingCases(sources: readonly SourceOrder[], { each, seed }: { each: number; seed: number }): MatchingCase[] {
  return troubles.flatMap((trouble, index) => {
    const cases: MatchingCase[] = [];
    for (let draw = 0; cases.length < each; draw += 1) {
      if (draw >= each * MOST_DRAWS) throw new Error(`No order at hand can carry "${trouble.name}".`);
      const chance = chanceOf(seed + index * 1_000_003 + draw * 7919);
      const order = drawOrder(chance, sources);
      const deal = order.lines.length === 0 ? null : trouble.make({ chance, sources, order, tolerance: chance.pick(tolerances) });
      if (deal === null || deal.lines.length === 0) continue;
      // Half of the suppliers do not print the words of the order, whatever else is wrong.
      const printed = trouble.isAboutWords !== true && chance.isHeads() ? withNoise(chance, deal) : deal;
      cases.push(caseOf(`${index + 1}-${cases.length + 1}`, trouble.name, printed));
    }
    return cases;
  });
}

/** What the matcher made of some cases. */
export interface MatchingScore {
  readonly cases: number;
  /** Of the pairs of an invoice line and an order line; 1 where there are none to find and none were. */
  readonly pairF1: number;
  /** Share of cases whose reasons are exactly the expected ones. */
  readonly rightKind: number;
  /** Cases in which nothing is wrong, and how many of them were questioned all the same. */
  readonly clean: number;
  readonly falseAlarms: number;
  readonly misses: readonly string[];
}

export function scoreCases(cases: readonly MatchingCase[]): MatchingScore {
  let [shared, found, wanted, right, clean, falseAlarms] = [0, 0, 0, 0, 0, 0];
  const misses: string[] = [];
  for (const { id, trouble, input, expected } of cases) {
    const { allocations, exceptions } = matchInvoice(input);
    const pairs = new Set(allocations.map(pairKey));
    const reasons = [...new Set(exceptions.map(({ reason }) => reason))].toSorted();
    shared += [...pairs].filter((pair) => expected.pairs.has(pair)).length;
    found += pairs.size;
    wanted += expected.pairs.size;
    const isRight = reasons.join() === expected.reasons.join();
    if (isRight) right += 1;
    if (expected.reasons.length === 0) clean += 1;
    if (expected.reasons.length === 0 && reasons.length > 0) falseAlarms += 1;
    const arePairsRight = pairs.size === expected.pairs.size && [...pairs].every((pair) => expected.pairs.has(pair));
    if (isRight && arePairsRight) continue;
    const said = exceptions.map(({ message }) => message).join(' ');
    const lost = [...expected.pairs].filter((pair) => !pairs.has(pair)).join(' ');
    misses.push(
      `${id} ${trouble}: expected ${expected.reasons.join() || 'nothing'}; found ${reasons.join() || 'nothing'}; lost ${lost}: ${said}`,
    );
  }
  const pairF1 = found + wanted === 0 ? 1 : (2 * shared) / (found + wanted);
  return { cases: cases.length, pairF1, rightKind: right / cases.length, clean, falseAlarms, misses };
}
