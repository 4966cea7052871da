import { maxAttachments, maxXmlBytes } from '../limits.ts';
import { type OpenPdf, withMemory } from './pdfium.ts';

export interface Attachment {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** File names that Factur-X, ZUGFeRD 1 and 2, XRechnung and Order-X prescribe for their data. */
const invoiceNames = /^(?:factur-?x|zugferd-invoice|xrechnung|order-?x|cii|ubl|invoice)\.xml$/i;

/** Enough to know the file by; a sentence of fifty names is not read. */
const longestNameShown = 80;
const mostNamesShown = 5;

/** The e-invoice data inside a PDF: a file with a prescribed name first, then any other XML. */
export function readXmlAttachments(pdf: OpenPdf): Attachment[] {
  const count = Math.min(pdf.pdfium._FPDFDoc_GetAttachmentCount(pdf.document), maxAttachments);
  return Array.from({ length: count }, (_, index) => pdf.pdfium._FPDFDoc_GetAttachment(pdf.document, index))
    .filter((attachment) => attachment !== 0)
    .map((attachment) => ({ attachment, name: readName(pdf, attachment) }))
    .filter(({ name }) => /\.xml$/i.test(name))
    .toSorted((a, b) => Number(invoiceNames.test(b.name)) - Number(invoiceNames.test(a.name)))
    .map(({ attachment, name }) => ({ name, bytes: readBytes(pdf, attachment) }))
    .filter(({ bytes }) => bytes.length > 0);
}

/** Names of the files inside that are no XML: they may be documents, and are not read. */
export function otherAttachments(pdf: OpenPdf): string[] {
  const count = Math.min(pdf.pdfium._FPDFDoc_GetAttachmentCount(pdf.document), maxAttachments);
  const names = Array.from({ length: count }, (_, index) => pdf.pdfium._FPDFDoc_GetAttachment(pdf.document, index))
    .filter((attachment) => attachment !== 0)
    .map((attachment) =>
      readName(pdf, attachment)
        .replaceAll(/[\p{C}]/gu, '')
        .slice(0, longestNameShown),
    );
  return names.filter((name) => name !== '' && !/\.(?:xml|xsd|xslt?|css|joboptions)$/i.test(name)).slice(0, mostNamesShown);
}

function readName({ pdfium }: OpenPdf, attachment: number): string {
  const size = pdfium._FPDFAttachment_GetName(attachment, 0, 0);
  if (size <= 2 || size > 1024) return '';
  return withMemory(pdfium, size, (buffer) => {
    pdfium._FPDFAttachment_GetName(attachment, buffer, size);
    return new TextDecoder('utf-16le').decode(pdfium.HEAPU8.slice(buffer, buffer + size - 2));
  });
}

function readBytes({ pdfium }: OpenPdf, attachment: number): Uint8Array {
  return withMemory(pdfium, 4, (sizePointer) => {
    const isPresent = pdfium._FPDFAttachment_GetFile(attachment, 0, 0, sizePointer) !== 0;
    const size = pdfium.HEAPU32[sizePointer / 4] ?? 0;
    if (!isPresent || size === 0 || size > maxXmlBytes) return new Uint8Array();
    return withMemory(pdfium, size, (buffer) => {
      pdfium._FPDFAttachment_GetFile(attachment, buffer, size, sizePointer);
      return pdfium.HEAPU8.slice(buffer, buffer + size);
    });
  });
}
