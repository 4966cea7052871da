/** A rectangle in page units, origin top left: `[left, top, right, bottom]`. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

/** One word as a person sees it on the page. */
export interface Word {
  /** Unique within the reading, in reading order from 0: evidence and proof cards name words by it. */
  readonly id: number;
  readonly text: string;
  readonly box: Box;
  /** 1 for a text layer or XML; OCR's own certainty else, 0–1. */
  readonly confidence: number;
  /** Height of the type in page units, where known. */
  readonly fontSize?: number;
  readonly isBold?: boolean;
}

/** One page; `width` and `height` in page units (points of 1/72 inch for PDF, pixels for an image). */
export interface Page {
  /** From 1. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly words: readonly Word[];
  /** Clockwise turn in degrees that was applied to make the page upright; boxes are on the upright page. */
  readonly rotation: number;
}

/** Where the words came from. */
export type ReadingSource = 'text-layer' | 'ocr' | 'xml' | 'text';

/** A problem of a document, in words that a person can act on. */
export interface ReadingProblem {
  /** Stable, e.g. `empty-file`, `encrypted`, `not-a-document`, `too-many-pages`, `timed-out`, `garbled-text-layer`. */
  readonly code: string;
  readonly message: string;
  /** `error`: nothing usable was read. `warning`: read, but look at it. */
  readonly severity: 'error' | 'warning';
}

/** Any input as pages of words with boxes. */
export interface Reading {
  readonly mediaType: string;
  readonly source: ReadingSource;
  readonly pages: readonly Page[];
  /** E-invoice or order XML found as the file or inside the PDF, decoded; exact, and wins over the picture. */
  readonly structuredXml: string | null;
  readonly problems: readonly ReadingProblem[];
}
