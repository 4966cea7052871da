import type { Standing } from '#domain/documents';
import type { Actor, Role } from '#domain/identity';
import { describeMoney, type Money } from '#domain/money';
import type { BankAccountCheck } from './payments/bank-account.ts';
import type { SupplierRecognition } from './suppliers/recognise-supplier.ts';
import type { MatchResult } from './types.ts';

/** Who must approve how much, as data: an organization changes it, each decision names its version (G6). */
export interface ApprovalPolicy {
  readonly version: string;
  /** Of the limits: the organization's own currency. */
  readonly currency: string;
  /** Up to and including this, a clean invoice needs nobody; 0n switches automatic approval off. */
  readonly automaticUpToMinor: bigint;
  /** In rising order; `uptoMinor` is inclusive, null means any amount. The roles decide one after the other. */
  readonly steps: readonly ApprovalPolicyStep[];
}

export interface ApprovalPolicyStep {
  readonly uptoMinor: bigint | null;
  readonly roles: readonly Role[];
}

export interface ApprovalStep {
  readonly role: Role;
  /** Whom of the role it is given to first; anyone of the role may take it over. @default nobody in particular */
  readonly email?: string;
}

/** What is known about who gets the money. */
export type SupplierStanding = 'account-on-file' | 'account-not-on-file' | 'unknown-supplier';

export interface ApprovalQuestion {
  readonly gross: Money;
  readonly match: Pick<MatchResult, 'outcome' | 'exceptions' | 'coveredBy'>;
  /** The weakest standing among all values that lead to money. */
  readonly proofStanding: Standing;
  readonly supplierStanding: SupplierStanding;
  /** What fraud gates found that does not hold it. */
  readonly warnings?: readonly string[];
}

export interface RequiredApprovals {
  readonly automatic: boolean;
  /** Empty when automatic. */
  readonly steps: readonly ApprovalStep[];
  /** Plain sentences: why automatic, or all that speaks against it and who decides. */
  readonly reasons: readonly string[];
  readonly policyVersion: string;
}

/** What happened to an invoice so far, as far as it limits who may approve. */
export type ApprovalHistoryEntry =
  | { readonly kind: 'approved'; readonly memberId: string }
  /** `field` as in the extraction: `grossTotal`, `iban`, `lines.0.netAmount`. */
  | { readonly kind: 'corrected'; readonly memberId: string; readonly field: string };

export interface ApprovalPermission {
  readonly allowed: boolean;
  /** One plain sentence. */
  readonly reason: string;
}

/** The sample office's policy, in EUR. */
export const sampleApprovalPolicy: ApprovalPolicy = {
  version: 'sample-1',
  currency: 'EUR',
  automaticUpToMinor: 25_000n,
  steps: [
    { uptoMinor: 250_000n, roles: ['office-manager'] },
    { uptoMinor: 1_000_000n, roles: ['approver'] },
    { uptoMinor: null, roles: ['approver', 'controller'] },
  ],
};

const roleNames: Readonly<Record<Role, string>> = {
  'office-manager': 'office manager',
  approver: 'approver',
  controller: 'controller',
  administrator: 'administrator',
  auditor: 'auditor',
};

/** Who may take the step of another role, so that a correction by the only office manager does not block her invoices. */
const standIns: Readonly<Record<Role, readonly Role[]>> = {
  'office-manager': ['approver', 'controller'],
  approver: [],
  controller: [],
  administrator: [],
  auditor: [],
};

/** Fields that decide how much goes where. */
const moneyField = /^(net|tax|gross)(Total)?$|^(amount|currency|iban|supplier\w*)$|^lines\.\d+\.(netAmount|unitPrice|quantity)$/;

/**
 * Decides who must approve. Automatic only when everything holds: within the limit, matched, every value that leads to
 * money proven, and the account on file. An amount in another currency cannot be held against the limits, so it always
 * needs a person, by the highest step.
 */
export function requiredApprovals(question: ApprovalQuestion, policy: ApprovalPolicy): RequiredApprovals {
  const obstacles = obstaclesOf(question, policy);
  if (obstacles.length === 0) {
    const limit = describeMoney({ minor: policy.automaticUpToMinor, currency: policy.currency });
    const reason = `Approved by policy ${policy.version}: ${describeMoney(question.gross)} is within ${limit}, the ${question.match.coveredBy === undefined ? 'order agrees' : 'agreement covers it'}, every figure is proven and the account is on file.`;
    return { automatic: true, steps: [], reasons: [reason], policyVersion: policy.version };
  }
  const roles = rolesFor(question.gross, policy);
  const who = `Policy ${policy.version} asks for ${roles.map((role) => `the ${roleNames[role]}`).join(', then ')}.`;
  return { automatic: false, steps: roles.map((role) => ({ role })), reasons: [...obstacles, who], policyVersion: policy.version };
}

/** Joins what was found out about the supplier and its account. */
export function supplierStandingOf(
  recognition: Pick<SupplierRecognition, 'supplierId'>,
  check: Pick<BankAccountCheck, 'accountId'> | null,
): SupplierStanding {
  if (recognition.supplierId === null || check === null) return 'unknown-supplier';
  return check.accountId === null ? 'account-not-on-file' : 'account-on-file';
}

/**
 * Separation of duties: the step needs its role (an office manager's step may be taken by an approver or controller),
 * nobody takes two steps of one invoice, and nobody approves what they corrected in amount, account or supplier.
 */
export function mayApprove(
  actor: Pick<Actor, 'memberId' | 'roles'>,
  step: ApprovalStep,
  history: readonly ApprovalHistoryEntry[],
): ApprovalPermission {
  const needed = roleNames[step.role];
  if (!actor.roles.some((role) => role === step.role || standIns[step.role].includes(role))) {
    return { allowed: false, reason: `This step is for the ${needed}.` };
  }
  const own = history.filter((entry) => entry.memberId === actor.memberId);
  if (own.some((entry) => entry.kind === 'approved')) {
    return { allowed: false, reason: 'You approved an earlier step of this invoice; another person must take this one.' };
  }
  const corrected = own.find((entry) => entry.kind === 'corrected' && moneyField.test(entry.field));
  if (corrected?.kind === 'corrected') {
    return { allowed: false, reason: `You corrected ${fieldName(corrected.field)} of this invoice; another person must approve it.` };
  }
  return { allowed: true, reason: `You may decide as ${needed}.` };
}

function obstaclesOf({ gross, match, proofStanding, supplierStanding, warnings = [] }: ApprovalQuestion, policy: ApprovalPolicy): string[] {
  const limit: Money = { minor: policy.automaticUpToMinor, currency: policy.currency };
  const obstacles: (string | null)[] = [
    gross.currency === policy.currency
      ? null
      : `It is in ${gross.currency}; amounts that are not in ${policy.currency} always need a person.`,
    gross.currency === policy.currency && gross.minor > limit.minor
      ? `${describeMoney(gross)} is more than the ${describeMoney(limit)} that may pass without a person.`
      : null,
    gross.minor > 0n ? null : `${describeMoney(gross)} is not an amount to pay.`,
    match.outcome === 'matched' ? null : describeExceptions(match.exceptions.length),
    proofStanding === 'proven' ? null : 'The sums on the page do not prove every amount, so somebody compares them.',
    supplierStanding === 'unknown-supplier' ? 'The supplier is not on file.' : null,
    supplierStanding === 'account-not-on-file' ? 'The bank account is not the verified one of the supplier.' : null,
    ...warnings,
  ];
  return obstacles.filter((obstacle) => obstacle !== null);
}

function describeExceptions(count: number): string {
  return count === 1 ? 'One difference had to be decided by a person.' : `${count} differences had to be decided by a person.`;
}

/** The first step that covers the amount; the last one for amounts that no step covers or that are in another currency. */
function rolesFor(gross: Money, policy: ApprovalPolicy): readonly Role[] {
  const size = gross.minor < 0n ? -gross.minor : gross.minor;
  const covering =
    gross.currency === policy.currency ? policy.steps.find((step) => step.uptoMinor === null || size <= step.uptoMinor) : undefined;
  const roles = (covering ?? policy.steps.at(-1))?.roles ?? [];
  // A policy without steps must not mean that nobody approves.
  return roles.length === 0 ? ['controller'] : roles;
}

function fieldName(field: string): string {
  if (field === 'iban') return 'the bank account';
  return field.startsWith('supplier') ? 'the supplier' : 'an amount';
}
