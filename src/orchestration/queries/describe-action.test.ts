import { expect, test } from 'vitest';
import { describeAction } from './describe-action.ts';

test('says who decided what on which question', () => {
  const sentence = describeAction('task.decided', { decision: 'approve', title: 'Approve invoice RE-1001' }, 'Ben Berger');
  expect(sentence).toBe('Ben Berger decided “approve” on Approve invoice RE-1001.');
});

test('names corrected fields as people say them', () => {
  expect(describeAction('invoice.corrected', { fields: ['grossTotal', 'dueDate'] }, 'Ana')).toBe('Ana corrected gross total, due date.');
});

test('tells an approval by policy from one by a person', () => {
  expect(describeAction('invoice.approved', {}, 'Deskhand')).toBe('Approved without a person, as the policy allows.');
  expect(describeAction('invoice.approved', {}, 'Ben')).toBe('Ben approved the invoice.');
});

test('lists what differs, and says so when nothing does', () => {
  expect(describeAction('invoice.assessed', { exceptions: ['missing-receipt'] }, 'Deskhand')).toContain('missing receipt');
  expect(describeAction('invoice.assessed', { exceptions: [] }, 'Deskhand')).toContain('all agrees');
});

test('reads an unknown action rather than hiding it', () => {
  expect(describeAction('mailbox.paused', {}, 'Ana')).toBe('Did paused mailbox.');
});
