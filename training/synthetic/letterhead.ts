import { labelOf, sellerName, valueOf } from './paper.ts';
import type { Paper } from './paper.ts';

/** Who writes, at the head of the first page. @returns the y below it. */
export function drawLetterhead(paper: Paper): number {
  const { ink, program, left, right } = paper;
  const { kind, align, size } = program.letterhead;
  const top = program.margin * 0.7;
  const width = right - left;
  if (kind === 'none') return top;
  if (kind === 'picture') return address(paper, drawPicture(paper, top), align);
  const text = kind === 'name' ? sellerName(paper) : program.issuer.brand;
  const fitting = Math.min(size, (size * width * 0.9) / Math.max(1, ink.widthOf(text, { size, isBold: true })));
  if (kind === 'band') {
    ink.box(0, 0, right + program.margin, top + fitting * 1.8, program.colour);
    ink.put(sellerName(paper), left, top, { size: Math.min(fitting, 16), isBold: true, colour: '#ffffff', width, align });
    return address(paper, top + fitting * 1.8 + 8, align);
  }
  const isLoud = kind === 'wordmark';
  const below = ink.put(text, left, top, { size: fitting, isBold: isLoud || program.seed % 2 === 0, colour: program.colour, width, align });
  return address(paper, below + 2, align);
}

/** A logo as a picture: no word of it can be read as text. */
function drawPicture({ ink, program, left, right }: Paper, top: number): number {
  const { pen } = ink;
  const side = 26 + program.letterhead.size;
  const x = program.letterhead.align === 'right' ? right - side : program.letterhead.align === 'center' ? (left + right - side) / 2 : left;
  pen.save();
  if (program.seed % 3 === 0) pen.circle(x + side / 2, top + side / 2, side / 2).fill(program.colour);
  else if (program.seed % 3 === 1) pen.polygon([x, top + side], [x + side / 2, top], [x + side, top + side]).fill(program.colour);
  else pen.rect(x, top, side, side * 0.7).fill(program.colour);
  pen.restore();
  return top + side + 6;
}

function address(paper: Paper, y: number, align: 'left' | 'center' | 'right'): number {
  const { ink, program, left, right } = paper;
  const { issuer, letterhead, idsIn } = program;
  const size = ink.size * 0.9;
  const style = { size, align, width: right - left } as const;
  let below = y;
  if (letterhead.hasAddress) {
    const named = letterhead.kind === 'picture' && program.seed % 2 === 0 ? [sellerName(paper)] : [];
    const lines =
      program.seed % 4 === 0
        ? [[...named, issuer.street, issuer.town].join(program.seed % 8 === 0 ? ' · ' : ', ')]
        : [...named, issuer.street, issuer.town];
    below = ink.stack(lines, left, below, style);
    const contact = [
      `${labelOf(paper, 'phone')} ${issuer.phone}`,
      program.seed % 3 === 0 ? `www.${issuer.domain}` : `${labelOf(paper, 'mail')} office@${issuer.domain}`,
    ];
    if (program.seed % 5 < 3) below = ink.stack(contact, left, below, style);
  }
  if (idsIn === 'letterhead') {
    const id = valueOf(paper, 'vatId');
    if (id !== null) below = ink.put(`${labelOf(paper, 'vatId')} ${id}`, left, below, style);
  }
  return below + 6;
}
