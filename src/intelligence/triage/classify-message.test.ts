import { expect, test } from 'vitest';
import type { UnpackedMessage } from '#domain/messages';
import { classifyMessage } from './classify-message.ts';

const message = (part: Partial<UnpackedMessage>): UnpackedMessage => ({
  subject: null,
  sender: { name: null, address: null },
  messageId: null,
  sentAt: null,
  text: '',
  calendars: [],
  parts: [],
  problems: [],
  ...part,
});

test('files a newsletter without asking, also one that asks a question', () => {
  const triage = classifyMessage(message({ subject: 'Autumn offers', text: 'Ready for winter? … Unsubscribe here' }));
  expect(triage).toMatchObject({ classification: 'newsletter', needsPerson: false });
});

test('an invitation is a meeting request whatever its text says', () => {
  expect(classifyMessage(message({ calendars: ['BEGIN:VCALENDAR'], text: 'unsubscribe' })).classification).toBe('meeting-request');
});

test.each([
  ['Zahlungserinnerung Nr. 12', 'payment-reminder'],
  ['Relevé de compte octobre', 'statement'],
  ['Neue Bankverbindung ab sofort', 'bank-details'],
])('reads %s by its subject', (subject, classification) => {
  expect(classifyMessage(message({ subject })).classification).toBe(classification);
});

test('a message nobody understands is shown to a person', () => {
  expect(classifyMessage(message({ text: 'See you.' }))).toMatchObject({ classification: 'other', needsPerson: true });
});

test('a message with documents needs nobody for itself', () => {
  const part = { fileName: 'a.pdf', declaredMediaType: 'application/pdf', bytes: new Uint8Array(), path: [] };
  expect(classifyMessage(message({ parts: [part], subject: 'Reminder' })).needsPerson).toBe(false);
});
