import { expect, test } from 'vitest';
import { askedTimes, submissionPath, type RunEvent } from './submission-path.ts';

let minute = 0;
function event(type: string, data: object, by: { actor?: string; cause?: string | null } = {}): RunEvent {
  minute += 1;
  return { type, data, actor: by.actor ?? 'deskhand', at: new Date(minute * 60_000), caused_by: by.cause ?? null };
}
const released = [
  event('payment-run.proposed', { created_by: 'ana', message_id: 'RUN-1' }, { actor: 'ana' }),
  event('payment-run.released', { submission: 'waiting' }, { actor: 'katrin' }),
];
const sending = (attempt: number): RunEvent =>
  event('payment-run.submission-changed', { submission: 'sending', submission_attempts: attempt });
const unknown = (note: string, cause: string | null): RunEvent =>
  event('payment-run.submission-changed', { submission: 'unknown', submission_note: note }, { cause });
const inShort = (events: readonly RunEvent[]): string[] =>
  submissionPath(events).map(({ what, times, note }) => `${what} ${times}${note === null ? '' : ` ${note}`}`);

test('tells the way of a file that was sent and accepted', () => {
  const accepted = event('payment-run.submission-changed', { submission: 'accepted', submission_note: null, bank_reference: 'BANK-1' });
  expect(inShort([...released, sending(1), accepted])).toEqual(['proposed 1', 'released 1', 'sent 1', 'accepted 1 BANK-1']);
});

test('tells a lost answer from questions that brought nothing, and counts the questions as one step', () => {
  const path = [
    ...released,
    sending(1),
    unknown('Lost.', 'send-payment-file'),
    unknown('Absent.', 'ask-bank'),
    unknown('Busy.', 'ask-bank'),
  ];
  expect(inShort(path).slice(2)).toEqual(['sent 1', 'no-answer 1 Lost.', 'asked 2 Busy.']);
  expect(askedTimes(submissionPath(path))).toBe(2);
});

test('after a crash in between, the first word comes from a question', () => {
  expect(inShort([...released, sending(1), unknown('Absent.', 'ask-bank')]).slice(2)).toEqual(['sent 1', 'asked 1 Absent.']);
});

test('events from before causes were kept read the same', () => {
  const path = [...released, sending(1), unknown('Lost.', null), unknown('Absent.', null)];
  expect(inShort(path).slice(2)).toEqual(['sent 1', 'no-answer 1 Lost.', 'asked 1 Absent.']);
});

test('tries of which nothing left are one step with the last reason, and no sending', () => {
  const failed = (why: string): RunEvent[] => [
    sending(1),
    event('payment-run.submission-changed', { submission: 'waiting', submission_attempts: 0, submission_note: why }),
  ];
  const [first] = submissionPath([...released, ...failed('Refused.'), ...failed('No way there.')]).slice(2);
  expect(first).toMatchObject({ what: 'not-sent', times: 2, note: 'No way there.' });
  expect(Number(first?.lastAt) - Number(first?.at)).toBe(120_000);
});

test('says who took a run back, and why', () => {
  const [last] = submissionPath([...released, event('payment-run.cancelled', { reason: 'Wrong day.' }, { actor: 'katrin' })]).slice(2);
  expect(last).toMatchObject({ what: 'taken-back', actor: 'katrin', note: 'Wrong day.' });
});
