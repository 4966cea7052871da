import type { FieldName } from '#domain/documents';
import { trainBoosting } from './boosting.ts';
import type { BoostingOptions } from './boosting.ts';
import type { FieldPool } from './pools.ts';
import { seededRandom } from './seeded-random.ts';
import type { FieldOutcome, TrainingDocument } from './train-fields.ts';
import { isSameValue } from './truth.ts';
import { probability } from './trees.ts';
import type { Ensemble } from './trees.ts';

/** One setting of the learner. */
export interface Fitting {
  readonly folds: number;
  readonly boosting: BoostingOptions;
  /** Weight of all drawn papers together, in parts of all real ones. */
  readonly syntheticShare: number;
  /** Whether candidates come from the whole page or from the rules alone. */
  readonly isSearched: boolean;
}

/** What was decided for a document that was not trained on; `score` is not yet a probability. */
export interface Prediction extends Omit<FieldOutcome, 'probability'> {
  readonly score: number;
}

interface Scored {
  readonly value: string;
  readonly score: number;
}

/** A document with what an ensemble that has not seen it says of its candidates. */
export interface Judged extends Omit<Prediction, 'byModel' | 'score'> {
  /** What the rules chose. */
  readonly rule: Scored | null;
  /** The likeliest, whoever proposed it. */
  readonly candidates: readonly Scored[];
}

/** Scores for documents by ensembles that were fitted without their fold. */
export function crossValidate(
  name: FieldName,
  labelled: readonly TrainingDocument[],
  fitting: Fitting,
  documents: readonly TrainingDocument[],
): Judged[] {
  return Array.from({ length: fitting.folds }, (_, fold) => {
    const own = documents.filter((document) => document.fold === fold);
    if (own.length === 0) return [];
    const ensemble = fitField(
      name,
      labelled.filter((document) => document.fold !== fold),
      fitting,
    );
    return own.map((document) => judged(name, fitting, ensemble, document));
  }).flat();
}

function judged(name: FieldName, fitting: Fitting, ensemble: Ensemble, document: TrainingDocument): Judged {
  const { candidates, rows } = poolOf(document, name, fitting);
  const scored = candidates.map(({ value }, index) => ({ value, score: probability(ensemble, rows[index] ?? []) }));
  const rule = candidates.findIndex(({ ruleRank }) => ruleRank === 0);
  const best = scored.reduce<Scored | null>((most, next) => (most === null || next.score > most.score ? next : most), null);
  return {
    document,
    truth: document.truth.fields[name] ?? null,
    byRules: candidates[rule]?.value ?? null,
    ruleScore: candidates[rule]?.ruleScore ?? 0,
    rule: scored[rule] ?? null,
    candidates: best === null ? [] : [best],
  };
}

function poolOf({ example }: TrainingDocument, name: FieldName, { isSearched }: Fitting): FieldPool {
  return (isSearched ? example.searched : example.proposed).get(name) ?? { candidates: [], rows: [] };
}

/** Wrong candidates that a drawn paper teaches at most; those left out are stood for by the others. */
const mostWrong = 16;

/** The ensemble of one field from these documents. */
export function fitField(name: FieldName, documents: readonly TrainingDocument[], fitting: Fitting): Ensemble {
  const total = (isSynthetic: boolean): number =>
    documents.reduce((sum, document) => sum + (document.isSynthetic === isSynthetic ? document.weight : 0), 0);
  const [real, drawn] = [total(false), total(true)];
  const scale = real === 0 || drawn === 0 ? 1 : (fitting.syntheticShare * real) / drawn;
  const random = seededRandom(fitting.boosting.seed);
  const rows: Float32Array[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  for (const document of documents) {
    const base = document.weight * (document.isSynthetic ? scale : 1);
    if (base === 0) continue;
    const pool = poolOf(document, name, fitting);
    const truth = document.truth.fields[name] ?? null;
    const marks = pool.candidates.map(({ value }) => truth !== null && isSameValue(name, value, truth));
    const wrong = marks.filter((mark) => !mark).length;
    const share = document.isSynthetic ? Math.min(1, mostWrong / Math.max(1, wrong)) : 1;
    for (const [index, { ruleRank }] of pool.candidates.entries()) {
      // What the rules thought of is always learnt from.
      const isSure = marks[index] === true || ruleRank < 99;
      if (!isSure && random() >= share) continue;
      rows.push(pool.rows[index] as Float32Array);
      labels.push(marks[index] === true ? 1 : 0);
      weights.push(isSure ? base : base / share);
    }
  }
  return trainBoosting({ rows, labels, weights }, fitting.boosting);
}

/** Absent and not given is right; a value where there is none is not. */
export function isRight(name: FieldName, value: string | null, truth: string | number | null): boolean {
  return value === null || truth === null ? value === truth : isSameValue(name, value, truth);
}

/** As the scorer counts: values that are right against values given and values there are. */
export function f1(
  name: FieldName,
  outcomes: readonly Pick<FieldOutcome, 'truth' | 'byRules' | 'byModel'>[],
  by: 'byRules' | 'byModel',
): number {
  const right = outcomes.filter((one) => one[by] !== null && isRight(name, one[by], one.truth)).length;
  const given = outcomes.filter((one) => one[by] !== null).length;
  const there = outcomes.filter(({ truth }) => truth !== null).length;
  return given + there === 0 ? 1 : (2 * right) / (given + there);
}
