import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roles } from '#domain/identity';
import { money } from '#domain/money';
import {
  mayApprove,
  requiredApprovals,
  sampleApprovalPolicy,
  supplierStandingOf,
  type ApprovalHistoryEntry,
  type ApprovalQuestion,
} from './approval-policy.ts';

const clean: ApprovalQuestion = {
  gross: money('250.00', 'EUR'),
  match: { outcome: 'matched', exceptions: [] },
  proofStanding: 'proven',
  supplierStanding: 'account-on-file',
};

function rolesFor(gross: string, currency = 'EUR'): string[] {
  return requiredApprovals({ ...clean, gross: money(gross, currency) }, sampleApprovalPolicy).steps.map(({ role }) => role);
}

test('approves a clean invoice at the automatic limit and names the policy', () => {
  const decision = requiredApprovals(clean, sampleApprovalPolicy);
  expect(decision).toMatchObject({ automatic: true, steps: [], policyVersion: 'sample-1' });
  expect(decision.reasons).toEqual([
    'Approved by policy sample-1: 250.00 EUR is within 250.00 EUR, the order agrees, every figure is proven and the account is on file.',
  ]);
});

test.each([
  ['250.01', ['office-manager']],
  ['2500.00', ['office-manager']],
  ['2500.01', ['approver']],
  ['10000.00', ['approver']],
  ['10000.01', ['approver', 'controller']],
])('asks for %s EUR the right people', (gross, expected) => {
  expect(rolesFor(gross)).toEqual(expected);
});

test('asks a person, by the highest step, for any amount in another currency', () => {
  expect(rolesFor('1.00', 'CHF')).toEqual(['approver', 'controller']);
});

test.each([
  ['an open difference', { match: { outcome: 'exception', exceptions: [] } }],
  ['a figure that is only consistent', { proofStanding: 'consistent' }],
  ['an account that is not on file', { supplierStanding: 'account-not-on-file' }],
  ['an unknown supplier', { supplierStanding: 'unknown-supplier' }],
  ['nothing to pay', { gross: money('0.00', 'EUR') }],
] as const)('asks a person because of %s', (_title, change) => {
  const decision = requiredApprovals({ ...clean, ...change }, sampleApprovalPolicy);
  expect(decision).toMatchObject({ automatic: false, steps: [{ role: 'office-manager' }] });
  expect(decision.reasons.at(-1)).toBe('Policy sample-1 asks for the office manager.');
});

test('asks the controller when a policy has no steps', () => {
  const decision = requiredApprovals({ ...clean, proofStanding: 'unproven' }, { ...sampleApprovalPolicy, steps: [] });
  expect(decision.steps).toEqual([{ role: 'controller' }]);
});

test('is automatic only when everything holds, and never asks fewer people for more money', () => {
  const question = fc.record({
    gross: fc.record({ minor: fc.bigInt({ min: -100n, max: 2_000_000n }), currency: fc.constantFrom('EUR', 'USD') }),
    match: fc.constantFrom({ outcome: 'matched', exceptions: [] } as const, { outcome: 'exception', exceptions: [] } as const),
    proofStanding: fc.constantFrom('proven', 'consistent', 'unproven', 'contradicted'),
    supplierStanding: fc.constantFrom('account-on-file', 'account-not-on-file', 'unknown-supplier'),
  });
  fc.assert(
    fc.property(question, (given) => {
      const decision = requiredApprovals(given, sampleApprovalPolicy);
      const isClean =
        given.gross.currency === 'EUR' &&
        given.gross.minor > 0n &&
        given.gross.minor <= 25_000n &&
        given.match.outcome === 'matched' &&
        given.proofStanding === 'proven' &&
        given.supplierStanding === 'account-on-file';
      expect(decision.automatic).toBe(isClean);
      expect(decision.steps.length === 0).toBe(isClean);
      expect(decision.reasons.length).toBeGreaterThan(0);
    }),
  );
});

test('joins what is known of supplier and account', () => {
  expect(supplierStandingOf({ supplierId: null }, null)).toBe('unknown-supplier');
  expect(supplierStandingOf({ supplierId: 'a' }, { accountId: null })).toBe('account-not-on-file');
  expect(supplierStandingOf({ supplierId: 'a' }, { accountId: 'b' })).toBe('account-on-file');
});

const ana = { memberId: 'ana', roles: ['office-manager'] } as const;

test('lets only the role of the step decide, or who stands in for the office manager', () => {
  expect(mayApprove(ana, { role: 'office-manager' }, []).allowed).toBe(true);
  expect(mayApprove(ana, { role: 'approver' }, [])).toEqual({ allowed: false, reason: 'This step is for the approver.' });
  expect(mayApprove({ memberId: 'bo', roles: ['approver'] }, { role: 'office-manager' }, []).allowed).toBe(true);
  expect(mayApprove({ memberId: 'cy', roles: ['controller'] }, { role: 'approver' }, []).allowed).toBe(false);
  expect(mayApprove({ memberId: 'di', roles: ['administrator'] }, { role: 'controller' }, []).allowed).toBe(false);
});

test.each([
  ['grossTotal', 'an amount'],
  ['lines.3.unitPrice', 'an amount'],
  ['currency', 'an amount'],
  ['iban', 'the bank account'],
  ['supplierName', 'the supplier'],
  ['supplierId', 'the supplier'],
])('does not let who corrected %s approve', (field, words) => {
  const history: ApprovalHistoryEntry[] = [{ kind: 'corrected', memberId: 'ana', field }];
  expect(mayApprove(ana, { role: 'office-manager' }, history)).toEqual({
    allowed: false,
    reason: `You corrected ${words} of this invoice; another person must approve it.`,
  });
  expect(mayApprove({ memberId: 'bo', roles: ['approver'] }, { role: 'office-manager' }, history).allowed).toBe(true);
});

test('lets who corrected a description or the order number approve', () => {
  const history: ApprovalHistoryEntry[] = ['poNumber', 'lines.0.description', 'invoiceNumber'].map((field) => ({
    kind: 'corrected',
    memberId: 'ana',
    field,
  }));
  expect(mayApprove(ana, { role: 'office-manager' }, history).allowed).toBe(true);
});

test('never lets one person take two steps, whatever roles they hold', () => {
  const role = fc.constantFrom(...roles);
  fc.assert(
    fc.property(fc.uniqueArray(role), role, role, (held, first, second) => {
      const actor = { memberId: 'x', roles: held };
      if (!mayApprove(actor, { role: first }, []).allowed) return;
      expect(mayApprove(actor, { role: second }, [{ kind: 'approved', memberId: 'x' }]).allowed).toBe(false);
    }),
  );
});
