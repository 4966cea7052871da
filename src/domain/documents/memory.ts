import type { FieldName } from './extraction.ts';

/** Where a value stood when a person said what it is, told by what stands around it. */
export interface Anchor {
  /** Folded words that announce it; null where it stands by itself. */
  readonly label: string | null;
  readonly direction: 'right' | 'below' | 'alone';
  /** Upper corner of the value, the right one of an amount, from the left upper corner of the print and in its width. */
  readonly x: number;
  readonly y: number;
  /** How many words it took. */
  readonly words: number;
}

/**
 * What a correction taught about one field of one layout: that it always says the same (`constant`, still only where the page prints
 * it), where it stands (`anchored`), or that nothing is it (`absent`).
 */
export interface Lesson {
  readonly field: FieldName;
  readonly kind: 'constant' | 'anchored' | 'absent';
  /** The constant, or, of an absent value, what was wrongly read. */
  readonly value: string | null;
  readonly anchors: readonly Anchor[];
  /** Numbers and addresses printed there that tell the supplier, for a name that is only in its logo. */
  readonly marks: readonly string[];
  /** How the layout writes dates, where the correction shows it. */
  readonly dateOrder: 'day-first' | 'month-first' | null;
}

/** By what a layout is known again: words that are not figures, with their places on the first page. */
export interface LayoutPrint {
  readonly words: readonly (readonly [text: string, x: number, y: number])[];
}

/** A lesson as it is kept. */
export interface Memory {
  readonly id: string;
  readonly print: LayoutPrint;
  readonly lesson: Lesson;
}
