import type { Box, Evidence, Page, Reading, Word } from '#domain/documents';
import { foldText } from './text/fold-text.ts';

/** Words that stand close together on one row: a label, a value, a table cell. */
export interface Cell {
  readonly words: readonly Word[];
  readonly text: string;
  readonly box: Box;
  /** Offset of the text in its row's text. */
  readonly start: number;
}

/** Words on one baseline, left to right. */
export interface Row {
  /** Over the whole document, from 0. */
  readonly index: number;
  readonly page: number;
  readonly words: readonly Word[];
  readonly cells: readonly Cell[];
  readonly text: string;
  /** The text without case and accents, same positions. */
  readonly folded: string;
  /** Offset of each word in the text. */
  readonly offsets: readonly number[];
  readonly box: Box;
  /** Typical height of its words. */
  readonly height: number;
}

export interface Layout {
  readonly rows: readonly Row[];
  readonly pages: readonly Page[];
  readonly isOcr: boolean;
}

/** Puts the words of a reading on rows and cuts the rows into cells. */
export function layOut(reading: Reading): Layout {
  const rows: Row[] = [];
  for (const page of reading.pages) {
    for (const words of rowsOf(page.words)) rows.push(makeRow(words, page.number, rows.length));
  }
  return { rows, pages: reading.pages, isOcr: reading.source === 'ocr' };
}

function middleOf(box: Box): number {
  return (box[1] + box[3]) / 2;
}

function heightOf(box: Box): number {
  return box[3] - box[1];
}

/** The smallest box around all. */
export function around(words: readonly { readonly box: Box }[]): Box {
  return [
    Math.min(...words.map((word) => word.box[0])),
    Math.min(...words.map((word) => word.box[1])),
    Math.max(...words.map((word) => word.box[2])),
    Math.max(...words.map((word) => word.box[3])),
  ];
}

/** Share of the narrower of two boxes that lies over or under the other. */
export function horizontalOverlap(a: Box, b: Box): number {
  const shared = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  return shared <= 0 ? 0 : shared / Math.max(1, Math.min(a[2] - a[0], b[2] - b[0]));
}

/** The words that hold the characters from start to end of the row's text. */
export function wordsBetween(row: Row, start: number, end: number): Word[] {
  return row.words.filter((word, index) => {
    const offset = row.offsets[index] ?? 0;
    return offset < end && offset + word.text.length > start;
  });
}

export function evidenceFor(page: number, words: readonly Word[]): Evidence | null {
  if (words.length === 0) return null;
  return { page, box: around(words), wordIds: words.map((word) => word.id), text: words.map((word) => word.text).join(' ') };
}

interface Growing {
  readonly words: Word[];
  last: Word;
}

/** Grows rows from left to right, each word joining the row whose last word is level with it, so that a slight slope does no harm. */
function rowsOf(words: readonly Word[]): Word[][] {
  const rows: Growing[] = [];
  for (const word of words.filter((one) => one.text.trim() !== '' && !isUpright(one)).toSorted((a, b) => a.box[0] - b.box[0])) {
    let best: Growing | undefined;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (const row of rows) {
      const distance = levelDistance(row.last, word);
      if (distance < bestDistance) [best, bestDistance] = [row, distance];
    }
    if (best === undefined) rows.push({ words: [word], last: word });
    else {
      best.words.push(word);
      best.last = word;
    }
  }
  return rows.map((row) => row.words).toSorted((a, b) => middleOf(around(a)) - middleOf(around(b)));
}

/** A word along the edge of the page, such as `© 2014`, that runs upwards: no part of any row. */
function isUpright({ text, box }: Word): boolean {
  return text.length > 2 && heightOf(box) > 1.6 * (box[2] - box[0]);
}

/** How far off level two words are, or infinity when they cannot share a row. */
function levelDistance(left: Word, right: Word): number {
  const small = Math.min(heightOf(left.box), heightOf(right.box));
  const off = Math.abs(middleOf(left.box) - middleOf(right.box));
  const overlaps = left.box[2] - right.box[0] > 0.6 * Math.min(left.box[2] - left.box[0], right.box[2] - right.box[0]);
  return off < small * 0.55 && !overlaps ? off : Number.POSITIVE_INFINITY;
}

function makeRow(words: readonly Word[], page: number, index: number): Row {
  const offsets: number[] = [];
  let text = '';
  for (const word of words) {
    if (text !== '') text += ' ';
    offsets.push(text.length);
    text += word.text;
  }
  const heights = words.map((word) => heightOf(word.box)).toSorted((a, b) => a - b);
  const height = heights[heights.length >> 1] ?? 1;
  return { index, page, words, cells: cellsOf(words, offsets, height), text, folded: foldText(text), offsets, box: around(words), height };
}

function cellsOf(words: readonly Word[], offsets: readonly number[], height: number): Cell[] {
  const cells: { words: Word[]; start: number }[] = [];
  for (const [index, word] of words.entries()) {
    const current = cells.at(-1);
    const previous = current?.words.at(-1);
    const gap = previous === undefined ? 0 : word.box[0] - previous.box[2];
    if (current === undefined || gap > 0.85 * Math.max(height, heightOf(word.box) * 0.8))
      cells.push({ words: [word], start: offsets[index] ?? 0 });
    else current.words.push(word);
  }
  return cells.map(({ words: own, start }) => ({ words: own, start, text: own.map((word) => word.text).join(' '), box: around(own) }));
}
