import type { Page, Reading, Word } from '#domain/documents';
import { findDates } from './date-format.ts';
import { bareText } from './fold-text.ts';
import { findLabels } from '../propose/labels.ts';
import { layOut } from '../layout.ts';
import { proposeNumber } from '../propose/propose-identifiers.ts';

/** Pages of a file that seem to belong together, from 1, first and last. */
export interface PageRange {
  readonly first: number;
  readonly last: number;
}

/** A number that its own label announces, in its cell or right beside: less sure ones are references to other papers. */
const sureNumber = 0.75;
/** A strip without print that parts two receipts on one picture, as a share of the picture's width. */
const gutterShare = 0.02;
const minWordsOfPaper = 12;

/** “Page 1 of 2” in the languages of the lexicon; `1/2` only after the word. */
const pageMark =
  /\b(?:page|seite|pagina|p[aá]gina|blatt|blad|bladzijde|strona|str|pag|pg)\.?:? ?(\d{1,3}) ?(?:of|von|de|di|du|sur|van|z|\/|-) ?(\d{1,3})\b/;

/** What tells on a page whether a paper begins there. */
interface PageSigns {
  readonly number: string | null;
  readonly mark: number | null;
  readonly hasTotal: boolean;
}

/**
 * Finds files that hold several papers one after the other: a page begins another one where its numbering starts again at
 * one, or where it announces another document number and has a total of its own. Deliberately blind to weaker signs (a new
 * letterhead alone): annexes have those too.
 *
 * @returns one range for a file that is one paper.
 */
export function rangesOfPapers(reading: Reading): PageRange[] {
  if (reading.pages.length < 2) return [{ first: 1, last: reading.pages.length }];
  const starts = [1];
  let current: PageSigns | null = null;
  for (const page of reading.pages) {
    const signs = signsOf(reading, page);
    const isNext: boolean = current !== null && beginsAnother(current, signs);
    if (isNext) starts.push(page.number);
    current = isNext ? signs : goneOn(current, signs);
  }
  return starts.map((first, index) => ({ first, last: (starts[index + 1] ?? reading.pages.length + 1) - 1 }));
}

/** What is known of a paper after one more of its pages. */
function goneOn(before: PageSigns | null, signs: PageSigns): PageSigns {
  return { ...signs, number: before?.number ?? signs.number, mark: signs.mark ?? before?.mark ?? null };
}

function beginsAnother(current: PageSigns, { number, mark, hasTotal }: PageSigns): boolean {
  if (mark !== null && mark > 1) return false;
  const isOther = number !== null && current.number !== null && number !== current.number;
  if (mark === 1 && current.mark !== null) return number === null || current.number === null || isOther;
  return isOther && hasTotal;
}

function signsOf(reading: Reading, page: Page): PageSigns {
  // Looked at as a paper of its own, so that it is judged by its own head.
  const layout = layOut({ ...reading, pages: [{ ...page, number: 1 }] });
  const labels = findLabels(layout);
  const [best] = proposeNumber(layout, labels, ['invoiceNumber']).toSorted((left, right) => right.score - left.score);
  const marks = layout.rows.flatMap((row) => pageMark.exec(row.folded)?.[1] ?? []);
  const hasTotal = layout.rows.some(
    (row) =>
      /\d[.,]\d{2}(?!\d)/.test(row.text) &&
      (labels.get(row.index) ?? []).some(({ kinds }) => kinds.some((kind) => kind === 'gross' || kind === 'due' || kind === 'total')),
  );
  return {
    number: best === undefined || best.score < sureNumber ? null : bareText(best.value),
    mark: marks.length === 1 ? Number(marks[0]) : null,
    hasTotal,
  };
}

/**
 * Whether a picture shows two papers side by side, as two receipts on one scanner glass: an unprinted strip from top to
 * bottom, and on either side a total and a date.
 */
export function showsTwoPapers(reading: Reading): boolean {
  const [page] = reading.pages;
  if (page === undefined || reading.pages.length !== 1 || reading.source !== 'ocr') return false;
  const cut = gutterOf(page);
  if (cut === null) return false;
  const sides = [page.words.filter((word) => word.box[2] <= cut), page.words.filter((word) => word.box[2] > cut)];
  return sides.every((words) => words.length >= minWordsOfPaper && isPaper(reading, { ...page, words }));
}

function isPaper(reading: Reading, page: Page): boolean {
  const hasDate = layOut({ ...reading, pages: [page] }).rows.some((row) => findDates(row.folded).length > 0);
  return hasDate && signsOf(reading, page).hasTotal;
}

/** Where the widest strip without print is, if it is wide enough and in the middle half. */
function gutterOf({ words, width }: Page): number | null {
  const edges = words.toSorted((left, right) => left.box[0] - right.box[0]);
  let reach = 0;
  let best: { readonly at: number; readonly width: number } | null = null;
  for (const { box } of edges as readonly Word[]) {
    const gap = box[0] - reach;
    const at = (reach + box[0]) / 2;
    if (reach > 0 && at > width * 0.25 && at < width * 0.75 && gap > (best?.width ?? width * gutterShare)) best = { at, width: gap };
    reach = Math.max(reach, box[2]);
  }
  return best?.at ?? null;
}
