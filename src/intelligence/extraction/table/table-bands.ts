import type { Word } from '#domain/documents';
import type { Row } from '../layout.ts';
import type { PrintedNumber } from '../propose/propose-amounts.ts';
import type { Column } from './table-header.ts';

/** A row of the table: its numbers by column and its words of the description. */
export interface Entry {
  readonly row: Row;
  readonly cells: ReadonlyMap<Column, PrintedNumber>;
  readonly text: readonly Word[];
  /** Whether an amount stands in it. */
  readonly isItem: boolean;
}

/** One item with the rows of text that belong to it. */
export interface Band {
  readonly item: Entry;
  readonly above: readonly Entry[];
  readonly below: readonly Entry[];
  readonly description: readonly Word[];
}

/**
 * Gives the rows of text between amounts to the item above or below: an item's rows stand closer together than the items do. Where all
 * stand alike, text follows the amount's row, as most tables print it.
 */
export function bandsOf(entries: readonly Entry[]): Band[] {
  const places = entries.flatMap(({ isItem }, index) => (isItem ? [index] : []));
  const shares: { above: Entry[]; below: Entry[] }[] = places.map(() => ({ above: [], below: [] }));
  for (const [order, place] of places.entries()) {
    const item = entries[place];
    const before = order === 0 ? -1 : (places[order - 1] ?? -1);
    const between = entries.slice(before + 1, place);
    if (item === undefined || between.length === 0) continue;
    const previous = order === 0 ? undefined : entries[before];
    const cut =
      previous === undefined ? leadStart(between, item) : splitAt(previous, between, item, (shares[order - 1]?.above.length ?? 0) > 0);
    if (order > 0) shares[order - 1]?.below.push(...between.slice(0, cut));
    shares[order]?.above.push(...between.slice(cut));
  }
  const last = places.at(-1);
  if (last !== undefined) shares.at(-1)?.below.push(...entries.slice(last + 1));
  return places.flatMap((place, order) => {
    const item = entries[place];
    const share = shares[order];
    return item === undefined || share === undefined ? [] : [bandFrom(item, share.above, share.below)];
  });
}

function gapBetween(upper: Entry, lower: Entry): number {
  return lower.row.box[1] - upper.row.box[3];
}

/** Which of the rows before the first item are its own: none, unless it has no text or stands amid its text. */
function leadStart(rows: readonly Entry[], item: Entry): number {
  let start = rows.length;
  let next = item;
  while (start > 0) {
    const entry = rows[start - 1];
    if (entry === undefined || gapBetween(entry, next) > 0.75 * item.row.height) break;
    // A group's title stands above an item that has a name of its own.
    if (item.text.length > 0 && gapBetween(entry, item) >= 0 && start === rows.length) break;
    start -= 1;
    next = entry;
  }
  return item.text.length === 0 && start === rows.length ? Math.max(0, rows.length - 1) : start;
}

/** How many of the rows between two items belong to the upper one. */
function splitAt(upper: Entry, rows: readonly Entry[], lower: Entry, upperStandsAmid: boolean): number {
  const chain = [upper, ...rows, lower];
  const isTight = chain.slice(1).map((entry, index) => gapBetween(chain[index] ?? entry, entry) < 0.55 * lower.row.height);
  const down = isTight.indexOf(false);
  const up = isTight.toReversed().indexOf(false);
  if (down < 0 || up < 0) {
    // All stand alike: figures without a name have theirs above or around them, others have it on their row and below.
    if (lower.text.length > 0) return rows.length;
    return upperStandsAmid && rows.length > 1 ? rows.length >> 1 : upper.text.length > 0 || rows.length > 1 ? rows.length - 1 : 0;
  }
  const standsAmid = lower.text.length === 0 || upperStandsAmid || gapBetween(rows.at(-1) ?? upper, lower) < -0.1 * lower.row.height;
  if (up > 0) return standsAmid ? rows.length - up : rows.length;
  // Of figures without a name the nearest text above is the name.
  const last = rows.at(-1);
  const isNearer = last !== undefined && gapBetween(last, lower) < gapBetween(rows.at(-2) ?? upper, last);
  return lower.text.length === 0 && isNearer ? rows.length - 1 : rows.length;
}

function bandFrom(item: Entry, above: readonly Entry[], below: readonly Entry[]): Band {
  const own: Entry[] = [];
  let upper = item;
  let taken = 0;
  const named = above.filter(({ text }) => !looksLikeDetail(text));
  const description: Word[] = [...(named.length > 0 ? named : above).flatMap(({ text }) => text), ...item.text];
  const room = 3.6 * Math.max(lettersOf(description), 4);
  for (const entry of below) {
    const gap = gapBetween(upper, entry);
    if (gap >= 1.1 * entry.row.height) break;
    own.push(entry);
    const isWrapped = goesOn(upper, entry, below);
    const isClose = gap < 0.75 * entry.row.height;
    const isName = isWrapped && taken === 0;
    const isRoom = taken < 2 && lettersOf(description) + lettersOf(entry.text) < room;
    if (description.length === 0 || (isClose && !looksLikeDetail(entry.text) && (isName || isRoom))) {
      description.push(...entry.text);
      if (!isName) taken += 1;
    } else taken = 2;
    upper = entry;
  }
  return { item, above, below: own, description };
}

function lettersOf(words: readonly Word[]): number {
  return words.reduce((sum, { text }) => sum + text.length, 0);
}

/** Whether a line was broken for want of room: the next one's first word would not have fitted behind it. */
function goesOn(upper: Entry, lower: Entry, all: readonly Entry[]): boolean {
  const last = upper.text.at(-1);
  const first = lower.text[0];
  if (last === undefined || first === undefined) return false;
  const right = Math.max(...all.map(({ text }) => text.at(-1)?.box[2] ?? 0), last.box[2]);
  return last.box[2] + (first.box[2] - first.box[0]) + 2 > right;
}

/** `GTIN: 4000…`, `Lieferdatum: …`: what is said about an item, not its name. */
function looksLikeDetail(words: readonly Word[]): boolean {
  const first = words[0]?.text ?? '';
  return /[:=]$/.test(first) || /[:=]$/.test(words[1]?.text ?? '');
}
