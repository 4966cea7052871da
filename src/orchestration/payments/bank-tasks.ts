import { explainReason, shortIban, type EntryFinding, type EntryOutcome } from '#domain/accounts-payable';
import { describeMoney } from '#domain/money';
import type { BankReason, BookedEntry } from '#domain/ports';
import type { BankPayment } from './bank-orders.ts';
import type { TaskDraft } from '../tasks/tasks.ts';

const prefix = 'bank-message:';
/** No workflow waits for what is asked about a bank's message: the answer takes effect where it is given. */
export const bankWorkflowId = (bankMessageId: string): string => `${prefix}${bankMessageId}`;
export const isAboutBank = ({ workflow_id: workflowId }: { readonly workflow_id: string }): boolean => workflowId.startsWith(prefix);

/** What one message of the bank asks of people. */
export type BankQuestion = Omit<TaskDraft, 'workflowId'>;

/** Payments that failed for one reason, in one run. */
export interface Failure {
  readonly how: 'rejected' | 'returned';
  readonly reason: BankReason | null;
  readonly payments: readonly BankPayment[];
}

/** One question for all payments of a run that failed for the same reason: what it means, and what to do. */
export function askAboutFailure({ how, reason, payments }: Failure): BankQuestion {
  const { what, todo } = explainReason(reason);
  const [first] = payments;
  const who = payments.length === 1 ? `the payment to ${first?.supplierName ?? 'a supplier'}` : `${payments.length} payments`;
  const money = how === 'rejected' ? 'Nothing left the account.' : 'The money left and is back on the account.';
  return {
    key: `${how}:${first?.runId ?? ''}:${reason?.code ?? ''}:${first?.id ?? ''}`,
    kind: 'question',
    reason: `payment-${how}`,
    title: how === 'rejected' ? `The bank rejected ${who}` : `The bank sent back ${who}`,
    question: `${what} ${money} ${todo}`,
    choices: ['pay-again', 'paid-otherwise'],
    role: 'controller',
    facts: { why: payments.map(lineOf), paymentIds: payments.map(({ id }) => id), ...runOf(first) },
  };
}

type Odd = Exclude<EntryOutcome, 'settled' | 'returned' | 'told-again' | 'credit' | 'unexplained'>;

const oddities: Readonly<Record<Odd, { readonly title: string; readonly todo: string; readonly mayAccept: boolean }>> = {
  'amount-differs': {
    title: 'The bank booked another amount than was released',
    todo: 'Ask the bank why; charges and exchange are the usual causes.',
    mayAccept: true,
  },
  'account-differs': {
    title: 'The bank paid another account than was released',
    todo: 'Speak with the bank at once: this can be fraud.',
    mayAccept: true,
  },
  'debited-again': { title: 'The bank booked a payment twice', todo: 'Ask the bank to send one of them back.', mayAccept: false },
  'not-released': {
    title: 'The bank booked a payment that nobody released',
    todo: 'Speak with the bank at once: find out from whom it has the order.',
    mayAccept: false,
  },
  ambiguous: {
    title: 'A booking could be one of several payments',
    todo: 'They are of the same amount and account. Accepted, it counts for the one that was to leave first.',
    mayAccept: true,
  },
  'return-differs': {
    title: 'Of a payment, another amount came back',
    todo: 'Ask the bank what it kept, and settle the rest with the supplier.',
    mayAccept: false,
  },
};

/** A booking that carries our reference or fits our payments, and is not what was released. */
export function askAboutEntry(entry: BookedEntry, finding: EntryFinding, payments: readonly BankPayment[]): BankQuestion {
  const { title, todo, mayAccept } = oddities[finding.outcome as Odd];
  const [first] = payments;
  return {
    key: `entry:${entry.position}:${entry.bankReference ?? ''}:${entry.endToEndId ?? ''}`,
    kind: 'question',
    reason: `bank-${finding.outcome}`,
    title,
    question: `${finding.message} ${todo}`,
    choices: mayAccept ? ['accept-booking', 'keep-open'] : ['explained'],
    role: 'controller',
    facts: {
      why: [...payments.map(lineOf), ...referenceOf(entry)],
      paymentIds: payments.map(({ id }) => id),
      bookedOn: entry.bookedOn,
      expected: first === undefined ? null : describeMoney(first.amount),
      found: describeMoney(entry.amount),
      ...runOf(first),
    },
  };
}

/** A debit to a supplier on file that none of our payments explains. */
export function askAboutSupplierDebit(entry: BookedEntry, supplierName: string, finding: EntryFinding): BankQuestion {
  return {
    key: `supplier-debit:${entry.position}:${entry.bankReference ?? ''}`,
    kind: 'question',
    reason: 'bank-unexplained',
    title: `Money went to ${supplierName} that Deskhand did not order`,
    question: `${finding.message} The account is that of ${supplierName}. Find out who ordered it, and whether an invoice was paid past Deskhand: it could be paid twice.`,
    choices: ['explained'],
    role: 'controller',
    facts: { why: referenceOf(entry), found: describeMoney(entry.amount), bookedOn: entry.bookedOn },
  };
}

// More than this nobody reads in one question; the page of the message shows them all.
const shown = 20;

/** One question for all debits of a message that none of our payments explains: salaries, rent, charges, and what should not be. */
export function askAboutUnexplained(found: readonly EntryFinding[]): BankQuestion {
  const rest = found.length > shown ? [`And ${found.length - shown} more, on the page of the statement.`] : [];
  return {
    key: 'unexplained',
    kind: 'question',
    reason: 'bank-unexplained',
    title: `${found.length === 1 ? '1 debit' : `${found.length} debits`} that no payment of Deskhand explains`,
    question: 'They were ordered elsewhere: salaries, rent, taxes, direct debits, charges. Look whether you know each of them.',
    choices: ['explained'],
    role: 'controller',
    facts: { why: [...found.slice(0, shown).map(({ message }) => message), ...rest] },
  };
}

/** What does not add up in a message itself. */
export function askAboutProblems(problems: readonly string[]): BankQuestion {
  return {
    key: 'problems',
    kind: 'question',
    reason: 'bank-file-problem',
    title: 'Something in the bank’s file does not fit',
    question: 'Everything that is clear in it was taken. Look at the rest with your bank.',
    choices: ['explained'],
    role: 'controller',
    facts: { why: [...problems] },
  };
}

/** `220.41 EUR to Nordwind Papier GmbH, RE-7037, account DE… 2051.` */
function lineOf({ amount, supplierName, reference, iban }: BankPayment): string {
  return `${describeMoney(amount)} to ${supplierName}, ${reference}, account ${shortIban(iban)}.`;
}

function referenceOf({ bankReference, remittance }: BookedEntry): string[] {
  return [
    ...(bankReference === null ? [] : [`The bank’s reference: ${bankReference}.`]),
    ...(remittance === '' ? [] : [`Its text: “${remittance.slice(0, 140)}”.`]),
  ];
}

function runOf(payment: BankPayment | undefined): { readonly paymentRunId?: string } {
  return payment?.runId == null ? {} : { paymentRunId: payment.runId };
}
