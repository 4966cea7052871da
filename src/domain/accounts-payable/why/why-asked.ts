import type { Role } from '#domain/identity';
import { describeMoney, type Money } from '#domain/money';
import type { ApprovalStep } from '../approval-policy.ts';

export interface WhyAskedQuestion {
  readonly kind: string;
  readonly reason: string;
  readonly role: Role;
  /** Asked because they ordered it. */
  readonly isRequester: boolean;
  readonly orderNumber: string | null;
  /** Of an approval. */
  readonly gross: Money | null;
  /** Of an approval: whom the policy asks, in order. Empty where it is not known any more. */
  readonly steps: readonly ApprovalStep[];
}

const people: Readonly<Record<Role, string>> = {
  'office-manager': 'the office manager',
  approver: 'an approver',
  controller: 'a controller',
  administrator: 'an administrator',
  auditor: 'an auditor',
};

const because: Readonly<Record<string, (who: string) => string>> = {
  'unknown-supplier': (who) => `Whether we do business with this supplier is for ${who} to say.`,
  'bank-account-changed': (who) => `A new bank account is called back about first, by ${who}.`,
  'bank-account-called': () => 'Somebody else called the supplier; a second person confirms the account.',
  'fraud-hold': (who) => `A fraud check holds it; ${who} looks first.`,
  'fraud-second': () => 'One person would let it pass; it takes a second one.',
  duplicate: (who) => `Before anything is paid twice, ${who} compares the two.`,
  'doubtful-value': (who) => `Something on the page could not be read for certain, so ${who} looks at it.`,
  arithmetic: (who) => `The sums on the page do not come out, so ${who} looks at it.`,
  'credit-note': (who) => `Whether a credit is kept, and for which invoice, is for ${who} to say.`,
  'tax-rate': (who) => `The tax does not fit the rates of the supplier’s country, so ${who} looks at it.`,
  'tax-treatment': (who) => `Whether this tax may be paid and deducted is for ${who} to say.`,
  'vat-id': (who) => `The VAT id can’t be right as it stands, so ${who} looks at it.`,
  'agreement-amount': (who) => `It is not the amount that was agreed, so ${who} says whether it is owed.`,
  'agreement-period': (who) => `It does not come when it was agreed, so ${who} says whether it is owed.`,
  'agreement-bill': (who) => `It may be more than one of the bills that were agreed, so ${who} says which.`,
  'missing-purchase-order': (who) => `Nobody knows who ordered it, so it goes to ${who}.`,
};

/** Why this person, and not another or none: one plain sentence. */
export function whyAsked(question: WhyAskedQuestion): string {
  const { kind, reason, role, isRequester, orderNumber } = question;
  if (kind === 'approval') return whyApproval(question);
  if (isRequester && orderNumber !== null) return `Whoever placed order ${orderNumber} knows best whether this is right.`;
  return because[reason]?.(people[role]) ?? `Questions of this kind go to ${people[role]}.`;
}

/** By what the policy asks for an invoice like this one. */
function whyApproval({ gross, steps, role }: WhyAskedQuestion): string {
  const asked: readonly Role[] = steps.length === 0 ? [role] : steps.map((step) => step.role);
  const chain = asked.map((one) => people[one]).join(' and then ');
  return gross === null ? `The policy asks ${chain} to agree.` : `For ${describeMoney(gross)}, the policy asks ${chain} to agree.`;
}
