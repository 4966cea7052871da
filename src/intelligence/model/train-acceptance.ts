import type { Extraction, FieldName } from '#domain/documents';
import { trainBoosting } from './boosting.ts';
import type { BoostingOptions } from './boosting.ts';
import { calibrated, fitIsotonic } from './calibration.ts';
import type { Calibration, Outcome } from './calibration.ts';
import type { AcceptanceModel, CertifiedBound } from './document-model.ts';
import { documentFeatureNames, documentRow } from './pools.ts';
import type { DocumentClass } from './pools.ts';
import { riskThreshold } from './risk-control.ts';
import type { RiskThreshold } from './risk-control.ts';
import { isRight } from './field-predictions.ts';
import { weighed } from './supported-curve.ts';
import { leastBy } from './train-fields.ts';
import type { FieldOutcome, TrainedField, TrainingDocument, TrainingSetup } from './train-fields.ts';
import { areLinesRight, isNearlySameName } from './truth.ts';
import { probability } from './trees.ts';
import type { Ensemble } from './trees.ts';

/**
 * What an acceptance speaks about. `booked`: the values that nothing later checks, for supplier, account and lines are held against master
 * data and orders; `whole`: those and every line as well.
 */
export type AcceptanceTarget = 'booked' | 'whole';
const neededFields: Readonly<Record<AcceptanceTarget, readonly FieldName[]>> = {
  booked: ['invoiceNumber', 'issueDate', 'currency', 'netTotal', 'taxTotal', 'grossTotal'],
  whole: ['invoiceNumber', 'issueDate', 'supplierName', 'currency', 'netTotal', 'taxTotal', 'grossTotal', 'iban', 'poNumber'],
};
/** Error bounds an organization may choose from. */
const bounds = [0.1, 0.05, 0.03, 0.02, 0.01, 0.005];
const certainty = 0.95;
const classes: readonly DocumentClass[] = ['text', 'scan', 'receipt'];

export interface AcceptanceOutcome extends Outcome {
  readonly documentClass: DocumentClass;
}

export interface TrainedAcceptance {
  readonly model: AcceptanceModel;
  readonly outcomes: readonly AcceptanceOutcome[];
  /** What came of each bound for each class, for the card. */
  readonly tests: readonly { readonly documentClass: DocumentClass; readonly errorBound: number; readonly result: RiskThreshold }[];
}

/** Learns how sure a whole document is, from fields that were judged without having seen it, and from where on it needs no person. */
export function trainAcceptance(
  target: AcceptanceTarget,
  documents: readonly TrainingDocument[],
  fields: readonly TrainedField[],
  setup: TrainingSetup,
): TrainedAcceptance {
  const examples = documents.map((document) => acceptanceExample(target, document, fields));
  const tried = setup.settings.map((boosting) => ({ boosting, scored: scoreUnseen(examples, setup.folds, boosting) }));
  const real = (scored: readonly ScoredExample[]): ScoredExample[] => scored.filter(({ isSynthetic }) => !isSynthetic);
  const { boosting, scored: all } = leastBy(tried, (one) => real(one.scored).reduce((sum, { error }) => sum + error, 0));
  // A threshold that holds for our own generator would say nothing about anyone's mail.
  const scored = real(all);
  const tests = classes.flatMap((documentClass) => {
    const own = scored.filter((one) => one.documentClass === documentClass);
    return bounds.map((errorBound) => ({ documentClass, errorBound, result: riskThreshold(own, errorBound, certainty) }));
  });
  return {
    model: {
      features: documentFeatureNames,
      ensemble: fit(examples, boosting),
      calibration: fitIsotonic(weighed(all)),
      certified: { text: certifiedFor('text', tests), scan: certifiedFor('scan', tests), receipt: certifiedFor('receipt', tests) },
    },
    outcomes: scored.map(({ probability, isRight, documentClass }) => ({ score: probability, isRight, documentClass })),
    tests,
  };
}

interface AcceptanceExample {
  readonly row: Float32Array;
  readonly isRight: boolean;
  readonly documentClass: DocumentClass;
  readonly isSynthetic: boolean;
  readonly fold: number;
  readonly weight: number;
}

interface ScoredExample extends AcceptanceExample {
  readonly score: number;
  /** Calibrated on the other folds. */
  readonly probability: number;
  /** Squared. */
  readonly error: number;
}

function scoreUnseen(examples: readonly AcceptanceExample[], folds: number, boosting: BoostingOptions): ScoredExample[] {
  const unseen = Array.from({ length: folds }, (_, fold) =>
    fit(
      examples.filter((one) => one.fold !== fold),
      boosting,
    ),
  );
  const scored = examples.map((one) => ({ ...one, score: probability(unseen[one.fold] as Ensemble, one.row) }));
  const curves = unseen.map((_, fold) => fitIsotonic(weighed(scored.filter((one) => one.fold !== fold))));
  return scored.map((one) => {
    const calibratedTo = calibrated(curves[one.fold] as Calibration, one.score);
    return { ...one, probability: calibratedTo, error: (calibratedTo - (one.isRight ? 1 : 0)) ** 2 };
  });
}

function fit(examples: readonly AcceptanceExample[], boosting: BoostingOptions): Ensemble {
  const rows = examples.map(({ row }) => row);
  const labels = examples.map(({ isRight }) => (isRight ? 1 : 0));
  // Drawn papers together weigh as much as real ones.
  const total = (isDrawn: boolean): number => examples.reduce((sum, one) => sum + (one.isSynthetic === isDrawn ? one.weight : 0), 0);
  const scale = total(false) === 0 ? 1 : Math.min(1, total(false) / Math.max(1, total(true)));
  return trainBoosting(
    { rows, labels, weights: examples.map(({ weight, isSynthetic }) => (isSynthetic ? scale * weight : weight)) },
    boosting,
  );
}

function certifiedFor(documentClass: DocumentClass, tests: TrainedAcceptance['tests']): CertifiedBound[] {
  return tests.flatMap(({ documentClass: tested, errorBound, result }) =>
    tested === documentClass && result.outcome === 'accept-from' ? [{ errorBound, score: result.score }] : [],
  );
}

/** The document with the values and probabilities it had when it was not trained on, and whether all that is needed was right. */
function acceptanceExample(target: AcceptanceTarget, document: TrainingDocument, fields: readonly TrainedField[]): AcceptanceExample {
  const { example, truth, fold, isSynthetic, weight } = document;
  const judged = fields.map((field) => {
    const { byModel, probability } = outcomeFor(field, document) as FieldOutcome;
    return [field.name, { ...example.extraction.fields[field.name], value: byModel, confidence: probability }];
  });
  const extraction = { ...example.extraction, fields: Object.fromEntries(judged) as Extraction['fields'] };
  const areFieldsRight = fields
    .filter(({ name }) => neededFields[target].includes(name) && truth.fields[name] !== undefined)
    .every((field) => isRightField(field.name, outcomeFor(field, document) as FieldOutcome));
  const areAllLinesRight = target === 'booked' || truth.lines === null || areLinesRight(extraction.lines, truth.lines);
  return {
    row: documentRow(extraction, example),
    isRight: areFieldsRight && areAllLinesRight,
    documentClass: example.documentClass,
    isSynthetic,
    fold,
    weight,
  };
}

function isRightField(name: FieldName, { byModel, truth }: FieldOutcome): boolean {
  if (isRight(name, byModel, truth)) return true;
  return name === 'supplierName' && byModel !== null && isNearlySameName(byModel, String(truth ?? ''));
}

const byDocument = new WeakMap<TrainedField, ReadonlyMap<TrainingDocument, FieldOutcome>>();

function outcomeFor(field: TrainedField, document: TrainingDocument): FieldOutcome | undefined {
  const known =
    byDocument.get(field) ?? new Map([...field.outcomes, ...field.unlabelled].map((outcome) => [outcome.document, outcome] as const));
  byDocument.set(field, known);
  return known.get(document);
}
