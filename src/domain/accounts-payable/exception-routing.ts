import type { Role } from '#domain/identity';
import type { ExceptionReason, MatchException, PurchaseOrder } from './types.ts';

/** What a person may answer to an exception. */
export type ExceptionChoice =
  | 'accept'
  | 'ask-supplier'
  | 'reject'
  | 'confirm-receipt'
  | 'wait'
  | 'name-order'
  | 'accept-without-order'
  | 'choose-supplier'
  | 'create-supplier'
  | 'verify-account'
  | 'refuse-account'
  | 'same-invoice'
  | 'different-invoice'
  | 'correct'
  | 'link-invoice';

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
    choices: ['accept', 'ask-supplier', 'reject'],
    question: 'Accept this price, ask the supplier for a credit note, or reject the invoice?',
  },
  quantity: {
    to: 'requester',
    role: 'approver',
    choices: ['accept', 'ask-supplier', 'reject'],
    question: 'Accept this quantity, ask the supplier for a credit note, or reject the invoice?',
  },
  'unordered-item': {
    to: 'requester',
    role: 'approver',
    choices: ['accept', 'ask-supplier', 'reject'],
    question: 'Accept this line, ask the supplier about it, or reject the invoice?',
  },
  'missing-receipt': {
    to: 'requester',
    role: 'office-manager',
    choices: ['confirm-receipt', 'wait', 'ask-supplier'],
    question: 'Confirm that the goods have arrived, wait for them, or ask the supplier?',
  },
  'missing-purchase-order': {
    to: 'role',
    role: 'office-manager',
    choices: ['name-order', 'accept-without-order', 'reject'],
    question: 'Name the order it belongs to, accept it without an order, or reject it?',
  },
  currency: {
    to: 'role',
    role: 'office-manager',
    choices: ['accept', 'correct', 'ask-supplier', 'reject'],
    question: 'Accept this currency, correct it, ask the supplier for a new invoice, or reject it?',
  },
  'unknown-supplier': {
    to: 'role',
    role: 'office-manager',
    choices: ['choose-supplier', 'create-supplier', 'reject'],
    question: 'Choose the supplier, create a new one, or reject the invoice?',
  },
  'bank-account-changed': {
    to: 'role',
    role: 'controller',
    choices: ['verify-account', 'refuse-account', 'ask-supplier'],
    question: 'Verify the account after a call to the supplier, refuse it, or ask the supplier in writing?',
  },
  duplicate: {
    to: 'role',
    role: 'office-manager',
    choices: ['same-invoice', 'different-invoice', 'ask-supplier'],
    question: 'Is it the same invoice (nothing is paid twice), a different one, or shall the supplier be asked?',
  },
  arithmetic: {
    to: 'role',
    role: 'office-manager',
    choices: ['correct', 'ask-supplier', 'reject'],
    question: 'Correct the figure that was read wrongly, ask the supplier for a new invoice, or reject it?',
  },
  'doubtful-value': {
    to: 'role',
    role: 'office-manager',
    choices: ['accept', 'correct', 'reject'],
    question: 'Accept the value as it stands, correct it, or reject the invoice?',
  },
  'credit-note': {
    to: 'role',
    role: 'office-manager',
    choices: ['link-invoice', 'accept', 'reject'],
    question: 'Link it to the invoice it reduces, keep it as a credit for later, or reject it?',
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
