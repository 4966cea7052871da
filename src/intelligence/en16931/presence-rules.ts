import { places, rule } from './rule.ts';
import type { Rule } from './rule.ts';
import type { Adjustment, SemanticInvoice } from './semantic-invoice.ts';

/** What every invoice must name, whatever its profile (BR-01 to BR-15). */
export const headRules: readonly Rule[] = [
  rule('BR-01', 'no specification is named that the invoice follows', ({ specification }) => specification === null),
  rule('BR-02', 'the invoice has no number', ({ number }) => number === null),
  rule('BR-03', 'the invoice has no date of issue', ({ issueDate }) => issueDate === null),
  rule('BR-04', 'the invoice has no type code', ({ typeCode }) => typeCode === null),
  rule('BR-05', 'no currency is named', ({ currency }) => currency === null),
  rule('BR-06', 'the supplier has no name', ({ seller }) => seller.name === null),
  rule('BR-07', 'the buyer has no name', ({ buyer }) => buyer.name === null),
  rule('BR-08', 'the supplier has no postal address', ({ seller }) => !seller.hasAddress),
  rule('BR-09', 'the supplier’s address names no country', ({ seller }) => seller.country === null),
  rule('BR-13', 'the total without tax is missing', ({ totals }) => totals.net === null),
  rule('BR-14', 'the total with tax is missing', ({ totals }) => totals.gross === null),
  rule('BR-15', 'the amount due is missing', ({ totals }) => totals.payable === null),
];

/** What an invoice must name that is more than a bare header (BR-10 to BR-65, without the lines). */
export const bodyRules: readonly Rule[] = [
  rule('BR-10', 'the buyer has no postal address', ({ buyer }) => !buyer.hasAddress),
  rule('BR-11', 'the buyer’s address names no country', ({ buyer }) => buyer.country === null),
  rule('BR-12', 'the sum of the lines is missing', ({ totals }) => totals.lines === null),
  rule('BR-17', 'a payee is given without a name', ({ payee }) => payee !== null && payee.name === null),
  rule('BR-18', 'the tax representative has no name', ({ taxRepresentative: one }) => one !== null && one.name === null),
  rule('BR-19', 'the tax representative has no postal address', ({ taxRepresentative: one }) => one !== null && !one.hasAddress),
  rule('BR-20', 'the tax representative’s address names no country', ({ taxRepresentative: one }) => one !== null && one.country === null),
  rule('BR-29', 'the invoicing period ends before it begins', ({ period }) => endsBeforeStart(period)),
  ...adjustmentRules('allowances', 'allowance', ['BR-31', 'BR-32', 'BR-33']),
  ...adjustmentRules('charges', 'charge', ['BR-36', 'BR-37', 'BR-38']),
  rule('BR-45', 'a row of the tax breakdown has no taxable amount', ({ breakdown }) =>
    places('row', breakdown, (row) => row.basis === null),
  ),
  rule('BR-46', 'a row of the tax breakdown has no tax amount', ({ breakdown }) => places('row', breakdown, (row) => row.tax === null)),
  rule('BR-47', 'a row of the tax breakdown has no category', ({ breakdown }) => places('row', breakdown, (row) => row.category === null)),
  rule('BR-48', 'a row of the tax breakdown has no rate', ({ breakdown }) =>
    places('row', breakdown, (row) => row.rate === null && row.category !== 'O'),
  ),
  rule('BR-49', 'payment instructions do not say by which means', ({ payments }) => payments.some(({ means }) => means === null)),
  rule('BR-50', 'payment by transfer names no account', ({ payments }) => payments.some(({ accounts }) => accounts.includes(null))),
  rule('BR-51', 'the whole number of a payment card is given', ({ payments }) =>
    payments.some(({ card }) => typeof card === 'string' && /^\d{11,}$/.test(card)),
  ),
  rule('BR-52', 'a supporting document has no reference', ({ supportingDocuments }) => supportingDocuments.includes(null)),
  rule(
    'BR-53',
    'another currency for tax is named, but the tax is not given in it',
    ({ taxCurrency, totals }) => taxCurrency !== null && totals.taxInTaxCurrency === null,
  ),
  rule('BR-55', 'a reference to an earlier invoice has no number', ({ precedingNumbers }) => precedingNumbers.includes(null)),
  rule('BR-56', 'the tax representative has no VAT identifier', ({ taxRepresentative: one }) => one !== null && one.vatId === null),
  rule('BR-57', 'the address of delivery names no country', ({ delivery }) => delivery.hasAddress && delivery.country === null),
  rule('BR-61', 'a transfer is asked for, but no account is named', ({ payments }) =>
    payments.some(({ means, accounts }) => means !== null && transferMeans.has(means) && !accounts.some((account) => account !== null)),
  ),
  rule('BR-62', 'the supplier’s electronic address has no scheme', ({ seller }) => seller.endpoint?.scheme === null),
  rule('BR-63', 'the buyer’s electronic address has no scheme', ({ buyer }) => buyer.endpoint?.scheme === null),
];

/** What every line must name (BR-16, BR-21 to BR-28, BR-30, BR-41 to BR-44, BR-54, BR-64, BR-65). */
export const lineRules: readonly Rule[] = [
  rule('BR-16', 'the invoice has no line', ({ lines }) => lines.length === 0),
  rule('BR-21', 'a line has no identifier', ({ lines }) => places('line', lines, ({ id }) => id === null)),
  rule('BR-22', 'a line has no quantity', ({ lines }) => places('line', lines, ({ quantity }) => quantity === null)),
  rule('BR-23', 'a line has no unit of its quantity', ({ lines }) => places('line', lines, ({ unit }) => unit === null)),
  rule('BR-24', 'a line has no net amount', ({ lines }) => places('line', lines, ({ net }) => net === null)),
  rule('BR-25', 'a line has no name of its item', ({ lines }) => places('line', lines, ({ name }) => name === null)),
  rule('BR-26', 'a line has no net price', ({ lines }) => places('line', lines, ({ price }) => price === null)),
  rule('BR-27', 'a line has a negative net price', ({ lines }) => places('line', lines, ({ price }) => isNegative(price))),
  rule('BR-28', 'a line has a negative gross price', ({ lines }) => places('line', lines, ({ grossPrice }) => isNegative(grossPrice))),
  rule('BR-30', 'the period of a line ends before it begins', ({ lines }) =>
    places('line', lines, ({ period }) => endsBeforeStart(period)),
  ),
  rule('BR-41', 'an allowance of a line has no amount', ({ lines }) =>
    places('line', lines, ({ allowances }) => allowances.some(({ amount }) => amount === null)),
  ),
  rule('BR-42', 'an allowance of a line gives no reason', ({ lines }) =>
    places('line', lines, ({ allowances }) => allowances.some((one) => lacksReason(one))),
  ),
  rule('BR-43', 'a charge of a line has no amount', ({ lines }) =>
    places('line', lines, ({ charges }) => charges.some(({ amount }) => amount === null)),
  ),
  rule('BR-44', 'a charge of a line gives no reason', ({ lines }) =>
    places('line', lines, ({ charges }) => charges.some((one) => lacksReason(one))),
  ),
  rule('BR-54', 'an attribute of an item lacks its name or its value', ({ lines }) =>
    places('line', lines, ({ attributes }) => attributes.some(({ name, value }) => name === null || value === null)),
  ),
  rule('BR-64', 'the standard identifier of an item has no scheme', ({ lines }) =>
    places('line', lines, ({ isItemIdWithoutScheme }) => isItemIdWithoutScheme),
  ),
  rule('BR-65', 'the classification of an item has no scheme', ({ lines }) =>
    places('line', lines, ({ isClassWithoutScheme }) => isClassWithoutScheme),
  ),
];

/** UNTDID 4461: credit transfer, SEPA credit transfer. */
const transferMeans: ReadonlySet<string> = new Set(['30', '58']);

function adjustmentRules(
  group: 'allowances' | 'charges',
  name: string,
  [amountId, categoryId, reasonId]: readonly [string, string, string],
): Rule[] {
  return [
    rule(amountId, `an ${name} of the document has no amount`, (invoice) => places(name, invoice[group], ({ amount }) => amount === null)),
    rule(categoryId, `an ${name} of the document has no tax category`, (invoice) =>
      places(name, invoice[group], ({ category }) => category === null),
    ),
    rule(reasonId, `an ${name} of the document gives no reason`, (invoice) => places(name, invoice[group], lacksReason)),
  ].map((one) => ({ ...one, says: one.says.replace('an charge', 'a charge') }));
}

function lacksReason({ reason, reasonCode }: Adjustment): boolean {
  return reason === null && reasonCode === null;
}

function endsBeforeStart(period: SemanticInvoice['period']): boolean {
  return period !== null && period.start !== null && period.end !== null && period.end < period.start;
}

function isNegative(text: string | null): boolean {
  return text?.startsWith('-') === true && /[1-9]/.test(text);
}
