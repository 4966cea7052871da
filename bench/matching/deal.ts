import type {
  Allocation,
  CreditedInvoice,
  DocumentCharge,
  ExceptionReason,
  ExchangeRate,
  Invoice,
  InvoiceLine,
  MatchInput,
  PurchaseOrder,
  PurchaseOrderLine,
  Tolerance,
} from '#domain/accounts-payable';
import { decimal, roundTo, sum, type Decimal, type Money } from '#domain/money';

/** A line of the invoice being made, with the order lines it truly bills. */
export interface BilledLine {
  readonly bills: readonly PurchaseOrderLine[];
  readonly description: string;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
  readonly taxRate?: Decimal | null;
  readonly unit?: string | null;
  readonly priceBase?: Decimal | null;
  readonly orderNumber?: string | null;
}

/** An order, the invoice about it, and what is wrong with it: everything a trouble may change before it becomes a case. */
export interface Deal {
  readonly order: PurchaseOrder;
  readonly moreOrders?: readonly PurchaseOrder[];
  readonly lines: readonly BilledLine[];
  readonly tolerance: Tolerance;
  readonly reasons: readonly ExceptionReason[];
  readonly currency?: string;
  readonly kind?: Invoice['kind'];
  readonly charges?: readonly DocumentCharge[];
  readonly stage?: Invoice['stage'];
  readonly statedRate?: ExchangeRate;
  readonly exchangeRates?: readonly ExchangeRate[];
  readonly credited?: CreditedInvoice;
  /** Prices are per base, but the invoice does not print the base. */
  readonly isPriceBaseSilent?: boolean;
  /** Added to what the figures give, for sums that are wrong. */
  readonly wrong?: { readonly net?: bigint; readonly tax?: bigint };
}

/** One labelled case: what the matcher is told, and what it should find. */
export interface MatchingCase {
  readonly id: string;
  readonly trouble: string;
  readonly input: MatchInput;
  readonly expected: { readonly pairs: ReadonlySet<string>; readonly reasons: readonly ExceptionReason[] };
}

export function pairKey(allocation: Pick<Allocation, 'invoiceLine' | 'purchaseOrderLineId'>): string {
  return `${allocation.invoiceLine}→${allocation.purchaseOrderLineId}`;
}

/** The invoice that bills all of the order as ordered. */
export function billAll(order: PurchaseOrder, tolerance: Tolerance): Deal {
  return { order, tolerance, reasons: [], lines: order.lines.map((ordered) => billed(ordered)) };
}

export function billed(ordered: PurchaseOrderLine, changes: Partial<BilledLine> = {}): BilledLine {
  const { description, quantity, unitPrice } = ordered;
  const shown = ordered.itemCode === null ? description : `${ordered.itemCode} ${description}`;
  return { bills: [ordered], description: shown, quantity, unitPrice, ...changes };
}

/** The same deal with some lines changed. */
export function withLine(deal: Deal, at: number, changes: Partial<BilledLine>): Deal {
  return { ...deal, lines: deal.lines.map((line, index) => (index === at ? { ...line, ...changes } : line)) };
}

/** The order with one of its lines changed, and the bill following it. */
export function withOrdered(deal: Deal, at: number, changes: Partial<PurchaseOrderLine>): Deal {
  const lines = deal.order.lines.map((line, index) => (index === at ? { ...line, ...changes } : line));
  const byId = new Map(lines.map((line) => [line.id, line]));
  const follow = (line: BilledLine): BilledLine => ({ ...line, bills: line.bills.map((ordered) => byId.get(ordered.id) ?? ordered) });
  return { ...deal, order: { ...deal.order, lines }, lines: deal.lines.map(follow) };
}

export function caseOf(id: string, trouble: string, deal: Deal): MatchingCase {
  const currency = deal.currency ?? deal.order.currency;
  const lines = deal.lines.map((line, at) => invoiceLine(line, at + 1, currency));
  const printed = deal.isPriceBaseSilent === true ? lines.map((line) => ({ ...line, priceBase: null })) : lines;
  const charges = deal.charges ?? [];
  const sums = totals(lines, charges, currency);
  const net = plus(sums.net, deal.wrong?.net);
  const tax = plus(sums.tax, deal.wrong?.tax);
  const invoice: Invoice = {
    id: `invoice-${id}`,
    kind: deal.kind ?? 'invoice',
    number: `R-${id}`,
    issuedOn: '2026-03-02',
    dueOn: null,
    supplierId: deal.order.supplierId,
    supplierName: 'Kontor AG',
    iban: null,
    poNumber: deal.order.number,
    net,
    tax,
    gross: { minor: net.minor + tax.minor, currency },
    lines: printed,
    charges,
    stage: deal.stage ?? null,
    statedRate: deal.statedRate ?? null,
  };
  const pairs = deal.lines.flatMap((line, at) => line.bills.map(({ id: orderLine }) => `${at + 1}→${orderLine}`));
  const { order, tolerance, moreOrders = [], exchangeRates = [], credited = null } = deal;
  return {
    id,
    trouble,
    input: { invoice, order, tolerance, moreOrders, exchangeRates, credited },
    expected: { pairs: new Set(pairs), reasons: [...new Set(deal.reasons)].toSorted() },
  };
}

/** Net amount of a line: quantity × price ÷ price base, half up. */
export function amountOf(line: Pick<BilledLine, 'quantity' | 'unitPrice' | 'priceBase'>, currency: string): Money {
  return roundTo(line.quantity.times(line.unitPrice).div(line.priceBase ?? 1), currency);
}

function invoiceLine(line: BilledLine, position: number, currency: string): InvoiceLine {
  const { description, quantity, unitPrice, taxRate = decimal(19), unit = null, priceBase = null, orderNumber = null } = line;
  return {
    position,
    description,
    quantity,
    unitPrice,
    netAmount: amountOf(line, currency),
    taxRate,
    unit,
    priceBase,
    orderNumber,
  };
}

function totals(lines: readonly InvoiceLine[], charges: readonly DocumentCharge[], currency: string): { net: Money; tax: Money } {
  const parts = [
    ...lines.map(({ netAmount, taxRate }) => ({ amount: netAmount, taxRate })),
    ...charges.map(({ amount, taxRate }) => ({ amount, taxRate })),
  ];
  const net = sum(
    parts.map(({ amount }) => amount),
    currency,
  );
  const perRate = Map.groupBy(parts, ({ taxRate }) => taxRate?.toFixed() ?? '0');
  const taxes = [...perRate].map(([rate, taxed]) => {
    const base = taxed.reduce((minor, { amount }) => minor + amount.minor, 0n);
    return { minor: BigInt(decimal(base).times(rate).div(100).round(0, 1).toFixed()), currency };
  });
  return { net, tax: sum(taxes, currency) };
}

function plus(amount: Money, minor: bigint | undefined): Money {
  return { minor: amount.minor + (minor ?? 0n), currency: amount.currency };
}
