/** The file that a document has become when it has ended; ask before drawing. */
export function pdfBytes(pen: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pen.on('data', (chunk: Buffer) => chunks.push(chunk));
    pen.on('error', reject);
    pen.on('end', () => resolve(Buffer.concat(chunks)));
  });
}
