import { add, absolute, decimal, describeMoney, roundTo, subtract, sum, toDecimal, type Money } from '#domain/money';
import type { ChargeItem } from './charge-items.ts';
import { chargeKindOf, describeCharge } from './charge-lines.ts';
import { textSimilarity } from './text-similarity.ts';
import type { MatchException, OrderedCharge, Tolerance } from '../types.ts';
import { describeShare, quoted } from '../wording.ts';

/** A rounding amount is less than one unit of the currency (Swiss 5 Rappen, Swedish öre rounding), never more. */
const MAX_ROUNDING_MINOR = 100n;
/** Words this much alike name the same charge. */
const SAME_CHARGE = 0.75;

export interface ChargeFacts {
  readonly items: readonly ChargeItem[];
  readonly agreed: readonly OrderedCharge[];
  /** Net value of the goods billed, and of the whole document. */
  readonly goods: Money;
  readonly net: Money;
  /** Everything ordered is billed after this invoice: what was agreed for the whole order is due now. */
  readonly isComplete: boolean;
  /** Words of the order, for sentences. */
  readonly orderNumber: string;
  readonly tolerance: Tolerance;
}

/**
 * Matches each charge and discount on its own: what the order agreed of a kind against what the invoices ask of it in
 * all. A charge nobody agreed to is asked about, a discount nobody agreed to is welcome.
 */
export function checkCharges(facts: ChargeFacts): MatchException[] {
  const taken = new Set<ChargeItem>();
  const exceptions = facts.agreed.flatMap((agreed) => {
    const items = facts.items.filter((item) => !taken.has(item) && isSameCharge(item, agreed));
    for (const item of items) taken.add(item);
    return checkAgreed(agreed, items, facts) ?? [];
  });
  return [...exceptions, ...facts.items.filter((item) => !taken.has(item)).flatMap((item) => checkUnagreed(item, facts) ?? [])];
}

function isSameCharge(item: ChargeItem, agreed: OrderedCharge): boolean {
  const kind = chargeKindOf(agreed.description);
  return (kind !== null && kind === item.kind) || textSimilarity(item.description, agreed.description) >= SAME_CHARGE;
}

function checkAgreed(agreed: OrderedCharge, items: readonly ChargeItem[], facts: ChargeFacts): MatchException | null {
  const { currency } = facts.net;
  const expected = expectedOf(agreed, facts);
  if (expected === null || expected.currency !== currency) return null;
  const asked = sum(
    items.map(({ amount }) => amount),
    currency,
  );
  const total = agreed.invoiced?.currency === currency ? add(asked, agreed.invoiced) : asked;
  const more = subtract(total, expected);
  if (more.minor <= 0n || isWithin(more, expected, facts.tolerance)) return null;
  return expected.minor < 0n ? lessDiscount(agreed, total, expected, items) : moreCharge(agreed, total, expected, items);
}

/** A share speaks for the goods billed now; a fixed discount is due with the last invoice; a fixed charge is the most there may be. */
function expectedOf({ amount, basisPoints = null }: OrderedCharge, { goods, isComplete }: ChargeFacts): Money | null {
  if (basisPoints !== null) return roundTo(toDecimal(goods).times(basisPoints).div(10_000), goods.currency);
  return amount !== null && amount.minor < 0n && !isComplete ? null : amount;
}

function isWithin(difference: Money, expected: Money, tolerance: Tolerance): boolean {
  const size = absolute(difference).minor;
  const basisPoints = tolerance.chargeBasisPoints ?? tolerance.priceBasisPoints;
  // One coin is how a share is rounded.
  return (
    size <= 1n ||
    (size <= (tolerance.chargeMinor ?? tolerance.priceMinor) && size * 10_000n <= absolute(expected).minor * BigInt(basisPoints))
  );
}

function moreCharge(agreed: OrderedCharge, total: Money, expected: Money, items: readonly ChargeItem[]): MatchException {
  const more = subtract(total, expected);
  const share = describeShare(decimal(more.minor), decimal(expected.minor));
  return {
    reason: 'price',
    line: items[0]?.line ?? null,
    expected: describeMoney(expected),
    found: describeMoney(total),
    difference: `+${describeMoney(more)}${share === null ? '' : ` (${share})`}`,
    message: `The invoice asks ${describeMoney(total)} for ${quoted(items[0]?.description ?? agreed.description)}; ${describeMoney(expected)} were agreed: ${describeMoney(more)} more.`,
  };
}

function lessDiscount(agreed: OrderedCharge, total: Money, expected: Money, items: readonly ChargeItem[]): MatchException {
  const missing = describeMoney(subtract(total, expected));
  const given = total.minor === 0n ? 'takes nothing off' : `takes off ${describeMoney(absolute(total))}`;
  return {
    reason: 'price',
    line: items[0]?.line ?? null,
    expected: describeMoney(expected),
    found: describeMoney(total),
    difference: `+${missing}`,
    message: `A discount of ${describeMoney(absolute(expected))} was agreed (${quoted(agreed.description)}), but the invoice ${given}: ${missing} too much.`,
  };
}

/** Null for what costs nothing extra: text lines, discounts, and a rounding amount within tolerance. */
function checkUnagreed(
  { line, description, amount, kind }: ChargeItem,
  { net, orderNumber, tolerance }: ChargeFacts,
): MatchException | null {
  if (amount.minor === 0n || (kind === 'discount' && amount.minor < 0n)) return null;
  // Among the totals stands no goods: what is taken off there is a discount, whatever it is called.
  if (line === null && amount.minor < 0n) return null;
  if (kind === 'rounding' && isAcceptedRounding(amount, net, tolerance)) return null;
  const said = describeMoney(amount);
  const message =
    amount.minor < 0n
      ? `The invoice takes off ${describeMoney(absolute(amount))} for ${quoted(description)}, which is neither a return of what order ${orderNumber} billed nor called a discount. What is it for?`
      : kind === null
        ? `The invoice asks ${said} for ${quoted(description)}, which is not on order ${orderNumber}.`
        : `The invoice adds ${describeCharge(kind)} of ${said} (${quoted(description)}), which is not on order ${orderNumber}.`;
  return {
    reason: 'unordered-item',
    line,
    expected: null,
    found: said,
    difference: amount.minor > 0n ? `+${said}` : said,
    message,
  };
}

function isAcceptedRounding(rounding: Money, net: Money, tolerance: Tolerance): boolean {
  const size = absolute(rounding).minor;
  return (
    size < MAX_ROUNDING_MINOR && size <= tolerance.priceMinor && size * 10_000n <= absolute(net).minor * BigInt(tolerance.priceBasisPoints)
  );
}
