import type { MatchException } from '../types.ts';
import { checkRates } from './check-rates.ts';
import { checkShares } from './check-shares.ts';
import { checkTreatment } from './check-treatment.ts';
import { checkVatId } from './check-vat-id.ts';
import type { TaxQuestion } from './tax-question.ts';

/**
 * Everything about an invoice's tax that a person must decide: rates no country has, sums that are not of their rates, tax that may
 * not be charged or deducted, tax that is missing without a reason, VAT ids that can't be right. Where a fact is not known, nothing is
 * said. Pure, and never throws on any figures.
 */
export function checkTax(question: TaxQuestion): MatchException[] {
  const { net, tax, gross, lines, charges = [] } = question.invoice;
  const amounts = [tax, gross, ...lines.map(({ netAmount }) => netAmount), ...charges.map(({ amount }) => amount)];
  // Mixed currencies are another question, before any sum means something.
  if (amounts.some(({ currency }) => currency !== net.currency)) return checkVatId(question);
  return [
    ...checkRates(question),
    ...(question.isSumAsked ? [] : checkShares(question)),
    ...checkTreatment(question),
    ...checkVatId(question),
  ];
}
