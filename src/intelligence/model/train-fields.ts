import { headerFieldNames } from '#domain/documents';
import type { FieldName } from '#domain/documents';
import type { BoostingOptions } from './boosting.ts';
import { calibrated } from './calibration.ts';
import type { Calibration } from './calibration.ts';
import { bestChooser, chosenFrom } from './choosing.ts';
import type { Chooser } from './choosing.ts';
import type { FieldModel } from './document-model.ts';
import type { Example } from './examples.ts';
import { crossValidate, fitField, isRight } from './field-predictions.ts';
import type { Judged, Prediction } from './field-predictions.ts';
import { searchedFields } from './pools.ts';
import { curveFrom } from './supported-curve.ts';
import type { Truth } from './truth.ts';

/** A document with its truth, and what it must not be parted from or is told apart by. */
export interface TrainingDocument {
  readonly id: string;
  readonly example: Example;
  readonly truth: Truth;
  /** Drawn by our own generator: it is learnt from, but no figure is taken from it that the card gives for real ones. */
  readonly isSynthetic: boolean;
  /** The issuer's and layout's group. */
  readonly group: string;
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
  /** How much drawn papers weigh against all real ones; 0 where they were of no use. */
  readonly syntheticShare: number;
  /** What spoke for letting the model choose, or against it; null where the page is not searched. */
  readonly choice: Chooser['grounds'] | null;
  /** Of the documents whose truth speaks about the field. */
  readonly outcomes: readonly FieldOutcome[];
  /** Of the others: what the whole document is judged by needs a word on each field. */
  readonly unlabelled: readonly FieldOutcome[];
}

export interface TrainingSetup {
  readonly folds: number;
  /** Settings of the learner to choose from. */
  readonly settings: readonly BoostingOptions[];
  /** Weights of all drawn papers, in parts of all real ones, to choose from. */
  readonly syntheticShares: readonly number[];
}

/** All fields, each with the manner that does better on issuers it has not seen. */
export function trainFields(
  documents: readonly TrainingDocument[],
  setup: TrainingSetup,
  tell: (progress: string) => void,
): TrainedField[] {
  return headerFieldNames.map((name) => {
    const field = trainField(name, documents, setup);
    tell(`${name}: ${field.model.mode}, share ${field.syntheticShare} ${JSON.stringify(field.choice)}`);
    return field;
  });
}

export function trainField(name: FieldName, documents: readonly TrainingDocument[], setup: TrainingSetup): TrainedField {
  const { folds } = setup;
  const isLabelled = ({ truth }: TrainingDocument): boolean => truth.fields[name] !== undefined;
  const ofLabelled = <T extends { readonly document: TrainingDocument }>(all: readonly T[]): T[] =>
    all.filter(({ document }) => isLabelled(document));
  const labelled = documents.filter(isLabelled);
  const tried = setup.settings.flatMap((boosting) =>
    sharesFor(labelled, setup.syntheticShares).map((syntheticShare) => {
      const fitting = { folds, boosting, syntheticShare, isSearched: false };
      return { fitting, predictions: crossValidate(name, labelled, fitting, documents).map(byRulesOnly) };
    }),
  );
  const judged = leastBy(tried, ({ predictions }) =>
    meanSquaredError(name, calibratedOutcomes(name, ofLabelled(predictions), { folds, isSupported: false })),
  );
  // What judging real documents needs no drawn papers for, choosing may: there they count as much as is allowed.
  const searching = { ...judged.fitting, isSearched: true, syntheticShare: Math.max(...sharesFor(labelled, setup.syntheticShares)) };
  const searched = searchedFields.has(name) ? crossValidate(name, labelled, searching, documents) : null;
  const chooser = searched === null ? null : bestChooser(name, ofLabelled(searched));
  const isChoosing = searched !== null && chooser?.grounds.isChosen === true;
  const fitting = isChoosing ? searching : judged.fitting;
  const all = isChoosing ? searched.map((one) => chosenFrom(one, chooser.manner)) : judged.predictions;
  const predictions = ofLabelled(all);
  const curves = leastBy(
    [false, true].map((isSupported) => ({ folds, isSupported })),
    (own) => meanSquaredError(name, calibratedOutcomes(name, predictions, own)),
  );
  return {
    name,
    model: {
      mode: isChoosing ? 'choose' : 'judge',
      floor: isChoosing ? chooser.manner.floor : 0,
      margin: isChoosing ? chooser.manner.margin : 0,
      ensemble: fitField(name, labelled, fitting),
      calibration: curveFrom(name, predictions, curves.isSupported),
    },
    boosting: fitting.boosting,
    syntheticShare: fitting.syntheticShare,
    choice: chooser?.grounds ?? null,
    outcomes: calibratedOutcomes(name, predictions, curves),
    unlabelled: calibratedOutcomes(
      name,
      predictions,
      curves,
      all.filter(({ document }) => !isLabelled(document)),
    ),
  };
}

/** Where there are no drawn papers, or no real ones, there is nothing to weigh. */
function sharesFor(documents: readonly TrainingDocument[], shares: readonly number[]): readonly number[] {
  const synthetic = documents.filter(({ isSynthetic }) => isSynthetic).length;
  return synthetic === 0 || synthetic === documents.length ? [1] : shares;
}

/** What judging predicts: the rules' value, and how sure it is. */
function byRulesOnly({ rule, candidates: _, ...one }: Judged): Prediction {
  return { ...one, byModel: rule?.value ?? null, score: rule?.score ?? 0 };
}

/** Predictions with probabilities by curves that were fitted without their fold. */
function calibratedOutcomes(
  name: FieldName,
  known: readonly Prediction[],
  { folds, isSupported }: { readonly folds: number; readonly isSupported: boolean },
  predictions: readonly Prediction[] = known,
): FieldOutcome[] {
  const curves = Array.from({ length: folds }, (_, fold) =>
    curveFrom(
      name,
      known.filter(({ document }) => document.fold !== fold),
      isSupported,
    ),
  );
  return predictions.map(({ score, ...one }) => ({
    ...one,
    probability: one.byModel === null ? 0 : calibrated(curves[one.document.fold] as Calibration, score),
  }));
}

/** Of real documents: drawn ones say nothing about how sure a value is in the mail. */
function meanSquaredError(name: FieldName, outcomes: readonly FieldOutcome[]): number {
  const given = outcomes.filter(({ byModel, document }) => byModel !== null && !document.isSynthetic);
  const errors = given.map(({ byModel, truth, probability }) => (probability - (isRight(name, byModel, truth) ? 1 : 0)) ** 2);
  return errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length);
}

export function leastBy<T>(all: readonly T[], size: (one: T) => number): T {
  const sized = all.map((one) => ({ one, size: size(one) }));
  return sized.reduce((least, next) => (next.size < least.size ? next : least)).one;
}
