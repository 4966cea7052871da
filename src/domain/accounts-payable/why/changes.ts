import { decimal, describeMoney, toDecimal, type Decimal, type Money } from '#domain/money';
import type { Invoice, PurchaseOrder, PurchaseOrderLine } from '../types.ts';
import { describeDecimal, describePrice, quoted, unitName } from '../wording.ts';
import { matchOf, type AutomationFacts } from './automation-facts.ts';

/** One input of the rules that may be turned, in whole steps from 0 (as it is) to `most`. */
export interface Change {
  readonly what: string;
  readonly most: number;
  /** Whether the match comes out anew, which is slow, or only what is made of it. */
  readonly isOfMatch: boolean;
  apply(facts: AutomationFacts, steps: number): AutomationFacts;
  /** Completes "Nobody would have been asked if …". */
  say(facts: AutomationFacts, steps: number): string;
}

// The last digit that the tables keep of a quantity.
const quantityStep = decimal('0.0001');

function stepsOf(quantity: Decimal): number {
  return Math.max(1, Number(quantity.div(quantityStep).round(0, 3).toFixed()));
}

function withLine(facts: AutomationFacts, id: string, change: (line: PurchaseOrderLine) => Partial<PurchaseOrderLine>): AutomationFacts {
  const orders = facts.orders.map((order) => ({
    ...order,
    lines: order.lines.map((line) => (line.id === id ? { ...line, ...change(line) } : line)),
  }));
  return { ...facts, orders };
}

interface OrderedLine {
  readonly order: PurchaseOrder;
  readonly line: PurchaseOrderLine;
  /** What this invoice bills of it. */
  readonly quantity: Decimal;
  readonly amount: Decimal;
}

/** With more of them a sentence would be a list that nobody reads. */
const mostLines = 6;

/** Order lines that the invoice bills and that something was found about, with how much of each; none where they are too many. */
function disputedLines(facts: AutomationFacts): OrderedLine[] {
  const { allocations, exceptions } = matchOf(facts);
  const disputed = new Set(exceptions.map(({ line }) => line));
  const own = allocations.filter(({ invoiceLine }) => disputed.has(null) || disputed.has(invoiceLine));
  const lines = new Set(own.map(({ purchaseOrderLineId }) => purchaseOrderLineId));
  if (lines.size > mostLines) return [];
  // All that is billed of such a line, also by lines that nothing was found about.
  const byLine = Map.groupBy(
    allocations.filter(({ purchaseOrderLineId }) => lines.has(purchaseOrderLineId)),
    ({ purchaseOrderLineId }) => purchaseOrderLineId,
  );
  return facts.orders.flatMap((order) =>
    order.lines.flatMap((line) => {
      const own = byLine.get(line.id) ?? [];
      if (own.length === 0) return [];
      const quantity = own.reduce((total, allocation) => total.plus(allocation.quantity), decimal(0));
      const amount = own.reduce((total, allocation) => total.plus(toDecimal(allocation.amount)), decimal(0));
      return { order, line, quantity, amount };
    }),
  );
}

/** More goods on a receipt, and more of them on the order. */
export function quantityChanges(facts: AutomationFacts): Change[] {
  return disputedLines(facts).flatMap(({ order, line, quantity }) => {
    const most = stepsOf(line.invoicedQuantity.plus(quantity));
    const more = (steps: number): Decimal => quantityStep.times(steps);
    const amountOf = (steps: number): string =>
      `${describeDecimal(more(steps))} more ${unitName(line.unit, !more(steps).eq(1))} of ${quoted(line.description)}`;
    return [
      {
        what: 'received',
        most,
        isOfMatch: true,
        apply: (of, steps) => withLine(of, line.id, ({ receivedQuantity }) => ({ receivedQuantity: receivedQuantity.plus(more(steps)) })),
        say: (_, steps) => `${amountOf(steps)} had been received on order ${order.number}`,
      },
      {
        what: 'ordered',
        most,
        isOfMatch: true,
        apply: (of, steps) => withLine(of, line.id, (ordered) => ({ quantity: ordered.quantity.plus(more(steps)) })),
        say: (_, steps) => `${amountOf(steps)} had been ordered on ${order.number}`,
      },
    ] satisfies Change[];
  });
}

/** The order says what the invoice asks. */
export function priceChanges(facts: AutomationFacts): Change[] {
  return disputedLines(facts).flatMap(({ order, line, quantity, amount }) => {
    if (quantity.eq(0)) return [];
    const unitPrice = amount.div(quantity).times(line.priceBase ?? 1);
    return {
      what: 'order-price',
      most: 1,
      isOfMatch: true,
      apply: (of, steps) => (steps === 0 ? of : withLine(of, line.id, () => ({ unitPrice }))),
      say: () =>
        `order ${order.number} had said ${describePrice(unitPrice.round(4), order.currency)} for ${quoted(line.description)} instead of ${describePrice(line.unitPrice, order.currency)}`,
    };
  });
}

/** Percent and amount are two limits, and both must hold. */
export function toleranceChanges({ invoice, tolerance }: AutomationFacts): Change[] {
  const { currency } = invoice.gross;
  const percent = (basisPoints: number): string => `${decimal(basisPoints).div(100).toFixed()} %`;
  const now = tolerance;
  return [
    {
      what: 'price-tolerance-percent',
      isOfMatch: true,
      most: Math.max(0, 10_000 - now.priceBasisPoints),
      apply: (facts, steps) => withTolerance(facts, { priceBasisPoints: now.priceBasisPoints + steps }),
      say: (_, steps) =>
        `prices were allowed to differ by ${percent(now.priceBasisPoints + steps)} (today it is ${percent(now.priceBasisPoints)})`,
    },
    {
      what: 'price-tolerance-amount',
      isOfMatch: true,
      most: Math.max(0, Number(invoice.net.minor - now.priceMinor)),
      apply: (facts, steps) => withTolerance(facts, { priceMinor: now.priceMinor + BigInt(steps) }),
      say: (_, steps) =>
        `prices were allowed to differ by ${describeMoney({ minor: now.priceMinor + BigInt(steps), currency })} in a line (today it is ${describeMoney({ minor: now.priceMinor, currency })})`,
    },
  ];
}

function withTolerance(facts: AutomationFacts, limits: Partial<AutomationFacts['tolerance']>): AutomationFacts {
  return { ...facts, tolerance: { ...facts.tolerance, ...limits } };
}

/** Everything that stands or falls as a whole, and the amount that needs nobody. */
export function otherChanges({ invoice: { gross } }: AutomationFacts): Change[] {
  const lowered = (steps: number): Money => ({ minor: gross.minor - BigInt(steps), currency: gross.currency });
  return [
    given('supplier', 'the supplier and its bank account had been on file', (facts) => ({
      ...without(facts, /^unknown-supplier$/),
      supplierStanding: facts.supplierStanding === 'unknown-supplier' ? 'account-on-file' : facts.supplierStanding,
    })),
    given('account', 'the bank account had been the verified one of the supplier', (facts) => ({
      ...without(facts, /^bank-account/),
      supplierStanding: facts.supplierStanding === 'account-not-on-file' ? 'account-on-file' : facts.supplierStanding,
    })),
    given('proof', 'the sums on the page had proven every amount', (facts) => ({
      ...without(facts, /^(doubtful-value|arithmetic)$/),
      proofStanding: 'proven',
    })),
    given('tax', 'tax and VAT ids had raised no question', (facts) => without(facts, /^(tax-|vat-id)/)),
    given('duplicate', 'no earlier invoice had looked like this one', (facts) => without(facts, /^duplicate$/)),
    given('fraud', 'the fraud checks had found nothing unusual', (facts) => ({ ...without(facts, /^fraud-/), warnings: [] })),
    {
      ...given('order-open', 'the order had still been open', (facts) => ({
        ...facts,
        orders: facts.orders.map((order) => ({ ...order, closedOn: null })),
      })),
      isOfMatch: true,
    },
    {
      what: 'limit',
      isOfMatch: false,
      most: Math.max(0, Number(gross.minor) - 1),
      apply: (facts, steps) => ({ ...facts, askedAmount: lowered(steps) }),
      say: (_, steps) => `up to ${describeMoney(gross)} could pass without approval (today it is ${describeMoney(lowered(steps))})`,
    },
  ];
}

/** An order that says exactly what is billed, all of it received. */
export function orderChange({ invoice }: AutomationFacts): Change {
  const orders = [orderLike(invoice)];
  return {
    ...given('order', 'an order for exactly these lines had been on file, and received', (facts) => ({ ...facts, orders })),
    isOfMatch: true,
  };
}

function orderLike(invoice: Invoice): PurchaseOrder {
  return {
    id: 'as-billed',
    number: invoice.poNumber ?? 'as billed',
    supplierId: invoice.supplierId ?? 'as-billed',
    currency: invoice.gross.currency,
    orderedOn: invoice.issuedOn,
    requesterId: null,
    isReceiptRequired: true,
    lines: invoice.lines.map((line) => {
      const quantity = line.quantity ?? decimal(1);
      const unitPrice = quantity.eq(0) ? toDecimal(line.netAmount) : toDecimal(line.netAmount).div(quantity);
      return {
        id: `as-billed-${line.position}`,
        position: line.position,
        itemCode: null,
        description: line.description,
        unit: line.unit ?? '',
        quantity,
        unitPrice,
        receivedQuantity: quantity,
        invoicedQuantity: decimal(0),
      };
    }),
  };
}

function given(what: string, sentence: string, change: (facts: AutomationFacts) => AutomationFacts): Change {
  return { what, most: 1, isOfMatch: false, apply: (facts, steps) => (steps === 0 ? facts : change(facts)), say: () => sentence };
}

function without(facts: AutomationFacts, reasons: RegExp): AutomationFacts {
  return { ...facts, questions: facts.questions.filter(({ reason }) => !reasons.test(reason)) };
}
