import { labelOf, sellerName, valueOf } from './paper.ts';
import type { Paper } from './paper.ts';

/** A till's slip: narrow, prices with tax, no buyer. */
export function drawReceipt(paper: Paper): void {
  const { ink, program, content, left, right } = paper;
  const { manner, issuer, seed } = program;
  const width = right - left;
  const centered = { align: seed % 4 === 0 ? 'left' : 'center', width } as const;
  let y = program.margin;
  if (program.letterhead.kind === 'wordmark') y = ink.put(issuer.brand, left, y, { ...centered, size: 15, isBold: true });
  y = ink.stack(ink.wrap(sellerName(paper), width, { isBold: true }), left, y, { ...centered, isBold: true });
  y = ink.stack([issuer.street, issuer.town, `${labelOf(paper, 'phone')} ${issuer.phone}`], left, y, centered);
  const id = valueOf(paper, 'vatId');
  if (id !== null) y = ink.put(`${labelOf(paper, 'vatId')} ${id}`, left, y, centered);
  if (seed % 2 === 0) y = ink.put(program.title, left, y + 4, { ...centered, isBold: true });
  const time = `${String(8 + (seed % 12)).padStart(2, '0')}:${String(seed % 60).padStart(2, '0')}`;
  const day = valueOf(paper, 'issued') ?? '';
  const till = `${labelOf(paper, 'till')} ${content.decoys.customer}`;
  if (seed % 5 < 3) y = ink.stack([till, seed % 2 === 0 ? `${day} ${time}` : `${labelOf(paper, 'issued')} ${day}  ${time}`], left, y + 5);
  ink.rule(left, y + 3, right, y + 3);
  y = items(paper, y + 7);
  ink.rule(left, y + 2, right, y + 2);
  y = sums(paper, y + 6);
  if (seed % 5 >= 3) y = ink.stack([`${day}   ${time}`, till], left, y + 5, centered);
  ink.put(program.vocabulary.closings.split('|')[0] ?? '', left, y + 6, { ...centered, size: ink.size * 0.9 });
  paper.said.add('currency');

  function items(own: Paper, from: number): number {
    return own.content.items.reduce((top, item, index) => {
      const amount = `${manner.bare(item.gross)}${seed % 3 === 0 ? ` ${String.fromCharCode(65 + (index % 2))}` : ''}`;
      const isCounted = item.quantity !== 1;
      const count = `${manner.decimal(item.quantity, 0)} x ${manner.bare(item.grossPrice)}`;
      const lines = ink.wrap(item.description, width * 0.66);
      ink.put(amount, left, top, { align: 'right', width });
      const below = ink.stack(lines, left, top);
      return isCounted ? ink.put(count, left + 10, below) : below;
    }, from);
  }
}

function sums(paper: Paper, top: number): number {
  const { ink, program, content, left, right } = paper;
  const { manner, seed } = program;
  const width = right - left;
  paper.said.add('grossTotal');
  const row = (label: string, amount: string, y: number, isBold = false): number => {
    ink.put(amount, left, y, { align: 'right', width, isBold });
    return ink.put(label, left, y, { isBold });
  };
  let y = row(labelOf(paper, seed % 3 === 0 ? 'asked' : 'gross'), manner.money(content.gross), top, true) + 2;
  const given = seed % 2 === 0 ? content.gross : Math.ceil(content.gross / 1000) * 1000;
  y = row(labelOf(paper, 'cash'), manner.bare(given), y);
  if (given > content.gross) y = row(labelOf(paper, 'change'), manner.bare(given - content.gross), y);
  if (!program.totals.hasTaxRows) return y;
  paper.said.add('taxTotal');
  for (const { rate, base, amount } of content.taxes) {
    const label = program.labels.tax.replace('{rate}', manner.decimal(rate, 0));
    y = row(seed % 2 === 0 ? label : `${label} ${program.labels.taxBase.replace('{base}', manner.bare(base))}`, manner.bare(amount), y);
  }
  return y;
}
