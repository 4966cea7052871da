import { describeMoney } from '#domain/money';
import type { Invoice, MatchException, PurchaseOrder } from '../types.ts';
import { quoted } from '../wording.ts';

/** Longer invoices are compared by a person: the assignment grows with the cube, 1,000 lines take about 10 s. */
const MAX_LINES = 1_000;
/** Beyond 15 digits no bank file, no spreadsheet and no ledger keeps an amount exactly. */
const MAX_MINOR = 10n ** 15n;
const MAX_FIGURE = 1e15;

const doubt = { reason: 'doubtful-value', line: null, difference: null } as const;

/** An amount that cannot be one; null when all can. */
export function tooLongAmount({ net, tax, gross, lines, charges = [] }: Invoice): MatchException | null {
  const sums = [net, tax, gross, ...charges.map(({ amount }) => amount)].map((amount) => ({ line: null, amount }));
  const amounts = [...sums, ...lines.map(({ position, netAmount }) => ({ line: position, amount: netAmount }))];
  const long = amounts.find(({ amount: { minor } }) => minor >= MAX_MINOR || minor <= -MAX_MINOR);
  if (long !== undefined) return tooLong(long.line, describeMoney(long.amount));
  for (const { position, quantity, unitPrice } of lines) {
    const figure = [quantity, unitPrice].find((value) => value !== null && value.abs().gte(MAX_FIGURE));
    if (figure != null) return tooLong(position, figure.toFixed());
  }
  return null;
}

function tooLong(line: number | null, found: string): MatchException {
  const message = `${found} has more than 15 digits, which no payment can have. Two figures were probably read as one: please correct it.`;
  return { ...doubt, line, expected: 'at most 15 digits', found, message };
}

/** What makes comparing lines pointless. */
export function obstacleOf(invoice: Invoice, orders: readonly PurchaseOrder[]): MatchException | null {
  const foreign = orders.find(({ supplierId }) => invoice.supplierId !== null && invoice.supplierId !== supplierId);
  if (foreign !== undefined) {
    const message = `The invoice of ${quoted(invoice.supplierName)} names order ${foreign.number}, which was placed with another supplier. Is the order number right?`;
    return { ...doubt, expected: foreign.supplierId, found: invoice.supplierId, message };
  }
  const numbers = orders.map(({ number }) => number).join(', ');
  if (invoice.lines.length === 0) {
    const found = describeMoney(invoice.net);
    const message = `No lines could be read on the invoice over ${found} net, so nothing can be compared with order ${numbers}. What does it bill?`;
    return { ...doubt, expected: null, found, message };
  }
  const ordered = orders.reduce((total, { lines }) => total + lines.length, 0);
  if (invoice.lines.length <= MAX_LINES && ordered <= MAX_LINES) return null;
  return {
    ...doubt,
    expected: `at most ${MAX_LINES} lines`,
    found: `${invoice.lines.length} lines`,
    message: `The invoice has ${invoice.lines.length} lines and order ${numbers} has ${ordered}: too many to compare by machine. Please compare them by hand.`,
  };
}
