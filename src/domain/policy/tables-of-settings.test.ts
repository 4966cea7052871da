import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limitsFor, requiredApprovals, sampleApprovalPolicy, type ApprovalPolicy, type Tolerance } from '#domain/accounts-payable';
import { checkPolicy } from './check-policy.ts';
import { compilePolicy } from './compile.ts';
import { decideByTable } from './decide-approval.ts';
import { toleranceOf } from './table-tolerance.ts';
import { tablesOfSettings } from './tables-of-settings.ts';

const tolerance: Tolerance = { priceBasisPoints: 200, priceMinor: 500n, quantityBasisPoints: 0 };
const limit = fc.bigInt({ min: 0n, max: 10n ** 20n });
const role = fc.constantFrom('office-manager' as const, 'approver' as const, 'controller' as const);
const policies: fc.Arbitrary<ApprovalPolicy> = fc.record({
  version: fc.constantFrom('sample-1', 'office-7'),
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  automaticUpToMinor: limit,
  steps: fc.array(fc.record({ uptoMinor: fc.option(limit), roles: fc.array(role, { maxLength: 3 }) }), { maxLength: 4 }),
});

test('decides exactly as the settings did, word for word, on both sides of each limit and beyond 15 digits', () => {
  fc.assert(
    fc.property(policies, fc.infiniteStream(fc.nat()), (policy, picks) => {
      const compiled = compilePolicy(tablesOfSettings(policy, tolerance));
      const edges = [0n, policy.automaticUpToMinor, ...policy.steps.flatMap((step) => step.uptoMinor ?? [])];
      const amounts = edges.flatMap((edge) => [edge - 1n, edge, edge + 1n, -edge]);
      const pick = <Value>(values: readonly Value[]): Value => values[(picks.next().value as number) % values.length] as Value;
      for (const minor of amounts) {
        const reasons = pick([[], [], ['price'], ['price', 'quantity', 'price']] as const);
        const question = {
          gross: { minor, currency: pick([policy.currency, policy.currency, 'USD']) },
          match: {
            outcome: pick(reasons.length === 0 ? (['matched', 'matched', 'exception'] as const) : (['exception'] as const)),
            exceptions: reasons.map((reason) => ({ reason, line: 1, expected: null, found: null, difference: null, message: '' })),
          },
          proofStanding: pick(['proven', 'proven', 'consistent', 'unproven', 'contradicted'] as const),
          supplierStanding: pick(['account-on-file', 'account-on-file', 'account-not-on-file', 'unknown-supplier'] as const),
          warnings: pick([[], [], ['First payment.'], ['First payment.', 'Round amount.']]),
        };
        const asked = { ...question, supplierNumber: '17' };
        expect(decideByTable(asked, compiled)).toEqual(requiredApprovals(question, policy));
      }
    }),
    { seed: 20_261_201, numRuns: 300 },
  );
});

test('keeps every tolerance of suppliers and categories, the particular before the general', () => {
  const limits = fc.record(
    {
      priceBasisPoints: fc.nat(1000),
      priceMinor: fc.bigInt({ min: 0n, max: 10n ** 18n }),
      quantityBasisPoints: fc.nat(500),
      totalMinor: limit,
    },
    { requiredKeys: [] },
  );
  const overrides = fc.array(fc.tuple(fc.option(fc.constantFrom('sup1', 'sup2')), fc.option(fc.constantFrom('food', 'tools')), limits), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(overrides, (rules) => {
      const old: Tolerance = {
        ...tolerance,
        overrides: rules.map(([supplierId, category, own]) => ({ supplierId, category, ...own })),
      };
      const table = compilePolicy(tablesOfSettings(sampleApprovalPolicy, old, (id) => `number of ${id}`));
      const now = toleranceOf(table, (number) => number.replace('number of ', ''));
      for (const supplierId of ['sup1', 'sup2', 'sup3', null])
        for (const category of ['food', 'tools', 'other', null]) {
          const { overrides: _overrides, ...expected } = limitsFor(old, { supplierId, category });
          expect(limitsFor(now, { supplierId, category })).toEqual(expected);
        }
    }),
    { seed: 20_261_201, numRuns: 200 },
  );
});

test('the built-in policy has no hole, no overlap and no row that never counts', () => {
  const world = {
    members: [
      { email: 'ana@x.example', name: 'Ana', roles: ['office-manager'] as const },
      { email: 'bo@x.example', name: 'Bo', roles: ['approver'] as const },
      { email: 'kim@x.example', name: 'Kim', roles: ['controller'] as const },
    ],
    supplierNumbers: new Set<string>(),
  };
  expect(checkPolicy(tablesOfSettings(sampleApprovalPolicy, tolerance), world)).toEqual([]);
});
