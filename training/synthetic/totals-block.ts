import type { FieldName } from '#domain/documents';
import { labelOf, valueOf } from './paper.ts';
import type { Paper } from './paper.ts';
import type { LabelName } from './vocabulary.ts';

interface Row {
  readonly label: string;
  readonly amount: string;
  readonly isLoud: boolean;
}

/** Sums, taxes and what is asked. @returns the y below. */
export function drawTotals(paper: Paper, top: number): number {
  const { ink, program, left, right, bottom } = paper;
  const rows = rowsOf(paper);
  const step = ink.size * 1.55;
  let y = top + 4;
  if (y + rows.length * step + 20 > bottom) {
    ink.pen.addPage();
    y = program.margin;
  }
  if (program.totals.hasTaxTable) y = taxTable(paper, y) + 6;
  const width = Math.min(230, (right - left) * 0.48);
  switch (program.totals.kind) {
    case 'right':
      return column(paper, rows, right - width, width, y);
    case 'left':
      return column(paper, rows, left, width, y);
    case 'boxed': {
      const below = column(paper, rows, right - width + 4, width - 8, y + 4);
      ink.box(right - width, y, width, below - y, null);
      return below + 6;
    }
    case 'wide':
      return column(paper, rows, left, right - left, y);
    case 'row':
      return row(paper, rows, y);
    case 'sentence':
      return (
        ink.stack(ink.wrap(rows.map(({ label, amount }) => `${label} ${amount}`).join(', '), right - left, { isBold: true }), left, y, {
          isBold: true,
        }) + 6
      );
  }
}

function rowsOf(paper: Paper): Row[] {
  const { program, content } = paper;
  const { manner, totals, kind } = program;
  const rows: Row[] = [];
  const enter = (name: LabelName, minor: number, field: FieldName | null, isLoud = false): void => {
    if (field !== null) paper.said.add(field);
    rows.push({ label: labelOf(paper, name), amount: manner.money(minor), isLoud });
  };
  if (content.discount !== 0 || content.shipping !== 0) {
    const lines = content.items.reduce((sum, item) => sum + item.net, 0);
    if (program.seed % 3 > 0)
      rows.push({
        label: `${program.labels.subtotal.replace(' {group}', '')}${program.colon}`,
        amount: manner.money(lines),
        isLoud: false,
      });
    if (content.discount !== 0) enter('discount', content.discount, null);
    if (content.shipping !== 0) enter('shipping', content.shipping, null);
  }
  if (totals.hasNet) enter('net', content.net, 'netTotal');
  if (totals.hasTaxRows) {
    paper.said.add('taxTotal');
    for (const { rate, base, amount } of content.taxes) {
      const label = program.labels.tax.replace('{rate}', manner.decimal(rate, 0));
      const of = totals.hasBase && content.taxes.length > 1 ? ` ${program.labels.taxBase.replace('{base}', manner.money(base))}` : '';
      rows.push({
        label: `${program.capitals ? label.toUpperCase() : label}${of}${program.colon}`,
        amount: manner.money(amount),
        isLoud: false,
      });
    }
  }
  enter('gross', content.gross, 'grossTotal', true);
  if (content.oldBalance > 0) enter('oldBalance', content.oldBalance, null);
  if (content.prepaid > 0) {
    const label = labelOf(paper, 'prepaid').replace('{date}', manner.day(content.ordered));
    rows.push({ label, amount: manner.money(program.seed % 2 === 0 ? -content.prepaid : content.prepaid), isLoud: false });
  }
  if (content.oldBalance > 0 || content.prepaid > 0) enter('asked', content.gross + content.oldBalance - content.prepaid, null, true);
  if (program.dueIn === 'totals' && kind === 'invoice')
    rows.push({ label: labelOf(paper, 'due'), amount: valueOf(paper, 'due') ?? '', isLoud: false });
  return rows;
}

function column({ ink, program }: Paper, rows: readonly Row[], x: number, width: number, y: number): number {
  return rows.reduce((top, { label, amount, isLoud }, index) => {
    const style = { isBold: isLoud, size: isLoud && program.seed % 2 === 0 ? ink.size * 1.15 : ink.size };
    if (isLoud && program.seed % 3 === 0) ink.rule(x, top - 2, x + width, top - 2);
    if (isLoud && program.seed % 5 === 1 && index === rows.length - 1) ink.box(x, top - 2, width, ink.size * 1.7, '#eeeeee');
    const lines = ink.wrap(label, width * 0.66, style);
    ink.put(amount, x, top, { ...style, align: 'right', width: width - 4 });
    return ink.stack(lines, x + 2, top, style) + 2;
  }, y);
}

/** Labels in a row above their amounts, as tables of sums do. */
function row({ ink, program, left, right }: Paper, rows: readonly Row[], y: number): number {
  const step = (right - left) / rows.length;
  const heads = rows.map(({ label, isLoud }) => ink.wrap(label, step - 8, { isBold: isLoud, size: ink.size * 0.9 }));
  const height = Math.max(...heads.map(({ length }) => length)) * ink.size * 1.2;
  for (const [index, { amount, isLoud }] of rows.entries()) {
    const place = { width: step - 8, align: program.table.numbersAlign, isBold: isLoud } as const;
    ink.stack(heads[index] ?? [], left + index * step + 4, y, { ...place, size: ink.size * 0.9 });
    ink.put(amount, left + index * step + 4, y + height + 3, place);
  }
  if (program.table.rules !== 'none') for (const at of [y - 3, y + height, y + height + ink.size * 1.7]) ink.rule(left, at, right, at);
  return y + height + ink.size * 2;
}

function taxTable(paper: Paper, y: number): number {
  const { ink, program, content, left } = paper;
  const { manner, columnTitles } = program;
  const heads = [
    columnTitles.rate,
    program.labels.net,
    program.labels.tax.replaceAll(/[\s(+@]*\{rate\}\s?%?\)?/g, ''),
    program.labels.gross,
  ];
  const rows = content.taxes.map(({ rate, base, amount }) => [
    manner.rate(rate),
    manner.bare(base),
    manner.bare(amount),
    manner.bare(base + amount),
  ]);
  const step = 78;
  let top = y;
  for (const [index, cells] of [heads, ...rows].entries()) {
    for (const [place, cell] of cells.entries())
      ink.put(cell.slice(0, 18), left + place * step, top, {
        width: step - 6,
        align: place === 0 ? 'left' : 'right',
        size: ink.size * 0.85,
        isBold: index === 0,
      });
    top += ink.size * 1.3;
  }
  return top;
}
