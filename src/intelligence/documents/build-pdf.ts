import PDFDocument from 'pdfkit';

type Draw = (document: PDFKit.PDFDocument) => void;

/** A small PDF for tests. */
export function buildPdf(draw: Draw, options: PDFKit.PDFDocumentOptions = {}): Promise<Uint8Array> {
  const document = new PDFDocument({ size: 'A4', margin: 50, ...options });
  const chunks: Buffer[] = [];
  const done = new Promise<Uint8Array>((resolve) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
  });
  draw(document);
  document.end();
  return done;
}
