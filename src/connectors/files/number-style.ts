/** How a file writes numbers: 1,234.50 or 1.234,50. `unknown` when no number in it decides. */
export type NumberStyle = 'point' | 'comma' | 'mixed' | 'unknown';

/** Reads the style off all numbers of a file together: one "12,5" tells that "1.234" has a thousands separator. */
export function numberStyleOf(numbers: readonly string[]): NumberStyle {
  const styles = new Set(numbers.map(evidenceOf).filter((style) => style !== null));
  if (styles.size > 1) return 'mixed';
  return [...styles][0] ?? 'unknown';
}

/**
 * Turns one number into plain decimal text.
 *
 * @returns null when it is no number, the word `ambiguous` when it could mean two: "1.234" in a file that doesn't tell.
 */
export function readNumber(text: string, style: NumberStyle): string | null {
  const compact = text.replace(/[\s'’]/g, '');
  if (/^-?\d+$/.test(compact)) return compact;
  if (!/^-?\d[\d.,]*$/.test(compact)) return null;
  const own = evidenceOf(compact) ?? (style === 'mixed' ? 'unknown' : style);
  if (own === 'unknown') return 'ambiguous';
  const [thousands, point] = own === 'point' ? [',', '.'] : ['.', ','];
  const [whole = '', fraction, ...more] = compact.split(point);
  if (more.length > 0 || fraction === '' || fraction?.includes(thousands) === true) return null;
  const groups = whole.replace('-', '').split(thousands);
  const isGrouped = groups.length === 1 || (groups.slice(1).every((group) => group.length === 3) && /^\d{1,3}$/.test(groups[0] ?? ''));
  if (!isGrouped) return null;
  const digits = whole.replaceAll(thousands, '');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

/** What a single number proves about the style, or null: 1.234 and 1,234 prove nothing. */
function evidenceOf(text: string): 'point' | 'comma' | null {
  const compact = text.replace(/[\s'’]/g, '');
  const comma = compact.lastIndexOf(',');
  const point = compact.lastIndexOf('.');
  if (comma < 0 && point < 0) return null;
  if (comma >= 0 && point >= 0) return comma > point ? 'comma' : 'point';
  const at = Math.max(comma, point);
  const separator = comma >= 0 ? 'comma' : 'point';
  const isRepeated = compact.indexOf(compact.charAt(at)) !== at;
  if (isRepeated) return separator === 'comma' ? 'point' : 'comma';
  // A number that begins with 0 or has four digits before the separator has no thousands there: 0.125, 1234.567.
  const before = compact.slice(0, at).replace('-', '');
  const isThousandsLike = compact.length - at - 1 === 3 && before !== '0' && before.length <= 3;
  return isThousandsLike ? null : separator;
}
