import { matchInvoice, sampleApprovalPolicy, type InvoiceLine, type PurchaseOrderLine, type Tolerance } from '#domain/accounts-payable';
import { decimal, roundTo, sum } from '#domain/money';
import { compilePolicy, startBacktest, tablesOfSettings, toleranceOf, type DecisionFacts, type ReplayedPolicy } from '#domain/policy';
import { pack, unpack } from '../src/orchestration/policy/pack.ts';
import { duration, printTable } from './figures.ts';
import { chanceOf, type Chance } from './matching/chance.ts';
import type { BenchOptions } from './run.ts';

const seed = 20_261_201;
const tight: Tolerance = { priceBasisPoints: 200, priceMinor: 500n, quantityBasisPoints: 0 };
const articles = [
  'Toner black',
  'Copy paper A4',
  'Office chair',
  'Desk lamp',
  'Network cable',
  'Coffee beans',
  'Cleaning service',
  'Binder blue',
];

/**
 * Replays 100,000 drawn decisions under another policy: their facts as they are stored (JSON), approved by both tables, and
 * matched anew where the new tolerances can make a difference (when they are tighter: all). The database is not part of it.
 */
export function benchBacktest({ isSmoke }: BenchOptions): void {
  const decisions = isSmoke ? 2000 : 100_000;
  const chance = chanceOf(seed);
  // Drawn before the clock starts, kept as the table keeps them.
  const stored = Array.from({ length: 1000 }, (_, index) => pack(decisionOf(chance, index)));
  for (const [name, after] of [
    ['automatic limit 500 instead of 250', policyOf(50_000n, tight)],
    ['and prices within 5 % instead of 2 %', policyOf(50_000n, { ...tight, priceBasisPoints: 500, priceMinor: 2500n })],
    ['and prices within 1 % instead of 2 %', policyOf(50_000n, { ...tight, priceBasisPoints: 100 })],
  ] as const) {
    const run = startBacktest(after, 200);
    const before = policyOf(sampleApprovalPolicy.automaticUpToMinor, tight);
    const cpu = process.cpuUsage();
    const start = performance.now();
    for (let index = 0; index < decisions; index += 1)
      run.add(unpack(JSON.parse(stored[index % stored.length] ?? '')) as DecisionFacts, before);
    const wallMs = performance.now() - start;
    const used = process.cpuUsage(cpu);
    const found = run.result();
    printTable(
      `Backtest, ${name} (seed ${seed})`,
      ['figure', 'value'],
      [
        ['decisions replayed', String(decisions)],
        ['decided otherwise', String(found.changed)],
        ['newly without a person', String(found.newlyAutomatic)],
        ['differences fewer', String(found.exceptionsRemoved)],
        ['differences more', String(found.exceptionsAdded)],
        ['time', duration(wallMs)],
        ['CPU', duration((used.user + used.system) / 1000)],
      ],
    );
  }
}

function policyOf(automaticUpToMinor: bigint, tolerance: Tolerance): ReplayedPolicy {
  const policy = compilePolicy(tablesOfSettings({ ...sampleApprovalPolicy, automaticUpToMinor }, tolerance));
  return { policy, tolerance: toleranceOf(policy, (number) => number) };
}

/** An order of one to eight lines and the invoice for it, one line in five a few percent dearer than ordered. */
function decisionOf(chance: Chance, index: number): DecisionFacts {
  const drawn = Array.from({ length: chance.whole(1, 8) }, (_, place) => {
    const [quantity, cents] = [chance.whole(1, 20), chance.whole(100, 9000)];
    const dearer = chance.isHeads(0.2) ? chance.whole(1, 6) : 0;
    return {
      position: place + 1,
      description: articles[place] ?? '',
      quantity,
      ordered: cents / 100,
      billed: Math.round(cents * (1 + dearer / 100)) / 100,
    };
  });
  const lines = drawn.map(({ position, description, quantity, billed }): InvoiceLine => ({
    position,
    description,
    quantity: decimal(quantity),
    unitPrice: decimal(billed),
    netAmount: roundTo(decimal(billed).times(quantity), 'EUR'),
    taxRate: null,
  }));
  const ordered = drawn.map(({ position, description, quantity, ordered: price }): PurchaseOrderLine => ({
    id: `line-${index}-${position}`,
    position,
    itemCode: null,
    description,
    unit: 'pc',
    quantity: decimal(quantity),
    unitPrice: decimal(price),
    receivedQuantity: decimal(quantity),
    invoicedQuantity: decimal(0),
  }));
  const net = sum(
    lines.map((line) => line.netAmount),
    'EUR',
  );
  const matching: NonNullable<DecisionFacts['matching']> = {
    invoice: {
      id: `inv-${index}`,
      kind: 'invoice',
      number: `R-${index}`,
      issuedOn: '2026-03-02',
      dueOn: null,
      supplierId: 'sup',
      supplierName: 'Supplier',
      iban: null,
      poNumber: `PO-${index}`,
      net,
      tax: { minor: 0n, currency: 'EUR' },
      gross: net,
      lines,
    },
    order: {
      id: `po-${index}`,
      number: `PO-${index}`,
      supplierId: 'sup',
      currency: 'EUR',
      orderedOn: '2026-02-01',
      requesterId: null,
      isReceiptRequired: true,
      lines: ordered,
    },
  };
  return {
    invoiceId: `inv-${index}`,
    matching,
    approval: {
      gross: net,
      match: matchInvoice({ ...matching, tolerance: tight }),
      proofStanding: chance.isHeads(0.8) ? 'proven' : 'consistent',
      supplierStanding: 'account-on-file',
      supplierNumber: 'S-1',
    },
  };
}
