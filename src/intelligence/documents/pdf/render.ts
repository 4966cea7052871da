import { maxRenderSidePixels } from '../limits.ts';
import type { Picture } from '../picture.ts';
import { type OpenPdf, withMemory } from './pdfium.ts';

/** FPDF_ANNOT and FPDF_REVERSE_BYTE_ORDER: with stamps and form fields, red first. */
const colourFlags = 0x01 | 0x10;
const formatBgrx = 3;

/** Renders a page upright as its `/Rotate` says, at `dpi` or less where the page is huge. */
export function renderPage(pdf: OpenPdf, page: number, dpi: number): Picture {
  const { pdfium } = pdf;
  const pointsWidth = Math.max(1, pdfium._FPDF_GetPageWidthF(page));
  const pointsHeight = Math.max(1, pdfium._FPDF_GetPageHeightF(page));
  const scale = Math.min(dpi / 72, maxRenderSidePixels / Math.max(pointsWidth, pointsHeight));
  const width = Math.max(1, Math.round(pointsWidth * scale));
  const height = Math.max(1, Math.round(pointsHeight * scale));
  return withMemory(pdfium, width * height * 4, (buffer) => {
    const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, formatBgrx, buffer, width * 4);
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, colourFlags);
    const data = withoutPadding(pdfium.HEAPU8.subarray(buffer, buffer + width * height * 4));
    pdfium._FPDFBitmap_Destroy(bitmap);
    return { data, width, height, channels: 3 };
  });
}

/** Four bytes a pixel to three; a copy, because PDFium's memory is given back. */
function withoutPadding(source: Uint8Array): Uint8Array {
  const target = new Uint8Array((source.length / 4) * 3);
  for (let from = 0, to = 0; from < source.length; from += 4, to += 3) {
    target[to] = source[from] as number;
    target[to + 1] = source[from + 1] as number;
    target[to + 2] = source[from + 2] as number;
  }
  return target;
}
