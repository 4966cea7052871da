import type { GateFinding } from './gate.ts';
import type { PastInvoice } from './past-invoice.ts';

/** Fewer show no order. */
const fewestInvoices = 6;
/** So many of a hundred neighbours must rise before a fall means anything. */
const risingPercent = 95;
/** A step this many times the largest before is a jump. */
const jumpFactor = 20;
const smallestJump = 200;

interface Numbered {
  readonly shape: string;
  readonly parts: readonly number[];
  readonly issuedOn: string;
}

/**
 * A number that does not follow the supplier's own: of another build than all before, lower than one of an earlier day,
 * or far above. Speaks only where the past shows an order; a number that begins anew with a year follows.
 */
export function numberSequenceFinding(
  invoice: { readonly number: string; readonly issuedOn: string },
  past: readonly PastInvoice[],
  supplierName: string,
): GateFinding | null {
  const own = read(invoice.number, invoice.issuedOn);
  const settled = past
    .filter((one) => one.isSettled)
    .map((one) => ({ ...read(one.number, one.issuedOn), number: one.number }))
    .toSorted((one, other) => one.issuedOn.localeCompare(other.issuedOn) || compare(one.parts, other.parts));
  const last = settled.at(-1);
  if (settled.length < fewestInvoices || last === undefined) return null;
  const finding = (expected: string, message: string): GateFinding => ({
    gate: 'number-sequence',
    severity: 'warn',
    expected,
    found: invoice.number,
    message,
  });
  const alike = settled.filter((one) => one.shape === last.shape);
  if (alike.length < settled.length) return null;
  if (own.shape !== last.shape)
    return finding(
      `like ${last.number}`,
      `The number ${invoice.number} is built unlike all ${settled.length} before of ${supplierName}, such as ${last.number}.`,
    );
  if (!isRising(alike)) return null;
  const before = alike.filter((one) => one.issuedOn < own.issuedOn);
  const highest = before.toSorted((one, other) => compare(one.parts, other.parts)).at(-1);
  if (highest === undefined) return null;
  if (compare(own.parts, highest.parts) < 0)
    return finding(
      `above ${highest.number}`,
      `The number ${invoice.number} is lower than ${highest.number} of ${highest.issuedOn}, though ${supplierName} counts upwards.`,
    );
  const step = stepOf(highest, own);
  const largest = Math.max(...alike.slice(1).map((one, index) => stepOf(alike[index] ?? one, one) ?? 0));
  if (step === null || step <= Math.max(smallestJump, largest * jumpFactor)) return null;
  return finding(
    `soon after ${highest.number}`,
    `The number ${invoice.number} is ${step} above the last one, ${highest.number}; the largest step before was ${largest}.`,
  );
}

/** `RE-2026/0042` is of the shape `RE-#/#`; its year stands first, wherever it is printed. */
function read(number: string, issuedOn: string): Numbered {
  const groups = (number.match(/\d{1,15}/g) ?? []).map(Number);
  const year = Number(issuedOn.slice(0, 4));
  const isYear = (group: number): boolean => group === year || group === year - 1;
  return {
    shape: number.toUpperCase().replaceAll(/\s+/g, '').replaceAll(/\d+/g, '#'),
    parts: [...groups.filter(isYear), ...groups.filter((group) => !isYear(group))],
    issuedOn,
  };
}

function isRising(settled: readonly Numbered[]): boolean {
  const rises = settled.slice(1).filter((one, index) => compare(one.parts, settled[index]?.parts ?? []) > 0).length;
  return rises * 100 >= risingPercent * (settled.length - 1);
}

/** Difference in the last part, where all before are the same. */
function stepOf(from: Numbered, to: Numbered): number | null {
  const isSameYear = from.parts.slice(0, -1).every((part, index) => part === to.parts[index]);
  return isSameYear ? (to.parts.at(-1) ?? 0) - (from.parts.at(-1) ?? 0) : null;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
