import { add, describeMoney, formatMoney, groupThousands, subtract, sum, type Money } from '#domain/money';
import type { Invoice, MatchException } from '../types.ts';
import { bandAround, isWithinBand, type Agreement, type AgreementClaim } from './agreement.ts';
import type { AgreementPeriod } from './periods.ts';

/** What is wrong with an invoice's total under an agreement; nothing, if it is right as one of these bills. */
export function checkAmount(
  agreement: Agreement,
  periods: readonly AgreementPeriod[],
  taken: readonly AgreementClaim[],
  invoice: Invoice,
): MatchException[] {
  const expected = periods.length === 0 ? [agreement.amount] : periods.map(({ amount }) => amount);
  const [first = agreement.amount] = expected;
  if (agreement.amount.currency !== invoice.gross.currency) return [otherCurrency(agreement, first, invoice)];
  const outside = expected.map((amount) => outsideBand(agreement, amount, invoice));
  const band = outside.includes(null) ? null : (outside[0] ?? null);
  return [band, overTotal(agreement, taken, invoice)].filter((exception) => exception !== null);
}

/** How far a total lies from what is expected, in minor units, as if of one currency. */
export function distanceFrom(expected: Money, gross: Money): bigint {
  const difference = gross.minor - expected.minor;
  return difference < 0n ? -difference : difference;
}

/** `480.00–520.00 EUR`, or one amount where it must be met to the cent. */
export function wordBand({ band }: Agreement, expected: Money): string {
  const { lowest, highest } = bandAround(expected, band);
  return lowest.minor === highest.minor ? describeMoney(expected) : `${groupThousands(formatMoney(lowest))}–${describeMoney(highest)}`;
}

function outsideBand(agreement: Agreement, expected: Money, invoice: Invoice): MatchException | null {
  const { gross } = invoice;
  if (isWithinBand(agreement, expected, gross)) return null;
  const { lowest, highest } = bandAround(expected, agreement.band);
  const isMore = gross.minor > highest.minor;
  const apart = isMore ? subtract(gross, highest) : subtract(lowest, gross);
  const band = wordBand(agreement, expected);
  const besides = isMore ? describeBesides(agreement, expected, invoice) : '';
  const message = `Under “${agreement.name}” ${band} is expected; ${describeMoney(gross)} is ${describeMoney(apart)} ${isMore ? 'more' : 'less'} than that.${besides}`;
  const difference = `${isMore ? '+' : '-'}${describeMoney(apart)}`;
  return { reason: 'agreement-amount', line: null, expected: band, found: describeMoney(gross), difference, message };
}

/** Where one line alone is what was agreed, the others are what nobody agreed to: a person sees them named. */
function describeBesides(agreement: Agreement, expected: Money, { lines, net, gross }: Invoice): string {
  if (net.minor <= 0n || lines.length < 2) return '';
  const agreed = lines.filter(({ netAmount, taxRate }) => {
    // Without a rate of its own a line bears the invoice's share of tax.
    const withTax =
      taxRate === null
        ? (netAmount.minor * gross.minor) / net.minor
        : BigInt(taxRate.div(100).plus(1).times(netAmount.minor.toString()).round().toFixed());
    return isWithinBand(agreement, expected, { minor: withTax, currency: gross.currency });
  });
  const [one] = agreed;
  if (one === undefined || agreed.length > 1) return '';
  const others = lines
    .filter((line) => line !== one)
    .map(({ description, netAmount }) => `“${description}” over ${describeMoney(netAmount)} net`);
  return ` Line ${one.position} alone, “${one.description}”, is as agreed; not agreed is ${others.join(', ')}.`;
}

function overTotal({ name, total }: Agreement, taken: readonly AgreementClaim[], { gross }: Invoice): MatchException | null {
  if (total === null || total.currency !== gross.currency) return null;
  const before = sum(
    taken.filter((claim) => claim.gross.currency === gross.currency).map((claim) => claim.gross),
    gross.currency,
  );
  const all = add(before, gross);
  if (all.minor <= total.minor) return null;
  const over = describeMoney(subtract(all, total));
  const message = `“${name}” is over ${describeMoney(total)} in all. With ${describeMoney(before)} billed before, this invoice over ${describeMoney(gross)} makes ${describeMoney(all)}, ${over} too much.`;
  return {
    reason: 'agreement-amount',
    line: null,
    expected: describeMoney(total),
    found: describeMoney(all),
    difference: `+${over}`,
    message,
  };
}

function otherCurrency({ name }: Agreement, expected: Money, { gross }: Invoice): MatchException {
  const message = `“${name}” is agreed in ${expected.currency}, but the invoice asks ${describeMoney(gross)}.`;
  return { reason: 'agreement-amount', line: null, expected: expected.currency, found: gross.currency, difference: null, message };
}
