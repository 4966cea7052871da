import { ocrDpi } from '../limits.ts';
import { readPicture } from '../ocr/read-picture.ts';
import { inReadingOrder, type LooseWord, withoutOverprint } from '../reading-order.ts';
import { matters } from '../suspicious-text.ts';
import { readDrawingOrder, withoutText } from './covers.ts';
import { isGarbled } from './legibility.ts';
import { type PageGeometry, readPageGeometry } from './page-geometry.ts';
import type { OpenPdf } from './pdfium.ts';
import { renderPage } from './render.ts';
import { readTextLayer, type TextLayerWord } from './text-layer.ts';
import { uprightWords } from './upright.ts';
import { type ShownPage, splitVisible } from './visibility.ts';

/** What one page of a PDF gave. */
export interface PageWords {
  readonly width: number;
  readonly height: number;
  readonly rotation: number;
  readonly words: readonly LooseWord[];
  readonly isFromPicture: boolean;
  readonly isGarbled: boolean;
  readonly hasHiddenText: boolean;
  /** A page without a sound text layer that was left out to bound the time. */
  readonly isSkipped: boolean;
}

/** PDFium's FPDF_PAGEOBJ_IMAGE. */
const imageObject = 3;
/** Pages with more objects than this are drawings; looking at the first ones is enough to find a scan. */
const maxObjectsLookedAt = 200;
/** Some programs sign their pages in a point of white (TCPDF: 29 characters); a hidden instruction is longer. */
const maxInnocentCharacters = 40;
/** A letter of 6 points is 6 pixels high: enough to tell that it is there. */
const lookDpi = 72;
/** In square points. What is printed on more than this is a letter, not a till receipt. */
const areaOfA5 = 420 * 595;
/** A letterhead scanner stamps a line of text on its pictures; a page of real text has more. */
const fewWords = 12;

/** Reads one page: its text layer if it is sound and visible, else its picture. */
export async function readPage(pdf: OpenPdf, page: number, options: { readonly mayUseOcr: boolean }): Promise<PageWords> {
  const geometry = readPageGeometry(pdf.pdfium, page);
  const layer = readTextLayer(pdf.pdfium, page, geometry);
  const garbled = isGarbled(layer);
  const { visible, hidden } = splitVisible(layer.words, shownPage(pdf, page, geometry));
  const flags = { isGarbled: garbled, hasHiddenText: !garbled && isWorthALook(hidden) };
  const fromText = uprightWords(visible, geometry);
  const nothing = { width: geometry.width, height: geometry.height, rotation: 0, words: [], isFromPicture: false };
  if (!garbled && !needsPicture(pdf, page, geometry, visible)) {
    return { ...fromText, words: finish(fromText.words), isFromPicture: false, ...flags, isSkipped: false };
  }
  if (!options.mayUseOcr) return { ...nothing, ...flags, isSkipped: true };
  const picture = await readPicture(renderPage(pdf, page, ocrDpi), {
    pageWidth: geometry.width,
    pageHeight: geometry.height,
    isSmallType: geometry.width * geometry.height > areaOfA5,
  });
  if (!garbled && picture.words.length < visible.length) {
    return { ...fromText, words: finish(fromText.words), isFromPicture: false, ...flags, isSkipped: false };
  }
  // Text that a scanner laid invisibly over its picture is no secret: the picture says the same.
  return { ...picture, isFromPicture: true, ...flags, hasHiddenText: false, isSkipped: false };
}

function shownPage(pdf: OpenPdf, page: number, geometry: PageGeometry): ShownPage {
  const drawn = readDrawingOrder(pdf.pdfium, page, geometry);
  const render = (): ReturnType<ShownPage['render']> => {
    const whole = renderPage(pdf, page, lookDpi);
    return { whole, bare: withoutText(pdf.pdfium, drawn, () => renderPage(pdf, page, lookDpi)) };
  };
  return { width: geometry.width, height: geometry.height, drawn, render };
}

function isWorthALook(hidden: readonly TextLayerWord[]): boolean {
  const text = hidden.map((word) => word.text).join(' ');
  return text.replaceAll(' ', '').length > maxInnocentCharacters || matters(text);
}

function finish(words: readonly LooseWord[]): LooseWord[] {
  return inReadingOrder(withoutOverprint(words));
}

/** No words but something is drawn, or a few words on a picture that fills the page. */
function needsPicture(pdf: OpenPdf, page: number, geometry: PageGeometry, visible: readonly TextLayerWord[]): boolean {
  const { pdfium } = pdf;
  if (visible.length > fewWords) return false;
  const objectCount = pdfium._FPDFPage_CountObjects(page);
  if (visible.length === 0) return objectCount > 0 || pdfium._FPDFPage_GetAnnotCount(page) > 0;
  const objects = Array.from({ length: Math.min(objectCount, maxObjectsLookedAt) }, (_, index) => pdfium._FPDFPage_GetObject(page, index));
  const pictureArea = objects
    .filter((object) => pdfium._FPDFPageObj_GetType(object) === imageObject)
    .reduce((sum, object) => sum + areaOf(pdf, object), 0);
  return pictureArea > geometry.width * geometry.height * 0.4;
}

function areaOf({ pdfium }: OpenPdf, object: number): number {
  const bounds = pdfium._malloc(16);
  pdfium._FPDFPageObj_GetBounds(object, bounds, bounds + 4, bounds + 8, bounds + 12);
  const [left = 0, bottom = 0, right = 0, top = 0] = pdfium.HEAPF32.subarray(bounds / 4, bounds / 4 + 4);
  pdfium._free(bounds);
  return Math.max(0, right - left) * Math.max(0, top - bottom);
}
