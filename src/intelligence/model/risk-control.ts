import type { Outcome } from './calibration.ts';

/** Where acceptance without a person begins, or why it cannot. */
export type RiskThreshold =
  | {
      readonly outcome: 'accept-from';
      readonly score: number;
      readonly coverage: number;
      readonly wrong: number;
      readonly accepted: number;
    }
  | { readonly outcome: 'too-few'; readonly needed: number; readonly have: number }
  | { readonly outcome: 'too-risky'; readonly have: number };

/** The tests begin at the strictest threshold that can pass at all, and at one that takes this share: each gets half of the doubt. */
const laterStart = 0.6;
const starts = 2;

/**
 * Learn-then-Test by fixed sequences (Angelopoulos et al. 2021): thresholds from strict to lax, each tested by the exact binomial bound on
 * what it accepts, each sequence up to its first failure. With probability `confidence` at most `errorBound` of the documents from the
 * returned score on are wrong, as long as documents come as those of `outcomes` did and none of these was learnt from.
 */
export function riskThreshold(outcomes: readonly Outcome[], errorBound: number, confidence: number): RiskThreshold {
  const doubt = (1 - confidence) / starts;
  const needed = Math.ceil(Math.log(doubt) / Math.log(1 - errorBound));
  const have = outcomes.length;
  if (have < needed) return { outcome: 'too-few', needed, have };
  const steps = stepsOf(outcomes);
  const passed = [needed, Math.max(needed, laterStart * have)].map((start) => {
    const sequence = steps.filter(({ accepted }) => accepted >= start);
    const failed = sequence.findIndex(({ accepted, wrong }) => chanceOfAtMost(wrong, accepted, errorBound) > doubt);
    return (failed < 0 ? sequence : sequence.slice(0, failed)).at(-1);
  });
  const best = passed.filter((step) => step !== undefined).toSorted((a, b) => b.accepted - a.accepted)[0];
  if (best === undefined) return { outcome: 'too-risky', have };
  return { outcome: 'accept-from', ...best, coverage: best.accepted / have };
}

interface Step {
  readonly score: number;
  readonly accepted: number;
  readonly wrong: number;
}

/** Every threshold with what it accepts; documents of one score come together. */
function stepsOf(outcomes: readonly Outcome[]): Step[] {
  const sorted = outcomes.toSorted((a, b) => b.score - a.score);
  let wrong = 0;
  return sorted.flatMap(({ score, isRight }, index) => {
    wrong += isRight ? 0 : 1;
    return sorted[index + 1]?.score === score ? [] : [{ score, accepted: index + 1, wrong }];
  });
}

/** Binomial probability of at most `wrong` errors among `count`, each with `rate`. */
function chanceOfAtMost(wrong: number, count: number, rate: number): number {
  let logTerm = count * Math.log(1 - rate);
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= wrong; k += 1) {
    logTerm += Math.log((count - k + 1) / k) + Math.log(rate / (1 - rate));
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}
