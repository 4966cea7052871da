import type { ReadingLine } from './crop-line.ts';
import type { TextLine } from './detect-lines.ts';
import type { LineReader } from './recognize-lines.ts';

/** Lines that are read to tell up from down. */
const sampleSize = 4;
/** Longer lines cost more to read and tell no more: 12 times as long as thick is some 25 characters. */
const longSample = 12;
/** Text that is the right way up reads with more than this; of scan-variants' pages upside down none came above 0.75. */
const surelyUpright = 0.88;
/** A line this much longer than thick has a direction that can be trusted. */
const elongated = 3;
/** Below this a scan looks straight, and its stored boxes stay those of the picture. */
const minSkewDegrees = 0.3;

/**
 * Direction in which the page reads, in radians clockwise from the x axis: 0 for an upright page. Long lines tell the
 * axis and the skew; reading some of them both ways round tells the end, because text upside down reads with low
 * confidence.
 */
export async function findOrientation(read: LineReader, lines: readonly TextLine[]): Promise<number> {
  const trusted = lines.filter((line) => line.length > line.thickness * elongated);
  const isSideways = weight(trusted.filter((line) => isSteep(line.angle))) > weight(trusted.filter((line) => !isSteep(line.angle)));
  const axis = isSideways ? Math.PI / 2 : 0;
  const skew = medianSkew(trusted, axis);
  const forward = axis + skew;
  const samples = trusted
    .filter((line) => isSteep(line.angle) === isSideways)
    .toSorted((a, b) => Math.abs(a.length / a.thickness - longSample) - Math.abs(b.length / b.thickness - longSample))
    .slice(0, sampleSize);
  if (samples.length === 0) return forward;
  const forwardConfidence = await meanConfidence(read, samples, forward);
  if (forwardConfidence > surelyUpright) return forward;
  const isBackward = (await meanConfidence(read, samples, forward + Math.PI)) > forwardConfidence;
  return forward + (isBackward ? Math.PI : 0);
}

/** A detected line with its reading direction: along its own axis, whichever way is nearer to the page's direction. */
export function toReadingLine(line: TextLine, pageDirection: number): ReadingLine {
  const { centreX, centreY, length, thickness, angle } = line;
  const distance = angleBetween(angle, pageDirection);
  if (Math.abs(distance) < Math.PI / 4) return { centreX, centreY, length, thickness, direction: angle };
  if (Math.abs(distance) > (3 * Math.PI) / 4) return { centreX, centreY, length, thickness, direction: angle + Math.PI };
  // Across the page's direction: a narrow sign such as "1", or writing up the margin when it is long.
  if (length < thickness * elongated) return { centreX, centreY, length: thickness, thickness: length, direction: pageDirection };
  return { centreX, centreY, length, thickness, direction: angle };
}

/** Whether the axis is nearer to vertical. */
function isSteep(angle: number): boolean {
  return Math.abs(Math.sin(angle)) > Math.SQRT1_2;
}

function weight(lines: readonly TextLine[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}

/** Median deviation from the axis, each line weighing as much as it is long. */
function medianSkew(lines: readonly TextLine[], axis: number): number {
  const deviations = lines
    .map((line) => ({ skew: axisDeviation(line.angle, axis), length: line.length }))
    .filter(({ skew }) => Math.abs(skew) < Math.PI / 6)
    .toSorted((a, b) => a.skew - b.skew);
  let left = deviations.reduce((sum, { length }) => sum + length, 0) / 2;
  const median = deviations.find(({ length }) => (left -= length) <= 0)?.skew ?? 0;
  return Math.abs(median) < (minSkewDegrees * Math.PI) / 180 ? 0 : median;
}

/** Of two axes (not directions), between -π/2 and π/2. */
function axisDeviation(angle: number, axis: number): number {
  const turns = (angle - axis) / Math.PI;
  return (turns - Math.round(turns)) * Math.PI;
}

/** Of two directions, between -π and π. */
function angleBetween(angle: number, direction: number): number {
  const turns = (angle - direction) / (2 * Math.PI);
  return (turns - Math.round(turns)) * 2 * Math.PI;
}

async function meanConfidence(read: LineReader, lines: readonly TextLine[], direction: number): Promise<number> {
  const results = await read(lines.map((line) => toReadingLine(line, direction)));
  const characters = results.flatMap((line) => line.characters);
  if (characters.length === 0) return 0;
  return characters.reduce((sum, character) => sum + character.confidence, 0) / characters.length;
}
