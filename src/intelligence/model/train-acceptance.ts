import { headerFieldNames } from '#domain/documents';
import type { Extraction, FieldName } from '#domain/documents';
import { trainBoosting } from './boosting.ts';
import { calibrated, fitIsotonic } from './calibration.ts';
import type { Calibration, Outcome } from './calibration.ts';
import type { AcceptanceModel, CertifiedBound } from './document-model.ts';
import { documentFeatureNames, documentRow } from './pools.ts';
import type { DocumentClass } from './pools.ts';
import { riskThreshold } from './risk-control.ts';
import type { RiskThreshold } from './risk-control.ts';
import { isRight } from './train-fields.ts';
import type { FieldOutcome, TrainedField, TrainingDocument, TrainingSetup } from './train-fields.ts';
import { areLinesRight, isNearlySameName } from './truth.ts';
import { probability } from './trees.ts';
import type { Ensemble } from './trees.ts';

/** What must be right for a document to count as right: everything that is booked, matched or paid by. */
const neededFields: ReadonlySet<FieldName> = new Set([
  'invoiceNumber',
  'issueDate',
  'supplierName',
  'currency',
  'netTotal',
  'taxTotal',
  'grossTotal',
  'iban',
  'poNumber',
]);
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
  documents: readonly TrainingDocument[],
  fields: readonly TrainedField[],
  { folds, boosting }: TrainingSetup,
): TrainedAcceptance {
  const judged = documents.map((document) => judgedAsUnseen(document, fields));
  const rows = judged.map(({ extraction }, index) => documentRow(extraction, (documents[index] as TrainingDocument).example));
  const labels = judged.map(({ isRight }) => (isRight ? 1 : 0));
  const weights = documents.map(({ weight }) => weight);
  const fit = (left: number | null): Ensemble => {
    const kept = documents.map(({ fold }) => fold !== left);
    const among = <T>(all: readonly T[]): T[] => all.filter((_, index) => kept[index]);
    return trainBoosting({ rows: among(rows), labels: among(labels), weights: among(weights) }, boosting);
  };
  const unseen = Array.from({ length: folds }, (_, fold) => fit(fold));
  const scored = documents.map(({ fold }, index) => ({
    score: probability(unseen[fold] as Ensemble, rows[index] as Float32Array),
    isRight: labels[index] === 1,
    fold,
  }));
  const without = unseen.map((_, fold) => fitIsotonic(scored.filter((one) => one.fold !== fold)));
  const outcomes = documents.map(({ example, fold }, index) => ({
    score: (scored[index] as Outcome).score,
    isRight: labels[index] === 1,
    documentClass: example.documentClass,
    calibratedTo: calibrated(without[fold] as Calibration, (scored[index] as Outcome).score),
  }));
  const tests = classes.flatMap((documentClass) => {
    const own = outcomes.filter((one) => one.documentClass === documentClass);
    return bounds.map((errorBound) => ({ documentClass, errorBound, result: riskThreshold(own, errorBound, certainty) }));
  });
  return {
    model: {
      features: documentFeatureNames,
      ensemble: fit(null),
      calibration: fitIsotonic(scored),
      certified: { text: certifiedFor('text', tests), scan: certifiedFor('scan', tests), receipt: certifiedFor('receipt', tests) },
    },
    outcomes: outcomes.map(({ calibratedTo, isRight, documentClass }) => ({ score: calibratedTo, isRight, documentClass })),
    tests,
  };
}

function certifiedFor(documentClass: DocumentClass, tests: TrainedAcceptance['tests']): CertifiedBound[] {
  return tests.flatMap(({ documentClass: tested, errorBound, result }) =>
    tested === documentClass && result.outcome === 'accept-from' ? [{ errorBound, score: result.score }] : [],
  );
}

/** The extraction with the values and probabilities it had when its document was not trained on, and whether all of it was right. */
function judgedAsUnseen(
  document: TrainingDocument,
  fields: readonly TrainedField[],
): { readonly extraction: Extraction; readonly isRight: boolean } {
  const { extraction } = document.example;
  const outcomes = new Map(fields.map(({ name }) => [name, outcomeFor(name, document, fields)]));
  const judged = headerFieldNames.map((name) => {
    const outcome = outcomes.get(name);
    const field = extraction.fields[name];
    return [name, outcome === undefined ? field : { ...field, value: outcome.byModel, confidence: outcome.probability }];
  });
  const isRightField = (name: FieldName): boolean => {
    const outcome = outcomes.get(name);
    if (outcome === undefined || isRight(name, outcome.byModel, outcome.truth)) return true;
    return name === 'supplierName' && outcome.byModel !== null && isNearlySameName(outcome.byModel, String(outcome.truth ?? ''));
  };
  const { lines } = document.truth;
  return {
    extraction: { ...extraction, fields: Object.fromEntries(judged) as Extraction['fields'] },
    isRight: [...neededFields].every(isRightField) && (lines === null || areLinesRight(extraction.lines, lines)),
  };
}

const byDocument = new WeakMap<TrainedField, ReadonlyMap<string, FieldOutcome>>();

function outcomeFor(name: FieldName, { id }: TrainingDocument, fields: readonly TrainedField[]): FieldOutcome | undefined {
  const field = fields.find((one) => one.name === name);
  if (field === undefined) return undefined;
  const known = byDocument.get(field) ?? new Map(field.outcomes.map((outcome) => [outcome.document.id, outcome]));
  byDocument.set(field, known);
  return known.get(id);
}
