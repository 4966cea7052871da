import type { Box } from '#domain/documents';
import type { PageGeometry } from './page-geometry.ts';
import { type Pdfium, withMemory } from './pdfium.ts';
import { greyOf } from './text-layer.ts';

/** Something that may hide what was drawn before it, or drown what is drawn on it in the same colour. */
export interface Cover {
  readonly box: Box;
  /** Grey of its paint, 0 black to 255 white; null where it has many. */
  readonly grey: number | null;
  /** Place in the order of drawing; annotations come after everything. */
  readonly order: number;
}

/** What a page draws, as far as it tells what may lie under what. */
export interface DrawingOrder {
  readonly covers: readonly Cover[];
  /** Place in the order of drawing of each text object, by its handle. */
  readonly texts: ReadonlyMap<number, number>;
}

/** PDFium's FPDF_PAGEOBJ_…, and the kinds of annotation that draw nothing: link and popup. */
const [textObject, pathObject, formObject] = [1, 2, 5];
const bareAnnotations = new Set([2, 16]);
/** A page with more objects is a drawing; what lies beyond is not looked at for covers. */
const maxObjects = 20_000;
const maxDepth = 6;
const maxAnnotations = 500;

/** Lists filled areas, pictures and annotations with their place in the order of drawing. */
export function readDrawingOrder(pdfium: Pdfium, page: number, geometry: PageGeometry): DrawingOrder {
  const covers: Cover[] = [];
  const texts = new Map<number, number>();
  let order = 0;
  const visit = (object: number, depth: number, outer: Box | null): void => {
    if (object === 0 || order >= maxObjects) return;
    order += 1;
    const type = pdfium._FPDFPageObj_GetType(object);
    if (type === textObject) texts.set(object, order);
    else if (type === formObject && depth < maxDepth) {
      const box = outer ?? boundsOf(pdfium, object, geometry);
      const count = pdfium._FPDFFormObj_CountObjects(object);
      for (let index = 0; index < count; index += 1) visit(pdfium._FPDFFormObj_GetObject(object, index), depth + 1, box);
    } else if (type !== pathObject || isFilled(pdfium, object)) {
      // Inside a form, places are told in the form's own space: its whole area stands for them.
      covers.push({ box: outer ?? boundsOf(pdfium, object, geometry), grey: type === pathObject ? paintOf(pdfium, object) : null, order });
    }
  };
  const count = pdfium._FPDFPage_CountObjects(page);
  for (let index = 0; index < count; index += 1) visit(pdfium._FPDFPage_GetObject(page, index), 0, null);
  return { covers: [...covers, ...annotationsOf(pdfium, page, geometry)], texts };
}

function boundsOf(pdfium: Pdfium, object: number, geometry: PageGeometry): Box {
  return withMemory(pdfium, 16, (bounds) => {
    pdfium._FPDFPageObj_GetBounds(object, bounds, bounds + 4, bounds + 8, bounds + 12);
    const [left = 0, bottom = 0, right = 0, top = 0] = pdfium.HEAPF32.subarray(bounds / 4, bounds / 4 + 4);
    return geometry.toPage(left, bottom, right, top);
  });
}

function isFilled(pdfium: Pdfium, path: number): boolean {
  return withMemory(pdfium, 8, (modes) => {
    pdfium._FPDFPath_GetDrawMode(path, modes, modes + 4);
    return pdfium.HEAP32[modes / 4] !== 0;
  });
}

function paintOf(pdfium: Pdfium, path: number): number | null {
  return withMemory(pdfium, 16, (colour) => {
    const isPlain = pdfium._FPDFPageObj_GetFillColor(path, colour, colour + 4, colour + 8, colour + 12) === 1;
    const [red = 0, green = 0, blue = 0] = pdfium.HEAPU32.subarray(colour / 4, colour / 4 + 4);
    return isPlain ? greyOf(red, green, blue) : null;
  });
}

function annotationsOf(pdfium: Pdfium, page: number, geometry: PageGeometry): Cover[] {
  const covers: Cover[] = [];
  for (let index = 0; index < Math.min(pdfium._FPDFPage_GetAnnotCount(page), maxAnnotations); index += 1) {
    const annotation = pdfium._FPDFPage_GetAnnot(page, index);
    if (annotation === 0) continue;
    if (!bareAnnotations.has(pdfium._FPDFAnnot_GetSubtype(annotation))) {
      const box = withMemory(pdfium, 16, (rectangle) => {
        pdfium._FPDFAnnot_GetRect(annotation, rectangle);
        const [left = 0, top = 0, right = 0, bottom = 0] = pdfium.HEAPF32.subarray(rectangle / 4, rectangle / 4 + 4);
        return geometry.toPage(left, bottom, right, top);
      });
      covers.push({ box, grey: null, order: Number.POSITIVE_INFINITY });
    }
    pdfium._FPDFPage_CloseAnnot(annotation);
  }
  return covers;
}

/** Shows the page as it is, then once more without its text: what does not change in between is text that nobody sees. */
export function withoutText<T>(pdfium: Pdfium, { texts }: DrawingOrder, body: () => T): T {
  for (const object of texts.keys()) pdfium._FPDFPageObj_SetIsActive(object, 0);
  try {
    return body();
  } finally {
    for (const object of texts.keys()) pdfium._FPDFPageObj_SetIsActive(object, 1);
  }
}
