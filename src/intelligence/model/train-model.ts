import { createHash } from 'node:crypto';
import type { FieldName, Reading } from '#domain/documents';
import type { BoostingOptions } from './boosting.ts';
import { calibrationError, reliability } from './calibration.ts';
import type { Outcome, ReliabilityBin } from './calibration.ts';
import type { DocumentModel, FieldModel } from './document-model.ts';
import { exampleFrom } from './examples.ts';
import type { DocumentClass } from './pools.ts';
import { featureNames } from './features.ts';
import { foldsOf, groupsBy } from './folds.ts';
import { trainAcceptance } from './train-acceptance.ts';
import type { AcceptanceTarget, TrainedAcceptance } from './train-acceptance.ts';
import { trainLines } from './train-lines.ts';
import type { TrainedLinePart } from './train-lines.ts';
import { f1, isRight } from './field-predictions.ts';
import { trainFields } from './train-fields.ts';
import type { FieldOutcome, TrainedField, TrainingDocument } from './train-fields.ts';
import type { Truth } from './truth.ts';

/** A document as training takes it in. */
export interface LabelledReading {
  readonly id: string;
  readonly reading: Reading;
  readonly truth: Truth;
  /** Issuer and layout: what shares one of them is never on both sides. */
  readonly keys: readonly string[];
  readonly slices: readonly string[];
  /** Drawn by our own generator: learnt from, but measured apart. @default false */
  readonly isSynthetic?: boolean;
}

export interface TrainingOptions {
  readonly seed: number;
  /** How many settings of the learner are tried. */
  readonly trials: number;
  readonly folds: number;
}

/** Figures of one field on issuers and layouts that were not trained on. */
export interface FieldReport {
  readonly mode: FieldModel['mode'];
  /** What spoke for or against letting the model choose; null where the page is not searched. */
  readonly choice: TrainedField['choice'];
  readonly boosting: BoostingOptions;
  readonly syntheticShare: number;
  readonly labelled: number;
  readonly f1ByRules: number;
  readonly f1ByModel: number;
  readonly errorOfRules: number;
  readonly calibrationError: number;
  readonly reliability: readonly ReliabilityBin[];
  /** On layouts of our own generator that were not trained on; null without any. */
  readonly synthetic: {
    readonly labelled: number;
    readonly f1ByRules: number;
    readonly f1ByModel: number;
    readonly calibrationError: number;
  } | null;
}

/** Right among labelled, by field, of one slice. */
export type SliceReport = Readonly<
  Partial<Record<FieldName, { readonly labelled: number; readonly right: number; readonly byRules: number }>>
>;

export interface ClassReport {
  readonly documents: number;
  readonly right: number;
  readonly calibrationError: number;
  readonly tests: TrainedAcceptance['tests'];
}

export interface TrainingReport {
  readonly seed: number;
  /** Real documents and their groups of issuer and layout. All figures but those named synthetic are theirs. */
  readonly documents: number;
  readonly groups: number;
  readonly synthetic: { readonly documents: number; readonly groups: number; readonly slices: Readonly<Record<string, SliceReport>> };
  readonly fields: Readonly<Record<string, FieldReport>>;
  /** Parts of lines: values given, and how far confidence and share of right ones lie apart. */
  readonly lines: Readonly<Record<string, { readonly values: number; readonly errorOfRules: number; readonly calibrationError: number }>>;
  readonly slices: Readonly<Record<string, SliceReport>>;
  readonly acceptance: Readonly<Record<AcceptanceTarget, Readonly<Record<DocumentClass, ClassReport>>>>;
}

export interface Trained {
  readonly model: DocumentModel;
  readonly report: TrainingReport;
}

/** A layout that many documents share teaches no more than this many of them would. */
const weightOfGroup = 6;

/** Trains everything from labelled readings: the same readings, options and Node version give the same model bit for bit. */
export function trainModel(labelled: readonly LabelledReading[], options: TrainingOptions, tell: (progress: string) => void): Trained {
  const documents = prepare(labelled, options.folds);
  tell(`${documents.length} documents, features ready`);
  const setup = { folds: options.folds, settings: settingsOf(options), syntheticShares: [0, 0.5] };
  const fields = trainFields(documents, setup, tell);
  tell('fields trained');
  const lines = trainLines(documents, setup);
  const acceptance = {
    booked: trainAcceptance('booked', documents, fields, setup),
    whole: trainAcceptance('whole', documents, fields, setup),
  };
  const model = {
    features: featureNames,
    fields: Object.fromEntries(fields.map(({ name, model }) => [name, model])) as DocumentModel['fields'],
    lines: Object.fromEntries(lines.map(({ part, calibration }) => [part, calibration])) as DocumentModel['lines'],
    acceptance: { booked: acceptance.booked.model, whole: acceptance.whole.model },
  };
  const version = createHash('sha256').update(JSON.stringify(model)).digest('hex').slice(0, 16);
  return {
    model: { version, ...model },
    report: reportOf(documents, { fields, lines, acceptance, seed: options.seed }),
  };
}

function prepare(labelled: readonly LabelledReading[], folds: number): TrainingDocument[] {
  const groups = groupsBy(labelled, ({ keys }) => keys);
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  // Real and drawn papers are shared out apart, so that each fold has its part of both.
  const foldByGroup = new Map(
    [true, false].flatMap((isDrawn) => {
      const own = groups.filter((_, index) => (labelled[index]?.isSynthetic === true) === isDrawn);
      const foldOf = foldsOf(own, folds);
      return own.map((group, index) => [group, foldOf[index] as number] as const);
    }),
  );
  return labelled.map(({ id, reading, truth, slices, isSynthetic = false }, index) => {
    const group = groups[index] as string;
    return {
      id,
      example: exampleFrom(reading),
      truth,
      isSynthetic,
      group,
      fold: foldByGroup.get(group) as number,
      weight: Math.min(1, weightOfGroup / (sizes.get(group) as number)),
      slices,
    };
  });
}

/** Settings that are tried, so many of them as asked for: coarse ones for fields with few issuers, fine ones where there are many. */
const grid = [
  { trees: 60, leaves: 8, depth: 4, shrinkage: 0.1, minChild: 3, columns: 0.5 },
  { trees: 30, leaves: 3, depth: 2, shrinkage: 0.15, minChild: 8, columns: 1 },
  { trees: 120, leaves: 14, depth: 5, shrinkage: 0.06, minChild: 4, columns: 0.4 },
  { trees: 60, leaves: 4, depth: 3, shrinkage: 0.1, minChild: 10, columns: 0.3 },
];

function settingsOf({ trials, seed }: TrainingOptions): BoostingOptions[] {
  return grid.slice(0, Math.max(1, trials)).map((one) => ({ ...one, ridge: 2, seed }));
}

interface Results {
  readonly fields: readonly TrainedField[];
  readonly lines: readonly TrainedLinePart[];
  readonly acceptance: Readonly<Record<AcceptanceTarget, TrainedAcceptance>>;
  readonly seed: number;
}

function reportOf(all: readonly TrainingDocument[], { fields, lines, acceptance, seed }: Results): TrainingReport {
  const countOf = (own: readonly TrainingDocument[]) => ({ documents: own.length, groups: new Set(own.map(({ group }) => group)).size });
  const documents = all.filter(({ isSynthetic }) => !isSynthetic);
  const drawn = all.filter(({ isSynthetic }) => isSynthetic);
  return {
    seed,
    ...countOf(documents),
    synthetic: { ...countOf(drawn), slices: slicesOf(drawn, fields, true) },
    fields: Object.fromEntries(fields.map((field) => [field.name, fieldReport(field)])),
    lines: Object.fromEntries(
      lines.map(({ part, outcomes, byRules }) => [
        part,
        { values: outcomes.length, errorOfRules: calibrationError(byRules), calibrationError: calibrationError(outcomes) },
      ]),
    ),
    slices: slicesOf(documents, fields, false),
    acceptance: { booked: acceptanceReport(acceptance.booked), whole: acceptanceReport(acceptance.whole) },
  };
}

function acceptanceReport({ outcomes, tests }: TrainedAcceptance): Record<DocumentClass, ClassReport> {
  const classReport = (name: DocumentClass): ClassReport => {
    const own = outcomes.filter(({ documentClass }) => documentClass === name);
    return {
      documents: own.length,
      right: own.filter(({ isRight }) => isRight).length,
      calibrationError: calibrationError(own),
      tests: tests.filter(({ documentClass }) => documentClass === name),
    };
  };
  return { text: classReport('text'), scan: classReport('scan'), receipt: classReport('receipt') };
}

function fieldReport({ name, model, boosting, choice, syntheticShare, outcomes: all }: TrainedField): FieldReport {
  const given = (outcomes: readonly FieldOutcome[], by: 'byRules' | 'byModel', score: 'ruleScore' | 'probability'): Outcome[] =>
    outcomes.filter((one) => one[by] !== null).map((one) => ({ score: one[score], isRight: isRight(name, one[by], one.truth) }));
  const figures = (outcomes: readonly FieldOutcome[]) => ({
    labelled: outcomes.length,
    f1ByRules: f1(name, outcomes, 'byRules'),
    f1ByModel: f1(name, outcomes, 'byModel'),
    calibrationError: calibrationError(given(outcomes, 'byModel', 'probability')),
  });
  const outcomes = all.filter(({ document }) => !document.isSynthetic);
  const drawn = all.filter(({ document }) => document.isSynthetic);
  return {
    mode: model.mode,
    choice,
    boosting,
    syntheticShare,
    ...figures(outcomes),
    errorOfRules: calibrationError(given(outcomes, 'byRules', 'ruleScore')),
    reliability: reliability(given(outcomes, 'byModel', 'probability')),
    synthetic: drawn.length === 0 ? null : figures(drawn),
  };
}

function slicesOf(documents: readonly TrainingDocument[], fields: readonly TrainedField[], isDrawn: boolean): TrainingReport['slices'] {
  const names = [...new Set(documents.flatMap(({ slices }) => slices))].toSorted();
  return Object.fromEntries(
    names.map((slice) => [
      slice,
      Object.fromEntries(
        fields.flatMap(({ name, outcomes }) => {
          const own = outcomes.filter(({ document }) => document.isSynthetic === isDrawn && document.slices.includes(slice));
          if (own.length === 0) return [];
          const right = own.filter((one) => isRight(name, one.byModel, one.truth)).length;
          const byRules = own.filter((one) => isRight(name, one.byRules, one.truth)).length;
          return [[name, { labelled: own.length, right, byRules }]];
        }),
      ),
    ]),
  );
}
