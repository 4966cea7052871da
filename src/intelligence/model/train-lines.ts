import type { ExtractedLine } from '#domain/documents';
import { calibrated, calibrationError, fitIsotonic } from './calibration.ts';
import type { Calibration, Outcome } from './calibration.ts';
import { lineParts } from './document-model.ts';
import type { LinePart } from './document-model.ts';
import type { TrainingDocument, TrainingSetup } from './train-fields.ts';
import { rightParts } from './truth.ts';

export interface TrainedLinePart {
  readonly part: LinePart;
  readonly calibration: Calibration;
  /** Calibrated by the other folds. */
  readonly outcomes: readonly Outcome[];
  /** As the rules gave them. */
  readonly byRules: readonly Outcome[];
}

/** Where few issuers make a curve that fits no other, the rules' own confidence stays. */
const asItIs: Calibration = { scores: [0, 1], probabilities: [0, 1] };

interface LineOutcome extends Outcome {
  readonly fold: number;
}

/** Real documents say how sure the parts of lines are: no choosing here, only what their confidences have been worth. */
export function trainLines(documents: readonly TrainingDocument[], { folds }: TrainingSetup): TrainedLinePart[] {
  return lineParts.map((part) => {
    const byRules = documents.filter(({ isSynthetic }) => !isSynthetic).flatMap((document) => outcomesOf(part, document));
    const curves = Array.from({ length: folds }, (_, fold) => fitIsotonic(byRules.filter((one) => one.fold !== fold)));
    const outcomes = byRules.map((one) => ({ ...one, score: calibrated(curves[one.fold] as Calibration, one.score) }));
    const isBetter = calibrationError(outcomes) < calibrationError(byRules);
    return isBetter
      ? { part, calibration: fitIsotonic(byRules), byRules, outcomes }
      : { part, calibration: asItIs, byRules, outcomes: byRules };
  });
}

/** Each value given against the line of the truth that it comes nearest to; a line that is none of them is wrong in all parts. */
function outcomesOf(part: LinePart, { example, truth, fold }: TrainingDocument): LineOutcome[] {
  const { lines } = truth;
  if (lines === null) return [];
  const left = [...lines];
  return example.extraction.lines.flatMap((line: ExtractedLine): LineOutcome[] => {
    const ranked = left.map((one) => ({ one, right: rightParts(line, one) })).toSorted((a, b) => b.right.size - a.right.size);
    const [nearest] = ranked;
    const isOne = nearest !== undefined && (nearest.right.has('netAmount') || nearest.right.has('description'));
    if (isOne) left.splice(left.indexOf(nearest.one), 1);
    if (line[part].value === null || (isOne && nearest.one[part] === null)) return [];
    return [{ score: line[part].confidence, isRight: isOne && nearest.right.has(part), fold }];
  });
}
