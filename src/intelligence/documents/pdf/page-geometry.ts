import type { Box } from '#domain/documents';
import { type Pdfium, withMemory } from './pdfium.ts';

/** A page as a viewer shows it, in points, with the way from PDF user space (origin bottom left) to it. */
export interface PageGeometry {
  readonly width: number;
  readonly height: number;
  /** Turns `[left, bottom, right, top]` of user space into a box on the shown page. */
  toPage(left: number, bottom: number, right: number, top: number): Box;
}

/** Reads crop box and `/Rotate` of a page. */
export function readPageGeometry(pdfium: Pdfium, page: number): PageGeometry {
  const [left, top, right, bottom] = withMemory(pdfium, 16, (rectangle) => {
    pdfium._FPDF_GetPageBoundingBox(page, rectangle);
    return [...pdfium.HEAPF32.subarray(rectangle / 4, rectangle / 4 + 4)] as [number, number, number, number];
  });
  const quarterTurns = pdfium._FPDFPage_GetRotation(page);
  const width = toHundredth(pdfium._FPDF_GetPageWidthF(page));
  const height = toHundredth(pdfium._FPDF_GetPageHeightF(page));
  return {
    width,
    height,
    toPage(x0, y0, x1, y1) {
      if (quarterTurns === 1) return [y0 - bottom, x0 - left, y1 - bottom, x1 - left];
      if (quarterTurns === 2) return [right - x1, y0 - bottom, right - x0, y1 - bottom];
      if (quarterTurns === 3) return [top - y1, right - x1, top - y0, right - x0];
      return [x0 - left, top - y1, x1 - left, top - y0];
    },
  };
}

/** A hundredth of a point is finer than any printer, and keeps stored readings small. */
export function toHundredth(value: number): number {
  return Math.round(value * 100) / 100;
}
