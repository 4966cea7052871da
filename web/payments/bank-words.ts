import type { BankFile, PaymentRunSummary, PaymentView } from '../../src/interfaces/api/contract.ts';
import { plural } from '../parts/words.ts';

const kinds: Readonly<Record<BankFile['kind'], string>> = {
  'payment-status': 'Answer',
  statement: 'Statement',
  notification: 'Notification',
};

export const sayKind = (kind: BankFile['kind']): string => kinds[kind];

/** What a file of the bank came to: `2 settled, 1 returned`. */
export function saySummary({ accepted, rejected, settled, returned, known, credits }: BankFile['summary']): string {
  const parts: readonly (readonly [number, string])[] = [
    [accepted, 'accepted'],
    [rejected, 'rejected'],
    [settled, 'settled'],
    [returned, 'sent back'],
    [known, 'known before'],
    [credits, 'other credits'],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return said.length === 0 ? 'nothing about our payments' : said.join(', ');
}

/** How a payment stands at the bank, as a badge: its status and word. */
export function bankStateOf({ bank }: PaymentView): { readonly status: string; readonly label: string } | null {
  if (bank === null) return null;
  return states[bank.state];
}

const states: Readonly<Record<NonNullable<PaymentView['bank']>['state'], { readonly status: string; readonly label: string }>> = {
  accepted: { status: 'accepted', label: 'Taken by the bank' },
  settled: { status: 'paid', label: 'Settled' },
  rejected: { status: 'refused', label: 'Rejected by the bank' },
  returned: { status: 'failed', label: 'Sent back' },
};

/** How far a run is settled; empty while nothing was heard of it. */
export function saySettled({ bank, count }: PaymentRunSummary): string {
  if (bank.settled === 0 && bank.failed === 0) return '';
  const settled = bank.settled === count ? 'all settled' : `${bank.settled} of ${plural(count, 'payment')} settled`;
  return bank.failed === 0 ? settled : `${settled}, ${bank.failed} failed`;
}

const outcomes: Readonly<Record<string, { readonly status: string; readonly label: string }>> = {
  settled: { status: 'paid', label: 'Settled' },
  returned: { status: 'failed', label: 'Sent back' },
  credit: { status: 'received', label: 'Money in' },
  'told-again': { status: 'done', label: 'Known before' },
  'amount-differs': { status: 'failed', label: 'Another amount' },
  'account-differs': { status: 'failed', label: 'Another account' },
  'debited-again': { status: 'failed', label: 'Booked twice' },
  'not-released': { status: 'failed', label: 'Not released' },
  ambiguous: { status: 'in-doubt', label: 'One of several' },
  unexplained: { status: 'in-doubt', label: 'Not explained' },
  'return-differs': { status: 'failed', label: 'Other sum came back' },
};

export const outcomeOf = (outcome: string): { readonly status: string; readonly label: string } =>
  outcomes[outcome] ?? { status: 'in-doubt', label: outcome };
