import { cropHeight } from './crop-line.ts';
import type { ReadCharacter, ReadLine } from './recognize-lines.ts';

/** A word of a line: its characters and where its ink lies in the crop. */
export interface CropWord {
  readonly text: string;
  readonly confidence: number;
  readonly left: number;
  readonly right: number;
}

/**
 * A gap wider than this share of the line's height parts words even where the recognizer saw no space. Splitting at narrower
 * gaps was tried: it broke as many words as it mended.
 */
const wideGap = 0.6;
/** Ink is what differs from the ground by this share of the line's strongest contrast. */
const inkShare = 0.35;

/**
 * Splits a read line at its spaces. The recognizer knows a character's place to 8 pixels; the blank columns between two
 * characters tell exactly where one word ends and the next begins.
 */
export function splitWords(read: ReadLine): CropWord[] {
  const isInk = inkColumns(read);
  const words: CropWord[] = [];
  let current: ReadCharacter[] = [];
  let left = firstInk(isInk, 0);
  const endWord = (right: number, nextLeft: number): void => {
    if (current.length > 0) words.push(toWord(current, left, right));
    current = [];
    left = nextLeft;
  };
  let previous: ReadCharacter | null = null;
  let sawSpace = false;
  for (const character of read.characters) {
    if (character.text === ' ') {
      sawSpace = true;
      continue;
    }
    if (previous !== null) {
      const gap = widestGap(isInk, previous.x, character.x);
      if (sawSpace || gap.end - gap.start > cropHeight * wideGap) endWord(gap.start, gap.end);
    }
    current.push(character);
    previous = character;
    sawSpace = false;
  }
  endWord(lastInk(isInk, isInk.length), isInk.length);
  return words;
}

function toWord(characters: readonly ReadCharacter[], left: number, right: number): CropWord {
  return {
    text: characters
      .map((character) => character.text)
      .join('')
      .normalize('NFKC'),
    confidence: characters.reduce((sum, character) => sum + character.confidence, 0) / characters.length,
    left,
    right: Math.max(right, left + 2),
  };
}

/** Which columns of the crop hold ink, in the middle rows where neighbouring lines do not reach. */
function inkColumns({ crop }: ReadLine): boolean[] {
  const { planes, width } = crop;
  const green = cropHeight * width;
  const [top, bottom] = [Math.floor(cropHeight * 0.15), Math.ceil(cropHeight * 0.85)];
  const rows = planes.subarray(green + top * width, green + bottom * width);
  const ground = medianOf(rows);
  const contrast = Array.from({ length: width }, (_, column) => {
    let most = 0;
    for (let at = column; at < rows.length; at += width) most = Math.max(most, Math.abs((rows[at] as number) - ground));
    return most;
  });
  const threshold = Math.max(...contrast) * inkShare;
  return contrast.map((value) => value > threshold);
}

/** Median of values from -1 to 1 that were bytes, counted rather than sorted: a page has a million of them. */
function medianOf(values: Float32Array): number {
  const counts = new Uint32Array(256);
  for (const value of values) {
    const level = Math.round((value + 1) * 127.5);
    counts[level] = (counts[level] as number) + 1;
  }
  let left = Math.floor(values.length / 2);
  const level = counts.findIndex((count) => (left -= count) < 0);
  return Math.max(0, level) / 127.5 - 1;
}

/** Longest run of blank columns between two characters; the middle between them when they touch. */
function widestGap(isInk: readonly boolean[], from: number, to: number): { start: number; end: number } {
  const middle = Math.round((from + to) / 2);
  let best = { start: middle, end: middle };
  let start = -1;
  for (let column = Math.floor(from); column <= Math.min(Math.ceil(to), isInk.length); column += 1) {
    const isBlank = column < to && isInk[column] === false;
    if (isBlank && start < 0) start = column;
    if (!isBlank && start >= 0) {
      if (column - start > best.end - best.start) best = { start, end: column };
      start = -1;
    }
  }
  return best;
}

function firstInk(isInk: readonly boolean[], fallback: number): number {
  const first = isInk.indexOf(true);
  return first < 0 ? fallback : first;
}

function lastInk(isInk: readonly boolean[], fallback: number): number {
  const last = isInk.lastIndexOf(true);
  return last < 0 ? fallback : last + 1;
}
