import { expect, test } from 'vitest';
import { routeException } from './exception-routing.ts';
import { exceptionReasons } from './types.ts';

const order = { requesterId: 'requester' };

test.each([
  ['price', 'approver', 'requester'],
  ['quantity', 'approver', 'requester'],
  ['unordered-item', 'approver', 'requester'],
  ['missing-receipt', 'office-manager', 'requester'],
  ['unknown-supplier', 'office-manager', null],
  ['duplicate', 'office-manager', null],
  ['missing-purchase-order', 'office-manager', null],
  ['doubtful-value', 'office-manager', null],
  ['arithmetic', 'office-manager', null],
  ['currency', 'office-manager', null],
  ['tax-rate', 'office-manager', null],
  ['tax-treatment', 'controller', null],
  ['vat-id', 'office-manager', null],
  ['credit-note', 'office-manager', null],
  ['bank-account-changed', 'office-manager', null],
  ['bank-account-called', 'controller', null],
  ['fraud-hold', 'office-manager', null],
  ['fraud-second', 'controller', null],
] as const)('asks about %s the %s (%s)', (reason, role, memberId) => {
  expect(routeException({ reason }, { order })).toMatchObject({ role, memberId });
});

test('asks the role when nobody is known to have ordered', () => {
  expect(routeException({ reason: 'price' }, { order: null })).toMatchObject({ role: 'approver', memberId: null });
  expect(routeException({ reason: 'price' }, { order: { requesterId: null } }).memberId).toBeNull();
});

test('asks one plain question with at least two choices about every reason', () => {
  for (const reason of exceptionReasons) {
    const { question, choices } = routeException({ reason }, { order });
    expect(question).toMatch(/^[A-Z][^?]*\?$/);
    expect(choices.length).toBeGreaterThan(1);
  }
});
