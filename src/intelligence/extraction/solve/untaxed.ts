import type { Layout } from '../layout.ts';
import type { Labels } from '../propose/labels.ts';
import type { Numbers } from '../propose/propose-amounts.ts';
import type { TotalCandidate, TotalCandidates } from '../propose/propose-totals.ts';
import { saysNoTax } from '../tax/tax-words.ts';
import type { TotalsChoice } from './solve-totals.ts';

/** Heads of columns whose amounts are without tax. */
const withoutTax =
  /\bohne (?:mwst|ust|umsatzsteuer|steuer)|\bnetto|\b(?:excl?|excluding|ex|before|without|w\/o)\.? (?:vat|tax|gst|mwst|btw|iva)|hors taxes?\b|\bh\.?t\b|\bsin iva|\bs\/ ?iva|iva escl|\bsem iva|bez vat/;

interface Page {
  readonly layout: Layout;
  readonly labels: Labels;
  readonly numbers: Numbers;
  /** Rows of the item table, its heads among them. */
  readonly tableRows: ReadonlySet<number>;
}

/**
 * The net of an invoice that prints one total and no tax: where its tax is nought, or it says that none is charged, or its lines are
 * headed as without tax and make the total, what is to pay is the net. A total of which nothing says what it includes has no net.
 */
export function withNetOfUntaxed(choice: TotalsChoice, candidates: TotalCandidates, page: Page): TotalsChoice {
  const { gross, closure } = choice;
  if (gross === null || choice.net !== null || closure.rival || closure.broken) return choice;
  const isTaxed = candidates.tax.some(({ value, score }) => score >= 0.6 && Number(value) !== 0) || candidates.rates.length > 0;
  const tax = choice.tax ?? (isTaxed ? null : rateOfNought(page));
  const isNought = tax !== null && Number(tax.value) === 0;
  const saysSo = tax === null && !isTaxed && (isExempt(page.layout) || (closure.lines !== null && isHeadedNet(page)));
  if (!isNought && !saysSo) return choice;
  const reason = isNought ? 'The total, as its tax is nought.' : 'The total, as the paper adds no tax.';
  return { ...choice, tax, net: { ...gross, score: Math.min(gross.score, 0.8), reason } };
}

/** `VAT 0 %` with no amount of its own. */
function rateOfNought({ labels, numbers }: Page): TotalCandidate | null {
  for (const [index, own] of labels) {
    const label = own.find(({ kinds }) => kinds.includes('tax'));
    const rate = (numbers.byRow.get(index) ?? []).find(({ isPercent, value }) => isPercent && Number(value) === 0);
    if (label !== undefined && rate !== undefined)
      return { numbers: [rate], value: '0', score: 0.7, reason: 'The printed rate is nought.', labelText: label.text };
  }
  return null;
}

function isExempt({ rows }: Layout): boolean {
  return rows.some(({ folded }) => saysNoTax(folded));
}

function isHeadedNet({ layout, tableRows }: Page): boolean {
  return layout.rows.some(({ index, folded, text }) => tableRows.has(index) && !/\d[.,]\d\d/.test(text) && withoutTax.test(folded));
}
