import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimal, money } from '#domain/money';
import { requiredApprovals, sampleApprovalPolicy } from '../approval-policy.ts';
import { buildInvoice, buildLine, buildOrder, buildOrderLine, usualTolerance } from '../matching/fixtures.ts';
import { isAutomatic, obstaclesTo, type AutomationFacts } from './automation-facts.ts';
import { turn, whatIf } from './what-if.ts';
import { whyAsked } from './why-asked.ts';

interface Case {
  readonly billed: number;
  readonly ordered: number;
  readonly received: number;
  /** Cents. */
  readonly asked: number;
  readonly agreed: number;
}

function factsOf({ billed, ordered, received, asked, agreed }: Case, changes: Partial<AutomationFacts> = {}): AutomationFacts {
  const price = decimal(asked).div(100);
  const net = money(price.times(billed), 'EUR');
  const tax = money(price.times(billed).times('0.19').round(2), 'EUR');
  const line = buildLine({
    description: 'Copy paper A4',
    quantity: String(billed),
    unitPrice: price.toFixed(),
    netAmount: price.times(billed).toFixed(),
  });
  const orderLine = buildOrderLine({
    description: 'Copy paper A4',
    unit: 'box',
    quantity: String(ordered),
    unitPrice: decimal(agreed).div(100).toFixed(),
    receivedQuantity: String(received),
  });
  return {
    invoice: buildInvoice({ lines: [line], net, tax, gross: { minor: net.minor + tax.minor, currency: 'EUR' } }),
    orders: [buildOrder({ isReceiptRequired: true, lines: [orderLine] })],
    tolerance: usualTolerance,
    approvals: (question) => requiredApprovals(question, sampleApprovalPolicy),
    proofStanding: 'proven',
    supplierStanding: 'account-on-file',
    warnings: [],
    questions: [],
    ...changes,
  };
}

const clean: Case = { billed: 10, ordered: 10, received: 10, asked: 1890, agreed: 1890 };
const sentences = (facts: AutomationFacts): string[] => whatIf(facts).map(({ sentence }) => sentence);

test('what is automatic has no obstacle and nothing to change', () => {
  expect([isAutomatic(factsOf(clean)), obstaclesTo(factsOf(clean)), whatIf(factsOf(clean))]).toEqual([true, [], []]);
});

test('missing goods: exactly those that are missing', () => {
  expect(sentences(factsOf({ ...clean, received: 6 }))).toEqual([
    expect.stringMatching(/^Nobody would have been asked if 4 more boxes of 'Copy paper A4' had been received on order \S+\.$/),
  ]);
});

test('a price: the tolerance that would have been enough, or the order that would', () => {
  const facts = factsOf({ ...clean, asked: 2000, agreed: 1890 });
  // 1.10 on 18.90 is 5.82 %, and 11.00 over the line.
  const [order, tolerance] = [
    "had said 20.00 EUR for 'Copy paper A4' instead of 18.90 EUR",
    'prices were allowed to differ by 5.83 % (today it is 5 %) and by 11.00 EUR in a line (today it is 10.00 EUR)',
  ];
  expect(sentences(facts)).toEqual([expect.stringContaining(order ?? '') as string, expect.stringContaining(tolerance ?? '') as string]);
});

test('an amount, an account and a figure: each is named, and the limit to the cent', () => {
  const [only, ...more] = sentences(
    factsOf({ ...clean, billed: 20, ordered: 20, received: 20 }, { supplierStanding: 'account-not-on-file', proofStanding: 'consistent' }),
  );
  expect(more).toEqual([]);
  expect(only).toMatch(
    /the bank account had been .*, the sums on the page had proven every amount and up to 449\.82 EUR could pass without approval/,
  );
});

test('no order: one for exactly these lines', () => {
  expect(sentences(factsOf(clean, { orders: [] }))).toEqual([expect.stringContaining('an order for exactly these lines') as string]);
});

test('where many lines differ, no list of them is told, and of a long invoice only the order that would have been enough', () => {
  const many = (count: number): AutomationFacts => {
    const facts = factsOf({ ...clean, asked: 2100 });
    const items = Array.from({ length: count }, (_, index) => `Item ${String.fromCodePoint(65 + (index % 26)).repeat(4)} ${index}`);
    const [line] = facts.invoice.lines;
    const [order] = facts.orders;
    const [ordered] = order?.lines ?? [];
    if (line === undefined || order === undefined || ordered === undefined) return expect.unreachable();
    const times = (amount: typeof facts.invoice.net) => ({ ...amount, minor: amount.minor * BigInt(count) });
    const { net, tax, gross } = facts.invoice;
    const lines = items.map((description, index) => ({ ...line, description, position: index + 1 }));
    return {
      ...facts,
      invoice: { ...facts.invoice, lines, net: times(net), tax: times(tax), gross: times(gross) },
      orders: [
        { ...order, lines: items.map((description, index) => ({ ...ordered, description, position: index + 1, id: `line-${index}` })) },
      ],
    };
  };
  expect(sentences(many(10))).toEqual([expect.stringContaining('prices were allowed to differ') as string]);
  expect(sentences(many(40))).toEqual([expect.stringContaining('an order for exactly these lines') as string]);
});

test('nothing helps a credit note, or an amount in a currency that the policy does not know', () => {
  const facts = factsOf(clean);
  expect(whatIf({ ...facts, invoice: { ...facts.invoice, kind: 'credit-note' } })).toEqual([]);
  const inDollars = { ...sampleApprovalPolicy, currency: 'USD' };
  expect(whatIf({ ...facts, approvals: (question) => requiredApprovals(question, inDollars) })).toEqual([]);
});

test('each counterfactual, carried out, is automatic; with any one change a step smaller it is not', () => {
  const anyCase = fc.record({
    billed: fc.integer({ min: 1, max: 40 }),
    ordered: fc.integer({ min: 1, max: 40 }),
    received: fc.integer({ min: 0, max: 40 }),
    asked: fc.integer({ min: 100, max: 9000 }),
    agreed: fc.integer({ min: 100, max: 9000 }),
  });
  const anyStanding = fc.record({
    proofStanding: fc.constantFrom('proven', 'consistent', 'unproven'),
    supplierStanding: fc.constantFrom('account-on-file', 'account-not-on-file', 'unknown-supplier'),
    warnings: fc.constantFrom([], ['The amount is unusual.']),
  });
  let found = 0;
  fc.assert(
    fc.property(anyCase, anyStanding, (one, standing) => {
      const facts = factsOf(one, standing);
      for (const { turned } of whatIf(facts)) {
        found += 1;
        expect(isAutomatic(turn(facts, turned))).toBe(true);
        for (const [at, { change, steps }] of turned.entries())
          expect(isAutomatic(turn(facts, turned.with(at, { change, steps: steps - 1 })))).toBe(false);
      }
    }),
    { seed: 6, numRuns: 25 },
  );
  expect(found).toBeGreaterThan(25);
});

test('why this person', () => {
  const question = {
    kind: 'approval',
    reason: 'approval',
    role: 'approver',
    isRequester: false,
    orderNumber: null,
    steps: [{ role: 'approver' }, { role: 'controller' }],
  } as const;
  expect(whyAsked({ ...question, gross: money('3000', 'EUR') })).toBe(
    'For 3,000.00 EUR, the policy asks an approver and then a controller to agree.',
  );
  expect(whyAsked({ ...question, gross: money('3000', 'EUR'), steps: [] })).toBe('For 3,000.00 EUR, the policy asks an approver to agree.');
  expect(whyAsked({ ...question, kind: 'exception', reason: 'price', isRequester: true, orderNumber: 'PO-1', gross: null })).toContain(
    'placed order PO-1',
  );
});
