import { describeMoney, type Money } from '#domain/money';
import type { GateFinding } from './gate.ts';
import { daysBetween, type PastInvoice } from './past-invoice.ts';
import type { ApprovalLimits } from './suspicious-amount.ts';

/** Days within which parts of one sum would be sent. */
const nearDays = 7;
/** Parts lie this near under the limit, in percent of it. */
const partPercent = 80n;

/**
 * Several invoices on near days, each just under a limit and together above it: one sum in parts, so that fewer people
 * see it. Silent for what was ordered, and where the supplier billed so before and it went through.
 */
export function splitInvoicesFinding(
  invoice: { readonly gross: Money; readonly issuedOn: string; readonly isOrdered: boolean },
  past: readonly PastInvoice[],
  { currency, limitsMinor }: ApprovalLimits,
  supplierName: string,
): GateFinding | null {
  if (invoice.gross.currency !== currency || invoice.isOrdered) return null;
  for (const limit of limitsMinor) {
    const isPart = ({ gross }: { readonly gross: Money }): boolean =>
      gross.currency === currency && gross.minor <= limit && gross.minor * 100n >= limit * partPercent;
    if (limit === 0n || !isPart(invoice)) continue;
    const parts = past.filter((one) => !one.isOrdered && isPart(one));
    const near = parts.filter((one) => Math.abs(daysBetween(one.issuedOn, invoice.issuedOn)) <= nearDays);
    const older = parts.filter((one) => one.isSettled && !near.includes(one));
    const isHabit = older.some((one) =>
      older.some((other) => other !== one && Math.abs(daysBetween(one.issuedOn, other.issuedOn)) <= nearDays),
    );
    const minor = near.reduce((sum, one) => sum + one.gross.minor, invoice.gross.minor);
    if (near.length === 0 || isHabit || minor <= limit) continue;
    const others = near.map((one) => `${one.number} of ${describeMoney(one.gross)}`).join(', ');
    return {
      gate: 'split-invoices',
      severity: 'hold',
      expected: `at most ${describeMoney({ minor: limit, currency })} without more approvals`,
      found: `${describeMoney({ minor, currency })} in ${near.length + 1} parts`,
      message: `Together with ${others} within ${nearDays} days, ${supplierName} bills ${describeMoney({ minor, currency })}; each part lies just under the limit of ${describeMoney({ minor: limit, currency })}.`,
    };
  }
  return null;
}
