import type { Box, Word } from '#domain/documents';

/** A word before it has its number. */
export type LooseWord = Omit<Word, 'id'>;

const middle = (box: Box): number => (box[1] + box[3]) / 2;
const heightOf = (box: Box): number => box[3] - box[1];

interface Row {
  readonly words: LooseWord[];
  middle: number;
  height: number;
}

/**
 * Sorts words as a person reads a form: row by row from the top, from left to right. A word joins a row when its middle
 * lies within half the height of the smaller of the two, so that large and small type on one baseline stay together.
 */
export function inReadingOrder(words: readonly LooseWord[]): LooseWord[] {
  const rows: Row[] = [];
  for (const word of words.toSorted((a, b) => middle(a.box) - middle(b.box))) {
    const row = rows.findLast(
      (candidate) => Math.abs(candidate.middle - middle(word.box)) < Math.min(candidate.height, heightOf(word.box)) / 2,
    );
    if (row === undefined || rows.indexOf(row) < rows.length - 6) {
      rows.push({ words: [word], middle: middle(word.box), height: heightOf(word.box) });
      continue;
    }
    row.words.push(word);
    row.middle += (middle(word.box) - row.middle) / row.words.length;
    row.height += (heightOf(word.box) - row.height) / row.words.length;
  }
  return rows.toSorted((a, b) => a.middle - b.middle).flatMap((row) => row.words.toSorted((a, b) => a.box[0] - b.box[0]));
}

/** Drops the second of two words printed over each other, which some programs do to make type bold. */
export function withoutOverprint(words: readonly LooseWord[]): LooseWord[] {
  const seen = new Set<string>();
  return words.filter(({ text, box }) => {
    const key = `${text}@${Math.round(box[0] / 2)}:${Math.round(box[1] / 2)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
