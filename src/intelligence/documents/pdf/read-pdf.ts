import type { Page, Reading, ReadingProblem } from '#domain/documents';
import { maxOcrPages, maxPages } from '../limits.ts';
import { problems } from '../problems.ts';
import { readXml } from '../xml.ts';
import { otherAttachments, readXmlAttachments } from './attachments.ts';
import { type OpenPdf, openPdf, withPage } from './pdfium.ts';
import { type PageWords, readPage } from './read-page.ts';

/** Reads a PDF: text layer where it is sound, picture where it is not, and the e-invoice data inside. */
export async function readPdf(bytes: Uint8Array): Promise<Reading> {
  const pdf = await openPdf(bytes);
  if (pdf === 'encrypted') return failed(problems.encrypted());
  if (pdf === 'unopenable') return failed(problems.unopenable());
  try {
    if (pdf.pageCount <= 0) {
      // A security handler that PDFium does not undo hides the pages themselves.
      const isEncrypted = pdf.pdfium._FPDF_GetSecurityHandlerRevision(pdf.document) >= 0;
      return failed(isEncrypted ? problems.encrypted() : problems.noPages());
    }
    return await readOpenPdf(pdf);
  } finally {
    pdf.close();
  }
}

async function readOpenPdf(pdf: OpenPdf): Promise<Reading> {
  const found: ReadingProblem[] = [];
  const { structuredXml, problem } = readStructuredXml(pdf);
  if (problem !== null) found.push(problem);
  const others = otherAttachments(pdf);
  if (others.length > 0) found.push(problems.attachedFiles(others));
  if (pdf.pageCount > maxPages) found.push(problems.tooManyPages(pdf.pageCount));
  const pages = await readPages(pdf);
  const loaded = pages.filter((page) => page !== null);
  if (loaded.length === 0) return failed(problems.unopenable());
  if (loaded.some((page) => page.isGarbled)) found.push(problems.garbledTextLayer());
  if (loaded.some((page) => page.hasHiddenText)) found.push(problems.hiddenText());
  const skippedCount = loaded.filter((page) => page.isSkipped).length;
  if (skippedCount > 0) found.push(problems.scannedPagesLeftOut(skippedCount));
  const numbered = numberWords(pages);
  const hasWords = numbered.some((page) => page.words.length > 0);
  if (!hasWords && structuredXml === null) found.push(problems.nothingToRead());
  const ocrWordCount = count(loaded.filter((page) => page.isFromPicture));
  return {
    mediaType: 'application/pdf',
    source: ocrWordCount * 2 > count(loaded) ? 'ocr' : 'text-layer',
    pages: numbered,
    structuredXml,
    problems: found,
  };
}

/** Page by page, because a page of pixels is large. */
async function readPages(pdf: OpenPdf): Promise<Array<PageWords | null>> {
  const pages: Array<PageWords | null> = [];
  let ocrPagesLeft = maxOcrPages;
  for (let index = 0; index < Math.min(pdf.pageCount, maxPages); index += 1) {
    const page = await withPage(pdf, index, (handle) => readPage(pdf, handle, { mayUseOcr: ocrPagesLeft > 0 }));
    if (page?.isFromPicture === true) ocrPagesLeft -= 1;
    pages.push(page);
  }
  return pages;
}

function readStructuredXml(pdf: OpenPdf): { structuredXml: string | null; problem: ReadingProblem | null } {
  const results = readXmlAttachments(pdf).map(({ bytes }) => readXml(bytes));
  const usable = results.find((result) => result.outcome === 'structured');
  if (usable !== undefined) return { structuredXml: usable.text, problem: null };
  const isBroken = results.some((result) => result.outcome === 'refused' && result.problem.code !== 'xml-unknown');
  return { structuredXml: null, problem: isBroken ? problems.xmlAttachmentBroken() : null };
}

function numberWords(pages: ReadonlyArray<PageWords | null>): Page[] {
  let id = 0;
  return pages.map((page, index) => ({
    number: index + 1,
    width: page?.width ?? 0,
    height: page?.height ?? 0,
    words: (page?.words ?? []).map((word) => ({ id: id++, ...word })),
    rotation: page?.rotation ?? 0,
  }));
}

function count(pages: readonly PageWords[]): number {
  return pages.reduce((sum, page) => sum + page.words.length, 0);
}

function failed(problem: ReadingProblem): Reading {
  return { mediaType: 'application/pdf', source: 'text-layer', pages: [], structuredXml: null, problems: [problem] };
}
