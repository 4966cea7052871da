import type { FieldName } from '#domain/documents';
import PDFDocument from 'pdfkit';
import { pdfBytes } from '../../src/app/sample-office/pdf-bytes.ts';
import { drawFooters, drawNotes } from './closing.ts';
import type { Content } from './content.ts';
import { inkOn } from './ink.ts';
import { drawItems } from './item-table.ts';
import { drawLetterhead } from './letterhead.ts';
import { drawMeta, placeAndDate } from './meta-block.ts';
import { valueOf } from './paper.ts';
import type { Paper } from './paper.ts';
import { drawParties } from './parties-block.ts';
import type { Program } from './program.ts';
import { drawReceipt } from './receipt.ts';
import { drawTotals } from './totals-block.ts';
import { synonyms } from './vocabulary.ts';

/** A drawn paper and which fields stand on it. */
export interface DrawnPaper {
  readonly bytes: Uint8Array;
  readonly said: ReadonlySet<FieldName>;
}

/** Draws one paper by a program; the same program and content give the same bytes. */
export async function drawPaper(program: Program, content: Content): Promise<DrawnPaper> {
  const isReceipt = program.kind === 'receipt';
  const createdAt = new Date(`${content.issued}T08:00:00Z`);
  const size: [number, number] | 'A4' | 'LETTER' = isReceipt ? [226, 300 + content.items.length * 34] : program.page;
  const pen = new PDFDocument({
    size,
    margin: 0,
    bufferPages: true,
    info: { Creator: 'Synthetic', Producer: 'pdfkit', CreationDate: createdAt, ModDate: createdAt },
  });
  const written = pdfBytes(pen);
  const margin = isReceipt ? 12 : program.margin;
  const ink = inkOn(pen, program.family, isReceipt ? 8 : program.size, 1.22 + (program.seed % 4) * 0.06);
  const paper: Paper = {
    ink,
    program: isReceipt ? { ...program, margin } : program,
    content,
    left: margin,
    right: pen.page.width - margin,
    bottom: pen.page.height - margin * 0.7 - (program.footer.columns === 0 ? 20 : 64),
    said: new Set<FieldName>(),
  };
  if (isReceipt) drawReceipt(paper);
  else drawLetter(paper);
  pen.end();
  return { bytes: await written, said: paper.said };
}

function drawLetter(paper: Paper): void {
  const { program, ink, left, right } = paper;
  let y = drawLetterhead(paper);
  if (program.meta.hasPlaceAndDate) y = placeAndDate(paper, y);
  if (program.titlePlace === 'top')
    drawTitle(paper, Math.max(program.margin * 0.7, y - 30), program.letterhead.align === 'right' ? 'left' : 'right');
  if (program.titlePlace === 'above') y = drawTitle(paper, y, 'left') + 6;
  const place = drawParties(paper, y + 6);
  const isTitleBelow = program.titlePlace === 'below';
  // Beside the parties the labels come first, below them the title does.
  const isBeside = place.freeFrom !== null && (program.meta.kind === 'right' || program.meta.kind === 'left');
  if (isTitleBelow && !isBeside) y = drawTitle(paper, place.bottom + 12, 'left');
  y = drawMeta(paper, isTitleBelow && !isBeside ? { ...place, freeFrom: null, bottom: y } : place);
  if (isTitleBelow && isBeside) y = drawTitle(paper, y + 8, 'left') + 6;
  if (program.titlePlace === 'none' && program.isNumberInTitle) y = drawTitle(paper, y, 'left') + 6;
  if (program.hasOpening) y = ink.stack(ink.wrap(synonyms(program.vocabulary.openings)[program.seed % 4] ?? '', right - left), left, y) + 6;
  y = drawItems(paper, y + 4);
  y = drawTotals(paper, y);
  drawNotes(paper, y);
  drawFooters(paper);
  paper.said.add('currency');
}

function drawTitle(paper: Paper, y: number, align: 'left' | 'right'): number {
  const { program, ink, left, right } = paper;
  const mark = ['', ' ', ' Nr. ', ' # ', ': '][program.seed % 5] ?? ' ';
  const number = program.isNumberInTitle ? `${mark.trim() === '' ? ' ' : mark}${valueOf(paper, 'number') ?? ''}` : '';
  const size = ink.size * (1.2 + (program.seed % 5) * 0.25);
  return ink.put(`${program.title}${number}`, left, y, {
    size,
    isBold: program.seed % 4 > 0,
    align,
    width: right - left,
    colour: program.colour,
  });
}
