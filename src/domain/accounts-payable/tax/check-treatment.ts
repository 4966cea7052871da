import { absolute, describeMoney, roundTo, subtract, toDecimal } from '#domain/money';
import type { TaxReason } from '#domain/documents';
import type { MatchException } from '../types.ts';
import { slackOf } from './check-rates.ts';
import { countryName, taxCountry, taxException, type TaxQuestion } from './tax-question.ts';
import { normalizeVatId, vatIdCountry } from './vat-ids.ts';
import { euCountries } from './vat-rate-table.ts';
import { taxCountryOf, vatRatesBetween } from './vat-rates.ts';

/** What each reason is called where it is printed, for sentences. */
const reasonNames: Readonly<Record<TaxReason, string>> = {
  'reverse-charge': 'the buyer owes the tax (reverse charge)',
  'intra-community': 'it is a tax-free supply within the European Union',
  export: 'it is a tax-free export',
  'small-business': 'the supplier is a small business that charges no tax',
  'margin-scheme': 'the tax is in the margin',
  'zero-rated': 'its rate is nought',
  exempt: 'it is exempt from tax',
  'outside-scope': 'it is outside the scope of tax',
};
/** Where one of these is said, the law forbids tax on the same goods; the others stand in many a footer for other cases. */
const excluding: readonly TaxReason[] = ['reverse-charge', 'intra-community', 'small-business'];
/** Categories of UNCL 5305 that charge nothing, and why. */
const untaxedCategories: ReadonlySet<string> = new Set(['E', 'AE', 'K', 'G', 'O', 'Z', 'L', 'M']);

/** Whether tax is charged where it may be, and where it is not, whether a reason is given. Whoever keeps the books decides. */
export function checkTreatment(question: TaxQuestion): MatchException[] {
  const { invoice } = question;
  if (invoice.gross.minor === 0n) return [];
  if (invoice.tax.minor === 0n) return [...checkUntaxed(question), ...checkIntraCommunity(question)];
  // A tax that nobody read is only what net and total lie apart: sums that do not add up are asked about elsewhere.
  if (!question.isTaxRead) return [];
  const against = taxAgainstReason(question);
  return against.length > 0 ? against : foreignTax(question);
}

/** Tax is charged on everything, though the document says that none is. */
function taxAgainstReason(question: TaxQuestion): MatchException[] {
  const { invoice, statement } = question;
  const shares = statement?.shares ?? [];
  const stated = statement?.reasons.find(({ reason }) => excluding.includes(reason));
  if (stated === undefined) return [];
  const isOnAll =
    shares.length > 0
      ? shares.some(({ category, tax }) => category !== null && ['AE', 'K'].includes(category) && Number(tax ?? 0) !== 0)
      : isTaxedWhole(question);
  if (!isOnAll) return [];
  const tax = describeMoney(invoice.tax);
  return [
    taxException('tax-treatment', {
      expected: 'no tax',
      found: tax,
      difference: `+${tax}`,
      message: `The invoice says that ${reasonNames[stated.reason]} (“${stated.text}”), and still charges ${tax} of it. What is charged without need can't be reclaimed.`,
    }),
  ];
}

/** The tax is one rate of the country, taken of the whole net amount: no part of it can be the untaxed one. */
function isTaxedWhole(question: TaxQuestion): boolean {
  const { net, tax, issuedOn, lines } = question.invoice;
  const country = taxCountry(question);
  const rates = country === null ? null : vatRatesBetween(country, issuedOn, issuedOn);
  if (rates === null) return false;
  const slack = slackOf(lines.length, net.currency).minor;
  return rates.standard.some((rate) => {
    const whole = roundTo(toDecimal(net).times(rate).div(100), net.currency);
    return absolute(subtract(tax, whole)).minor <= slack;
  });
}

/** The tax of another country is no input tax here: it is a cost, or reclaimed there, if it was charged rightly. */
function foreignTax(question: TaxQuestion): MatchException[] {
  const { invoice, supplier, own, isForeignTaxExpected } = question;
  const country = taxCountry(question);
  if (own.country === null || country === null || supplier === null || isForeignTaxExpected) return [];
  const home = taxCountryOf(own.country);
  if (country === home || taxCountryOf(supplier.country) === home) return [];
  const tax = describeMoney(invoice.tax);
  const [there, here] = [countryName(country), countryName(own.country)];
  return [
    taxException('tax-treatment', {
      expected: `no tax of ${there}`,
      found: tax,
      difference: `+${tax}`,
      message: `${supplier.name} charges ${tax} of tax of ${there}, which can't be deducted in ${here}. It is right where the service was rendered there, such as a hotel or an event; else the invoice should charge no tax, and you account for it here.`,
    }),
  ];
}

/** A supplier of our own country charges nothing and does not say why. */
function checkUntaxed(question: TaxQuestion): MatchException[] {
  const { invoice, supplier, own, statement, isTaxRead } = question;
  if (own.country === null || supplier === null || statement === null || !isTaxRead) return [];
  const home = taxCountryOf(own.country);
  if (taxCountryOf(supplier.country) !== home || vatRatesBetween(home, invoice.issuedOn, invoice.issuedOn) === null) return [];
  const isExplained =
    statement.reasons.length > 0 || statement.shares.some(({ category }) => category !== null && untaxedCategories.has(category));
  if (isExplained) return [];
  return [
    taxException('tax-treatment', {
      expected: 'tax, or the reason why there is none',
      found: `no tax on ${describeMoney(invoice.net)}`,
      message: `${supplier.name} is in ${countryName(own.country)} as you are, charges no tax on ${describeMoney(invoice.net)} and does not say why (exempt, small business, the buyer owes the tax).`,
    }),
  ];
}

/** A supply within the EU is free of tax only with both parties' VAT ids on the invoice (Directive 2006/112/EC, Art. 226 no. 4). */
function checkIntraCommunity(question: TaxQuestion): MatchException[] {
  const { supplier, statement, printedVatId } = question;
  const country = taxCountry(question);
  if (statement === null || country === null || !euCountries.has(country)) return [];
  const isStated =
    statement.reasons.some(({ reason }) => reason === 'intra-community') || statement.shares.some(({ category }) => category === 'K');
  if (!isStated) return [];
  const ids = new Set([printedVatId, ...statement.vatIds, statement.buyerVatId].flatMap((id) => (id === null ? [] : normalizeVatId(id))));
  const theirs = [...ids].some((id) => vatIdCountry(id) === country);
  const ours = statement.source === 'xml' ? statement.buyerVatId !== null : ids.size > (theirs ? 1 : 0);
  if (theirs && ours) return [];
  const missing = [...(theirs ? [] : [`that of ${supplier?.name ?? 'the supplier'}`]), ...(ours ? [] : ['yours'])].join(' and ');
  return [
    taxException('tax-treatment', {
      expected: 'both VAT ids',
      found: `${missing} missing`,
      message: `The invoice is free of tax as a supply within the European Union, which needs both VAT ids on it: ${missing} is missing. Ask for an invoice with both.`,
    }),
  ];
}
