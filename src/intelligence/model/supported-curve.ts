import type { FieldName } from '#domain/documents';
import { fitIsotonic } from './calibration.ts';
import type { Calibration, Outcome } from './calibration.ts';
import { isRight } from './field-predictions.ts';
import type { Prediction } from './field-predictions.ts';

/** All drawn papers together weigh this much of all real ones: they bridge scores that no real paper had, and move none that many had. */
const support = 0.1;

/** The curve of a field: real predictions count in full, drawn ones support them where that is asked for. */
export function curveFrom(name: FieldName, predictions: readonly Prediction[], isSupported: boolean): Calibration {
  return fitIsotonic(
    weighed(
      predictions
        .filter(({ byModel, document }) => byModel !== null && (isSupported || !document.isSynthetic))
        .map(({ byModel, truth, score, document }) => ({
          score,
          isRight: isRight(name, byModel, truth),
          isSynthetic: document.isSynthetic,
        })),
    ),
  );
}

/** Outcomes with the weight that drawn ones have beside real ones; all count alike where there are no real ones. */
export function weighed<T extends Outcome & { readonly isSynthetic: boolean }>(
  outcomes: readonly T[],
): (T & { readonly weight: number })[] {
  const drawn = outcomes.filter(({ isSynthetic }) => isSynthetic).length;
  const real = outcomes.length - drawn;
  const weight = real === 0 ? 1 : Math.min(1, (support * real) / Math.max(1, drawn));
  return outcomes.map((one) => ({ ...one, weight: one.isSynthetic ? weight : 1 }));
}
