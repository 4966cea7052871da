import { decimal } from '#domain/money';
import type { Decimal } from '#domain/money';
import { documentTypeFor } from '../extraction/e-invoice/structured-document.ts';
import { numberOf, orZero, places, rule, sumOf } from './rule.ts';
import type { Rule } from './rule.ts';
import type { SemanticInvoice } from './semantic-invoice.ts';

/** Sums and conditions over the header (BR-CO, without those on lines). */
export const sumRules: readonly Rule[] = [
  rule(
    'BR-CO-03',
    'both a date and a code say when the tax becomes due, only one of them may',
    ({ taxPointDate, taxPointCode }) => taxPointDate !== null && taxPointCode !== null,
  ),
  rule('BR-CO-09', 'a VAT identifier does not begin with the code of a country', ({ seller, buyer, taxRepresentative }) =>
    [seller.vatId, buyer.vatId, taxRepresentative?.vatId ?? null].some((id) => id !== null && !/^(?:[A-Z]{2})/.test(id)),
  ),
  rule('BR-CO-11', 'the sum of allowances is not that of the single ones', ({ allowances, totals }) =>
    totals.allowances === null && allowances.length === 0
      ? false
      : differs(sumOf(allowances.map(({ amount }) => amount)), totals.allowances),
  ),
  rule('BR-CO-12', 'the sum of charges is not that of the single ones', ({ charges, totals }) =>
    totals.charges === null && charges.length === 0 ? false : differs(sumOf(charges.map(({ amount }) => amount)), totals.charges),
  ),
  rule('BR-CO-13', 'the total without tax is not the lines less allowances plus charges', ({ totals }) =>
    totals.lines === null
      ? false
      : differs(numberOf(totals.lines)?.minus(orZero(totals.allowances)).plus(orZero(totals.charges)) ?? null, totals.net),
  ),
  rule('BR-CO-14', 'the tax is not the sum of the tax breakdown', ({ breakdown, totals }) =>
    breakdown.length === 0 ? false : differs(sumOf(breakdown.map(({ tax }) => tax)), totals.tax),
  ),
  rule('BR-CO-15', 'the total with tax is not the total without tax plus the tax', ({ totals }) =>
    differs(numberOf(totals.net)?.plus(orZero(totals.tax)) ?? null, totals.gross),
  ),
  rule('BR-CO-16', 'the amount due is not the total with tax less what was paid plus rounding', ({ totals }) =>
    differs(numberOf(totals.gross)?.minus(orZero(totals.prepaid)).plus(orZero(totals.rounding)) ?? null, totals.payable),
  ),
  rule('BR-CO-17', 'a tax amount is not its taxable amount times its rate', ({ breakdown }) =>
    places('row', breakdown, ({ basis, rate, tax }) => {
      const [net, percent, amount] = [numberOf(basis), numberOf(rate), numberOf(tax)];
      if (net === null || percent === null || amount === null) return false;
      // The published checks allow one unit of the currency, for tax worked out line by line.
      return net.times(percent).div(100).round(2).abs().minus(amount.abs()).abs().gte(1);
    }),
  ),
  rule('BR-CO-18', 'there is no tax breakdown', ({ breakdown }) => breakdown.length === 0),
  rule('BR-CO-19', 'an invoicing period is given without a day', ({ period }) => isEmptyPeriod(period)),
  rule(
    'BR-CO-25',
    'an amount is due, but neither a due date nor terms of payment are given',
    ({ totals, dueDate, terms, typeCode }) =>
      (numberOf(totals.payable)?.gt(0) ?? false) &&
      dueDate === null &&
      terms === null &&
      documentTypeFor(typeCode, 'invoice') !== 'credit_note',
  ),
  rule(
    'BR-CO-26',
    'the supplier has no identifier, no registration and no VAT identifier',
    ({ seller }) => seller.ids.length === 0 && seller.legalId === null && seller.vatId === null,
  ),
];

/** Sums and conditions over the lines. */
export const lineSumRules: readonly Rule[] = [
  rule('BR-CO-04', 'a line has no tax category', ({ lines }) => places('line', lines, ({ category }) => category === null)),
  rule('BR-CO-10', 'the sum of the lines is not that of the single ones', ({ lines, totals }) =>
    lines.length === 0 ? false : differs(sumOf(lines.map(({ net }) => net)), totals.lines),
  ),
  rule('BR-CO-20', 'the period of a line is given without a day', ({ lines }) =>
    places('line', lines, ({ period }) => isEmptyPeriod(period)),
  ),
];

type Amounts = readonly (readonly [term: string, (invoice: SemanticInvoice) => readonly (string | null | undefined)[]])[];

/** Amounts that may have two decimals at most (BR-DEC), with the names of their terms. */
const amounts: Amounts = [
  ['BR-DEC-01', ({ allowances }) => allowances.map(({ amount }) => amount)],
  ['BR-DEC-02', ({ allowances }) => allowances.map(({ base }) => base)],
  ['BR-DEC-05', ({ charges }) => charges.map(({ amount }) => amount)],
  ['BR-DEC-06', ({ charges }) => charges.map(({ base }) => base)],
  ['BR-DEC-09', ({ totals }) => [totals.lines]],
  ['BR-DEC-10', ({ totals }) => [totals.allowances]],
  ['BR-DEC-11', ({ totals }) => [totals.charges]],
  ['BR-DEC-12', ({ totals }) => [totals.net]],
  ['BR-DEC-13', ({ totals }) => [totals.tax]],
  ['BR-DEC-14', ({ totals }) => [totals.gross]],
  ['BR-DEC-15', ({ totals }) => [totals.taxInTaxCurrency]],
  ['BR-DEC-16', ({ totals }) => [totals.prepaid]],
  ['BR-DEC-17', ({ totals }) => [totals.rounding]],
  ['BR-DEC-18', ({ totals }) => [totals.payable]],
  ['BR-DEC-19', ({ breakdown }) => breakdown.map(({ basis }) => basis)],
  ['BR-DEC-20', ({ breakdown }) => breakdown.map(({ tax }) => tax)],
  ['BR-DEC-23', ({ lines }) => lines.map(({ net }) => net)],
  ['BR-DEC-24', ({ lines }) => lines.flatMap(({ allowances }) => allowances.map(({ amount }) => amount))],
  ['BR-DEC-25', ({ lines }) => lines.flatMap(({ allowances }) => allowances.map(({ base }) => base))],
  ['BR-DEC-27', ({ lines }) => lines.flatMap(({ charges }) => charges.map(({ amount }) => amount))],
  ['BR-DEC-28', ({ lines }) => lines.flatMap(({ charges }) => charges.map(({ base }) => base))],
];

export const decimalRules: readonly Rule[] = amounts.map(([id, of]) =>
  rule(id, 'an amount has more than two decimals', (invoice) => of(invoice).some((text) => /\.\d{3,}$/.test(text?.trim() ?? ''))),
);

/** Whether a stated amount is another one than the worked out; nothing is said where one of them is missing or no number. */
function differs(worked: Decimal | null, stated: string | null): boolean {
  const value = numberOf(stated) ?? (stated === null ? decimal('0') : null);
  return worked !== null && value !== null && worked.minus(value).abs().gte('0.01');
}

function isEmptyPeriod(period: SemanticInvoice['period']): boolean {
  return period !== null && period.start === null && period.end === null;
}
