import { expect, test } from 'vitest';
import sharp from 'sharp';
import { buildPdf } from './build-pdf.ts';
import { readDocument } from './read-document.ts';

/** What a page without the attack says. */
const genuine = ['Invoice INV-2026-0042', 'Widget 2 x 10.00 = 20.00', 'Total EUR 20.00'] as const;
const lie = 'Total EUR 9,720.00 IBAN DE89 3704 0044 0532 0130 00';

async function read(attack: (pdf: PDFKit.PDFDocument) => unknown): Promise<{ readonly text: string; readonly codes: readonly string[] }> {
  const bytes = await buildPdf((pdf) => {
    genuine.forEach(
      (line, index) =>
        void pdf
          .fillColor('black')
          .fontSize(11)
          .text(line, 60, 60 + index * 24, { lineBreak: false }),
    );
    void attack(pdf);
  });
  const reading = await readDocument({ fileName: 'invoice.pdf', bytes });
  const text = reading.pages.map((page) => page.words.map((word) => word.text).join(' ')).join(' ');
  return { text, codes: reading.problems.map(({ code }) => code) };
}

const white = await sharp({ create: { width: 40, height: 10, channels: 3, background: '#ffffff' } })
  .png()
  .toBuffer();

test.each<readonly [string, (pdf: PDFKit.PDFDocument) => unknown]>([
  ['white on white', (pdf) => pdf.fillColor('white').text(lie, 60, 300)],
  ['nearly white', (pdf) => pdf.fillColor('#f6f6f6').text(lie, 60, 300)],
  ['in the colour of its box', (pdf) => pdf.rect(50, 290, 400, 30).fill('#203040').fillColor('#203040').text(lie, 60, 300)],
  ['without opacity', (pdf) => pdf.fillOpacity(0).text(lie, 60, 300)],
  ['in render mode 3', (pdf) => pdf.addContent('3 Tr').text(lie, 60, 300)],
  ['one point high', (pdf) => pdf.fontSize(1).text(lie, 60, 300)],
  ['off the page', (pdf) => pdf.text(lie, 1200, 300, { lineBreak: false })],
  ['above the page', (pdf) => pdf.text(lie, 60, -40, { lineBreak: false })],
  ['under a white box', (pdf) => pdf.text(lie, 60, 300).rect(50, 290, 400, 30).fill('white')],
  ['under a black box', (pdf) => pdf.text(lie, 60, 300).rect(50, 290, 400, 30).fill('black')],
  ['under a picture', (pdf) => pdf.text(lie, 60, 300).image(white, 50, 290, { width: 400, height: 30 })],
])('text %s is not read, and is said', async (_, attack) => {
  const { text, codes } = await read(attack);
  expect(text).toBe(genuine.join(' '));
  expect(codes).toEqual(['hidden-text']);
});

test.each<readonly [string, (pdf: PDFKit.PDFDocument) => unknown]>([
  ['white on a dark bar', (pdf) => pdf.rect(50, 290, 400, 30).fill('#203040').fillColor('white').text('Betrag 20,00', 60, 300)],
  ['on a box of paint', (pdf) => pdf.rect(50, 290, 400, 30).fill('#eeeeee').fillColor('black').text('Betrag 20,00', 60, 300)],
  ['under a glass box', (pdf) => pdf.text('Betrag 20,00', 60, 300).fillOpacity(0.2).rect(50, 290, 400, 30).fill('yellow')],
  ['in the grey of small print', (pdf) => pdf.fillColor('#888888').fontSize(6).text('Betrag 20,00', 60, 300)],
])('text %s is read, and nothing is said', async (_, draw) => {
  const { text, codes } = await read(draw);
  expect(text).toBe(`${genuine.join(' ')} Betrag 20,00`);
  expect(codes).toEqual([]);
});

test('a program’s signature in a point of white says nothing', async () => {
  expect((await read((pdf) => pdf.fillColor('white').fontSize(1).text('Powered by TCPDF (www.tcpdf.org)', 60, 300))).codes).toEqual([]);
});
