import { headerFieldNames } from '#domain/documents';
import type { FieldName } from '#domain/documents';
import { trainBoosting } from './boosting.ts';
import type { BoostingOptions } from './boosting.ts';
import { calibrated, fitIsotonic } from './calibration.ts';
import type { Calibration, Outcome } from './calibration.ts';
import type { FieldModel } from './document-model.ts';
import type { Example } from './examples.ts';
import { searchedFields } from './pools.ts';
import type { FieldPool } from './pools.ts';
import { isSameValue } from './truth.ts';
import type { Truth } from './truth.ts';
import { probability } from './trees.ts';
import type { Ensemble } from './trees.ts';

/** A document with its truth, and what it must not be parted from or is told apart by. */
export interface TrainingDocument {
  readonly id: string;
  readonly example: Example;
  readonly truth: Truth;
  /** Documents of one issuer or one layout lie in the same fold. */
  readonly fold: number;
  readonly weight: number;
  /** What it counts under in the card: `language de`, `kind scan`, … */
  readonly slices: readonly string[];
}

/** What a model that never saw a document's issuer or layout made of one field. */
export interface FieldOutcome {
  readonly document: TrainingDocument;
  readonly truth: string | number | null;
  readonly byRules: string | null;
  readonly byModel: string | null;
  /** How sure the rules were. */
  readonly ruleScore: number;
  /** How sure the model is, calibrated on the other folds. */
  readonly probability: number;
}

export interface TrainedField {
  readonly name: FieldName;
  readonly model: FieldModel;
  readonly boosting: BoostingOptions;
  /** Of the documents whose truth speaks about the field. */
  readonly outcomes: readonly FieldOutcome[];
  /** Of the others: what the whole document is judged by needs a word on each field. */
  readonly unlabelled: readonly FieldOutcome[];
}

export interface TrainingSetup {
  readonly folds: number;
  /** Settings of the learner to choose from. */
  readonly settings: readonly BoostingOptions[];
}

/** How a field is decided while training: what is drawn from, and from what probability on a value is given. */
interface Manner {
  readonly name: FieldName;
  readonly mode: FieldModel['mode'];
  readonly floor: number;
}

interface Prediction extends Omit<FieldOutcome, 'probability'> {
  readonly score: number;
}

const floors = [0.2, 0.3, 0.4, 0.5];

/** All fields, each with the manner that does better on issuers it has not seen. */
export function trainFields(documents: readonly TrainingDocument[], setup: TrainingSetup): TrainedField[] {
  return headerFieldNames.map((name) => trainField(name, documents, setup));
}

export function trainField(name: FieldName, documents: readonly TrainingDocument[], { folds, settings }: TrainingSetup): TrainedField {
  const isLabelled = ({ truth }: TrainingDocument): boolean => truth.fields[name] !== undefined;
  const labelled = documents.filter(isLabelled);
  const judging: Manner = { name, mode: 'judge', floor: 0 };
  const tried = settings.map((boosting) => ({ boosting, predictions: crossValidate(judging, labelled, { folds, boosting }) }));
  const judged = leastBy(tried, ({ predictions }) => meanSquaredError(name, calibratedOutcomes(name, predictions, folds)));
  const setup = { folds, boosting: judged.boosting };
  const choosing = searchedFields.has(name) ? bestChooser(name, labelled, setup) : null;
  const isBetter = choosing !== null && isSurelyBetter(name, choosing.predictions);
  const { manner, predictions } = isBetter ? choosing : { manner: judging, predictions: judged.predictions };
  const unlabelled = crossValidate(
    manner,
    labelled,
    setup,
    documents.filter((document) => !isLabelled(document)),
  ).map((one) => (one.score < manner.floor ? { ...one, byModel: null } : one));
  return {
    name,
    model: {
      mode: manner.mode,
      floor: manner.floor,
      ensemble: fit(manner, labelled, setup.boosting),
      calibration: fitIsotonic(outcomesOf(name, predictions)),
    },
    boosting: setup.boosting,
    outcomes: calibratedOutcomes(name, predictions, folds),
    unlabelled: calibratedOutcomes(name, predictions, folds, unlabelled),
  };
}

/** Predictions with probabilities by curves that were fitted without their fold. */
function calibratedOutcomes(
  name: FieldName,
  known: readonly Prediction[],
  folds: number,
  predictions: readonly Prediction[] = known,
): FieldOutcome[] {
  const curves = Array.from({ length: folds }, (_, fold) => {
    const others = known.filter(({ document }) => document.fold !== fold);
    return fitIsotonic(outcomesOf(name, others));
  });
  return predictions.map(({ score, ...one }) => ({
    ...one,
    probability: one.byModel === null ? 0 : calibrated(curves[one.document.fold] as Calibration, score),
  }));
}

function meanSquaredError(name: FieldName, outcomes: readonly FieldOutcome[]): number {
  const given = outcomes.filter(({ byModel }) => byModel !== null);
  const errors = given.map(({ byModel, truth, probability }) => (probability - (isRight(name, byModel, truth) ? 1 : 0)) ** 2);
  return errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length);
}

export function leastBy<T>(all: readonly T[], size: (one: T) => number): T {
  const sized = all.map((one) => ({ one, size: size(one) }));
  return sized.reduce((least, next) => (next.size < least.size ? next : least)).one;
}

/** One setting of the learner. */
interface Fitting {
  readonly folds: number;
  readonly boosting: BoostingOptions;
}

function bestChooser(
  name: FieldName,
  documents: readonly TrainingDocument[],
  setup: Fitting,
): { readonly manner: Manner; readonly predictions: readonly Prediction[] } {
  const open = crossValidate({ name, mode: 'choose', floor: 0 }, documents, setup);
  const tried = floors.map((floor) => ({
    manner: { name, mode: 'choose', floor } as const,
    predictions: open.map((one) => (one.score < floor ? { ...one, byModel: null } : one)),
  }));
  return tried.reduce((best, next) => (f1(name, next.predictions, 'byModel') > f1(name, best.predictions, 'byModel') ? next : best));
}

/** One-sided sign test at 5 %: where the two differ, the model must win more often than luck would have it. */
function isSurelyBetter(name: FieldName, predictions: readonly Prediction[]): boolean {
  const [wins, losses] = [
    predictions.filter((one) => !isRight(name, one.byRules, one.truth) && isRight(name, one.byModel, one.truth)).length,
    predictions.filter((one) => isRight(name, one.byRules, one.truth) && !isRight(name, one.byModel, one.truth)).length,
  ];
  return wins - losses > 1.64 * Math.sqrt(wins + losses) && f1(name, predictions, 'byModel') > f1(name, predictions, 'byRules');
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

function outcomesOf(name: FieldName, predictions: readonly Prediction[]): Outcome[] {
  return predictions
    .filter(({ byModel }) => byModel !== null)
    .map(({ byModel, truth, score }) => ({ score, isRight: isRight(name, byModel, truth) }));
}

/** Predictions for documents by ensembles that were fitted without their fold. */
function crossValidate(
  manner: Manner,
  labelled: readonly TrainingDocument[],
  { folds, boosting }: Fitting,
  documents: readonly TrainingDocument[] = labelled,
): Prediction[] {
  return Array.from({ length: folds }, (_, fold) => {
    const ensemble = fit(
      manner,
      labelled.filter((document) => document.fold !== fold),
      boosting,
    );
    return documents.filter((document) => document.fold === fold).map((document) => predict(manner, ensemble, document));
  }).flat();
}

function predict({ name, mode }: Manner, ensemble: Ensemble, document: TrainingDocument): Prediction {
  const { candidates, rows } = poolOf(document, name, mode);
  const scores = rows.map((row) => probability(ensemble, row));
  const rule = candidates.findIndex(({ ruleRank }) => ruleRank === 0);
  const best = mode === 'judge' ? rule : scores.indexOf(Math.max(...scores));
  return {
    document,
    truth: document.truth.fields[name] ?? null,
    byRules: candidates[rule]?.value ?? null,
    ruleScore: candidates[rule]?.ruleScore ?? 0,
    byModel: candidates[best]?.value ?? null,
    score: scores[best] ?? 0,
  };
}

function poolOf({ example }: TrainingDocument, name: FieldName, mode: FieldModel['mode']): FieldPool {
  return (mode === 'choose' ? example.searched : example.proposed).get(name) ?? { candidates: [], rows: [] };
}

function fit({ name, mode }: Manner, documents: readonly TrainingDocument[], boosting: BoostingOptions): Ensemble {
  const rows: Float32Array[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  for (const document of documents) {
    const pool = poolOf(document, name, mode);
    const truth = document.truth.fields[name] ?? null;
    for (const [index, { value }] of pool.candidates.entries()) {
      rows.push(pool.rows[index] as Float32Array);
      labels.push(truth !== null && isSameValue(name, value, truth) ? 1 : 0);
      weights.push(document.weight);
    }
  }
  return trainBoosting({ rows, labels, weights }, boosting);
}
