import { labelOf, sellerName } from './paper.ts';
import type { Paper } from './paper.ts';
import type { Party } from './parties.ts';
import type { LabelName } from './vocabulary.ts';

/** Where the parties ended, and the room that is left beside them. */
export interface PartiesPlace {
  readonly top: number;
  readonly bottom: number;
  /** Left edge of free room beside the block; null where there is none. */
  readonly freeFrom: number | null;
  readonly freeTo: number;
}

/** The buyer, and where the layout has it the seller and the place of delivery. */
export function drawParties(paper: Paper, top: number): PartiesPlace {
  const { program, left, right } = paper;
  const middle = (left + right) / 2;
  const { kind, isBuyerFirst, hasShipTo } = program.parties;
  switch (kind) {
    case 'window': {
      const start = Math.max(top, program.page === 'A4' ? 118 : 100);
      const y = program.parties.hasSenderLine ? senderLine(paper, start) : start;
      const bottom = block(paper, 'billTo', left, y, middle - left - 10);
      const end = hasShipTo ? block(paper, 'shipTo', left, bottom + 8, middle - left - 10) : bottom;
      return { top: start, bottom: Math.max(end, start + 70), freeFrom: middle + 20, freeTo: right };
    }
    case 'buyer-right': {
      const bottom = block(paper, 'billTo', middle + 10, top, right - middle - 10);
      return { top, bottom, freeFrom: left, freeTo: middle - 20 };
    }
    case 'sides': {
      const [first, second] = isBuyerFirst ? (['billTo', 'seller'] as const) : (['seller', 'billTo'] as const);
      const ends = [block(paper, first, left, top, middle - left - 15), block(paper, second, middle + 5, top, right - middle - 5)];
      return { top, bottom: Math.max(...ends), freeFrom: null, freeTo: right };
    }
    case 'bill-ship': {
      const third = (right - left) / 3;
      const ends = [block(paper, 'billTo', left, top, third - 8), block(paper, 'shipTo', left + third, top, third - 8)];
      return { top, bottom: Math.max(...ends), freeFrom: left + 2 * third + 8, freeTo: right };
    }
    case 'boxes': {
      const width = (right - left) / 2 - 6;
      const ends = [block(paper, 'seller', left + 5, top + 5, width - 10), block(paper, 'billTo', left + width + 17, top + 5, width - 10)];
      const height = Math.max(...ends) - top + 6;
      paper.ink.box(left, top, width, height, null);
      paper.ink.box(left + width + 12, top, width, height, null);
      return { top, bottom: top + height, freeFrom: null, freeTo: right };
    }
    case 'rows':
      return { top, bottom: asRows(paper, top), freeFrom: null, freeTo: right };
  }
}

function senderLine(paper: Paper, y: number): number {
  const { issuer, seed } = paper.program;
  const mark = [' · ', ' - ', ', ', ' | ', ' • '][seed % 5] ?? ', ';
  return paper.ink.put([sellerName(paper), issuer.street, issuer.town].join(mark), paper.left, y, { size: 6.5, colour: '#555555' }) + 5;
}

/** A party with its head. Sellers and places of delivery are always labelled, buyers as the issuer does it. */
function block(paper: Paper, name: Extract<LabelName, 'billTo' | 'shipTo' | 'seller'>, x: number, y: number, width: number): number {
  const { ink, program } = paper;
  const isLabelled = name !== 'billTo' || program.parties.isBuyerLabelled || program.parties.kind === 'bill-ship';
  const style = { isBold: program.meta.isBold, colour: program.colour, size: ink.size * (program.seed % 3 === 0 ? 0.85 : 1) };
  const below = isLabelled ? ink.put(labelOf(paper, name), x, y, style) + 1 : y;
  const lines = linesOf(paper, name).flatMap((line) => ink.wrap(line, width));
  return ink.stack(lines, x, below) + 4;
}

function linesOf(paper: Paper, name: 'billTo' | 'shipTo' | 'seller'): string[] {
  const { program, content } = paper;
  if (name === 'seller') return [sellerName(paper), ...addressOf(program.issuer, program.country)];
  if (name === 'shipTo') return [content.shipTo.name, ...addressOf(content.shipTo, program.country)];
  paper.said.add('buyerName');
  const person = program.parties.hasPerson ? [content.buyer.person] : [];
  const vat = program.parties.hasBuyerVat && content.buyer.vatId !== null ? [`${labelOf(paper, 'vatId')} ${content.buyer.vatId}`] : [];
  return [content.buyer.name, ...person, ...addressOf(content.buyer, program.country), ...vat];
}

function addressOf({ street, town, country }: Party, home: string): string[] {
  return [street, town, ...(country === home ? [] : [country])];
}

/** Buyer and seller as rows of label and value, as forms print them. */
function asRows(paper: Paper, top: number): number {
  const { ink, left, program, content } = paper;
  paper.said.add('buyerName');
  const rows = [
    [labelOf(paper, 'seller'), `${sellerName(paper)}, ${program.issuer.street}, ${program.issuer.town}`],
    [labelOf(paper, 'billTo'), `${content.buyer.name}, ${content.buyer.street}, ${content.buyer.town}`],
  ] as const;
  const indent = Math.max(...rows.map(([label]) => ink.widthOf(label, { isBold: true }))) + 12;
  return rows.reduce((y, [label, text]) => {
    ink.put(label, left, y, { isBold: true });
    return ink.stack(ink.wrap(text, paper.right - left - indent), left + indent, y) + 2;
  }, top);
}
