import { absolute, add, describeMoney, roundTo, subtract, sum, toDecimal, type Money } from '#domain/money';
import type { ChargeItem } from './charge-items.ts';
import { pricePerUnit } from './open-lines.ts';
import type { Deposit, Invoice, MatchException, PurchaseOrder } from '../types.ts';
import { describeShare } from '../wording.ts';

export interface DepositFacts {
  readonly invoice: Pick<Invoice, 'net' | 'stage'>;
  /** In the currency of the invoice. */
  readonly order: PurchaseOrder;
  /** What the invoice asks (positive) or takes off (negative) as a deposit. */
  readonly items: readonly ChargeItem[];
  /** Everything ordered is billed after this invoice. */
  readonly isComplete: boolean;
}

/** Whether deposits asked were agreed, and whether the final invoice takes off again what was paid before. */
export function checkDeposits(facts: DepositFacts): MatchException[] {
  const asked = facts.items.filter(({ amount }) => amount.minor > 0n);
  return [asked.length === 0 ? null : checkAsked(asked, facts), checkDeducted(facts)].filter((exception) => exception !== null);
}

function checkAsked(asked: readonly ChargeItem[], { invoice, order }: DepositFacts): MatchException | null {
  const { currency } = invoice.net;
  const now = total(asked, currency);
  const value = orderValue(order);
  const before = sum(
    (order.deposits ?? []).map(({ net }) => net),
    currency,
  );
  const share = describeShare(toDecimal(now), toDecimal(value)) ?? '';
  const agreed = order.depositBasisPoints ?? null;
  const begin = `The invoice asks ${describeMoney(now)} in advance on order ${order.number} over ${describeMoney(value)} (${share})`;
  if (agreed === null) return deposit(asked[0]?.line ?? null, null, now, `${begin}, but no deposit was agreed with the order. Was it?`);
  const most = roundTo(toDecimal(value).times(agreed).div(10_000), currency);
  const over = subtract(add(before, now), most);
  if (over.minor <= 1n) return null;
  const earlier = before.minor === 0n ? '' : ` after ${describeMoney(before)} asked before`;
  const message = `${begin}${earlier}; ${agreed / 100} %, that is ${describeMoney(most)}, were agreed: ${describeMoney(over)} more.`;
  return deposit(asked[0]?.line ?? null, most, now, message);
}

/** A final invoice takes off all that is left; one before it may take off a part. */
function checkDeducted({ invoice, order, items, isComplete }: DepositFacts): MatchException | null {
  const taken = items.filter(({ amount }) => amount.minor < 0n);
  const deducted = absolute(total(taken, invoice.net.currency));
  const line = taken[0]?.line ?? null;
  if (order.deposits == null) {
    if (deducted.minor === 0n) return null;
    const message = `The invoice takes off ${describeMoney(deducted)} as paid in advance, but no deposits of order ${order.number} are on file. Is that what was paid?`;
    return deposit(line, null, deducted, message);
  }
  const open = outstanding(order.deposits, invoice.net.currency);
  const difference = subtract(deducted, open);
  const isDue = invoice.stage === 'final' || (isComplete && invoice.stage !== 'deposit');
  if (absolute(difference).minor <= 1n || (difference.minor < 0n && !isDue)) return null;
  const paid = `${describeMoney(open)} ${open.minor === 0n ? 'are left of the deposits' : `were paid in advance (${numbersOf(order.deposits)})`}`;
  const off = deducted.minor === 0n ? 'the invoice takes nothing off' : `the invoice takes off ${describeMoney(deducted)}`;
  const end = difference.minor < 0n ? `${describeMoney(absolute(difference))} would be paid twice` : 'more than there is to take off';
  return deposit(line, open, deducted, `${paid}, but ${off}: ${end}.`);
}

function outstanding(deposits: readonly Deposit[], currency: string): Money {
  return sum(
    deposits.map(({ net, deducted }) => subtract(net, deducted)),
    currency,
  );
}

function numbersOf(deposits: readonly Deposit[]): string {
  return deposits.map(({ number }) => number).join(', ');
}

function orderValue({ lines, currency }: PurchaseOrder): Money {
  return sum(
    lines.map((line) => roundTo(line.quantity.times(pricePerUnit(line)), currency)),
    currency,
  );
}

function total(items: readonly ChargeItem[], currency: string): Money {
  return sum(
    items.map(({ amount }) => amount),
    currency,
  );
}

function deposit(line: number | null, expected: Money | null, found: Money, message: string): MatchException {
  const difference = expected === null ? null : subtract(found, expected);
  return {
    reason: 'deposit',
    line,
    expected: expected === null ? null : describeMoney(expected),
    found: describeMoney(found),
    difference: difference === null ? null : `${difference.minor > 0n ? '+' : ''}${describeMoney(difference)}`,
    message,
  };
}
