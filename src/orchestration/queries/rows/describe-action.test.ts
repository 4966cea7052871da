import { expect, test } from 'vitest';
import { describeAction } from './describe-action.ts';

test('says who decided what on which question', () => {
  const sentence = describeAction('task.decided', { decision: 'approve', title: 'Approve invoice RE-1001' }, 'Ben Berger');
  expect(sentence).toBe('Ben Berger approved invoice RE-1001.');
  const accepted = describeAction('task.decided', { decision: 'accept', title: 'Price differs from the order · RE-1001' }, 'Ana');
  expect(accepted).toBe('Ana accepted: Price differs from the order · RE-1001.');
  const kept = describeAction('task.decided', { decision: 'keep-on-file', title: 'Bank account is not the one on file' }, 'Kim');
  expect(kept).toBe('Kim decided “keep on file” on Bank account is not the one on file.');
});

test('names corrected fields as people say them', () => {
  expect(describeAction('invoice.corrected', { fields: ['grossTotal', 'dueDate'] }, 'Ana')).toBe('Ana corrected gross total, due date.');
});

test('tells an approval by policy from one by persons', () => {
  expect(describeAction('invoice.approved', { how: 'automatic' }, 'Deskhand')).toBe('Approved without a person, as the policy allows.');
  expect(describeAction('invoice.approved', { how: 'people' }, 'Deskhand')).toContain('All approvals are given');
});

test('lists what a person is asked about, and says so when it is nothing', () => {
  expect(describeAction('invoice.assessed', { outcome: 'asking', reasons: ['missing-receipt'] }, 'Deskhand')).toContain('missing receipt');
  expect(describeAction('invoice.assessed', { outcome: 'clean', reasons: [] }, 'Deskhand')).toContain('nothing speaks against it');
});

test('says how a page was read', () => {
  const details = { documentType: 'invoice', source: 'ocr', pages: 2 };
  expect(describeAction('invoice.recorded', details, 'Deskhand')).toBe('An invoice was read from the picture (2 pages) and recorded.');
  const ofXml = describeAction('invoice.recorded', { documentType: 'invoice', source: 'xml', pages: 0 }, 'Deskhand');
  expect(ofXml).toBe('An invoice was read from its XML and recorded.');
});

test('tells the way of a payment run to the bank, and ends each sentence once', () => {
  const tell = (what: string, details: object, actor = 'Deskhand'): string => describeAction(`payment-run.${what}`, { ...details }, actor);
  expect(tell('accepted', { bankReference: 'BANK-7' })).toBe('The bank accepted the payment run as BANK-7.');
  expect(tell('accepted', { bankReference: 'It is on the statement.' }, 'Kim')).toBe(
    'Kim answers for it that the bank has the payment run: It is on the statement.',
  );
  expect(tell('refused', { note: 'No cover.' })).toBe('The bank refused the payment run: No cover.');
  expect(tell('taken-back', { reason: 'Wrong day' }, 'Kim')).toBe(
    'Kim took the payment run back: Wrong day. Its payments are scheduled again.',
  );
});

test('reads an unknown action rather than hiding it', () => {
  expect(describeAction('mailbox.paused', {}, 'Ana')).toBe('Did paused mailbox.');
});
