import { addDays, daysBetween } from '#domain/calendar';
import type { Money } from '#domain/money';
import { median } from '../fraud/robust.ts';
import type { PastInvoice } from '../fraud/past-invoice.ts';
import type { Rhythm } from './agreement.ts';
import { addMonths } from './periods.ts';

/** What looks like a recurring bill; a person decides whether it is one. */
export interface ProposedAgreement {
  readonly rhythm: Exclude<Rhythm, { readonly unit: 'dates' }>;
  /** The middle of what was billed. */
  readonly amount: Money;
  readonly basisPoints: number;
  /** When the next one is expected. */
  readonly firstOn: string;
  /** Invoices it rests on. */
  readonly seen: number;
  /** One plain sentence. */
  readonly reason: string;
}

const fewest = 3;
/** Older ones tell of prices that no longer hold. */
const mostSeen = 12;
/** Average length of a month. */
const monthDays = 30.44;
const everyMonths = [1, 2, 3, 6, 12];
/** Three usual deviations hold all but a few of a thousand; the factor makes the median deviation a standard one. */
const bandDeviations = 3 * 1.4826;
const leastBasisPoints = 200;
/** What varies more is no amount that one can expect. */
const mostBasisPoints = 3000;

/**
 * Finds the rhythm and the usual amount in settled invoices of one supplier that name no order: at least three, at regular
 * distances, of which the last is not long past. Median and median deviation, which one odd bill does not move.
 */
export function proposeAgreement(past: readonly PastInvoice[], today: string): ProposedAgreement | null {
  const own = past.filter(({ isSettled, isOrdered }) => isSettled && !isOrdered);
  const byDay = own.toSorted((one, other) => one.issuedOn.localeCompare(other.issuedOn)).slice(-mostSeen);
  const last = byDay.at(-1);
  if (last === undefined || byDay.length < fewest || byDay.some(({ gross }) => gross.currency !== last.gross.currency)) return null;
  const gaps = byDay.slice(1).map(({ issuedOn }, at) => daysBetween(byDay[at]?.issuedOn ?? issuedOn, issuedOn));
  const rhythm = rhythmOf(gaps);
  if (rhythm === null) return null;
  const nextOn = rhythm.unit === 'months' ? addMonths(last.issuedOn, rhythm.every) : addDays(last.issuedOn, rhythm.every);
  const gap = daysBetween(last.issuedOn, nextOn);
  if (daysBetween(nextOn, today) > gap) return null;
  const amounts = byDay.map(({ gross }) => Number(gross.minor));
  const middle = Math.round(median(amounts));
  const deviation = median(amounts.map((amount) => Math.abs(amount - middle)));
  const basisPoints = Math.max(leastBasisPoints, Math.ceil((bandDeviations * deviation * 100) / middle) * 100);
  const within = amounts.filter((amount) => Math.abs(amount - middle) * 10_000 <= basisPoints * middle).length;
  if (middle <= 0 || basisPoints > mostBasisPoints || within * 5 < amounts.length * 4) return null;
  const amount = { minor: BigInt(middle), currency: last.gross.currency };
  const reason = `The last ${byDay.length} invoices without an order came ${describeRhythm(rhythm)} and were alike in amount.`;
  return { rhythm, amount, basisPoints, firstOn: nextOn, seen: byDay.length, reason };
}

/** `every month`, `every quarter`, `every 14 days`. */
export function describeRhythm(rhythm: Rhythm): string {
  if (rhythm.unit === 'dates') return `in ${rhythm.instalments.length} instalments`;
  const names: Readonly<Record<number, string>> = { 1: 'every month', 3: 'every quarter', 12: 'every year' };
  if (rhythm.unit === 'months') return names[rhythm.every] ?? `every ${rhythm.every} months`;
  return rhythm.every === 1 ? 'every day' : `every ${rhythm.every} days`;
}

function rhythmOf(gaps: readonly number[]): ProposedAgreement['rhythm'] | null {
  const months = everyMonths.find((every) => gaps.every((gap) => Math.abs(gap - every * monthDays) <= slackOf(every * monthDays)));
  if (months !== undefined) return { unit: 'months', every: months };
  const days = Math.round(median(gaps));
  const isRegular = days >= 5 && gaps.every((gap) => Math.abs(gap - days) <= slackOf(days));
  return isRegular ? { unit: 'days', every: days } : null;
}

/** Bills slip by weekends and holidays: a fifth of the distance, and never more than ten days. */
function slackOf(days: number): number {
  return Math.min(10, days / 5);
}
