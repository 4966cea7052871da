import { describeMoney, type Money } from '#domain/money';
import type { GateFinding } from './gate.ts';
import type { PastInvoice } from './past-invoice.ts';

/** Amounts above which one more person must agree, and up to which nobody is asked; minor units. */
export interface ApprovalLimits {
  readonly currency: string;
  readonly limitsMinor: readonly bigint[];
}

/** The same amount this often before is a subscription, whatever it lies near. */
const sameBefore = 2;
/** Fewer invoices do not show whether a supplier bills round sums. */
const fewestInvoices = 6;
/** One in so many may have been round before. */
const roundShare = 10;

/** Just under a limit, within so many basis points of it, so that one person fewer sees it. */
export function nearLimitFinding(
  gross: Money,
  past: readonly PastInvoice[],
  { currency, limitsMinor }: ApprovalLimits,
  basisPoints: number,
): GateFinding | null {
  if (gross.currency !== currency || isUsual(gross, past)) return null;
  const limit = limitsMinor.find((one) => gross.minor <= one && (one - gross.minor) * 10_000n < one * BigInt(basisPoints));
  if (limit === undefined) return null;
  const gap = describeMoney({ minor: limit - gross.minor, currency });
  return {
    gate: 'near-limit',
    severity: 'warn',
    expected: null,
    found: describeMoney(gross),
    message: `${describeMoney(gross)} lies ${gap} under the limit of ${describeMoney({ minor: limit, currency })}, above which more people are asked.`,
  };
}

/** A whole number of hundreds, of a thousand or more, from a supplier that does not bill such sums. */
export function roundAmountFinding(gross: Money, past: readonly PastInvoice[], supplierName: string): GateFinding | null {
  const settled = past.filter((one) => one.isSettled && one.gross.currency === gross.currency);
  const round = settled.filter((one) => isRound(one.gross)).length;
  if (!isRound(gross) || settled.length < fewestInvoices || round * roundShare > settled.length) return null;
  return {
    gate: 'round-amount',
    severity: 'warn',
    expected: null,
    found: describeMoney(gross),
    message: `${describeMoney(gross)} is a round sum; ${round === 0 ? 'none' : String(round)} of ${settled.length} invoices of ${supplierName} before was.`,
  };
}

function isRound({ minor }: Money): boolean {
  return minor >= 100_000n && minor % 10_000n === 0n;
}

function isUsual(gross: Money, past: readonly PastInvoice[]): boolean {
  const same = past.filter((one) => one.isSettled && one.gross.currency === gross.currency && one.gross.minor === gross.minor);
  return same.length >= sameBefore;
}
