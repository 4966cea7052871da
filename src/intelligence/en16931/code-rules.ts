import { isCurrency } from '#domain/money';
import { places, rule } from './rule.ts';
import type { Rule } from './rule.ts';
import type { SemanticInvoice } from './semantic-invoice.ts';

/** Codes that must stand in their lists (BR-CL). Of the long lists only the shape is checked: units (BR-CL-23) and schemes are left out. */
export const codeRules: readonly Rule[] = [
  rule('BR-CL-01', 'the type code is none of an invoice or credit note', ({ typeCode }) => typeCode !== null && !typeCodes.has(typeCode)),
  rule('BR-CL-04', 'the currency does not exist', ({ currency }) => currency !== null && !isCurrency(currency)),
  rule('BR-CL-05', 'the currency of the tax does not exist', ({ taxCurrency }) => taxCurrency !== null && !isCurrency(taxCurrency)),
  rule('BR-CL-14', 'a country code does not exist', (invoice) => countriesOf(invoice).some((code) => code !== null && !isCountry(code))),
  rule('BR-CL-16', 'a code of the means of payment does not exist', ({ payments }) =>
    payments.some(({ means }) => means !== null && !/^(?:[1-9]|[1-8]\d|9[0-8]|ZZZ)$/.test(means)),
  ),
  rule('BR-CL-17', 'a category of the tax breakdown does not exist', ({ breakdown }) =>
    places('row', breakdown, ({ category }) => category !== null && !taxCategories.has(category)),
  ),
  rule('BR-CL-18', 'the tax category of a line does not exist', ({ lines }) =>
    places('line', lines, ({ category }) => category !== null && !taxCategories.has(category)),
  ),
];

const taxCategories: ReadonlySet<string> = new Set(['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M']);

/** UNTDID 1001 as EN 16931 restricts it, invoices and credit notes. */
const typeCodes: ReadonlySet<string> = new Set(
  '71 80 81 82 83 84 102 130 202 203 204 211 218 219 261 262 295 296 308 325 326 331 380 381 382 383 384 385 386 387 388 389 390 393 394 395 396 420 456 457 458 471 472 473 500 501 502 503 527 532 553 575 623 633 751 780 817 870 875 876 877 935'.split(
    ' ',
  ),
);

function countriesOf({ seller, buyer, taxRepresentative, delivery }: SemanticInvoice): (string | null)[] {
  return [seller.country, buyer.country, taxRepresentative?.country ?? null, delivery.country];
}

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** ISO 3166-1 alpha-2, with 1A (Kosovo) and XI (Northern Ireland), as the code list of EN 16931 has them. */
export function isCountry(code: string): boolean {
  return code === '1A' || code === 'XI' || (/^[A-Z]{2}$/.test(code) && code !== 'EU' && regionNames.of(code) !== undefined);
}
