import { headerFieldNames } from '#domain/documents';
import type { Anchor, Box, Evidence, ExtractedField, Extraction, FieldName, Memory, Page, Reading } from '#domain/documents';
import { isCurrency } from '#domain/money';
import { isValidIBAN } from 'ibantools';
import { bareText } from '../extraction/text/fold-text.ts';
import { around, evidenceFor, horizontalOverlap, layOut } from '../extraction/layout.ts';
import type { Layout, Row } from '../extraction/layout.ts';
import { proposeNumbers } from '../extraction/propose/propose-amounts.ts';
import type { Numbers } from '../extraction/propose/propose-amounts.ts';
import { marksOf } from './learn.ts';
import { frameOf, isSameLayout, layoutPrint, placeIn } from './layout-print.ts';
import { cornerOf, isAmount, isSameValue, valuesIn } from './values.ts';

/** A field that a memory filled, and by which. */
export interface Recalled {
  readonly extraction: Extraction;
  readonly used: readonly { readonly memoryId: string; readonly field: string }[];
}

/** What a person said once of this layout is likely, not certain. */
const remembered = 0.95;
/** How far a value may stand from where it stood, in widths of the print: totals move down with the lines, a head does not. */
const reach = { x: 0.2, head: 0.25, foot: 1.2, alone: 0.03 } as const;
/** A currency that the page itself shows is not put right by memory. */
const shown = 0.6;

/**
 * Lays what corrections taught of this layout over an extraction. What is proven, or said by structured data, stays; a value that the
 * page does not print is not taken. The newest lesson of a field counts.
 */
export function recall(reading: Reading, extraction: Extraction, memories: readonly Memory[]): Recalled {
  const print = layoutPrint(reading);
  const fitting = memories.filter((memory) => isSameLayout(memory.print, print));
  if (fitting.length === 0) return { extraction, used: [] };
  const layout = layOut(reading);
  const numbers = proposeNumbers(layout, usualMark(extraction));
  const fields = { ...extraction.fields };
  const used: { memoryId: string; field: string }[] = [];
  for (const name of headerFieldNames) {
    const memory = fitting.findLast(({ lesson }) => lesson.field === name);
    const field = fields[name];
    if (memory === undefined || field.standing === 'proven' || field.origin === 'xml' || field.origin === 'person') continue;
    const changed = changedBy(memory, field, { reading, layout, numbers });
    if (changed === null) continue;
    fields[name] = changed;
    used.push({ memoryId: memory.id, field: name });
  }
  return { extraction: used.length === 0 ? extraction : { ...extraction, fields }, used };
}

function usualMark({ language }: Extraction): '.' | ',' {
  return language === null || language === 'en' ? '.' : ',';
}

interface Context {
  readonly reading: Reading;
  readonly layout: Layout;
  readonly numbers: Numbers;
}

interface Found {
  readonly value: string;
  readonly evidence: Evidence | null;
  readonly because: string;
}

function changedBy({ lesson }: Memory, field: ExtractedField, context: Context): ExtractedField | null {
  if (lesson.kind === 'absent') {
    const stands =
      lesson.value !== null && field.value !== null && lesson.anchors.some((anchor) => isAt(anchor, lesson.field, field, context));
    return stands
      ? {
          ...field,
          value: null,
          confidence: 0,
          standing: 'unproven',
          origin: 'memory',
          evidence: null,
          reason: 'A person said of this layout that what stands here is something else.',
        }
      : null;
  }
  const found =
    (lesson.kind === 'constant' ? constantOn(lesson, field, context) : null) ??
    (lesson.field === 'currency' ? null : anchored(lesson, context));
  if (found === null) return null;
  if (field.value !== null && isSameValue(lesson.field, field.value, found.value))
    return {
      ...field,
      confidence: Math.max(field.confidence, remembered),
      standing: field.standing === 'contradicted' ? field.standing : 'consistent',
    };
  const beaten =
    field.value === null
      ? []
      : [{ value: field.value, confidence: Math.min(0.5, field.confidence), evidence: field.evidence, reason: field.reason }];
  return {
    value: found.value,
    confidence: remembered,
    standing: 'consistent',
    origin: 'memory',
    evidence: found.evidence,
    reason: `A person said so of an earlier paper of this layout: ${found.because}`,
    alternatives: [...beaten, ...field.alternatives.filter(({ value }) => value !== found.value)].slice(0, 4),
  };
}

/** The constant, where this page prints it too, or bears the marks of the supplier whose name it is; a currency may be a sign. */
function constantOn({ value, field, marks }: Memory['lesson'], read: ExtractedField, { reading, layout }: Context): Found | null {
  if (value === null) return null;
  if (field === 'currency')
    return isCurrency(value) && (read.value === null || read.confidence < shown)
      ? { value, evidence: null, because: 'its currency.' }
      : null;
  const printed = printedOn(layout, bareText(value));
  if (printed !== null) return { value, evidence: printed, because: 'it says the same on each.' };
  const own = new Set(marksOf(reading));
  const kept = marks.filter((mark) => own.has(mark));
  return kept.length > 1 ? { value, evidence: null, because: 'its numbers and addresses are printed here too.' } : null;
}

/** Words that make the wanted text, or one that holds it, like the name in a web address. */
function printedOn(layout: Layout, wanted: string): Evidence | null {
  for (const row of layout.rows) {
    for (let from = 0; from < row.words.length; from += 1) {
      let run = '';
      for (let to = from; to < row.words.length && run.length < wanted.length; to += 1) {
        run += bareText(row.words[to]?.text ?? '');
        const isHeld = from === to && wanted.length > 5 && run.includes(wanted);
        if (run === wanted || isHeld) return evidenceFor(row.page, row.words.slice(from, to + 1));
      }
    }
  }
  return null;
}

/** The value nearest to where it stood, of those that stand by the same words. */
function anchored({ field, anchors, dateOrder }: Memory['lesson'], context: Context): Found | null {
  const { layout, numbers, reading } = context;
  const offers = anchors.flatMap((anchor) =>
    layout.rows.flatMap((row) => {
      const page = reading.pages[row.page - 1];
      if (page === undefined) return [];
      const there = standing(anchor, row, context, (from, at) =>
        valuesIn(field, at, from, { numbers, order: dateOrder ?? 'day-first', words: anchor.words }),
      );
      return there.flatMap(({ row: at, value }) => {
        if (field === 'iban' && !isValidIBAN(value.value.replaceAll(/\s/g, '').toUpperCase())) return [];
        const distance = distanceTo(field, anchor, page, around(value.words));
        return distance === null ? [] : [{ value: value.value, words: value.words, page: at.page, distance, anchor }];
      });
    }),
  );
  const [best] = offers.toSorted((a, b) => a.distance - b.distance);
  if (best === undefined) return null;
  const { label, direction } = best.anchor;
  const because = label === null ? 'it stands at this place.' : `it stands ${direction === 'below' ? 'below' : 'beside'} “${label}”.`;
  return { value: best.value, evidence: evidenceFor(best.page, best.words), because };
}

type Values = ReturnType<typeof valuesIn>;

/** What stands in the row by the anchor's words, or below them. */
function standing(
  anchor: Anchor,
  row: Row,
  { layout }: Context,
  valuesFrom: (from: number, row: Row) => Values,
): { row: Row; value: Values[number] }[] {
  if (anchor.label === null) return valuesFrom(0, row).map((value) => ({ row, value }));
  const at = indexOfWords(row.folded, anchor.label);
  if (at < 0) return [];
  if (anchor.direction === 'right') {
    return valuesFrom(at + anchor.label.length, row).map((value) => ({ row, value }));
  }
  const head = row.cells.find((cell) => cell.start <= at && cell.start + cell.text.length > at);
  for (const below of layout.rows.slice(row.index + 1, row.index + 7)) {
    if (head === undefined || below.page !== row.page || below.box[1] - row.box[3] > 6 * row.height) return [];
    const value = below.cells
      .filter((cell) => horizontalOverlap(cell.box, head.box) > 0.3)
      .flatMap((cell) => valuesFrom(cell.start, below).slice(0, 1))[0];
    if (value !== undefined) return [{ row: below, value }];
  }
  return [];
}

function indexOfWords(text: string, wanted: string): number {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (!/[\p{L}\d]/u.test(text.charAt(at - 1)) && !/[\p{L}\d]/u.test(text.charAt(at + wanted.length))) return at;
  }
  return -1;
}

function distanceTo(field: FieldName, anchor: Anchor, page: Page, box: Box): number | null {
  const [x, y] = placeIn(frameOf(page), cornerOf(field, box));
  const [dx, dy] = [Math.abs(x - anchor.x), Math.abs(y - anchor.y)];
  const low = isAmount(field) || anchor.y > 0.5 ? reach.foot : reach.head;
  if (anchor.label === null ? Math.max(dx, dy) > reach.alone : dx > reach.x || dy > low) return null;
  return dx * 3 + dy;
}

function isAt(anchor: Anchor, name: FieldName, field: ExtractedField, { reading, layout }: Context): boolean {
  const page = reading.pages[(field.evidence?.page ?? 1) - 1];
  if (field.evidence === null || page === undefined) return false;
  const distance = distanceTo(name, anchor, page, field.evidence.box);
  if (distance === null) return false;
  if (anchor.label === null) return true;
  const label = anchor.label;
  const first = field.evidence.wordIds[0];
  const own = layout.rows.findIndex((row) => row.words.some((word) => word.id === first));
  return layout.rows.slice(Math.max(0, own - 6), own + 1).some((row) => indexOfWords(row.folded, label) >= 0);
}
