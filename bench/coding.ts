import { codeKinds, learnBooking, newCodingModel, predictCoding, type CodeKind, type CodePrediction } from '#domain/accounts-payable';
import { bookedOffice, type BookedLine } from './coding/booked-office.ts';
import { duration, percentile, printTable } from './figures.ts';
import type { BenchOptions } from './run.ts';

const seed = 20_261_201;

/** One prediction before its booking was known. */
export interface CodingTry {
  readonly line: BookedLine;
  readonly kind: CodeKind;
  readonly prediction: CodePrediction;
  readonly isRight: boolean;
  readonly ms: number;
}

/** Each line is predicted, then learned: what stands here is what an office would have seen from its first day on. */
export function tryInTurn(lines: readonly BookedLine[]): CodingTry[] {
  const model = newCodingModel();
  return lines.flatMap((line) => {
    const begun = performance.now();
    const predicted = predictCoding(model, line);
    const ms = performance.now() - begun;
    learnBooking(model, line);
    return codeKinds.map((kind) => {
      const prediction = predicted[kind];
      return { line, kind, prediction, isRight: prediction.code === line[kind], ms };
    });
  });
}

/** Expected calibration error over ten equal bins of confidence, 0–1. */
export function calibrationError(tries: readonly CodingTry[]): number {
  const bins = Map.groupBy(tries, ({ prediction }) => Math.min(9, Math.floor(prediction.confidence * 10)));
  return [...bins.values()].reduce((total, bin) => {
    const stated = bin.reduce((sum, { prediction }) => sum + prediction.confidence, 0) / bin.length;
    const right = bin.filter(({ isRight }) => isRight).length / bin.length;
    return total + Math.abs(stated - right) * (bin.length / tries.length);
  }, 0);
}

/** Prints accuracy, coverage and calibration of coding over a made history with drift and new suppliers (test, then train). */
export function benchCoding({ isSmoke }: BenchOptions): void {
  const lines = bookedOffice(seed, isSmoke ? 2000 : 4000);
  const tries = tryInTurn(lines);
  const mistakes = lines.filter(({ isMistake }) => isMistake).length;
  console.log(
    `\nSeed ${seed}: ${lines.length} lines of ${new Set(lines.map(({ supplierId }) => supplierId)).size} suppliers, ${mistakes} booked by mistake.`,
  );
  const half = lines[lines.length / 2];
  const later = tries.filter(({ line }) => half !== undefined && line.bookedOn >= half.bookedOn);
  const groups: [string, readonly CodingTry[]][] = [
    ...codeKinds.map((kind): [string, readonly CodingTry[]] => [kind, tries.filter((one) => one.kind === kind)]),
    ['all, first 500 lines', tries.slice(0, 500 * codeKinds.length)],
    ['all, second half', later],
    ['account, first line of a supplier', tries.filter(({ kind, line }) => kind === 'account' && line.isFirstOfSupplier)],
  ];
  const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`);
  printTable(
    'Coding, predicted before it was learned',
    ['what', 'right of all', 'covered', 'right of covered', 'calibration error'],
    groups.map(([name, group]) => {
      const sure = group.filter(({ prediction }) => prediction.isSure);
      return [
        name,
        share(group.filter(({ isRight }) => isRight).length, group.length),
        share(sure.length, group.length),
        share(sure.filter(({ isRight }) => isRight).length, sure.length),
        calibrationError(group).toFixed(3),
      ];
    }),
  );
  console.log(
    `One line: median ${duration(
      percentile(
        tries.map(({ ms }) => ms),
        50,
      ),
    )}, p95 ${duration(
      percentile(
        tries.map(({ ms }) => ms),
        95,
      ),
    )}.`,
  );
}
