import { decimal } from '#domain/money';
import { numberOf, orZero, places, rule } from './rule.ts';
import type { Rule } from './rule.ts';
import type { SemanticInvoice, TaxBreakdown } from './semantic-invoice.ts';

/** How EN 16931 treats one category of VAT (UNCL 5305). */
interface Category {
  readonly code: string;
  /** What the rules of the category are called: BR-S, BR-IC… */
  readonly rules: string;
  readonly name: string;
  /** Whether several rows of the breakdown, one for each rate, are allowed. */
  readonly hasRates: boolean;
  readonly mayBeZero: boolean;
  readonly needs: 'seller' | 'both' | 'seller-vat' | 'vat-of-both' | 'none';
}

const categories: readonly Category[] = [
  { code: 'S', rules: 'BR-S', name: 'the standard rate', hasRates: true, mayBeZero: false, needs: 'seller' },
  { code: 'Z', rules: 'BR-Z', name: 'the zero rate', hasRates: false, mayBeZero: true, needs: 'seller' },
  { code: 'E', rules: 'BR-E', name: 'exemption from tax', hasRates: false, mayBeZero: true, needs: 'seller' },
  { code: 'AE', rules: 'BR-AE', name: 'reverse charge', hasRates: false, mayBeZero: true, needs: 'both' },
  { code: 'K', rules: 'BR-IC', name: 'supply within the community', hasRates: false, mayBeZero: true, needs: 'vat-of-both' },
  { code: 'G', rules: 'BR-G', name: 'export outside the EU', hasRates: false, mayBeZero: true, needs: 'seller-vat' },
  { code: 'O', rules: 'BR-O', name: 'not subject to tax', hasRates: false, mayBeZero: true, needs: 'none' },
  { code: 'L', rules: 'BR-AF', name: 'the tax of the Canary Islands', hasRates: true, mayBeZero: true, needs: 'seller' },
  { code: 'M', rules: 'BR-AG', name: 'the tax of Ceuta and Melilla', hasRates: true, mayBeZero: true, needs: 'seller' },
];

/** BR-S-01 to BR-AG-10, made from one table; those that speak of single lines only where `hasLines`. */
export function taxCategoryRules(hasLines: boolean): Rule[] {
  return categories.flatMap((category) => [...useRules(category, hasLines), ...breakdownRules(category, hasLines), ...ownRules(category)]);
}

interface Used {
  readonly category: string | null;
  readonly rate: string | null;
}

/** Rules on what a line, an allowance or a charge of the category asks of the parties and of its rate (-02 to -07). */
function useRules({ code, rules, name, needs }: Category, hasLines: boolean): Rule[] {
  const groups = [
    ['line', hasLines ? ({ lines }: SemanticInvoice): readonly Used[] => lines : none, '02', '05'],
    ['allowance', ({ allowances }: SemanticInvoice): readonly Used[] => allowances, '03', '06'],
    ['charge', ({ charges }: SemanticInvoice): readonly Used[] => charges, '04', '07'],
  ] as const;
  return groups.flatMap(([what, of, partyRule, rateRule]) => [
    rule(
      `${rules}-${partyRule}`,
      `a ${what} uses ${name}, ${needWords[needs]}`.replace('a allowance', 'an allowance'),
      (invoice) => of(invoice).some(({ category }) => category === code) && !isIdentified(invoice, needs),
    ),
    rule(`${rules}-${rateRule}`, `a ${what} of ${name} has a wrong rate`.replace('a allowance', 'an allowance'), (invoice) =>
      places(what, of(invoice), ({ category, rate }) => category === code && isWrongRate(code, rate)),
    ),
  ]);
}

function none(): readonly Used[] {
  return [];
}

const needWords: Readonly<Record<Category['needs'], string>> = {
  seller: 'but the supplier names no tax identifier',
  both: 'but supplier and buyer do not both name an identifier',
  'seller-vat': 'but the supplier names no VAT identifier',
  'vat-of-both': 'but supplier and buyer do not both name a VAT identifier',
  none: 'but a VAT identifier is given',
};

function isIdentified({ seller, buyer, taxRepresentative }: SemanticInvoice, needs: Category['needs']): boolean {
  const hasVat = seller.vatId !== null || (taxRepresentative?.vatId ?? null) !== null;
  const hasTax = hasVat || seller.taxNumber !== null;
  switch (needs) {
    case 'seller':
      return hasTax;
    case 'both':
      return hasTax && (buyer.vatId !== null || buyer.legalId !== null);
    case 'seller-vat':
      return hasVat;
    case 'vat-of-both':
      return hasVat && buyer.vatId !== null;
    default:
      return !hasVat && buyer.vatId === null;
  }
}

function isWrongRate(code: string, text: string | null): boolean {
  if (code === 'O') return text !== null;
  const rate = numberOf(text);
  if (code === 'S') return rate === null || rate.lte(0);
  if (code === 'L' || code === 'M') return rate === null || rate.lt(0);
  return rate === null || !rate.eq(0);
}

/** Rules on the rows of the breakdown: one for each category that is used, its sum, its tax, its reason (-01, -08 to -10). */
function breakdownRules(category: Category, hasLines: boolean): Rule[] {
  const { code, rules, name, hasRates } = category;
  const rowsOf = ({ breakdown }: SemanticInvoice): TaxBreakdown[] => breakdown.filter((row) => row.category === code);
  const wantsReason = !hasRates && code !== 'Z';
  return [
    rule(`${rules}-01`, `${name} is used, but the tax breakdown has ${hasRates ? 'no row' : 'not exactly one row'} for it`, (invoice) => {
      const isUsed = usesOf(invoice, hasLines).some((use) => use.category === code);
      const count = rowsOf(invoice).length;
      return hasRates ? isUsed && count === 0 : (isUsed && count !== 1) || count > 1;
    }),
    ...(hasLines
      ? [
          rule(`${rules}-08`, `the taxable amount of ${name} is not the sum of its lines, allowances and charges`, (invoice) =>
            places('row', rowsOf(invoice), (row) => isWrongBasis(invoice, category, row)),
          ),
        ]
      : []),
    rule(`${rules}-09`, `the tax of ${name} is wrong`, (invoice) => places('row', rowsOf(invoice), (row) => isWrongTax(category, row))),
    rule(`${rules}-10`, `${name} ${wantsReason ? 'gives no reason' : 'must not give a reason for exemption'}`, (invoice) =>
      places('row', rowsOf(invoice), ({ exemptionReason, exemptionCode }) => ((exemptionReason ?? exemptionCode) === null) === wantsReason),
    ),
  ];
}

function usesOf({ lines, allowances, charges }: SemanticInvoice, hasLines: boolean): readonly Used[] {
  return [...(hasLines ? lines : []), ...allowances, ...charges];
}

/** Added up by category, or by category and rate; the published checks for UBL allow less than one unit for several rates. */
function isWrongBasis({ lines, allowances, charges, syntax }: SemanticInvoice, { code, hasRates }: Category, row: TaxBreakdown): boolean {
  const basis = numberOf(row.basis);
  if (basis === null) return false;
  const isOfRow = ({ category, rate }: Used): boolean => category === code && (!hasRates || sameRate(rate, row.rate));
  const parts = [
    ...lines.filter(isOfRow).map(({ net }) => ({ text: net, sign: 1 })),
    ...allowances.filter(isOfRow).map(({ amount }) => ({ text: amount, sign: -1 })),
    ...charges.filter(isOfRow).map(({ amount }) => ({ text: amount, sign: 1 })),
  ];
  // What is no number is another fault, and has no sum.
  if (parts.some(({ text }) => text !== null && numberOf(text) === null)) return false;
  let sum = decimal('0');
  for (const { text, sign } of parts) sum = sum.plus(orZero(text).times(sign));
  const difference = sum.minus(basis).abs();
  return hasRates && syntax === 'UBL' ? difference.gte(1) : !difference.eq(0);
}

function sameRate(a: string | null, b: string | null): boolean {
  const [left, right] = [numberOf(a), numberOf(b)];
  return left !== null && right !== null && left.eq(right);
}

function isWrongTax({ hasRates }: Category, { basis, rate, tax }: TaxBreakdown): boolean {
  const amount = numberOf(tax);
  if (amount === null) return false;
  if (!hasRates) return !amount.eq(0);
  const [net, percent] = [numberOf(basis), numberOf(rate)];
  if (net === null || percent === null) return false;
  return net.times(percent).div(100).round(2).abs().minus(amount.abs()).abs().gte(1);
}

/** What only one category asks. */
function ownRules({ code, rules }: Category): Rule[] {
  const has = ({ breakdown }: SemanticInvoice): boolean => breakdown.some(({ category }) => category === code);
  if (code === 'K') {
    return [
      rule(
        `${rules}-11`,
        'a supply within the community names neither a day nor a period of delivery',
        (invoice) => has(invoice) && invoice.delivery.date === null && (invoice.period?.start ?? invoice.period?.end ?? null) === null,
      ),
      rule(
        `${rules}-12`,
        'a supply within the community names no country of delivery',
        (invoice) => has(invoice) && invoice.delivery.country === null,
      ),
    ];
  }
  if (code !== 'O') return [];
  const isOther = (use: Used): boolean => use.category !== 'O';
  return [
    rule(
      `${rules}-11`,
      'beside what is not subject to tax there is another category in the breakdown',
      (invoice) => has(invoice) && invoice.breakdown.some(isOther),
    ),
    rule(`${rules}-12`, 'a line is of another category than not subject to tax', (invoice) => has(invoice) && invoice.lines.some(isOther)),
    rule(
      `${rules}-13`,
      'an allowance is of another category than not subject to tax',
      (invoice) => has(invoice) && invoice.allowances.some(isOther),
    ),
    rule(
      `${rules}-14`,
      'a charge is of another category than not subject to tax',
      (invoice) => has(invoice) && invoice.charges.some(isOther),
    ),
  ];
}
