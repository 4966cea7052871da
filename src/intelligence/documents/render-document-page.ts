import type { RenderedPage } from '#domain/ports';
import { decodeBmp } from './bmp.ts';
import { decodeImage } from './image.ts';
import { maxFileBytes, renderHeightPixels } from './limits.ts';
import { openPdf, withPage } from './pdf/pdfium.ts';
import { renderPage } from './pdf/render.ts';
import { type Picture, toSharp } from './picture.ts';
import { sniff } from './sniff.ts';

/**
 * Picture of one page for a screen, turned by `rotation` as the reading says, so that the reading's boxes lie on it.
 *
 * @param pageNumber - from 1.
 * @returns null when there is no such page or nothing to show.
 */
export async function renderDocumentPage(bytes: Uint8Array, pageNumber: number, rotation: number): Promise<RenderedPage | null> {
  if (bytes.length > maxFileBytes || pageNumber < 1) return null;
  const found = sniff(bytes);
  if (found.kind === 'pdf') return turned(await picturePdf(bytes.subarray(found.offset), pageNumber), rotation);
  if (found.kind === 'bmp') return turned(pageNumber === 1 ? decodeBmp(bytes) : null, rotation);
  if (found.kind === 'image') return turned(await decodeImage(bytes, pageNumber - 1), rotation);
  return null;
}

async function picturePdf(bytes: Uint8Array, pageNumber: number): Promise<Picture | null> {
  const pdf = await openPdf(bytes);
  if (pdf === 'encrypted' || pdf === 'unopenable') return null;
  try {
    if (pageNumber > pdf.pageCount) return null;
    return await withPage(pdf, pageNumber - 1, (page) => {
      const longSide = Math.max(pdf.pdfium._FPDF_GetPageHeightF(page), pdf.pdfium._FPDF_GetPageWidthF(page), 1);
      return renderPage(pdf, page, (renderHeightPixels / longSide) * 72);
    });
  } finally {
    pdf.close();
  }
}

async function turned(picture: Picture | null, rotation: number): Promise<RenderedPage | null> {
  if (picture === null) return null;
  const { data, info } = await toSharp(picture)
    .rotate(rotation, { background: '#ffffff' })
    .resize({ height: renderHeightPixels, width: renderHeightPixels * 2, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82, effort: 2 })
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, mediaType: 'image/webp', widthPx: info.width, heightPx: info.height };
}
