import type { Equation, ReadingProblem } from '#domain/documents';
import { decimal, isDecimalText } from '#domain/money';
import type { Decimal } from '#domain/money';
import type { StructuredDocument } from './structured-document.ts';

export interface SumCheck {
  readonly equations: readonly Equation[];
  readonly problems: readonly ReadingProblem[];
  /** Fields that a broken rule speaks about. */
  readonly contradicted: ReadonlySet<string>;
  /** Fields that a kept rule confirms. */
  readonly confirmed: ReadonlySet<string>;
}

interface Rule {
  readonly name: string;
  readonly rule: Equation['rule'];
  readonly left: Decimal | null;
  readonly right: Decimal | null;
  readonly tolerance: string;
  readonly text: string;
  readonly fields: readonly string[];
}

/** Checks the sums that EN 16931 demands (BR-CO-10 to BR-CO-17) with exact decimals. Orders are held to the lines' sum only. */
export function checkSums(document: StructuredDocument): SumCheck {
  const rules = [...headerRules(document), ...taxRules(document), ...lineRules(document)];
  const checked = rules.flatMap((rule) =>
    rule.left === null || rule.right === null ? [] : [{ rule, holds: rule.left.minus(rule.right).abs().lte(decimal(rule.tolerance)) }],
  );
  const broken = checked.filter(({ holds }) => !holds);
  return {
    equations: checked.map(({ rule, holds }) => ({ rule: rule.rule, text: rule.text, holds, fields: rule.fields, wordIds: [] })),
    problems: broken.map(({ rule }) => ({
      code: 'xml-sums-wrong',
      severity: 'warning',
      message: `The e-invoice data ${document.syntax === 'FatturaPA' ? 'do not add up' : `break rule ${rule.name} of EN 16931`}: ${rule.text} does not hold. Ask the supplier for a corrected invoice.`,
    })),
    contradicted: new Set(broken.flatMap(({ rule }) => rule.fields)),
    confirmed: new Set(checked.filter(({ holds }) => holds).flatMap(({ rule }) => rule.fields)),
  };
}

function headerRules(document: StructuredDocument): Rule[] {
  const { sums, values, lines } = document;
  const net = number(values.netTotal);
  const tax = number(values.taxTotal);
  const gross = number(values.grossTotal);
  const lineSum = total(lines.map((line) => line.netAmount));
  const ofLines = number(sums.lines);
  const charged = (ofLines ?? lineSum)?.minus(orZero(sums.allowances)).plus(orZero(sums.charges)) ?? null;
  const payable = gross === null ? null : gross.minus(orZero(sums.prepaid)).plus(orZero(sums.rounding));
  const lineFields = lines.map((_, index) => `lines.${index}.netAmount`);
  return [
    {
      name: 'BR-CO-10',
      rule: 'lines=net',
      left: lines.length === 0 ? null : lineSum,
      right: ofLines,
      tolerance: '0',
      text: `sum of ${lines.length} lines ${show(lineSum)} = ${sums.lines}`,
      fields: ['netTotal', ...lineFields],
    },
    {
      name: 'BR-CO-13',
      rule: 'lines=net',
      left: charged,
      right: net,
      tolerance: '0',
      text: `${show(ofLines ?? lineSum)} - ${sums.allowances ?? '0'} + ${sums.charges ?? '0'} = ${values.netTotal}`,
      fields: ['netTotal'],
    },
    {
      name: 'BR-CO-15',
      rule: 'net+tax=gross',
      left: net === null ? null : net.plus(orZero(values.taxTotal)),
      right: gross,
      tolerance: '0',
      text: `${values.netTotal} + ${values.taxTotal ?? '0'} = ${values.grossTotal}`,
      fields: ['netTotal', ...(tax === null ? [] : ['taxTotal']), 'grossTotal'],
    },
    {
      name: 'BR-CO-16',
      rule: 'net+tax=gross',
      left: payable,
      right: number(sums.payable),
      tolerance: '0',
      text: `${values.grossTotal} - ${sums.prepaid ?? '0'} + ${sums.rounding ?? '0'} = ${sums.payable}`,
      fields: ['grossTotal'],
    },
  ];
}

function taxRules({ taxRows, values }: StructuredDocument): Rule[] {
  const sum = total(taxRows.map((row) => row.tax));
  const perRow = taxRows.map((row): Rule => {
    const basis = number(row.basis);
    const rate = number(row.rate);
    const product = basis === null || rate === null ? null : basis.times(rate).div(100);
    // Tax may be worked out line by line, so a small rounding difference is within the standard's own tolerance.
    return {
      name: 'BR-CO-17',
      rule: 'net*rate=tax',
      left: product,
      right: number(row.tax),
      tolerance: '1',
      text: `${row.basis} × ${row.rate} % = ${row.tax}`,
      fields: ['taxTotal'],
    };
  });
  return [
    {
      name: 'BR-CO-14',
      rule: 'net*rate=tax',
      left: taxRows.length === 0 ? null : sum,
      right: number(values.taxTotal),
      tolerance: '0',
      text: `sum of taxes ${show(sum)} = ${values.taxTotal}`,
      fields: ['taxTotal'],
    },
    ...perRow,
  ];
}

/** Quantity times price is stated, not checked: allowances of the line may stand between. A line where it holds is proven by itself. */
function lineRules({ lines }: StructuredDocument): Rule[] {
  return lines.flatMap((line, index): Rule[] => {
    const quantity = number(line.quantity);
    const price = number(line.unitPrice);
    const amount = number(line.netAmount);
    if (quantity === null || price === null || amount === null || quantity.times(price).minus(amount).abs().gt('0.01')) return [];
    return [
      {
        name: 'line',
        rule: 'quantity*price=amount',
        left: amount,
        right: amount,
        tolerance: '0',
        text: `${line.quantity} × ${line.unitPrice} = ${line.netAmount}`,
        fields: [`lines.${index}.quantity`, `lines.${index}.unitPrice`, `lines.${index}.netAmount`],
      },
    ];
  });
}

function number(text: string | null): Decimal | null {
  const plain = text?.replace(/^\+/, '') ?? '';
  return isDecimalText(plain) ? decimal(plain) : null;
}

function orZero(text: string | null): Decimal {
  return number(text) ?? decimal('0');
}

function total(texts: readonly (string | null)[]): Decimal | null {
  let sum = decimal('0');
  for (const text of texts) {
    const value = number(text);
    if (value === null) return null;
    sum = sum.plus(value);
  }
  return sum;
}

function show(value: Decimal | null): string {
  return value === null ? 'unknown' : value.toFixed(2);
}
