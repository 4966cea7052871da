import type { Evidence, Word } from '#domain/documents';
import { findDates } from '../extraction/text/date-format.ts';
import type { DateOrder } from '../extraction/text/date-format.ts';
import { bareText } from '../extraction/text/fold-text.ts';
import type { Label, Labels } from '../extraction/propose/labels.ts';
import type { Cell, Layout, Row } from '../extraction/layout.ts';
import type { Numbers } from '../extraction/propose/propose-amounts.ts';

/** What the rules saw of the document; the model looks at the same. */
export interface Seen {
  readonly layout: Layout;
  readonly labels: Labels;
  readonly numbers: Numbers;
  /** Rows of the item table. */
  readonly tableRows: ReadonlySet<number>;
  /** How open dates such as `03/04/2024` are read here. */
  readonly dateOrder: DateOrder;
  readonly isReceipt: boolean;
}

/** `Seen` with the look-ups that every candidate needs, made once a document. */
export interface Page {
  readonly seen: Seen;
  readonly rowOf: ReadonlyMap<number, Row>;
  readonly wordOf: ReadonlyMap<number, Word>;
  /** How often each cell text occurs, bare. */
  readonly repeats: ReadonlyMap<string, number>;
  readonly typicalHeight: number;
  readonly tallest: number;
  readonly hasDate: ReadonlySet<number>;
  /** Middles of mail and web addresses, bare: `kraxi` from `info@kraxi.com`. */
  readonly domains: readonly string[];
  /** How sure the words are on the whole: 1 for a text layer. */
  readonly certainty: number;
}

const domain = /(?:@|www\.|https?:\/\/(?:www\.)?)(?:[a-z0-9-]+\.)*?([a-z0-9-]{3,})\.(?:co\.|com\.)?[a-z]{2,}(?![a-z.])/g;

export function lookUp(seen: Seen): Page {
  const { rows } = seen.layout;
  const heights = rows.map((row) => row.height).toSorted((a, b) => a - b);
  const repeats = new Map<string, number>();
  const words = seen.layout.pages.flatMap((page) => page.words);
  for (const key of rows.flatMap((row) => [...row.cells.map((cell) => cell.text), ...row.words.map((word) => word.text)]).map(bareText))
    repeats.set(key, (repeats.get(key) ?? 0) + 1);
  return {
    seen,
    rowOf: new Map(rows.flatMap((row) => row.words.map((word) => [word.id, row] as const))),
    wordOf: new Map(rows.flatMap((row) => row.words.map((word) => [word.id, word] as const))),
    repeats,
    typicalHeight: heights[heights.length >> 1] ?? 1,
    tallest: heights.at(-1) ?? 1,
    domains: rows
      .flatMap((row) => [...row.folded.matchAll(domain)].map((match) => bareText(match[1] ?? '')))
      .filter(({ length }) => length > 2),
    certainty: words.length === 0 ? 1 : words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length,
    hasDate: new Set(rows.filter((row) => findDates(row.folded).length > 0).map((row) => row.index)),
  };
}

/** Where a candidate stands on the page. */
export interface Place {
  readonly row: Row;
  readonly cell: Cell;
  /** Offset of its first word in the row's text. */
  readonly start: number;
  readonly words: readonly Word[];
}

export function placeOf(page: Page, evidence: Evidence | null): Place | null {
  const words = (evidence?.wordIds ?? []).map((id) => page.wordOf.get(id)).filter((word) => word !== undefined);
  const [first] = words;
  const row = first === undefined ? undefined : page.rowOf.get(first.id);
  if (first === undefined || row === undefined) return null;
  const cell = row.cells.find((one) => one.words.includes(first)) ?? row.cells[0];
  return cell === undefined ? null : { row, cell, start: row.offsets[row.words.indexOf(first)] ?? 0, words };
}

/** The labels that may speak for a place. */
export interface Neighbours {
  readonly left: { readonly label: Label; readonly distance: number } | null;
  readonly above: { readonly label: Label; readonly distance: number } | null;
}

/** The nearest label before it in its row, and the nearest above it in its column. Distances in line heights. */
export function neighboursOf({ seen }: Page, { row, words, start }: Place): Neighbours {
  const height = Math.max(1, row.height);
  const left = (seen.labels.get(row.index) ?? []).findLast((label) => label.end <= start);
  const from = words[0]?.box[0] ?? 0;
  const to = words.at(-1)?.box[2] ?? from;
  let above: Neighbours['above'] = null;
  for (let index = row.index - 1; index >= Math.max(0, row.index - 6) && above === null; index -= 1) {
    const upper = seen.layout.rows[index];
    if (upper === undefined || upper.page !== row.page) break;
    const label = (seen.labels.get(index) ?? []).find(({ box }) => box[0] < to && box[2] > from);
    if (label !== undefined) above = { label, distance: (row.box[1] - label.row.box[3]) / height };
  }
  return { left: left === undefined ? null : { label: left, distance: Math.max(0, from - left.box[2]) / height }, above };
}
