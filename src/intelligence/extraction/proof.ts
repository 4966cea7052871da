import { vatDigitsAgree } from '#domain/documents';
import type {
  Equation,
  Evidence,
  ExtractedField,
  ExtractedLine,
  Extraction,
  FieldName,
  Operand,
  Reading,
  Rounding,
} from '#domain/documents';
import { currencyDigits, decimal, isDecimalText } from '#domain/money';
import type { Decimal } from '#domain/money';
import { evidenceFor } from './layout.ts';
import type { PrintedNumber } from './propose/propose-amounts.ts';

/** Rules whose figures, when all are fields of the document, prove each other. */
const covering: ReadonlySet<Equation['rule']> = new Set(['net+tax=gross', 'lines=net', 'quantity*price=amount']);

/** A figure of an equation from the numbers that print it; null when they do not make the value. */
export function operandOf(field: string | null, value: string, numbers: readonly PrintedNumber[]): Operand | null {
  const [first] = numbers;
  if (first === undefined) return null;
  if (numbers.length === 1) return { value, field, place: placeOf(first) };
  const signs = signsThatMake(value, numbers);
  if (signs === null) return null;
  const parts = numbers.map((number, index) => ({
    value: signed(number.value, signs[index] ?? 1),
    field: null,
    place: placeOf(number),
  }));
  return { value, field, place: null, parts };
}

function placeOf(number: PrintedNumber): Operand['place'] {
  return place(evidenceFor(number.row.page, number.words));
}

function place(evidence: Evidence | null): Operand['place'] {
  return evidence === null ? null : { page: evidence.page, box: evidence.box, wordIds: evidence.wordIds };
}

/** Charges and discounts are printed with or without their sign: the signs under which the parts make the value. */
function signsThatMake(value: string, numbers: readonly PrintedNumber[]): readonly number[] | null {
  if (numbers.length > 8) return null;
  for (let mask = 0; mask < 1 << (numbers.length - 1); mask += 1) {
    const signs = numbers.map((_, index) => (index > 0 && (mask >> (index - 1)) % 2 === 1 ? -1 : 1));
    const sum = numbers.reduce((left, number, index) => left.plus(decimal(number.value).times(signs[index] ?? 1)), decimal('0'));
    if (sum.eq(decimal(value))) return signs;
  }
  return null;
}

function signed(value: string, sign: number): string {
  return sign === 1 ? value : decimal(value).times(-1).toFixed();
}

/**
 * Finishes the proof card: equations get the operands that fields show, the rounding under which they were accepted, and a field stays
 * `proven` only where the card can show why to a checker that knows the words alone.
 */
export function sealProof(extraction: Extraction, reading: Reading): Extraction {
  const { structuredXml: xml } = reading;
  const texts = new Map(reading.pages.flatMap((page) => page.words.map((word) => [word.id, word.text])));
  const digits = currencyDigits(extraction.fields.currency.value ?? 'EUR');
  const named = namedFields(extraction);
  const equations = extraction.proof.equations.flatMap((equation) => withFigures(equation, named, digits, texts) ?? []);
  const covered = coveredBy(equations, named);
  const settled = (name: string, field: ExtractedField): ExtractedField =>
    field.standing !== 'proven' || covered.has(name) || (field.origin === 'xml' && isWritten(name, field.value, xml))
      ? field
      : { ...field, standing: 'consistent' };
  return {
    ...extraction,
    fields: mapFields(extraction.fields, (name, field) => settled(name, field)),
    lines: extraction.lines.map((line, index) => mapFields(line, (name, field) => settled(`lines.${index}.${name}`, field))),
    proof: { version: 2, equations, currencyDigits: digits },
  };
}

/** A price that the data give for several pieces is worked out for one: exact, but nowhere written. */
function isWritten(name: string, value: string | null, xml: string | null): boolean {
  return (
    !name.endsWith('.unitPrice') || new RegExp(String.raw`(?<![\d.])${value?.replace('.', String.raw`\.`)}(?:0*(?!\d)|$)`).test(xml ?? '')
  );
}

function mapFields<Fields extends Readonly<Record<FieldName, ExtractedField>> | ExtractedLine>(
  fields: Fields,
  change: (name: string, field: ExtractedField) => ExtractedField,
): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, change(name, field as ExtractedField)])) as Fields;
}

function namedFields({ fields, lines }: Extraction): ReadonlyMap<string, ExtractedField> {
  return new Map([
    ...Object.entries(fields),
    ...lines.flatMap((line, index) =>
      Object.entries(line).map(([name, field]): [string, ExtractedField] => [`lines.${index}.${name}`, field as ExtractedField]),
    ),
  ]);
}

/**
 * The equation with operands, result and rounding; as it is where its figures cannot be shown, null where they say otherwise than the
 * equation, or are one printed figure held against itself.
 */
function withFigures(
  equation: Equation,
  named: ReadonlyMap<string, ExtractedField>,
  digits: number,
  texts: ReadonlyMap<number, string>,
): Equation | null {
  const { operands, result } = equation.operands === undefined ? figuresFrom(equation, named) : equation;
  if (operands === undefined || result === undefined || operands.length === 0) return equation;
  const isExact = comesOut(equation.rule, operands, result, exact);
  const rounding = isExact && equation.holds ? exact : roundingOf(equation.rule, operands, digits);
  const isTrue = comesOut(equation.rule, operands, result, rounding) === equation.holds;
  if (!isTrue || isCountedTwice(equation.rule, [...operands, result])) return null;
  const { operands: _operands, result: _result, ...bare } = equation;
  if (![...operands, result].every((figure) => isPlain(figure, texts))) return bare;
  const wordIds = new Set([...equation.wordIds, ...[...operands, result].flatMap(wordsOf)]);
  return { ...equation, wordIds: [...wordIds], operands, result, rounding };
}

/** Printed as it is read: `19-80` may well be 19.80, but a page that must be put right first proves nothing. */
function isPlain({ value, place: own, parts }: Operand, texts: ReadonlyMap<number, string>): boolean {
  if (parts !== undefined) return parts.every((part) => isPlain(part, texts));
  if (own === null) return true;
  const printed = own.wordIds.map((id) => texts.get(id) ?? '').join('');
  const digits = decimal(value).abs().toFixed().replace('.', '').replace(/^0+/, '');
  return printed.replaceAll(/[.,'’\s]/g, '').includes(digits);
}

function figuresFrom({ rule, fields }: Equation, named: ReadonlyMap<string, ExtractedField>): Pick<Equation, 'operands' | 'result'> {
  const figures = fields.map((name): Operand | null => {
    const field = named.get(name);
    const isPlain = field?.value !== null && field?.value !== undefined && field.origin !== 'arithmetic' && isDecimalText(field.value);
    return isPlain && field.evidence !== null ? { value: field.value ?? '', field: name, place: place(field.evidence) } : null;
  });
  if (!figures.every((figure) => figure !== null)) return {};
  if (rule === 'quantity*price=amount' && figures.length === 3) return { operands: figures.slice(0, 2), result: figures[2] };
  if (rule === 'lines=net') return { operands: figures.slice(1), result: figures[0] };
  return {};
}

const exact: Rounding = { kind: 'none', tolerance: '0' };

/** Half the last digit of a sum; of a product what a price printed short may hide, five of the smallest unit at most. */
function roundingOf(rule: Equation['rule'], operands: readonly Operand[], digits: number): Rounding {
  const unit = decimal(10).pow(-digits);
  if (rule === 'net*rate=tax') return { kind: 'per-document', tolerance: unit.toFixed() };
  if (rule !== 'quantity*price=amount') return { kind: rule === 'lines=net' ? 'per-document' : 'none', tolerance: unit.div(2).toFixed() };
  const places = operands[1]?.value.split('.')[1]?.length ?? 0;
  const hidden = decimal(operands[0]?.value ?? '1')
    .abs()
    .times(decimal(10).pow(-places))
    .div(2);
  const [least, most] = [unit.div(2), unit.times(5)];
  if (hidden.lte(least)) return { kind: 'none', tolerance: least.toFixed() };
  return { kind: 'per-line', tolerance: (hidden.gt(most) ? most : hidden).toFixed() };
}

function comesOut(rule: Equation['rule'], operands: readonly Operand[], result: Operand, rounding: Rounding): boolean {
  const values = operands.map((operand) => decimal(operand.value));
  const product = (): Decimal => values.reduce((left, value) => left.times(value), decimal('1')).abs();
  const gap =
    rule === 'net+tax=gross' || rule === 'lines=net'
      ? values.reduce((left, value) => left.plus(value), decimal('0')).minus(decimal(result.value))
      : product()
          .div(rule === 'net*rate=tax' ? 100 : 1)
          .minus(decimal(result.value).abs());
  return gap.abs().lte(decimal(rounding.tolerance));
}

function isCountedTwice(rule: Equation['rule'], figures: readonly Operand[]): boolean {
  const used = figures.flatMap(wordsOf);
  return covering.has(rule) && new Set(used).size < used.length;
}

function wordsOf({ place: own, parts }: Operand): readonly number[] {
  return parts === undefined ? (own?.wordIds ?? []) : parts.flatMap(wordsOf);
}

/** Fields that an equation of fields alone, check digits or, for a mere agreement of net and total, the lines bear out. */
function coveredBy(equations: readonly Equation[], named: ReadonlyMap<string, ExtractedField>): ReadonlySet<string> {
  const covered = new Set<string>();
  const hasLines = equations.some(({ rule, operands, holds }) => rule === 'lines=net' && holds && operands !== undefined);
  for (const { rule, holds, operands = [], result, fields } of equations) {
    if (!holds) continue;
    if (rule === 'check-digits') {
      const [name = ''] = fields;
      if (name !== 'supplierTaxId' || vatDigitsAgree(named.get(name)?.value ?? '') === true) covered.add(name);
    }
    const figures = result === undefined ? operands : [...operands, result];
    if (!covering.has(rule) || figures.some((figure) => figure.field === null || wordsOf(figure).length === 0)) continue;
    if (rule === 'net+tax=gross' && !isTaxed(operands) && !hasLines) continue;
    for (const figure of figures) if (figure.field !== null) covered.add(figure.field);
  }
  return covered;
}

/** Net and total that agree because there is no tax are one figure printed twice. */
function isTaxed(operands: readonly Operand[]): boolean {
  return operands.length > 1 && operands.every((operand) => Number(operand.value) !== 0);
}
