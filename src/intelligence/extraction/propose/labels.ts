import type { Box } from '#domain/documents';
import { around, wordsBetween } from '../layout.ts';
import type { Layout, Row } from '../layout.ts';
import { findPhrases, labelWords } from '../text/lexicon.ts';
import type { LabelKind, PhraseMatch } from '../text/lexicon.ts';

/** A phrase on the page that says what stands beside or below it. */
export interface Label {
  readonly row: Row;
  readonly kinds: readonly LabelKind[];
  readonly start: number;
  readonly end: number;
  readonly words: number;
  readonly box: Box;
  readonly text: string;
  /** Whether it begins its cell, as labels do; words amid a sentence rarely label. */
  readonly leadsCell: boolean;
  /** Whether a colon or number sign follows. */
  readonly hasColon: boolean;
}

/** All labels of the document by row index. */
export type Labels = ReadonlyMap<number, readonly Label[]>;

export function findLabels(layout: Layout): Labels {
  const labels = new Map<number, Label[]>();
  for (const row of layout.rows) {
    const folded = layout.isOcr ? withoutMisreadings(row.folded) : row.folded;
    const own = row.cells.flatMap((cell) =>
      findPhrases(folded.slice(cell.start, cell.start + cell.text.length))
        .filter((match) => !isPrefix(match, row.text.slice(cell.start + match.end)))
        .map((match) => labelFrom(row, cell.start, match)),
    );
    if (own.length > 0) labels.set(row.index, own);
  }
  return labels;
}

/** `PO-2026-0110` is a number that begins with a word, not a word that announces `2026-0110`. */
function isPrefix(match: PhraseMatch, rest: string): boolean {
  return match.words === 1 && /^[-/_]?\d/.test(rest);
}

function labelFrom(row: Row, offset: number, match: PhraseMatch): Label {
  const start = offset + match.start;
  const end = offset + match.end;
  return {
    row,
    kinds: match.kinds,
    words: match.words,
    start,
    end,
    box: around(wordsBetween(row, start, end)),
    text: row.text.slice(start, end),
    leadsCell: firstLetter(row.folded, offset) === start,
    hasColon: /^[\s)\].]{0,3}[:#№°=]/.test(row.text.slice(end, end + 5)),
  };
}

/** Words that OCR misread by one letter, put right where only one label word is meant: `tatal`, `invo1ce`. Same length, same positions. */
function withoutMisreadings(folded: string): string {
  return folded.replaceAll(/[a-z0-9]{5,}/g, (word) => {
    if (!/[a-z]{3}/.test(word) || labelWords.has(word)) return word;
    return misread.get(word) ?? remember(word, nearest(word));
  });
}

const misread = new Map<string, string>();

function remember(word: string, meant: string): string {
  if (misread.size > 20_000) misread.clear();
  misread.set(word, meant);
  return meant;
}

function nearest(word: string): string {
  let found = word;
  for (const candidate of labelWords) {
    if (candidate.length !== word.length || differences(candidate, word) !== 1) continue;
    if (found !== word) return word;
    found = candidate;
  }
  return found;
}

function differences(a: string, b: string): number {
  let count = 0;
  for (let index = 0; index < a.length && count < 2; index += 1) if (a.charAt(index) !== b.charAt(index)) count += 1;
  return count;
}

function firstLetter(folded: string, from: number): number {
  const offset = folded.slice(from).search(/[a-z0-9]/);
  return offset < 0 ? from : from + offset;
}
