import { describeMoney, sum, type Decimal } from '#domain/money';
import type { AgreementCoverage } from '../agreements/coverage.ts';
import { allocationsOf, receiptAllocationsOf } from './allocate.ts';
import { chargeItemsOf } from './charge-items.ts';
import { chargeKindOf } from './charge-lines.ts';
import { checkCharges } from './check-charges.ts';
import { askAboutCredit, checkCredited } from './check-credit.ts';
import { checkDeposits } from './check-deposits.ts';
import { askForFigures, askForUnit, checkIdentity, checkLineTotal, checkPrice, checkQuantity } from './check-line.ts';
import { checkTotals } from './check-totals.ts';
import { rateBetween } from './exchange-rates.ts';
import { findLumpSum } from './lump-sum.ts';
import { obstacleOf, tooLongAmount } from './match-obstacles.ts';
import { openLinesOf, type OpenLine } from './open-lines.ts';
import { pairLines, type LinePair } from './pair-lines.ts';
import { shareQuantities, type Share } from './share-quantities.ts';
import { limitsFor, toleranceFaults } from './tolerances.ts';
import type {
  CreditedInvoice,
  ExchangeRate,
  Invoice,
  InvoiceLine,
  MatchException,
  MatchResult,
  PurchaseOrder,
  Tolerance,
} from '../types.ts';
import { relateUnits } from './units.ts';
import { quoted } from '../wording.ts';

export interface MatchInput {
  readonly invoice: Invoice;
  /** The order the invoice names, with quantities received and invoiced before; null when none was found. */
  readonly order: PurchaseOrder | null;
  readonly tolerance: Tolerance;
  /** Further orders the invoice names. @default none */
  readonly moreOrders?: readonly PurchaseOrder[];
  /** The office's own exchange rates, against which a stated rate is held. @default none */
  readonly exchangeRates?: readonly ExchangeRate[];
  /** What a credit note reduces. @default null, not known */
  readonly credited?: CreditedInvoice | null;
  /** How it stands to what was agreed without an order; counts only where there is no order. @default null, nothing was */
  readonly agreement?: AgreementCoverage | null;
}

/**
 * Matches an invoice line by line against its orders (two-way) and, where receipts are required, against what was
 * received (three-way). Quantities count over all earlier invoices, so three partial invoices cannot pass one by one. A
 * partial delivery that is billed as received is clean. Charges, discounts and deposits are matched each on its own.
 *
 * @returns a result in any case; what a person must decide is an exception with expected, found, difference and a
 *   sentence. A credit note always asks a person.
 */
export function matchInvoice(input: MatchInput): MatchResult {
  const { invoice, order, moreOrders = [], credited = null } = input;
  const tooLong = tooLongAmount(invoice);
  if (tooLong !== null) return result('none', [], [tooLong]);
  const totals = checkTotals(invoice);
  const isMixed = totals.some((exception) => exception.reason === 'currency');
  const credit = invoice.kind === 'credit-note' ? askAboutCredit(invoice, order, credited) : [];
  if (order === null) return withoutOrder(input, credit, totals);
  const orders = [order, ...moreOrders];
  const kind = orders.some(needsReceipts) ? 'three-way' : 'two-way';
  if (isMixed) return result(kind, [], [...credit, ...totals]);
  const obstacle = obstacleOf(invoice, orders);
  if (obstacle !== null) return result(kind, [], [...credit, ...totals, obstacle]);
  const lines = matchLines(input, orders);
  const before = [...credit, ...toleranceFaults(input.tolerance, order.supplierId), ...closedOrders(invoice, orders), ...lines.currency];
  const found = result(kind, lines.shares, [...before, ...totals, ...lines.exceptions]);
  const receipts = receiptAllocationsOf(lines.shares);
  return receipts.length === 0 ? found : { ...found, receiptAllocations: receipts };
}

function result(kind: MatchResult['kind'], shares: readonly Share[], exceptions: readonly MatchException[]): MatchResult {
  return { kind, outcome: exceptions.length === 0 ? 'matched' : 'exception', allocations: allocationsOf(shares), exceptions };
}

/** What was agreed takes the place of an order; else somebody is asked who ordered it. */
function withoutOrder(
  { invoice, agreement = null }: MatchInput,
  credit: readonly MatchException[],
  totals: readonly MatchException[],
): MatchResult {
  const found = result('none', [], [...credit, ...(agreement?.exceptions ?? [missingOrder(invoice)]), ...totals]);
  if (agreement === null) return found;
  return agreement.exceptions.length > 0 ? found : { ...found, coveredBy: agreement.sentence };
}

function needsReceipts({ isReceiptRequired, lines }: PurchaseOrder): boolean {
  return lines.length === 0 ? isReceiptRequired : lines.some((line) => line.isReceiptRequired ?? isReceiptRequired);
}

interface MatchedLines {
  readonly shares: readonly Share[];
  readonly currency: readonly MatchException[];
  readonly exceptions: readonly MatchException[];
}

function matchLines({ invoice, tolerance, exchangeRates = [] }: MatchInput, orders: readonly PurchaseOrder[]): MatchedLines {
  const rates = new Map(orders.map((order) => [order, rateBetween(invoice, order, exchangeRates, limitsOf(tolerance, order))]));
  const openLines = openLinesOf(orders, (order) => rates.get(order)?.rate ?? null);
  const paired = pairLines(invoice.lines, openLines);
  const sums = findLumpSums(paired.unpaired, paired.pairs, openLines);
  const shares = [...shareQuantities(paired.pairs, openLines), ...sums.flatMap((lump) => lump.shares)];
  const unpaired = paired.unpaired.filter((line) => sums.every((lump) => lump.line !== line));
  const exceptions = [
    ...paired.pairs.flatMap((pair) => checkPair(pair, invoice, tolerance)),
    ...sums.map(({ exception }) => exception),
    ...checkQuantities(shares, invoice, tolerance),
    ...checkRest(unpaired, { invoice, orders, openLines, shares, tolerance }),
  ];
  return {
    shares,
    currency: [...rates.values()].flatMap(({ exception }) => exception ?? []),
    exceptions: exceptions.toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0)),
  };
}

function limitsOf(tolerance: Tolerance, { supplierId }: PurchaseOrder, category: string | null = null): Tolerance {
  return limitsFor(tolerance, { supplierId, category });
}

function findLumpSums(unpaired: readonly InvoiceLine[], pairs: readonly LinePair[], openLines: readonly OpenLine[]) {
  const free = openLines.filter((open) => pairs.every((pair) => pair.open !== open));
  if (free.length < 2) return [];
  // "Delivery as ordered" may be goods; a deposit or a discount never is.
  const goods = unpaired.filter(({ description }) => !['deposit', 'discount'].includes(chargeKindOf(description) ?? ''));
  return goods.flatMap((line) => findLumpSum(line, free) ?? []).slice(0, 1);
}

function checkPair(pair: LinePair, invoice: Invoice, tolerance: Tolerance): MatchException[] {
  const { line, open, ordered, figures } = pair;
  const doubt = checkIdentity(pair);
  if (figures === null) return [...(doubt === null ? [] : [doubt]), askForFigures(pair)];
  const isPriceCompared = open.isPriceCompared && invoice.kind !== 'credit-note';
  const limits = limitsOf(tolerance, open.order, ordered.category ?? null);
  const price = isPriceCompared ? checkPrice(pair, figures, limits) : null;
  const isUnitUnknown = price !== null && relateUnits(line, ordered).kind === 'unknown';
  return [doubt, isUnitUnknown ? askForUnit(pair, figures) : price].filter((exception) => exception !== null);
}

function checkQuantities(shares: readonly Share[], invoice: Invoice, tolerance: Tolerance): MatchException[] {
  return [...Map.groupBy(shares, ({ open }) => open)].flatMap(([open, ofLine]) => {
    if (invoice.kind === 'credit-note') return checkCredited(ofLine) ?? [];
    const limits = limitsOf(tolerance, open.order, open.ordered.category ?? null);
    // In a unit nobody can count, the question about the unit is the question about the quantity.
    const isUncountable = ofLine.some(({ line }) => relateUnits(line, open.ordered).kind === 'unknown');
    return [isUncountable ? null : checkQuantity(ofLine, limits), checkLineTotal(ofLine, limits)].filter((exception) => exception !== null);
  });
}

interface RestFacts {
  readonly invoice: Invoice;
  readonly orders: readonly PurchaseOrder[];
  readonly openLines: readonly OpenLine[];
  readonly shares: readonly Share[];
  readonly tolerance: Tolerance;
}

/** What bills no order line: charges, discounts, deposits, and things nobody ordered. */
function checkRest(unpaired: readonly InvoiceLine[], { invoice, orders, openLines, shares, tolerance }: RestFacts): MatchException[] {
  const [first] = orders;
  if (first === undefined) return [];
  const items = chargeItemsOf(unpaired, invoice.charges ?? []);
  const deposits = items.filter(({ kind }) => kind === 'deposit');
  const isComplete = openLines.every((open) => billedOf(open, shares).gte(open.ordered.quantity));
  const allocated = allocationsOf(shares).map(({ amount }) => amount);
  const charges = checkCharges({
    items: items.filter(({ kind }) => kind !== 'deposit'),
    agreed: invoice.kind === 'credit-note' ? [] : orders.flatMap((order) => order.charges ?? []),
    goods: sum(allocated, invoice.net.currency),
    net: invoice.net,
    isComplete,
    orderNumber: orders.map(({ number }) => number).join(', '),
    tolerance: limitsOf(tolerance, first),
  });
  const isDepositChecked = invoice.kind === 'invoice' && first.currency === invoice.net.currency;
  return [...charges, ...(isDepositChecked ? checkDeposits({ invoice, order: first, items: deposits, isComplete }) : [])];
}

function billedOf(open: OpenLine, shares: readonly Share[]): Decimal {
  return shares.filter((share) => share.open === open).reduce((total, { quantity }) => total.plus(quantity), open.ordered.invoicedQuantity);
}

function closedOrders(invoice: Invoice, orders: readonly PurchaseOrder[]): MatchException[] {
  if (invoice.kind === 'credit-note') return [];
  return orders.flatMap(({ number, closedOn = null }) => {
    if (closedOn === null) return [];
    const message = `Order ${number} was closed on ${closedOn}, and the invoice of ${invoice.issuedOn} still asks ${describeMoney(invoice.gross)} for it. Open the order again, or reject the invoice.`;
    return [{ reason: 'order-closed', line: null, expected: `closed on ${closedOn}`, found: invoice.issuedOn, difference: null, message }];
  });
}

function missingOrder(invoice: Invoice): MatchException {
  const total = describeMoney(invoice.gross);
  const message =
    invoice.poNumber === null
      ? `The invoice over ${total} names no purchase order. Who ordered this?`
      : `The invoice over ${total} names order ${quoted(invoice.poNumber)}, which is not on file. Which order is it for?`;
  return { reason: 'missing-purchase-order', line: null, expected: null, found: invoice.poNumber, difference: null, message };
}
