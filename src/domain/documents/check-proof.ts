import { currencyDigits } from '#domain/money';
import { hasIbanDigits, vatDigitsAgree } from './check-digits.ts';
import { headerFieldNames } from './extraction.ts';
import type { Equation, ExtractedField, Extraction, Operand } from './extraction.ts';
import { printsNumber, printsText, saidByXml } from './prints-value.ts';
import type { Reading, Word } from './reading.ts';

/** What the independent check of a proof card found. */
export interface ProofCheck {
  /** `unchecked`: the card was made before cards named their operands; reading the document again gives one that can be checked. */
  readonly outcome: 'holds' | 'fails' | 'unchecked';
  /** In plain words, each naming its equation or field. */
  readonly faults: readonly string[];
  /** Equations that were worked out again and came out as the card says. */
  readonly equations: number;
  /** Fields that claim to be proven and are. */
  readonly proven: readonly string[];
}

interface PlacedWord extends Word {
  readonly page: number;
}
type Words = ReadonlyMap<number, PlacedWord>;
type Place = NonNullable<Operand['place']>;

/** Tolerances beyond these prove nothing, in minor units: half a cent of a sum, five of a price printed short, a unit of a rate (BR-CO-17). */
const widest = { 'net+tax=gross': 5n, 'lines=net': 5n, 'quantity*price=amount': 50n, 'net*rate=tax': 1000n } as const;
const covering: ReadonlySet<string> = new Set(['net+tax=gross', 'lines=net', 'quantity*price=amount']);
const scale = 10n ** 12n;

/**
 * Holds a proof card against the stored words alone: the words named print those figures, the equations come out, and every field that
 * claims `proven` is in one that does, has check digits that agree, or stands in the structured data. Shares no code with the solver.
 */
export function checkProof(reading: Reading, extraction: Extraction): ProofCheck {
  const { proof, fields, lines } = extraction;
  if (proof.version !== 2) return { outcome: 'unchecked', faults: [], equations: 0, proven: [] };
  const words: Words = new Map(reading.pages.flatMap((page) => page.words.map((word) => [word.id, { ...word, page: page.number }])));
  const named = new Map<string, ExtractedField>([
    ...headerFieldNames.map((name): [string, ExtractedField] => [name, fields[name]]),
    ...lines.flatMap((line, index) =>
      Object.entries(line).map(([name, field]): [string, ExtractedField] => [`lines.${index}.${name}`, field]),
    ),
  ]);
  const digits = currencyDigits(fields.currency.value ?? 'EUR');
  const faults = proof.currencyDigits === digits ? [] : [`The card counts ${proof.currencyDigits} digits, the currency has ${digits}.`];
  const isInXml = reading.structuredXml === null ? () => false : saidByXml(reading.structuredXml);
  const kept = proof.equations.filter((equation) => {
    const fault = faultOf(equation, words, named, digits, isInXml);
    if (fault !== null) faults.push(`${equation.text}: ${fault}`);
    return fault === null && isWorkedOut(equation);
  });
  const claimed = [...named].filter(([, field]) => field.standing === 'proven' && field.value !== null);
  const proven = claimed.filter(([name, field]) => isCovered(name, field, kept, isInXml));
  for (const [name, { value }] of claimed)
    if (!proven.some(([other]) => other === name)) faults.push(`${name}: nothing on the card proves ${value}.`);
  return { outcome: faults.length === 0 ? 'holds' : 'fails', faults, equations: kept.length, proven: proven.map(([name]) => name) };
}

function isWorkedOut({ rule, operands }: Equation): boolean {
  return rule === 'check-digits' || rule === 'xml=picture' || operands !== undefined;
}

function faultOf(
  equation: Equation,
  words: Words,
  named: ReadonlyMap<string, ExtractedField>,
  digits: number,
  isInXml: (value: string) => boolean,
): string | null {
  if (equation.wordIds.some((id) => !words.has(id))) return 'it names a word that is not on the page.';
  if (equation.rule === 'check-digits' || equation.rule === 'xml=picture') return identityFault(equation, words, named);
  const { operands, result, rounding } = equation;
  if (operands === undefined || result === undefined || rounding === undefined) return null;
  const figures = [...operands, result];
  const unprinted = figures.map((operand) => operandFault(operand, words, isInXml)).find((fault) => fault !== null);
  if (unprinted !== undefined) return unprinted;
  const used = figures.flatMap(placesOf).flatMap((place) => place.wordIds);
  if (covering.has(equation.rule) && new Set(used).size < used.length) return 'it counts one printed figure twice.';
  const tolerance = scaled(rounding.tolerance);
  const most = (widest[equation.rule] * scale) / 10n ** BigInt(digits + 1);
  if (tolerance === null || tolerance < 0n || tolerance > most) return `a tolerance of ${rounding.tolerance} is too wide.`;
  const gap = gapOf(equation.rule, operands, result);
  if (gap === null) return 'a figure is no decimal number.';
  const holds = gap.difference <= tolerance * gap.unit;
  return holds === equation.holds ? null : `it ${holds ? 'holds' : 'does not hold'}, the card says otherwise.`;
}

/** How far apart both sides are, in units of the product's scale. Products go by size: credit notes print either sign. */
function gapOf(rule: Equation['rule'], operands: readonly Operand[], result: Operand): { difference: bigint; unit: bigint } | null {
  const values = operands.map((operand) => scaled(operand.value));
  const right = scaled(result.value);
  if (right === null || values.length === 0 || !values.every((value) => value !== null)) return null;
  if (rule === 'net+tax=gross' || rule === 'lines=net')
    return { difference: magnitude(values.reduce((sum, value) => sum + value, 0n) - right), unit: 1n };
  const product = magnitude(values.reduce((left, value) => left * value, 1n));
  const unit = scale ** BigInt(values.length - 1) * (rule === 'net*rate=tax' ? 100n : 1n);
  return { difference: magnitude(product - magnitude(right) * unit), unit };
}

function operandFault({ value, place, parts }: Operand, words: Words, isInXml: (value: string) => boolean): string | null {
  if (parts !== undefined) {
    const fault = parts
      .map((part) => (part.place === null ? 'a part stands nowhere.' : operandFault(part, words, isInXml)))
      .find((one) => one !== null);
    const sum = parts.reduce((left, part) => left + (scaled(part.value) ?? 0n), 0n);
    return fault ?? (sum === scaled(value) ? null : `its parts do not make ${value}.`);
  }
  if (place === null) {
    // A rate or a charge of the structured data, or a rate printed somewhere on the page.
    const isSaid = isInXml(value) || [...words.values()].some((word) => printsNumber([word.text], value));
    return isSaid ? null : `${value} stands nowhere.`;
  }
  const own = place.wordIds.map((id) => words.get(id));
  if (own.length === 0 || own.some((word) => word?.page !== place.page)) return `${value} is not on page ${place.page}.`;
  const found = own.filter((word) => word !== undefined);
  if (!isAround(place, found)) return `the box of ${value} does not fit its words.`;
  return printsNumber(
    found.map((word) => word.text),
    value,
  )
    ? null
    : `the words “${found.map((word) => word.text).join(' ')}” do not print ${value}.`;
}

/** The box is the smallest around its words, but for a point of rounding. */
function isAround({ box }: Place, found: readonly PlacedWord[]): boolean {
  return [0, 1, 2, 3].every((side) => {
    const edges = found.map((word) => word.box[side as 0 | 1 | 2 | 3]);
    return Math.abs((side < 2 ? Math.min(...edges) : Math.max(...edges)) - box[side as 0 | 1 | 2 | 3]) <= 1;
  });
}

function identityFault(
  { rule, fields: names, wordIds, holds }: Equation,
  words: Words,
  named: ReadonlyMap<string, ExtractedField>,
): string | null {
  const name = names[0] ?? '';
  const value = named.get(name)?.value ?? null;
  if (value === null) return holds ? `${name} has no value.` : null;
  const texts = wordIds.flatMap((id) => words.get(id)?.text ?? []);
  if (rule === 'xml=picture')
    return !holds || printsNumber(texts, value) || printsText(texts, value) ? null : `the page does not show ${value}.`;
  if (!printsText(texts, value)) return `its words do not print ${value}.`;
  // A card that says no, or a country whose rule is not known here, proves nothing and needs no proof.
  return holds && digitsAgree(name, value) === false ? 'the check digits do not agree.' : null;
}

function digitsAgree(name: string, value: string): boolean | null {
  return name === 'iban' ? hasIbanDigits(value.replaceAll(' ', '')) : vatDigitsAgree(value);
}

function isCovered(name: string, field: ExtractedField, kept: readonly Equation[], isInXml: (value: string) => boolean): boolean {
  if (field.origin === 'xml') return isInXml(field.value ?? '');
  return kept.some((equation) => {
    if (!equation.holds || !equation.fields.includes(name)) return false;
    if (equation.rule === 'check-digits') return digitsAgree(name, field.value ?? '') === true;
    const figures = [...(equation.operands ?? []), ...(equation.result === undefined ? [] : [equation.result])];
    // A figure that is no field may be any number of the page, picked because the sum then closes.
    if (!covering.has(equation.rule) || figures.some((figure) => figure.field === null || placesOf(figure).length === 0)) return false;
    if (isMereAgreement(equation) && !kept.some((other) => other.holds && other.rule === 'lines=net')) return false;
    const own = figures.find((figure) => figure.field === name);
    return own !== undefined && scaled(own.value) === scaled(field.value ?? '') && isSamePlace(own, field);
  });
}

/** Net and total that agree because there is no tax are one figure printed twice: only the lines can bear them out. */
function isMereAgreement({ rule, operands = [] }: Equation): boolean {
  return rule === 'net+tax=gross' && (operands.length < 2 || operands.some((operand) => scaled(operand.value) === 0n));
}

function isSamePlace(own: Operand, { evidence }: ExtractedField): boolean {
  const ids = new Set(placesOf(own).flatMap((place) => place.wordIds));
  return evidence !== null && evidence.wordIds.length > 0 && evidence.wordIds.every((id) => ids.has(id));
}

function placesOf({ place, parts }: Operand): Place[] {
  return parts === undefined ? (place === null ? [] : [place]) : parts.flatMap(placesOf);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Exact decimal text as a whole number of 10⁻¹², or null. */
function scaled(text: string): bigint | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,12}))?$/.exec(text);
  return match === null ? null : BigInt(`${match[1]}${match[2]}${(match[3] ?? '').padEnd(12, '0')}`);
}
