import {
  matchInvoice,
  type ExceptionReason,
  type Limits,
  type MatchInput,
  type MatchResult,
  type Tolerance,
} from '#domain/accounts-payable';
import { decidingRow, type PolicyQuestion } from './decide-approval.ts';
import type { CompiledPolicy } from './compile.ts';

/** What was known when an invoice was decided, so that it can be decided again by other rules. */
export interface DecisionFacts {
  readonly invoiceId: string;
  /** As matching was asked; null where nothing could be matched. */
  readonly matching: Omit<MatchInput, 'tolerance'> | null;
  /** As the approval was asked, with the match as it was then. */
  readonly approval: PolicyQuestion;
}

/** A policy with its tolerances as matching takes them. */
export interface ReplayedPolicy {
  readonly policy: CompiledPolicy;
  readonly tolerance: Tolerance;
}

/** How an invoice is decided: pure, the same facts and policy always give the same. */
export interface Replay {
  readonly automatic: boolean;
  readonly steps: readonly string[];
  readonly exceptions: readonly ExceptionReason[];
  /** Row of the approvals table, counting from 1. */
  readonly row: number | null;
}

/** How the tolerances of a later version stand to those of an earlier one. */
export type ToleranceChange = 'same' | 'looser' | 'other';

/** Decides by a policy's table what matched like this. */
export function replayApproval(question: PolicyQuestion, match: PolicyQuestion['match'], policy: CompiledPolicy): Replay {
  const { row, output } = decidingRow({ ...question, match }, policy);
  return {
    automatic: output.automatic,
    steps: output.steps.map(({ role, email }) => (email === undefined ? role : `${role}:${email}`)),
    exceptions: match.exceptions.map(({ reason }) => reason),
    row,
  };
}

/** Matches again by other tolerances, where they can make a difference: what agreed within less agrees within more. */
export function replayMatch(
  { matching, approval }: DecisionFacts,
  after: ReplayedPolicy,
  change: ToleranceChange,
): PolicyQuestion['match'] | MatchResult {
  const stays = change === 'same' || (change === 'looser' && approval.match.outcome === 'matched');
  return stays || matching === null ? approval.match : matchInvoice({ ...matching, tolerance: after.tolerance });
}

/** Compares row by row; tables that differ in their rows are `other`, though they may say the same. */
export function compareTolerances(before: CompiledPolicy, after: CompiledPolicy): ToleranceChange {
  const pairs = before.tolerances.map((row, index) => [row, after.tolerances[index]] as const);
  const alike = pairs.every(([left, right]) => right !== undefined && flat(left.when) === flat(right.when));
  if (!alike || before.tolerances.length !== after.tolerances.length) return 'other';
  if (pairs.every(([left, right]) => flat(left.says) === flat(right?.says))) return 'same';
  return pairs.every(([left, right]) => right !== undefined && isWithin(left.says, right.says)) ? 'looser' : 'other';
}

/** Each limit named by both, and none smaller. */
function isWithin(less: Limits, more: Limits): boolean {
  const names = Object.keys(less) as (keyof Limits)[];
  return names.length === Object.keys(more).length && names.every((name) => (less[name] ?? 0) <= (more[name] ?? -1));
}

function flat(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
}
