import { expect, test } from 'vitest';
import { matchInvoice, sampleApprovalPolicy, type Tolerance } from '#domain/accounts-payable';
import { money } from '#domain/money';
import { buildInvoice, buildLine, buildOrder } from '../accounts-payable/matching/fixtures.ts';
import { startBacktest } from './backtest.ts';
import { compilePolicy } from './compile.ts';
import type { DecisionFacts, ReplayedPolicy } from './replay.ts';
import { tablesOfSettings } from './tables-of-settings.ts';
import { toleranceOf } from './table-tolerance.ts';

const tight: Tolerance = { priceBasisPoints: 200, priceMinor: 500n, quantityBasisPoints: 0 };
function policyOf(automaticUpToMinor: bigint, tolerance = tight): ReplayedPolicy {
  const policy = compilePolicy(tablesOfSettings({ ...sampleApprovalPolicy, automaticUpToMinor }, tolerance));
  return { policy, tolerance: toleranceOf(policy, (number) => number) };
}

/** Ten toners ordered at 11.90, billed at this price. */
function decided(invoiceId: string, price: string, tolerance = tight): DecisionFacts {
  const invoice = buildInvoice({ id: invoiceId, lines: [buildLine({ unitPrice: price })] });
  return {
    invoiceId,
    matching: { invoice, order: buildOrder() },
    approval: {
      gross: invoice.gross,
      match: matchInvoice({ invoice, order: buildOrder(), tolerance }),
      proofStanding: 'proven',
      supplierStanding: 'account-on-file',
      supplierNumber: '70001',
    },
  };
}

test('shows what a lower automatic limit would have asked of people, in invoices, money and yeses', () => {
  const run = startBacktest(policyOf(10_000n), 10);
  const before = policyOf(25_000n);
  run.add(decided('inv-1', '11.90'), before);
  run.add({ ...decided('inv-2', '11.90'), approval: { ...decided('inv-2', '11.90').approval, gross: money('100.00', 'EUR') } }, before);
  const found = run.result();
  expect(found).toMatchObject({ decisions: 2, changed: 1, newlyAsked: 1, newlyAutomatic: 0, approvalsAdded: 1, approvalsSaved: 0 });
  expect(found.moneyNewlyAsked).toEqual({ EUR: decided('inv-1', '11.90').approval.gross.minor });
  expect(found.invoices).toMatchObject([
    { invoiceId: 'inv-1', before: { automatic: true }, after: { automatic: false, steps: ['office-manager'] } },
  ]);
});

test('matches again by other tolerances: exceptions go, and come', () => {
  const wide = policyOf(25_000n, { ...tight, priceBasisPoints: 1000, priceMinor: 5000n });
  const looser = startBacktest(wide, 10);
  looser.add(decided('inv-1', '12.50'), policyOf(25_000n));
  expect(looser.result()).toMatchObject({ changed: 1, newlyAutomatic: 1, exceptionsRemoved: 1, exceptionsAdded: 0, approvalsSaved: 1 });
  const tighter = startBacktest(policyOf(25_000n), 10);
  tighter.add(decided('inv-1', '12.50', wide.tolerance), wide);
  expect(tighter.result()).toMatchObject({ changed: 1, newlyAsked: 1, exceptionsRemoved: 0, exceptionsAdded: 1, approvalsAdded: 1 });
});

test('changes nothing under the same policy, and lists the largest first', () => {
  const run = startBacktest(policyOf(0n), 1);
  for (const [index, price] of ['11.90', '11.91', '11.89'].entries()) run.add(decided(`inv-${index}`, price), policyOf(25_000n));
  expect(run.result()).toMatchObject({ changed: 3, invoices: [{ invoiceId: 'inv-1' }] });
  const same = startBacktest(policyOf(25_000n), 1);
  same.add(decided('inv-1', '20.00'), policyOf(25_000n));
  expect(same.result()).toMatchObject({ decisions: 1, changed: 0 });
});
