import type { Equation, ExtractedField, ExtractedLine } from '#domain/documents';
import { decimal } from '#domain/money';
import { emptyField, filledField } from '../field.ts';
import { evidenceFor } from '../layout.ts';
import { amountText, plainText } from '../text/number-format.ts';
import type { PrintedNumber } from '../propose/propose-amounts.ts';
import type { PrintedLine } from './table.ts';

export interface BuiltLines {
  readonly lines: readonly ExtractedLine[];
  readonly equations: readonly Equation[];
  /** Sum of the amount column when every line has an amount. */
  readonly sum: string | null;
  /** How many lines' own arithmetic closes. */
  readonly provenCount: number;
}

/** The sum of the amounts, or null when a line lacks one. */
export function sumOfLines(lines: readonly PrintedLine[]): string | null {
  if (lines.length === 0 || lines.some((line) => line.amount === null)) return null;
  return lines.reduce((sum, line) => sum.plus(decimal(line.amount?.value ?? '0')), decimal('0')).toFixed();
}

/** Turns printed lines into fields; `sumHolds` says that the lines together make a printed total. */
export function buildLines(printed: readonly PrintedLine[], sumHolds: boolean, certainty: number): BuiltLines {
  const equations: Equation[] = [];
  const lines = printed.map((line, index) => {
    const equation = productEquation(line, index);
    if (equation !== null) equations.push(equation);
    return buildLine(line, equation?.holds ?? null, sumHolds, certainty);
  });
  return { lines, equations, sum: sumOfLines(printed), provenCount: equations.filter((equation) => equation.holds).length };
}

function productEquation(line: PrintedLine, index: number): Equation | null {
  const { quantity, unitPrice, amount } = line;
  if (quantity === null || unitPrice === null || amount === null) return null;
  const holds = productHolds(quantity.value, unitPrice.value, amount.value);
  return {
    rule: 'quantity*price=amount',
    text: `${quantity.value} × ${unitPrice.value} = ${amount.value}`,
    holds,
    fields: [`lines.${index}.quantity`, `lines.${index}.unitPrice`, `lines.${index}.netAmount`],
    wordIds: [quantity, unitPrice, amount].flatMap((number) => number.words.map((word) => word.id)),
  };
}

/** Quantity times price makes the amount, but for the rounding of a price printed to two places. */
function productHolds(quantity: string, price: string, amount: string): boolean {
  const places = price.split('.')[1]?.length ?? 0;
  const rounding = decimal(quantity).abs().times(decimal(10).pow(-places)).div(2);
  const tolerance = rounding.lt('0.005') ? decimal('0.005') : rounding.gt('0.05') ? decimal('0.05') : rounding;
  return decimal(quantity).times(decimal(price)).abs().minus(decimal(amount).abs()).abs().lte(tolerance);
}

function buildLine(line: PrintedLine, product: boolean | null, sumHolds: boolean, certainty: number): ExtractedLine {
  const text = line.description
    .map((word) => word.text)
    .join(' ')
    .trim();
  const isProven = product === true || sumHolds;
  const confidence = certainty * (product === true && sumHolds ? 0.98 : isProven ? 0.93 : product === false ? 0.6 : 0.7);
  const reason =
    product === true
      ? 'Quantity times price makes the amount.'
      : sumHolds
        ? 'The lines add up to the total.'
        : product === false
          ? 'Quantity times price does not make the amount.'
          : 'Stands in this column.';
  const grounds = {
    confidence,
    standing: isProven ? ('proven' as const) : product === false ? ('contradicted' as const) : ('unproven' as const),
    reason,
  };
  return {
    description:
      text === ''
        ? emptyField('No text stands in this line.')
        : filledField(text, {
            confidence: certainty * 0.85,
            standing: 'consistent',
            origin: 'grammar',
            evidence: evidenceFor(line.row.page, line.description),
            reason: 'The words of the line.',
          }),
    quantity: numberField(line.quantity, plainText, {
      ...grounds,
      standing: product === true ? 'proven' : grounds.standing === 'proven' ? 'consistent' : grounds.standing,
    }),
    unitPrice: numberField(line.unitPrice, amountText, {
      ...grounds,
      standing: product === true ? 'proven' : grounds.standing === 'proven' ? 'consistent' : grounds.standing,
    }),
    netAmount: numberField(line.amount, amountText, grounds),
    taxRate: numberField(line.taxRate, plainText, {
      confidence: certainty * 0.85,
      standing: 'consistent',
      reason: 'Stands in the tax column.',
    }),
  };
}

function numberField(
  number: PrintedNumber | null,
  format: (value: string) => string,
  grounds: { readonly confidence: number; readonly standing: ExtractedField['standing']; readonly reason: string },
): ExtractedField {
  if (number === null) return emptyField('Not printed in this line.');
  return filledField(format(number.value), { ...grounds, origin: 'layout', evidence: evidenceFor(number.row.page, number.words) });
}
