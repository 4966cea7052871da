import { describeMoney, type Decimal, type Money } from '#domain/money';
import { chargeKindOf, describeCharge } from './charge-lines.ts';
import { askForFigures, checkIdentity, checkPrice, checkQuantity } from './check-line.ts';
import { checkTotals } from './check-totals.ts';
import { pairLines, type LinePair } from './pair-lines.ts';
import type { Allocation, Invoice, InvoiceLine, MatchException, MatchResult, PurchaseOrder, Tolerance } from './types.ts';
import { describeDecimal, describeQuantity, quoted } from './wording.ts';

/** Longer invoices are compared by a person: the assignment grows with the cube, 1,000 lines take about 10 s. */
const MAX_LINES = 1_000;
/** A rounding amount is less than one unit of the currency (Swiss 5 Rappen, Swedish öre rounding), never more. */
const MAX_ROUNDING_MINOR = 100n;

export interface MatchInput {
  readonly invoice: Invoice;
  /** The order the invoice names, with quantities received and invoiced before; null when none was found. */
  readonly order: PurchaseOrder | null;
  readonly tolerance: Tolerance;
}

/**
 * Matches an invoice line by line against its order (two-way) and, where the order requires receipts, against what
 * was received (three-way). Quantities count over all earlier invoices, so three partial invoices cannot pass one by
 * one. A partial delivery that is billed as received is clean.
 *
 * @returns a result in any case; what a person must decide is an exception with expected, found, difference and a
 *   sentence. A credit note always asks a person.
 */
export function matchInvoice({ invoice, order, tolerance }: MatchInput): MatchResult {
  const totals = checkTotals(invoice);
  const isMixed = totals.some((exception) => exception.reason === 'currency');
  const credit = invoice.kind === 'credit-note' ? [creditNote(invoice, order)] : [];
  if (order === null) return result('none', [], [...credit, missingOrder(invoice), ...totals]);
  const kind = order.isReceiptRequired ? 'three-way' : 'two-way';
  if (isMixed) return result(kind, [], [...credit, ...totals]);
  const obstacle = obstacleOf(invoice, order);
  if (obstacle !== null) return result(kind, [], [...credit, ...totals, obstacle]);
  const lines = matchLines(invoice, order, tolerance);
  return result(kind, lines.allocations, [...credit, ...currencyMismatch(invoice, order), ...totals, ...lines.exceptions]);
}

function result(kind: MatchResult['kind'], allocations: readonly Allocation[], exceptions: readonly MatchException[]): MatchResult {
  return { kind, outcome: exceptions.length === 0 ? 'matched' : 'exception', allocations, exceptions };
}

function matchLines(invoice: Invoice, order: PurchaseOrder, tolerance: Tolerance): Pick<MatchResult, 'allocations' | 'exceptions'> {
  const isSameCurrency = invoice.net.currency === order.currency;
  const { pairs, unpaired } = pairLines(invoice.lines, order.lines, isSameCurrency);
  const isCredit = invoice.kind === 'credit-note';
  const exceptions = unpaired.flatMap((line) => checkUnordered(line, invoice, order, tolerance) ?? []);
  for (const pair of pairs) exceptions.push(...checkPair(pair, isSameCurrency && !isCredit, tolerance));
  for (const billed of billedByOrderLine(pairs)) {
    const over = isCredit ? checkCredited(billed) : checkQuantity({ pairs: billed }, order.isReceiptRequired, tolerance);
    if (over !== null) exceptions.push(over);
  }
  return { allocations: pairs.flatMap(allocate), exceptions: exceptions.toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0)) };
}

function checkPair(pair: LinePair, isPriceCompared: boolean, tolerance: Tolerance): MatchException[] {
  const doubt = checkIdentity(pair);
  if (pair.figures === null) return [...(doubt === null ? [] : [doubt]), askForFigures(pair)];
  const price = isPriceCompared ? checkPrice(pair, pair.figures, tolerance) : null;
  return [doubt, price].filter((exception) => exception !== null);
}

function allocate({ line, ordered, figures, likeness }: LinePair): Allocation[] {
  if (figures === null) return [];
  const reason = likeness.identity >= 0.4 ? likeness.reason : 'same quantity and price, other words';
  return [{ invoiceLine: line.position, purchaseOrderLineId: ordered.id, quantity: figures.quantity, amount: line.netAmount, reason }];
}

type BilledPairs = readonly { readonly pair: LinePair; readonly quantity: Decimal }[];

function billedByOrderLine(pairs: readonly LinePair[]): BilledPairs[] {
  const known = pairs.flatMap((pair) => (pair.figures === null ? [] : [{ pair, quantity: pair.figures.quantity }]));
  return [...Map.groupBy(known, ({ pair }) => pair.ordered.id).values()];
}

/** A credit note can give back no more than was billed. */
function checkCredited(billed: BilledPairs): MatchException | null {
  const first = billed[0];
  if (first === undefined) return null;
  const { line, ordered } = first.pair;
  const credited = billed.slice(1).reduce((total, { quantity }) => total.plus(quantity.abs()), first.quantity.abs());
  if (credited.lte(ordered.invoicedQuantity)) return null;
  return {
    reason: 'quantity',
    line: line.position,
    expected: describeQuantity(ordered.invoicedQuantity, ordered.unit),
    found: describeQuantity(credited, ordered.unit),
    difference: `+${describeQuantity(credited.minus(ordered.invoicedQuantity), ordered.unit)}`,
    message:
      `The credit note gives back ${describeQuantity(credited, ordered.unit)} of ${quoted(line.description)}, but only ` +
      `${describeDecimal(ordered.invoicedQuantity)} ${ordered.invoicedQuantity.eq(1) ? 'was' : 'were'} billed so far.`,
  };
}

/** Null for what costs nothing extra: text lines, discounts, and a rounding amount within tolerance. */
function checkUnordered(line: InvoiceLine, invoice: Invoice, order: PurchaseOrder, tolerance: Tolerance): MatchException | null {
  const charge = chargeKindOf(line.description);
  const { minor } = line.netAmount;
  if (minor === 0n || (charge === 'discount' && minor < 0n)) return null;
  if (charge === 'rounding' && isAcceptedRounding(line.netAmount, invoice.net, tolerance)) return null;
  const amount = describeMoney(line.netAmount);
  const message =
    charge === null
      ? `The invoice asks ${amount} for ${quoted(line.description)}, which is not on order ${order.number}.`
      : `The invoice adds ${describeCharge(charge)} of ${amount} (${quoted(line.description)}), which is not on order ${order.number}.`;
  return {
    reason: 'unordered-item',
    line: line.position,
    expected: null,
    found: amount,
    difference: minor > 0n ? `+${amount}` : amount,
    message,
  };
}

function isAcceptedRounding(rounding: Money, net: Money, tolerance: Tolerance): boolean {
  const size = rounding.minor < 0n ? -rounding.minor : rounding.minor;
  const whole = net.minor < 0n ? -net.minor : net.minor;
  return size < MAX_ROUNDING_MINOR && size <= tolerance.priceMinor && size * 10_000n <= whole * BigInt(tolerance.priceBasisPoints);
}

function currencyMismatch(invoice: Invoice, order: PurchaseOrder): MatchException[] {
  const found = invoice.net.currency;
  if (found === order.currency) return [];
  const message =
    `The invoice is in ${found}, order ${order.number} is in ${order.currency}; prices in two currencies cannot be compared. ` +
    `Was ${found} agreed?`;
  return [{ reason: 'currency', line: null, expected: order.currency, found, difference: null, message }];
}

function missingOrder(invoice: Invoice): MatchException {
  const total = describeMoney(invoice.gross);
  const message =
    invoice.poNumber === null
      ? `The invoice over ${total} names no purchase order. Who ordered this?`
      : `The invoice over ${total} names order ${quoted(invoice.poNumber)}, which is not on file. Which order is it for?`;
  return { reason: 'missing-purchase-order', line: null, expected: null, found: invoice.poNumber, difference: null, message };
}

function creditNote(invoice: Invoice, order: PurchaseOrder | null): MatchException {
  const total = describeMoney(invoice.gross);
  const about = order === null ? '' : ` for order ${order.number}`;
  return {
    reason: 'credit-note',
    line: null,
    expected: null,
    found: total,
    difference: null,
    message: `${quoted(invoice.supplierName)} credits ${total}${about}: nothing is paid for it. Which invoice does it reduce?`,
  };
}

/** What makes comparing lines pointless. */
function obstacleOf(invoice: Invoice, order: PurchaseOrder): MatchException | null {
  const doubt = { reason: 'doubtful-value', line: null, difference: null } as const;
  if (invoice.supplierId !== null && invoice.supplierId !== order.supplierId) {
    return {
      ...doubt,
      expected: order.supplierId,
      found: invoice.supplierId,
      message: `The invoice of ${quoted(invoice.supplierName)} names order ${order.number}, which was placed with another supplier. Is the order number right?`,
    };
  }
  if (invoice.lines.length === 0) {
    const found = describeMoney(invoice.net);
    const message = `No lines could be read on the invoice over ${found} net, so nothing can be compared with order ${order.number}. What does it bill?`;
    return { ...doubt, expected: null, found, message };
  }
  if (invoice.lines.length <= MAX_LINES && order.lines.length <= MAX_LINES) return null;
  return {
    ...doubt,
    expected: `at most ${MAX_LINES} lines`,
    found: `${invoice.lines.length} lines`,
    message: `The invoice has ${invoice.lines.length} lines and order ${order.number} has ${order.lines.length}: too many to compare by machine. Please compare them by hand.`,
  };
}
