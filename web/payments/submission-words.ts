import type { PaymentRunDetail, PaymentRunSummary } from '../../src/interfaces/api/contract.ts';
import { sayChoice } from '../decisions/choices.ts';

type Step = PaymentRunDetail['path'][number];

/** How a run is shown by one word: where it stands with the bank, or before that, its status. */
export function stateOf({ status, submission }: PaymentRunSummary): { readonly status: string; readonly label?: string } {
  if (submission === null) return { status };
  const label = labels[submission.state];
  return { status: submission.state, ...(label === undefined ? {} : { label }) };
}

const labels: Readonly<Record<string, string>> = {
  waiting: 'Waiting to be sent',
  sent: 'Sent',
  accepted: 'Accepted by the bank',
  refused: 'Refused by the bank',
};

/** What happened at one step, in a few words. */
export function sayStep({ what, times, decision }: Step, isReleased: boolean): string {
  switch (what) {
    case 'proposed':
      return 'Proposed';
    case 'released':
      return 'Released';
    case 'sent':
      return 'Sent to the bank';
    case 'not-sent':
      return times === 1 ? 'Tried to send; nothing left' : `Tried to send ${times} times; nothing left`;
    case 'no-answer':
      return 'The answer was lost';
    case 'asked':
      return times === 1 ? 'Asked the bank; no clear answer' : `Asked the bank ${times} times; no clear answer`;
    case 'accepted':
      return 'The bank accepted it';
    case 'confirmed':
      return 'Accepted on a person’s word';
    case 'refused':
      return 'The bank refused it';
    case 'answered':
      return `Answered: ${sayChoice(decision ?? '')}`;
    default:
      return isReleased ? 'Taken back' : 'Cancelled';
  }
}

/** How often something was tried, in words; empty where nothing left yet. */
export function sayAttempts({ sentTimes, askedTimes }: NonNullable<PaymentRunSummary['submission']>): string {
  const sent = sentTimes === 0 ? '' : `sent ${inTimes(sentTimes)}`;
  const asked = askedTimes === 0 ? '' : `asked about ${inTimes(askedTimes)} without a clear answer`;
  const both = [sent, asked].filter((part) => part !== '').join(', ');
  return both === '' ? '' : `${both.charAt(0).toUpperCase()}${both.slice(1)}`;
}

function inTimes(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
