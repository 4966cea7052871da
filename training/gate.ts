import type { SliceReport, TrainingReport } from '#intelligence';

/** A slice on which the new model is worse by more than chance explains. */
export interface Loss {
  readonly slice: string;
  readonly field: string;
  readonly labelled: number;
  readonly before: number;
  readonly after: number;
  /** What it had to reach. */
  readonly least: number;
}

/** Fewer documents than this say nothing about a slice. */
const leastDocuments = 20;

/**
 * Holds a new model against the shipped one, and against the rules alone, slice by slice and field by field: each share of right values
 * must reach the lower end of the other's 95 % interval.
 */
export function findLosses(next: TrainingReport, shipped: TrainingReport | null): Loss[] {
  return Object.entries(next.slices).flatMap(([slice, fields]) =>
    Object.entries(fields).flatMap(([field, own]) => {
      const before = shipped?.slices[slice]?.[field as keyof SliceReport];
      const rivals = [{ labelled: own.labelled, right: own.byRules }, ...(before === undefined ? [] : [before])];
      return rivals
        .filter(({ labelled }) => labelled >= leastDocuments && own.labelled >= leastDocuments)
        .map((rival) => ({
          slice,
          field,
          labelled: own.labelled,
          before: rival.right / rival.labelled,
          after: own.right / own.labelled,
          least: lowerEnd(rival.right, rival.labelled),
        }))
        .filter(({ after, least }) => after < least);
    }),
  );
}

/** Lower end of Wilson's 95 % interval for a share. */
export function lowerEnd(right: number, all: number): number {
  const z = 1.96;
  const share = right / all;
  const centre = share + (z * z) / (2 * all);
  const spread = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all));
  return (centre - spread) / (1 + (z * z) / all);
}
