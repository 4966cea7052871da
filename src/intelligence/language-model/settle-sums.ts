import type { Equation, ExtractedField, Extraction, Operand } from '#domain/documents';
import { decimal } from '#domain/money';
import { isSameValue } from '../memory/values.ts';
import { isOpen } from './doubts.ts';
import type { Grounded } from './ground.ts';
import { asAlternative, taken, weighed } from './weigh.ts';

const names = ['netTotal', 'taxTotal', 'grossTotal'] as const;
type SumName = (typeof names)[number];
type Sums = Readonly<Record<SumName, ExtractedField>>;

/** Surer than a model's word alone, and still below what a person need not look at. */
const addingUp = 0.8;

/**
 * Lets a model's totals into the document's arithmetic. Where they make net, tax and gross add up that did not before, they are taken as
 * `consistent`, with the equation on the proof card; where the three would not add up they are alternatives.
 */
export function settleSums(extraction: Extraction, grounded: readonly Grounded[]): Extraction {
  if (grounded.length === 0) return extraction;
  const before = sumsOf(extraction);
  const closing = closingChoice(before, grounded);
  if (closing !== null) return withEquation(extraction, before, closing);
  return { ...extraction, fields: { ...extraction.fields, ...byThemselves(before, grounded) } };
}

function sumsOf({ fields }: Extraction): Sums {
  return { netTotal: fields.netTotal, taxTotal: fields.taxTotal, grossTotal: fields.grossTotal };
}

/** The choice with the fewest of the model's values under which the three add up; null where they do already or never will. */
function closingChoice(before: Sums, grounded: readonly Grounded[]): Sums | null {
  if (addsUp(before)) return null;
  const choices: { readonly sums: Sums; readonly changes: number }[] = [];
  for (let mask = 1; mask < 1 << grounded.length; mask += 1) {
    const chosen = grounded.filter((_, index) => (mask >> index) % 2 === 1);
    const changes = chosen.map((one): [string, ExtractedField] => [one.field, taken(before[one.field as SumName], one)]);
    choices.push({ sums: { ...before, ...Object.fromEntries(changes) }, changes: chosen.length });
  }
  return choices.filter(({ sums }) => addsUp(sums)).toSorted((a, b) => a.changes - b.changes)[0]?.sums ?? null;
}

/** Three figures, printed in three places, that add up. */
function addsUp({ netTotal, taxTotal, grossTotal }: Sums): boolean {
  if (gapOf({ netTotal, taxTotal, grossTotal }) !== 0) return false;
  const used = [netTotal, taxTotal, grossTotal].flatMap(({ evidence }) => evidence?.wordIds ?? []);
  return [netTotal, taxTotal, grossTotal].every(({ evidence }) => evidence !== null) && new Set(used).size === used.length;
}

/** What is between net with tax and gross; null where one of them is missing. */
function gapOf({ netTotal, taxTotal, grossTotal }: Sums): number | null {
  if (netTotal.value === null || taxTotal.value === null || grossTotal.value === null) return null;
  return Number(decimal(netTotal.value).plus(decimal(taxTotal.value)).minus(decimal(grossTotal.value)));
}

function withEquation(extraction: Extraction, before: Sums, sums: Sums): Extraction {
  const text = `${sums.netTotal.value} + ${sums.taxTotal.value} = ${sums.grossTotal.value}`;
  const fields = Object.fromEntries(
    names.map((name) => [
      name,
      sums[name] === before[name]
        ? sums[name]
        : {
            ...sums[name],
            confidence: addingUp,
            standing: 'consistent',
            reason: `A language model suggests it, these words print it, and the printed figures add up: ${text}.`,
          },
    ]),
  );
  const [net, tax, gross] = names.map((name) => operandOf(name, sums[name]));
  const equation: Equation | null =
    net === undefined || tax === undefined || gross === undefined || extraction.proof.version !== 2
      ? null
      : {
          rule: 'net+tax=gross',
          text,
          holds: true,
          fields: names,
          wordIds: [net, tax, gross].flatMap(({ place }) => place?.wordIds ?? []),
          operands: [net, tax],
          result: gross,
          rounding: { kind: 'none', tolerance: '0' },
        };
  return {
    ...extraction,
    fields: { ...extraction.fields, ...fields },
    proof: { ...extraction.proof, equations: equation === null ? extraction.proof.equations : [...extraction.proof.equations, equation] },
  };
}

function operandOf(field: SumName, { value, evidence }: ExtractedField): Operand {
  const place = evidence === null ? null : { page: evidence.page, box: evidence.box, wordIds: evidence.wordIds };
  return { value: value ?? '', field, place };
}

/** Each by itself: what is missing is filled in, unless the three would then not add up. */
function byThemselves(before: Sums, grounded: readonly Grounded[]): Sums {
  let sums = before;
  for (const one of grounded) {
    const name = one.field as SumName;
    const field = sums[name];
    const next = { ...sums, [name]: weighed(field, one) };
    const isSame = field.value !== null && isSameValue(name, field.value, one.value);
    const breaks = !isSame && isOpen(field) && next[name].origin === 'llm' && (gapOf(next) ?? 0) !== 0;
    sums = breaks
      ? { ...sums, [name]: asAlternative(field, one, 'A language model reads this, but then the printed figures do not add up.') }
      : next;
  }
  return sums;
}
