/** More than this on one invoice is no list of orders but a text. */
const MAX_ORDERS = 20;

/**
 * The order numbers in what an invoice prints as its order: usually one, sometimes a list ("PO-17, PO-18 und PO-21").
 * The whole text comes first: a number may hold a slash or a blank itself.
 */
export function orderNumbersIn(text: string): string[] {
  const whole = text.trim();
  const parts = whole
    .split(/[,;/+&\n]+|\s+(?:and|und|et|y|sowie)\s+|\s{2,}/u)
    .map((part) => part.trim())
    .filter((part) => /\d/.test(part));
  const numbers = [...new Set([whole, ...parts])].filter((number) => number !== '');
  return numbers.length > MAX_ORDERS + 1 ? [whole] : numbers;
}
