import { decimal, formatMoney, money, roundTo, sum, toDecimal, type Money } from '#domain/money';

/** What a line is booked under: general-ledger account, cost centre, project, tax code. */
export const codeKinds = ['account', 'costCentre', 'project', 'taxCode'] as const;
export type CodeKind = (typeof codeKinds)[number];

/** A number of the organization's own lists for each kind; null means none. */
export type Coding = Readonly<Record<CodeKind, string | null>>;

/** A share of a line with its coding. Either `percent` or `amount` is set; both null means the whole line. */
export interface CodingPart extends Coding {
  /** Decimal text, up to 4 places. */
  readonly percent: string | null;
  /** Net, decimal text in the currency of the invoice. */
  readonly amount: string | null;
}

/** A line's parts with the amount of each, which add up to the line to the cent; or why they cannot. */
export type SettledParts =
  | { readonly ok: true; readonly parts: readonly (Coding & { readonly percent: string | null; readonly amount: string })[] }
  | { readonly ok: false; readonly message: string };

/**
 * Works out the amount of each part of a line. Percents must make 100 and are rounded by largest remainder, the earlier
 * part first among equals; amounts must make the line's net amount exactly.
 */
export function settleParts(net: Money, parts: readonly CodingPart[]): SettledParts {
  const [first] = parts;
  if (first === undefined) return { ok: false, message: 'Say at least one account.' };
  if (parts.length === 1 && first.percent === null && first.amount === null) return settled(parts, [net]);
  if (parts.every(({ percent, amount }) => percent !== null && amount === null)) return byPercent(net, parts);
  if (parts.every(({ percent, amount }) => amount !== null && percent === null)) return byAmount(net, parts);
  return { ok: false, message: 'Split a line either by percent or by amount, the same way for each part.' };
}

function byPercent(net: Money, parts: readonly CodingPart[]): SettledParts {
  const percents = parts.map(({ percent }) => decimal(percent ?? '0'));
  const total = percents.reduce((before, percent) => before.plus(percent), decimal(0));
  if (!total.eq(100)) return { ok: false, message: `The parts make ${total.toFixed()} %, not 100 %.` };
  if (percents.some((percent) => percent.lte(0))) return { ok: false, message: 'Each part must be more than 0 %.' };
  const exact = percents.map((percent) => percent.times(String(net.minor)).div(100));
  // Rounded towards zero, so that what is left is at most one cent a part.
  const minors = exact.map((share) => BigInt(share.round(0, 0).toFixed(0)));
  const cent = net.minor < 0n ? -1n : 1n;
  const left = Number((net.minor - minors.reduce((before, minor) => before + minor, 0n)) * cent);
  const remainder = (index: number) => (exact[index] ?? decimal(0)).minus(String(minors[index] ?? 0n)).abs();
  const byRemainder = parts.map((_, index) => index).toSorted((a, b) => remainder(b).cmp(remainder(a)) || a - b);
  for (const index of byRemainder.slice(0, left)) minors[index] = (minors[index] ?? 0n) + cent;
  return settled(
    parts,
    minors.map((minor) => ({ minor, currency: net.currency })),
  );
}

function byAmount(net: Money, parts: readonly CodingPart[]): SettledParts {
  const exact = parts.map(({ amount }) => decimal(amount ?? '0'));
  const rounded = exact.map((amount) => roundTo(amount, net.currency));
  if (exact.some((amount, index) => !amount.eq(toDecimal(rounded[index] ?? money('0', net.currency)))))
    return { ok: false, message: `An amount has more decimals than ${net.currency}.` };
  const total = sum(rounded, net.currency);
  if (total.minor !== net.minor) return { ok: false, message: `The parts make ${formatMoney(total)}, the line is ${formatMoney(net)}.` };
  return settled(parts, rounded);
}

function settled(parts: readonly CodingPart[], amounts: readonly Money[]): SettledParts {
  return {
    ok: true,
    parts: parts.map(({ account, costCentre, project, taxCode, percent }, index) => {
      const amount = amounts[index];
      return { account, costCentre, project, taxCode, percent, amount: amount === undefined ? '0' : formatMoney(amount) };
    }),
  };
}
