import type { Role } from '#domain/identity';
import type { ExceptionReason, MatchException, PurchaseOrder } from './types.ts';

/**
 * What a person may answer to an exception. Correcting a value or recording a receipt answers it as well: the question
 * is then taken back by itself.
 */
export type ExceptionChoice =
  /** It is right as it stands. */
  | 'accept'
  /** Nothing is paid. */
  | 'reject'
  /** It belongs to this supplier, or to this order. */
  | 'assign'
  /** Put the supplier on file. */
  | 'create'
  /** Somebody called the supplier about the account; what they said goes with it. */
  | 'called'
  /** The account is the supplier's, says a second person who knows of the call. */
  | 'verify'
  /** It is not theirs. */
  | 'refuse'
  /** A gate held it needlessly: the reason goes with it. */
  | 'pass'
  /** Pay to the account on file, whatever is printed. */
  | 'keep-on-file';

/** Who is asked about an exception, and how. */
export interface ExceptionRoute {
  /** Whose task it is when `memberId` is null or away. */
  readonly role: Role;
  readonly memberId: string | null;
  /** One plain sentence with the choices; the exception's own message stands above it. */
  readonly question: string;
  readonly choices: readonly ExceptionChoice[];
}

interface RouteRule {
  /** `requester`: who ordered, else the role. */
  readonly to: 'requester' | 'role';
  readonly role: Role;
  readonly question: string;
  readonly choices: readonly ExceptionChoice[];
}

const rules: Readonly<Record<ExceptionReason, RouteRule>> = {
  price: {
    to: 'requester',
    role: 'approver',
    choices: ['accept', 'reject'],
    question: 'Accept this price, or reject the invoice?',
  },
  quantity: {
    to: 'requester',
    role: 'approver',
    choices: ['accept', 'reject'],
    question: 'Accept this quantity, or reject the invoice?',
  },
  'unordered-item': {
    to: 'requester',
    role: 'approver',
    choices: ['accept', 'reject'],
    question: 'Accept this line, or reject the invoice?',
  },
  'missing-receipt': {
    to: 'requester',
    role: 'office-manager',
    choices: ['accept', 'reject'],
    question: 'Accept because the goods have arrived (a recorded receipt settles it by itself), or reject the invoice?',
  },
  'missing-purchase-order': {
    to: 'role',
    role: 'office-manager',
    choices: ['assign', 'accept', 'reject'],
    question: 'Name the order it belongs to, accept it without an order, or reject it?',
  },
  currency: {
    to: 'role',
    role: 'office-manager',
    choices: ['accept', 'reject'],
    question: 'Accept this currency, or reject the invoice?',
  },
  'unknown-supplier': {
    to: 'role',
    role: 'office-manager',
    choices: ['assign', 'create', 'reject'],
    question: 'Choose the supplier, put a new one on file, or reject the invoice?',
  },
  'bank-account-changed': {
    to: 'role',
    role: 'office-manager',
    choices: ['called', 'keep-on-file', 'reject'],
    question: 'Record the call to the supplier, pay to the account on file, or reject the invoice?',
  },
  'bank-account-called': {
    to: 'role',
    role: 'controller',
    choices: ['verify', 'refuse', 'keep-on-file', 'reject'],
    question: 'Confirm the account, refuse it, pay to the account on file, or reject the invoice?',
  },
  'fraud-hold': {
    to: 'role',
    role: 'office-manager',
    choices: ['pass', 'reject'],
    question: 'Say why it may pass all the same, or reject the invoice?',
  },
  'fraud-second': {
    to: 'role',
    role: 'controller',
    choices: ['pass', 'reject'],
    question: 'Let it pass as the second person, or reject the invoice?',
  },
  duplicate: {
    to: 'role',
    role: 'office-manager',
    choices: ['reject', 'accept'],
    question: 'Is it the same invoice, so that nothing is paid twice, or a different one?',
  },
  arithmetic: {
    to: 'role',
    role: 'office-manager',
    choices: ['accept', 'reject'],
    question: 'Correct the figure that was read wrongly, accept the sum as printed, or reject the invoice?',
  },
  'doubtful-value': {
    to: 'role',
    role: 'office-manager',
    choices: ['accept', 'reject'],
    question: 'Accept what was read, correct it, or reject the invoice?',
  },
  'credit-note': {
    to: 'role',
    role: 'office-manager',
    choices: ['accept', 'reject'],
    question: 'Keep it as a credit for later, or reject it?',
  },
  unit: {
    to: 'requester',
    role: 'approver',
    choices: ['accept', 'reject'],
    question: 'Is it the quantity that was ordered, or is the invoice to be rejected?',
  },
  'order-closed': {
    to: 'requester',
    role: 'office-manager',
    choices: ['accept', 'reject'],
    question: 'Accept it although the order is closed, or reject it?',
  },
  deposit: {
    to: 'role',
    role: 'office-manager',
    choices: ['accept', 'reject'],
    question: 'Accept the deposit as it is billed, or reject the invoice?',
  },
  'over-credited': {
    to: 'role',
    role: 'office-manager',
    choices: ['accept', 'reject'],
    question: 'Keep the whole credit, or reject it and ask for one that fits the invoice?',
  },
  'tax-rate': {
    to: 'role',
    role: 'office-manager',
    choices: ['accept', 'reject'],
    question: 'Correct the rate or the tax if it was misread, accept it as printed, or reject the invoice and ask for a right one?',
  },
  'tax-treatment': {
    to: 'role',
    role: 'controller',
    choices: ['accept', 'reject'],
    question: 'Accept the tax as the invoice treats it, or reject the invoice and ask for a right one?',
  },
  'vat-id': {
    to: 'role',
    role: 'office-manager',
    choices: ['accept', 'reject'],
    question: 'Correct the VAT id if it was misread, accept it as it is, or reject the invoice and ask for a right one?',
  },
  'agreement-amount': {
    to: 'role',
    role: 'office-manager',
    choices: ['accept', 'reject'],
    question: 'Accept this bill all the same, or reject the invoice?',
  },
  'agreement-period': {
    to: 'role',
    role: 'office-manager',
    choices: ['reject', 'accept'],
    question: 'Is it owed all the same, or is the invoice to be rejected?',
  },
  'agreement-bill': {
    to: 'role',
    role: 'office-manager',
    choices: ['assign', 'accept', 'reject'],
    question: 'Say which bill it is, accept it as none of them, or reject the invoice?',
  },
  coding: {
    to: 'role',
    role: 'office-manager',
    choices: ['accept', 'reject'],
    question: 'Code the lines (that settles it by itself), leave them for the books to code, or reject the invoice?',
  },
};

/** Says who must decide an exception: whoever ordered knows about prices, quantities and receipts. */
export function routeException(
  exception: Pick<MatchException, 'reason'>,
  context: { readonly order: Pick<PurchaseOrder, 'requesterId'> | null },
): ExceptionRoute {
  const { to, role, question, choices } = rules[exception.reason];
  return { role, memberId: to === 'requester' ? (context.order?.requesterId ?? null) : null, question, choices };
}
