import type { ExceptionReason } from '#domain/accounts-payable';
import type { Money } from '#domain/money';
import {
  compareTolerances,
  replayApproval,
  replayMatch,
  type DecisionFacts,
  type Replay,
  type ReplayedPolicy,
  type ToleranceChange,
} from './replay.ts';

/** One invoice that another version would decide otherwise. */
export interface ChangedDecision {
  readonly invoiceId: string;
  readonly gross: Money;
  readonly before: Replay;
  readonly after: Replay;
}

/** What would have been otherwise, in invoices, money and work. */
export interface Backtest {
  readonly decisions: number;
  readonly changed: number;
  /** Would pass without a person, and would no longer. */
  readonly newlyAutomatic: number;
  readonly newlyAsked: number;
  /** Yeses that people would be spared, and would have to give besides. */
  readonly approvalsSaved: number;
  readonly approvalsAdded: number;
  readonly exceptionsRemoved: number;
  readonly exceptionsAdded: number;
  /** Minor units by currency, of what would newly pass without a person, and of what would newly ask one. */
  readonly moneyNewlyAutomatic: Readonly<Record<string, bigint>>;
  readonly moneyNewlyAsked: Readonly<Record<string, bigint>>;
  /** The largest first, at most as many as asked for. */
  readonly invoices: readonly ChangedDecision[];
}

/** Counts decisions one by one, so that any number fits in memory. */
export interface BacktestRun {
  /** @param before - the version that decided then. */
  add(facts: DecisionFacts, before: ReplayedPolicy): void;
  result(): Backtest;
}

/**
 * Starts a backtest: each past decision, as it was matched then, is held against the table of its time and against the new
 * one; where the new tolerances can make a difference, it is matched again by them.
 *
 * @param listed - how many invoices are listed; all are counted.
 */
export function startBacktest(after: ReplayedPolicy, listed: number): BacktestRun {
  const counts = {
    decisions: 0,
    changed: 0,
    newlyAutomatic: 0,
    newlyAsked: 0,
    approvalsSaved: 0,
    approvalsAdded: 0,
    exceptionsRemoved: 0,
    exceptionsAdded: 0,
  };
  const money = { newlyAutomatic: new Map<string, bigint>(), newlyAsked: new Map<string, bigint>() };
  const changes = new WeakMap<ReplayedPolicy, ToleranceChange>();
  let invoices: ChangedDecision[] = [];
  return {
    add: (facts, before) => {
      counts.decisions += 1;
      const change = changes.get(before) ?? compareTolerances(before.policy, after.policy);
      changes.set(before, change);
      const was = replayApproval(facts.approval, facts.approval.match, before.policy);
      const would = replayApproval(facts.approval, replayMatch(facts, after, change), after.policy);
      if (!isChanged(was, would)) return;
      const { gross } = facts.approval;
      count(counts, was, would);
      if (would.automatic && !was.automatic) put(money.newlyAutomatic, gross);
      if (was.automatic && !would.automatic) put(money.newlyAsked, gross);
      invoices.push({ invoiceId: facts.invoiceId, gross, before: was, after: would });
      if (invoices.length > 2 * listed + 100) invoices = largest(invoices, listed);
    },
    result: () => ({
      ...counts,
      moneyNewlyAutomatic: Object.fromEntries(money.newlyAutomatic),
      moneyNewlyAsked: Object.fromEntries(money.newlyAsked),
      invoices: largest(invoices, listed),
    }),
  };
}

function isChanged(was: Replay, would: Replay): boolean {
  return was.automatic !== would.automatic || was.steps.join() !== would.steps.join() || was.exceptions.join() !== would.exceptions.join();
}

function count(
  counts: Record<
    'changed' | 'newlyAutomatic' | 'newlyAsked' | 'approvalsSaved' | 'approvalsAdded' | 'exceptionsRemoved' | 'exceptionsAdded',
    number
  >,
  was: Replay,
  would: Replay,
): void {
  counts.changed += 1;
  if (would.automatic && !was.automatic) counts.newlyAutomatic += 1;
  if (was.automatic && !would.automatic) counts.newlyAsked += 1;
  const steps = would.steps.length - was.steps.length;
  if (steps < 0) counts.approvalsSaved -= steps;
  else counts.approvalsAdded += steps;
  counts.exceptionsRemoved += without(was.exceptions, would.exceptions);
  counts.exceptionsAdded += without(would.exceptions, was.exceptions);
}

/** How many of these are not among the others, each counted as often as it is there. */
function without(these: readonly ExceptionReason[], others: readonly ExceptionReason[]): number {
  const left = [...others];
  return these.filter((reason) => {
    const place = left.indexOf(reason);
    if (place !== -1) left.splice(place, 1);
    return place === -1;
  }).length;
}

function put(sums: Map<string, bigint>, { minor, currency }: Money): void {
  sums.set(currency, (sums.get(currency) ?? 0n) + minor);
}

function largest(invoices: readonly ChangedDecision[], count: number): ChangedDecision[] {
  return invoices.toSorted((left, right) => (left.gross.minor > right.gross.minor ? -1 : 1)).slice(0, count);
}
