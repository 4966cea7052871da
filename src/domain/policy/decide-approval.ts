import type { ApprovalQuestion, ApprovalStep, RequiredApprovals } from '#domain/accounts-payable';
import { currencyDigits, type Money } from '#domain/money';
import { holds } from './cells.ts';
import { approvalInputs, noDifference, otherDifference, type ApprovalInput } from './columns.ts';
import type { ApprovalOutput, CompiledPolicy, CompiledRow } from './compile.ts';
import { describeAutomatic, whyNot } from './why-not.ts';

/** What an approval is decided by. */
export interface PolicyQuestion extends ApprovalQuestion {
  /** In the supplier list; null while it is not known. */
  readonly supplierNumber: string | null;
  /** What the office calls the purchases on it. @default none was said */
  readonly categories?: readonly string[];
}

type Row = CompiledRow<ApprovalInput, ApprovalOutput>;
/** The values of an invoice that the table is asked with: one difference and one category at a time. */
export type Given = Readonly<Record<ApprovalInput, string | bigint>>;

interface Answer {
  readonly row: Row | null;
  readonly given: Given;
  readonly output: ApprovalOutput;
}

/** Where no row applies, the controller decides: a hole never means that nobody looks. */
const nobodyNamed: ApprovalOutput = { automatic: false, steps: [{ role: 'controller' }] };
const rank = { 'office-manager': 1, approver: 2, controller: 3, administrator: 0, auditor: 0 } as const;
const roleNames = {
  'office-manager': 'office manager',
  approver: 'approver',
  controller: 'controller',
  administrator: 'administrator',
  auditor: 'auditor',
} as const;

/**
 * Decides by the table who must approve. An invoice with several differences or categories is held against the table once
 * for each; the strictest answer counts.
 */
export function decideByTable(question: PolicyQuestion, policy: CompiledPolicy): RequiredApprovals {
  const { output, row, given } = strictestAnswer(question, policy);
  if (output.automatic && row !== null) {
    return { automatic: true, steps: [], reasons: [describeAutomatic(question, row, policy.name)], policyVersion: policy.name };
  }
  const who = `Policy ${policy.name} asks for ${output.steps.map(describeStep).join(', then ')}.`;
  return { automatic: false, steps: output.steps, reasons: [...whyNot(question, given, policy), who], policyVersion: policy.name };
}

/** The row that decides, counting from 1, and what it says; null where none applies. */
export function decidingRow(
  question: PolicyQuestion,
  policy: CompiledPolicy,
): { readonly row: number | null; readonly output: ApprovalOutput } {
  const { row, output } = strictestAnswer(question, policy);
  return { row: row?.number ?? null, output };
}

function strictestAnswer(question: PolicyQuestion, policy: CompiledPolicy): Answer {
  const [first, ...others] = answersFor(question, policy);
  return others.reduce((strictest, answer) => (isStricter(answer.output, strictest.output) ? answer : strictest), first);
}

function answersFor(question: PolicyQuestion, { approvals }: CompiledPolicy): [Answer, ...Answer[]] {
  const { match, categories = [] } = question;
  const reasons = match.exceptions.map((exception) => exception.reason);
  const named: readonly string[] = reasons.length === 0 ? [otherDifference] : reasons;
  const differences = match.outcome === 'matched' ? [noDifference] : [...new Set(named)];
  const kinds = categories.length === 0 ? ['none'] : [...new Set(categories)];
  const answers = differences.flatMap((difference) =>
    kinds.map((category): Answer => {
      const given = givenOf(question, difference, category);
      const row = approvals.find((candidate) => applies(candidate, given)) ?? null;
      return { row, given, output: row?.says ?? nobodyNamed };
    }),
  );
  return answers as [Answer, ...Answer[]];
}

function givenOf(question: PolicyQuestion, difference: string, category: string): Given {
  const { gross, proofStanding, supplierStanding, warnings = [], supplierNumber } = question;
  return {
    currency: gross.currency,
    amount: scaledSize(gross),
    payable: gross.minor > 0n ? 'true' : 'false',
    difference,
    proof: proofStanding,
    account: supplierStanding,
    risk: warnings.length === 0 ? 'none' : 'warned',
    supplier: supplierNumber ?? 'none',
    category,
  };
}

function applies({ when }: Row, given: Given): boolean {
  return inputNames.every((name) => holds(when[name], given[name]));
}

const inputNames = Object.keys(approvalInputs) as readonly ApprovalInput[];

/** Ten-thousandths, without the sign. */
function scaledSize({ minor, currency }: Money): bigint {
  const size = minor < 0n ? -minor : minor;
  return size * 10n ** BigInt(4 - currencyDigits(currency));
}

/** People before none, more before fewer, then whoever stands higher. */
function isStricter(left: ApprovalOutput, right: ApprovalOutput): boolean {
  if (left.automatic !== right.automatic) return right.automatic;
  if (left.steps.length !== right.steps.length) return left.steps.length > right.steps.length;
  return highest(left.steps) > highest(right.steps);
}

function highest(steps: readonly ApprovalStep[]): number {
  return Math.max(0, ...steps.map(({ role }) => rank[role]));
}

function describeStep({ role, email }: ApprovalStep): string {
  return email === undefined ? `the ${roleNames[role]}` : `the ${roleNames[role]} ${email}`;
}
