import { expect, test } from 'vitest';
import { describeOutcome, type OutcomeFacts } from './message-outcome.ts';

const facts: OutcomeFacts = { status: 'handled', classification: null, documents: [], invoices: [], answersAbout: [], openTasks: [] };

test('says where the invoice stands', () => {
  const invoices = [{ kind: 'invoice', number: 'RE-1001', status: 'awaiting-approval' }] as const;
  expect(describeOutcome({ ...facts, invoices })).toBe('Invoice RE-1001 awaits approval');
});

test('counts further invoices of the same message', () => {
  const invoices = [
    { kind: 'credit-note', number: null, status: 'in-review' },
    { kind: 'invoice', number: '2', status: 'paid' },
  ] as const;
  expect(describeOutcome({ ...facts, invoices })).toBe('Credit note is in review, and 1 more');
});

test('names the task when there is no invoice', () => {
  expect(describeOutcome({ ...facts, openTasks: ['File is encrypted'] })).toBe('Waits for a person: File is encrypted');
});

test('says what kind of mail was filed', () => {
  expect(describeOutcome({ ...facts, classification: 'newsletter' })).toBe('Filed as newsletter');
  expect(describeOutcome(facts)).toBe('Filed, nothing to do');
});

test('says that a document is being read, and that one could not be', () => {
  expect(describeOutcome({ ...facts, documents: [{ status: 'received', documentType: null }] })).toBe('Being read');
  expect(describeOutcome({ ...facts, documents: [{ status: 'unreadable', documentType: null }] })).toBe('One file could not be read');
});

test('names the invoice whose question it answers, rather than that it was filed', () => {
  expect(describeOutcome({ ...facts, classification: 'other', answersAbout: ['RE-1001'] })).toBe('Answers a question about RE-1001');
});
