import type { Equation, ExtractedField, ReadingProblem, Standing } from '#domain/documents';
import { decimal } from '#domain/money';
import type { Candidate } from '../propose/candidate.ts';
import { alternativesFrom, ranked } from '../propose/candidate.ts';
import { emptyField, filledField } from '../field.ts';
import { evidenceFor } from '../layout.ts';
import { amountText } from '../text/number-format.ts';
import { operandOf } from '../proof.ts';
import type { TotalsChoice } from './solve-totals.ts';
import type { TotalCandidate, TotalCandidates } from '../propose/propose-totals.ts';

export interface TotalsFields {
  readonly netTotal: ExtractedField;
  readonly taxTotal: ExtractedField;
  readonly grossTotal: ExtractedField;
  readonly equations: readonly Equation[];
  readonly problems: readonly ReadingProblem[];
}

/** What the lines can testify: how many there are and whether their own arithmetic closes. */
export interface LineWitness {
  readonly sum: string | null;
  readonly count: number;
  readonly provenCount: number;
  /** The lines stand under a header; else they are merely rows that end in an amount. */
  readonly isTable: boolean;
}

/** A label from this likelihood on means the total; “due” alone is above, “subtotal” and “cash” are below. */
const calledTotal = 0.5;

/** Turns the chosen totals into fields, each standing as high as printed arithmetic carries it. */
export function totalsFields(choice: TotalsChoice, candidates: TotalCandidates, witness: LineWitness, certainty: number): TotalsFields {
  const { net, tax, gross, closure } = choice;
  const equations = equationsOf(choice, witness);
  const testify = (witness.count > 1 && (witness.isTable || closure.equal || closure.sum)) || witness.provenCount > 0;
  // An equation over a subtotal and adjustments has enough parts to close by chance; it supports, it does not prove.
  // A sum that is merely called “cash” or “subtotal” closes with what was read alike wrongly, or before a tip written by hand.
  const isCalledTotal = (gross?.score ?? 0) >= calledTotal;
  const isPlain = closure.adjusted.length === 0 && !closure.rival && !closure.broken && isCalledTotal;
  const proven = {
    net: (closure.sum && isPlain) || (closure.lines === 'net' && testify && closure.adjusted.length === 0 && !closure.broken),
    tax: closure.sum && isPlain,
    gross: isPlain && (closure.sum || (closure.lines === 'gross' && testify) || (closure.lines === 'net' && testify && closure.equal)),
  };
  const make = (name: 'net' | 'tax' | 'gross', chosen: TotalCandidate | null): ExtractedField => {
    const rivals = alternativesFrom(ranked(candidates[name].filter((other) => other.value !== chosen?.value).map(asCandidate)));
    if (chosen === null)
      return emptyField(`No amount is labelled as the ${name === 'net' ? 'net total' : name === 'tax' ? 'tax' : 'total'}.`, rivals);
    return chosenField(
      chosen,
      grounds(proven[name], closure.broken, closure.equal || closure.sum || closure.lines !== null, chosen.score),
      certainty,
      rivals,
    );
  };
  const problems: ReadingProblem[] = closure.broken
    ? [
        {
          code: 'totals-do-not-add-up',
          severity: 'warning',
          message: `The document prints ${net?.value} net and ${tax?.value} tax, but ${gross?.value} in all. Ask the supplier for a corrected document, or put right what was misread.`,
        },
      ]
    : [];
  if (isLineGap(choice, candidates, witness)) {
    problems.push({
      code: 'lines-do-not-add-up',
      severity: 'warning',
      message: `The lines that were read add up to ${witness.sum}, the document prints ${net?.value ?? gross?.value}. Compare the lines with the page.`,
    });
  }
  return { netTotal: make('net', net), taxTotal: make('tax', tax), grossTotal: make('gross', gross), equations, problems };
}

function isLineGap({ closure, net, gross }: TotalsChoice, candidates: TotalCandidates, witness: LineWitness): boolean {
  return (
    witness.sum !== null &&
    witness.count > 0 &&
    closure.lines === null &&
    candidates.adjustments.length === 0 &&
    (net !== null || gross !== null)
  );
}

interface Grounds {
  readonly standing: Standing;
  readonly confidence: number;
  readonly because: string;
}

function grounds(isProven: boolean, isBroken: boolean, isSupported: boolean, score: number): Grounds {
  if (isProven) return { standing: 'proven', confidence: 0.98, because: ' The printed figures add up.' };
  if (isBroken)
    return { standing: 'contradicted', confidence: Math.min(0.6, score * 0.65), because: ' The printed figures do not add up.' };
  if (isSupported)
    return { standing: 'consistent', confidence: Math.min(0.93, 0.35 + score * 0.62), because: ' Another printed figure agrees.' };
  return { standing: 'unproven', confidence: Math.min(0.85, score * 0.88), because: '' };
}

function chosenField(
  chosen: TotalCandidate,
  { standing, confidence, because }: Grounds,
  certainty: number,
  alternatives: ExtractedField['alternatives'],
): ExtractedField {
  return filledField(amountText(chosen.value), {
    confidence: confidence * certainty,
    standing,
    origin: chosen.numbers.length > 1 ? 'arithmetic' : 'grammar',
    evidence: evidenceFor(
      chosen.numbers[0]?.row.page ?? 1,
      chosen.numbers.filter((number) => number.row.page === chosen.numbers[0]?.row.page).flatMap((number) => number.words),
    ),
    reason: `${chosen.reason}${because}`,
    alternatives,
  });
}

/** A value that is the outcome of several printed figures. */
function isDerived(candidate: TotalCandidate | null): boolean {
  return candidate !== null && candidate.numbers.length > 1;
}

function asCandidate({ numbers, value, score, reason }: TotalCandidate): Candidate {
  return { value: amountText(value), score, reason, evidence: evidenceFor(numbers[0]?.row.page ?? 1, numbers[0]?.words ?? []) };
}

function equationsOf(choice: TotalsChoice, witness: LineWitness): Equation[] {
  const { net, tax, gross, closure } = choice;
  const equations: Equation[] = [];
  const ids = (...all: (TotalCandidate | null)[]): number[] =>
    all.flatMap((one) => one?.numbers.flatMap((number) => number.words.map((word) => word.id)) ?? []);
  const netValue = net?.value ?? null;
  const taxValue = tax?.value ?? null;
  if (netValue !== null && gross !== null && (closure.sum || closure.equal || closure.broken)) {
    const extra = isDerived(net) ? '' : closure.adjusted.map((one) => ` + ${one.value}`).join('');
    equations.push({
      rule: 'net+tax=gross',
      text: `${netValue} + ${taxValue ?? '0.00'}${extra} = ${gross.value}`,
      holds: !closure.broken,
      fields: ['netTotal', ...(taxValue === null ? [] : ['taxTotal']), 'grossTotal'],
      wordIds: ids(net, tax, gross, ...closure.adjusted),
      ...figuresOf(
        [['netTotal', net], ['taxTotal', tax], ...(isDerived(net) ? [] : closure.adjusted.map((one) => [null, one] as const))],
        gross,
      ),
    });
  }
  if (closure.rate !== null && netValue !== null && taxValue !== null) {
    equations.push({
      rule: 'net*rate=tax',
      text: `${netValue} × ${closure.rate} % = ${taxValue}`,
      holds: true,
      fields: ['netTotal', 'taxTotal'],
      wordIds: ids(net, tax),
      ...rateFigures(net, closure.rate, tax),
    });
  }
  if (witness.sum !== null && closure.lines !== null) {
    const total = closure.lines === 'net' ? net : gross;
    equations.push({
      rule: 'lines=net',
      text: `sum of ${witness.count} lines ${decimal(witness.sum).toFixed(2)} = ${total?.value}`,
      holds: true,
      fields: [
        closure.lines === 'net' ? 'netTotal' : 'grossTotal',
        ...Array.from({ length: witness.count }, (_, index) => `lines.${index}.netAmount`),
      ],
      wordIds: ids(total),
    });
  }
  return equations;
}

type Named = readonly [field: string | null, candidate: TotalCandidate | null];

/** The figures of a sum for the proof card; none where a figure cannot be shown. */
function figuresOf(terms: readonly Named[], gross: TotalCandidate): Pick<Equation, 'operands' | 'result'> {
  const operands = terms.flatMap(([field, one]) => (one === null ? [] : [operandOf(field, one.value, one.numbers)]));
  const result = operandOf('grossTotal', gross.value, gross.numbers);
  return result === null || !operands.every((operand) => operand !== null) ? {} : { operands, result };
}

function rateFigures(net: TotalCandidate | null, rate: string, tax: TotalCandidate | null): Pick<Equation, 'operands' | 'result'> {
  const base = net === null ? null : operandOf('netTotal', net.value, net.numbers);
  const result = tax === null ? null : operandOf('taxTotal', tax.value, tax.numbers);
  return base === null || result === null ? {} : { operands: [base, { value: rate, field: null, place: null }], result };
}
