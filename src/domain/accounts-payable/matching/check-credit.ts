import { add, describeMoney, subtract, type Decimal } from '#domain/money';
import type { Share } from './share-quantities.ts';
import type { CreditedInvoice, Invoice, MatchException, PurchaseOrder } from '../types.ts';
import { describeDecimal, describeQuantity, quoted } from '../wording.ts';

/** A credit note is always shown to a person, with what it does to the invoice it reduces where that is known. */
export function askAboutCredit(invoice: Invoice, order: PurchaseOrder | null, credited: CreditedInvoice | null): MatchException[] {
  const total = describeMoney(invoice.gross);
  const about = order === null ? '' : ` for order ${order.number}`;
  const begin = `${quoted(invoice.supplierName)} credits ${total}${about}`;
  const shown = { reason: 'credit-note', line: null, expected: null, found: total, difference: null } as const;
  if (credited === null || credited.gross.currency !== invoice.gross.currency)
    return [{ ...shown, message: `${begin}: nothing is paid for it. Which invoice does it reduce?` }];
  const after = add(credited.credited, invoice.gross);
  const left = subtract(credited.gross, after);
  if (left.minor >= 0n) {
    const message = `${begin}, off invoice ${credited.number} over ${describeMoney(credited.gross)}: ${describeMoney(left)} of it stay to be paid.`;
    return [{ ...shown, message }];
  }
  const most = subtract(credited.gross, credited.credited);
  const over = describeMoney(subtract(after, credited.gross));
  const before = credited.credited.minor === 0n ? '' : ` after ${describeMoney(credited.credited)} credited before`;
  const message =
    `${begin}${before}, but invoice ${credited.number} was over ${describeMoney(credited.gross)}: ${over} more than it asked. ` +
    'Is it for another invoice as well, or is the amount wrong?';
  return [
    { ...shown, message: `${begin}: nothing is paid for it. Does it reduce invoice ${credited.number} alone?` },
    { reason: 'over-credited', line: null, expected: describeMoney(most), found: total, difference: `+${over}`, message },
  ];
}

/** A credit note can give back no more of an order line than was billed. @param shares - of one order line. */
export function checkCredited(shares: readonly Share[]): MatchException | null {
  const [first] = shares;
  if (first === undefined) return null;
  const { line, open } = first;
  const { invoicedQuantity, unit } = open.ordered;
  const credited = shares.slice(1).reduce<Decimal>((total, { quantity }) => total.plus(quantity.abs()), first.quantity.abs());
  if (credited.lte(invoicedQuantity)) return null;
  return {
    reason: 'quantity',
    line: line.position,
    expected: describeQuantity(invoicedQuantity, unit),
    found: describeQuantity(credited, unit),
    difference: `+${describeQuantity(credited.minus(invoicedQuantity), unit)}`,
    message:
      `The credit note gives back ${describeQuantity(credited, unit)} of ${quoted(line.description)}, but only ` +
      `${describeDecimal(invoicedQuantity)} ${invoicedQuantity.eq(1) ? 'was' : 'were'} billed so far.`,
  };
}
