import { decimal } from '#domain/money';

/** Which character parts units from cents on this document. */
export type DecimalMark = '.' | ',';

/** A number as printed: digits with grouping and decimal marks, perhaps a sign before or after, perhaps in parentheses. */
const numberPattern =
  /^(?<open>\()?(?<sign>[-+\u2212])?\s*(?<digits>\d[\d.,'\u2019 \u00a0]*\d|\d)(?<dash>,-|\.-)?\s*(?<tail>-)?(?<close>\))?$/;

/**
 * Decides the decimal mark for the whole document from every number on it: `1.234,56` says comma, `0.75` says point.
 * One document does not mix the two, but a single number (`1.234`) may not tell.
 */
export function decideDecimalMark(tokens: readonly string[], fallback: DecimalMark): DecimalMark {
  let comma = 0;
  let point = 0;
  for (const token of tokens) {
    const mark = surelyDecimal(token);
    if (mark === ',') comma += 1;
    else if (mark === '.') point += 1;
  }
  if (comma === point) return fallback;
  return comma > point ? ',' : '.';
}

/** The mark that this number alone proves to be the decimal one, if any. */
function surelyDecimal(token: string): DecimalMark | null {
  const both = /^\d{1,3}(?:[.,'\u2019 ]\d{3})+([.,])\d{1,2}$/.exec(token);
  if (both !== null) return both[1] as DecimalMark;
  const single = /^\d+([.,])(\d{1,2})$/.exec(token);
  return single === null ? null : (single[1] as DecimalMark);
}

/** Reads a printed number as decimal text, or null when it is none. `1.234` is a thousand or a fraction as the document's mark says. */
export function parseNumber(text: string, mark: DecimalMark): string | null {
  const groups = numberPattern.exec(text.trim())?.groups;
  if (groups?.['digits'] === undefined) return null;
  const plain = plainDigits(groups['digits'].replaceAll(/[ \u00a0'\u2019]/g, ''), mark);
  if (plain === null || plain.replace('.', '').length > 15) return null;
  const isNegative =
    groups['sign'] === '-' || groups['sign'] === '\u2212' || groups['tail'] === '-' || (groups['open'] === '(' && groups['close'] === ')');
  return isNegative && Number(plain) !== 0 ? `-${plain}` : plain;
}

function plainDigits(digits: string, mark: DecimalMark): string | null {
  const lastMark = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  if (lastMark < 0) return digits;
  const last = digits.charAt(lastMark);
  const decimals = digits.length - lastMark - 1;
  const before = digits.slice(0, lastMark);
  const isRepeated = before.includes(last);
  const hasOther = before.includes(last === '.' ? ',' : '.');
  const isGrouping = isRepeated ? decimals === 3 : decimals === 3 && !hasOther && last !== mark && before.length <= 3 && before !== '0';
  if (isGrouping) return isGroupedByThree(digits) ? digits.replaceAll(/[.,]/g, '') : null;
  if (isRepeated) return null;
  const whole = before.replaceAll(/[.,]/g, '');
  if (hasOther && !isGroupedByThree(before)) return null;
  return `${whole === '' ? '0' : whole}.${digits.slice(lastMark + 1)}`;
}

function isGroupedByThree(digits: string): boolean {
  const parts = digits.split(/[.,]/);
  // Indian grouping (1,23,456) has twos before the last three.
  return parts.every((part, index) =>
    index === 0
      ? part.length >= 1 && part.length <= 3
      : index === parts.length - 1
        ? part.length === 3
        : part.length === 3 || part.length === 2,
  );
}

/** Decimal text without a plus, superfluous zeros kept as printed: two decimals at least for an amount of money. */
export function amountText(plain: string): string {
  const [, decimals = ''] = plain.split('.');
  return decimals.length < 2 ? decimal(plain).toFixed(2) : plain;
}

/** Decimal text of a quantity or rate without superfluous zeros: `3.000` is `3`. */
export function plainText(plain: string): string {
  return decimal(plain).toFixed();
}
