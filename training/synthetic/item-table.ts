import type { Item } from './content.ts';
import type { Paper } from './paper.ts';
import type { ColumnName } from './vocabulary.ts';

interface Column {
  readonly name: ColumnName;
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right' | 'center';
}

const gap = 4;
const textColumns: ReadonlySet<ColumnName> = new Set(['position', 'code', 'description', 'unit', 'date']);

/** The items, on as many pages as they take. @returns the y below the last row. */
export function drawItems(paper: Paper, top: number): number {
  const { program, content, ink, bottom } = paper;
  const { table } = program;
  const columns = columnsOf(paper);
  let y = header(paper, columns, top);
  let sum = 0;
  const split = table.hasGroups && content.items.length > 3 ? Math.ceil(content.items.length / 2) : 0;
  for (const [index, item] of content.items.entries()) {
    const height = heightOf(paper, columns, item);
    if (y + height > bottom) {
      if (table.carries) note(paper, program.labels.carriedOut, sum, y);
      ink.pen.addPage();
      y = program.margin;
      if (table.carries) y = note(paper, program.labels.carriedIn, sum, y) + 4;
      if (table.repeatsHeader) y = header(paper, columns, y);
    }
    if (split > 0 && index % split === 0) y = group(paper, columns, index / split, y);
    if (table.zebra && index % 2 === 1) ink.box(paper.left, y, paper.right - paper.left, height, '#f2f2f2');
    drawRow(paper, columns, item, index, y);
    y += height;
    sum += program.isGrossPriced ? item.gross : item.net;
    if (table.rules === 'rows' || table.rules === 'grid') ink.rule(paper.left, y, paper.right, y, '#999999');
    if (table.rules === 'grid') uprights(paper, columns, y - height, y);
    if (split > 0 && ((index + 1) % split === 0 || index === content.items.length - 1)) y = groupSum(paper, index, split, y);
  }
  if (table.rules === 'header') ink.rule(paper.left, y + 2, paper.right, y + 2);
  return y + 8;
}

function columnsOf(paper: Paper): Column[] {
  const { program, content, ink, left, right } = paper;
  const { table } = program;
  const names = table.columns;
  const widths = new Map(
    names.map((name) => {
      const texts = name === 'description' ? [] : content.items.map((item, index) => cellText(paper, name, item, index));
      const longest = Math.max(
        ...texts.map((text) => ink.widthOf(text)),
        ...program.columnTitles[name].split(' ').map((word) => ink.widthOf(word, { isBold: true })),
      );
      return [name, longest + 2 * gap + 4] as const;
    }),
  );
  const others = names.filter((name) => name !== 'description').reduce((sum, name) => sum + (widths.get(name) ?? 0), 0);
  // Where much is left, most papers give it to the text, some spread the columns.
  const free = right - left - others;
  const description = program.seed % 4 === 0 && free > 260 ? free * 0.7 : Math.max(free, 90);
  const spread = (free - description) / Math.max(1, names.length - 1);
  let x = left;
  return names.map((name) => {
    const width = name === 'description' ? description : (widths.get(name) ?? 40) + Math.max(0, spread);
    const column: Column = { name, x, width, align: textColumns.has(name) ? 'left' : table.numbersAlign };
    x += width;
    return column;
  });
}

function header(paper: Paper, columns: readonly Column[], y: number): number {
  const { ink, program, left, right } = paper;
  const { table } = program;
  const titles = columns.map((column) => ink.wrap(program.columnTitles[column.name], column.width - 2 * gap, { isBold: true }));
  const height = Math.max(...titles.map(({ length }) => length)) * ink.size * 1.25 + 2 * table.padding;
  const isDark = table.fill?.startsWith('#e') === false && table.fill.startsWith('#d') === false;
  if (table.fill !== null) ink.box(left, y, right - left, height, table.fill);
  for (const [index, column] of columns.entries())
    ink.stack(titles[index] ?? [], column.x + gap, y + table.padding, {
      isBold: true,
      align: column.align,
      width: column.width - 2 * gap,
      colour: isDark ? '#ffffff' : '#111111',
    });
  if (table.rules !== 'none') ink.rule(left, y + height, right, y + height, '#333333', 0.8);
  if (table.rules === 'grid') {
    ink.rule(left, y, right, y);
    uprights(paper, columns, y, y + height);
  }
  return y + height;
}

function drawRow(paper: Paper, columns: readonly Column[], item: Item, index: number, y: number): void {
  const { ink, program } = paper;
  const top = y + program.table.padding;
  for (const column of columns) {
    const style = { align: column.align, width: column.width - 2 * gap } as const;
    if (column.name !== 'description') ink.put(cellText(paper, column.name, item, index), column.x + gap, top, style);
    else {
      const below = ink.stack(ink.wrap(item.description, column.width - 2 * gap), column.x + gap, top, {
        isBold: program.table.details > 1,
      });
      ink.stack(detailLines(paper, column, item), column.x + gap, below, { size: ink.size * 0.9, colour: '#444444' });
    }
  }
}

function detailLines({ ink }: Paper, column: Column, { details }: Item): string[] {
  return details.flatMap((text) => ink.wrap(text, column.width - 2 * gap, { size: ink.size * 0.9 }));
}

function heightOf(paper: Paper, columns: readonly Column[], item: Item): number {
  const { ink, program } = paper;
  const column = columns.find(({ name }) => name === 'description') as Column;
  const lines =
    ink.wrap(item.description, column.width - 2 * gap, { isBold: program.table.details > 1 }).length +
    detailLines(paper, column, item).length;
  return lines * ink.size * 1.3 + 2 * program.table.padding;
}

function cellText({ program }: Paper, name: ColumnName, item: Item, index: number): string {
  const { manner, table } = program;
  const money = table.hasCurrency ? manner.money : manner.bare;
  switch (name) {
    case 'position':
      return program.seed % 3 === 0 ? `${(index + 1) * 10}` : `${index + 1}${program.seed % 3 === 1 ? '.' : ''}`;
    case 'code':
      return item.code;
    case 'description':
      return item.description;
    case 'quantity':
      return `${manner.decimal(item.quantity, program.seed % 4 === 0 ? 2 : 0)}${table.columns.includes('unit') || program.seed % 5 > 0 ? '' : ` ${item.unit}`}`;
    case 'unit':
      return item.unit;
    case 'price':
      return money(item.price);
    case 'discount':
      return item.discount === null ? '' : manner.rate(item.discount);
    case 'rate':
      return program.seed % 4 === 2 ? manner.decimal(item.rate, 0) : manner.rate(item.rate);
    case 'net':
      return money(item.net);
    case 'grossPrice':
      return money(item.grossPrice);
    case 'gross':
      return money(item.gross);
    case 'date':
      return manner.day(item.date);
  }
}

function note({ ink, program, left, right }: Paper, label: string, sum: number, y: number): number {
  return ink.put(`${label}${program.colon} ${program.manner.money(sum)}`, left, y + 3, {
    align: 'right',
    width: right - left - gap,
    isBold: true,
  });
}

function group({ ink, program }: Paper, columns: readonly Column[], index: number, y: number): number {
  const names = program.vocabulary.groups.split('|');
  const column = columns.find(({ name }) => name === 'description') as Column;
  return ink.put(names[(program.seed + index) % names.length] ?? '', column.x + gap, y + 3, { isBold: true }) + 3;
}

function groupSum(paper: Paper, index: number, split: number, y: number): number {
  const { program, content } = paper;
  const from = Math.floor(index / split) * split;
  const sum = content.items.slice(from, index + 1).reduce((total, item) => total + (program.isGrossPriced ? item.gross : item.net), 0);
  const names = program.vocabulary.groups.split('|');
  const label = program.labels.subtotal.replace('{group}', names[(program.seed + from / split) % names.length] ?? '');
  return note(paper, label, sum, y) + 4;
}

function uprights({ ink, left, right }: Paper, columns: readonly Column[], top: number, bottom: number): void {
  for (const x of [left, ...columns.slice(1).map((column) => column.x), right]) ink.rule(x, top, x, bottom, '#999999');
}
