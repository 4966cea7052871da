import type { Question, QuestionAnswer, SettlementBody } from '../../src/interfaces/api/contract-questions.ts';
import { sayDay, sayInstant } from '../parts/words.ts';

export type Recipient = Question['recipient'];
export type Effect = SettlementBody['effect'];
type Mail = Question['mails'][number];

export const recipientNames: Readonly<Record<Recipient, string>> = {
  supplier: 'The supplier',
  buyer: 'Whoever ordered',
  receiver: 'Whoever took the goods in',
};

export const languageNames: Readonly<Record<Question['language'], string>> = { en: 'English', de: 'German', fr: 'French', es: 'Spanish' };

/** What an answer says, as one would put it on a note. */
export const kindNames: Readonly<Record<QuestionAnswer['recognised']['kind'], string>> = {
  stands: 'It is right as it is',
  'corrected-invoice': 'A corrected invoice comes',
  'credit-note': 'A credit note comes',
  'order-change': 'The order changes',
  'more-goods': 'More goods are coming',
  promise: 'An answer is promised',
  refuses: 'They refuse',
  automatic: 'A machine answered',
  unclear: 'Please read it yourself',
};

export const effects: Readonly<Record<Effect, { readonly label: string; readonly what: string }>> = {
  accept: { label: 'Accept the difference', what: 'The difference is accepted in your name and the invoice goes on.' },
  reject: {
    label: 'Reject the invoice',
    what: 'The invoice ends here: nothing is paid. What they send instead comes as an invoice of its own.',
  },
  wait: { label: 'Wait', what: 'The task waits until that day. What arrives before settles it by itself.' },
  'set-aside': { label: 'I have read it', what: 'Nothing follows from it; what was asked stays open, and you decide above.' },
};

/** `Sent 2 Mar, 10:00`, and what is to be known of it. */
export function sayDelivery({ delivery, sentAt, note }: Mail): string {
  const sent = sentAt === null ? '' : `, ${sayInstant(sentAt)}`;
  if (delivery === 'sent') return `Sent${sent}`;
  if (delivery === 'by-hand') return `Sent by you or a colleague${sent}`;
  if (delivery === 'to-send') return 'Not sent yet: send it from your own mail program';
  if (delivery === 'refused') return `Not sent. ${note ?? ''}`;
  if (delivery === 'unknown') return 'Nobody knows whether it left; a task asks about it';
  return note === null ? 'On its way' : `On its way. ${note}`;
}

/** Where a question stands, in a line. */
export function sayStanding(question: Question): string {
  const { status, outcome, answeredAt, unansweredSince, closedAt } = question;
  if (status === 'closed') {
    const when = closedAt === null ? '' : ` ${sayInstant(closedAt)}`;
    return outcome === 'not-delivered' ? 'It never left. Ask again, perhaps at another address.' : `Closed${when}`;
  }
  if (question.mails.at(-1)?.delivery === 'to-send') return 'Waits to be sent';
  if (answeredAt !== null) return `Answered ${sayInstant(answeredAt)}`;
  if (unansweredSince !== null) return `No answer in time (since ${sayDay(unansweredSince.slice(0, 10))}). Remind them, or call.`;
  return 'No answer yet';
}
