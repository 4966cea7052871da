import { expect, test } from 'vitest';
import { answeredMessages, isAutomaticMail, threadOf } from './thread.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a mail that answers belongs to the oldest message it refers to', () => {
  const mail = 'Message-ID: <c@x>\r\nIn-Reply-To: <b@x>\r\nreferences: <a@x>\r\n <b@x>\r\n\r\nbody';
  expect(threadOf(bytes(mail))).toBe('<a@x>');
});

test('without references the message it answers names the thread, and without that the mail itself', () => {
  expect(threadOf(bytes('Message-ID: <c@x>\nIn-Reply-To: Your mail <b@x>\n\nbody'))).toBe('<b@x>');
  expect(threadOf(bytes('Subject: x\r\nMessage-Id:\r\n <c@x>\r\n\r\nbody'))).toBe('<c@x>');
});

test('what stands in the body names nothing', () => {
  expect(threadOf(bytes('Subject: x\r\n\r\nReferences: <a@x>\r\n'))).toBeNull();
});

test('no headers, cut headers and empty bytes are no thread', () => {
  expect(threadOf(bytes(''))).toBeNull();
  expect(threadOf(bytes('%PDF-1.7'))).toBeNull();
  expect(threadOf(bytes('References: <a@'))).toBeNull();
});

test('an answer names what it answers, the nearest first, each once', () => {
  const mail = 'Message-ID: <c@x>\r\nIn-Reply-To: <b@x>\r\nReferences: <a@x>\r\n <b@x>\r\n\r\nReferences: <z@x>';
  expect(answeredMessages(bytes(mail))).toEqual(['<b@x>', '<a@x>']);
  expect(answeredMessages(bytes('Subject: x\r\n\r\n'))).toEqual([]);
});

test('a mail that a machine sent says so in its head', () => {
  expect(isAutomaticMail(bytes('Subject: x\r\nAuto-Submitted: auto-replied\r\n\r\n'))).toBe(true);
  expect(isAutomaticMail(bytes('Auto-Submitted: no\r\n\r\n'))).toBe(false);
  expect(isAutomaticMail(bytes('Subject: x\r\n\r\nAuto-Submitted: auto-replied'))).toBe(false);
});
