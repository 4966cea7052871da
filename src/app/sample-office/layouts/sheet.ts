import { decimal } from '#domain/money';
import type { SampleInvoice, SampleLine, SampleTax } from '../invoice.ts';
import { discountOf, figure, price } from './figures.ts';
import type { Font } from './fonts.ts';
import type { Words } from './words.ts';

export type Pen = PDFKit.PDFDocument;

/** What a layout draws on and with. */
export interface Sheet {
  readonly pen: Pen;
  readonly invoice: SampleInvoice;
  readonly words: Words;
}
export type Layout = (sheet: Sheet) => void;

export interface TextStyle {
  readonly font?: Font;
  readonly size?: number;
  readonly colour?: string;
  readonly width?: number;
  readonly align?: 'left' | 'right' | 'center';
  readonly spacing?: number;
}

/** Writes text with its upper left corner at a point; wraps at `width`. @returns the y below it. */
export function put(pen: Pen, text: string, x: number, y: number, style: TextStyle = {}): number {
  const { font = 'Helvetica', size = 9, colour = '#1a1a1a', width, align = 'left', spacing } = style;
  pen.font(font).fontSize(size).fillColor(colour);
  const options = { align, lineBreak: width !== undefined, ...(width === undefined ? {} : { width }), characterSpacing: spacing ?? 0 };
  pen.text(text, x, y, options);
  return width === undefined ? y + pen.currentLineHeight(true) : pen.y;
}

/** Lines of text below each other. @returns the y below them. */
export function stack(
  pen: Pen,
  lines: readonly string[],
  x: number,
  y: number,
  style: TextStyle & { readonly leading?: number } = {},
): number {
  const step = style.leading ?? (style.size ?? 9) * 1.35;
  lines.forEach((line, index) => put(pen, line, x, y + index * step, style));
  return y + lines.length * step;
}

/** A ruled line. */
export function rule(
  pen: Pen,
  x1: number,
  y1: number,
  x2: number,
  y2 = y1,
  style: { colour?: string; width?: number; dash?: number } = {},
): void {
  pen
    .save()
    .lineWidth(style.width ?? 0.5)
    .strokeColor(style.colour ?? '#1a1a1a');
  if (style.dash !== undefined) pen.dash(style.dash, { space: style.dash });
  pen.moveTo(x1, y1).lineTo(x2, y2).stroke().restore();
}

export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align?: 'left' | 'right' | 'center';
  readonly text: (line: SampleLine) => string;
}

type ColumnName =
  | 'position'
  | 'code'
  | 'description'
  | 'quantity'
  | 'quantityWithUnit'
  | 'unit'
  | 'list'
  | 'discount'
  | 'price'
  | 'taxRate'
  | 'net';

/** A column of an invoice's table by what it holds. */
export function column({ invoice, words }: Sheet, name: ColumnName, width: number, title?: string): Column {
  const { manner } = invoice.supplier;
  const right = { width, align: 'right' } as const;
  const columns: Readonly<Record<ColumnName, Column>> = {
    position: { title: words.position, width, text: (line) => String(line.position) },
    code: { title: words.code, width, text: (line) => line.code ?? '' },
    description: { title: words.description, width, text: (line) => line.description },
    quantity: { ...right, title: words.quantity, text: (line) => figure(line.quantity, manner) },
    quantityWithUnit: { ...right, title: words.quantity, text: (line) => `${figure(line.quantity, manner)} ${line.unit}` },
    unit: { title: words.unit, width, text: (line) => line.unit },
    list: { ...right, title: words.list, text: (line) => price(line.list ?? line.price, manner) },
    discount: { ...right, title: words.discount, text: (line) => (line.list === null ? '' : discountOf(line.list, line.price, manner)) },
    price: { ...right, title: words.price, text: (line) => price(line.price, manner) },
    taxRate: { ...right, title: words.taxRate, text: (line) => `${figure(line.taxRate, manner)} %` },
    net: { ...right, title: words.amount, text: (line) => figure(line.net, manner) },
  };
  return title === undefined ? columns[name] : { ...columns[name], title };
}

export interface TableStyle {
  readonly font: Font;
  readonly bold: Font;
  readonly size: number;
  readonly rules: 'none' | 'header' | 'rows' | 'grid';
  readonly ruleColour?: string;
  readonly headerFill?: string;
  readonly headerColour?: string;
  readonly zebra?: string;
  /** Space above and below a row's text. */
  readonly padding: number;
  /** Rows do not go below this y; the next page starts at `nextTop`. */
  readonly bottom: number;
  readonly nextTop: number;
  /** Says what the lines so far add up to when a page ends. */
  readonly carries?: boolean;
  /** Draws the head of a following page. */
  readonly onNewPage?: () => void;
}

/** Draws the lines of an invoice, on as many pages as they need. @returns the y below the last row. */
export function table({ pen, invoice, words }: Sheet, columns: readonly Column[], x: number, y: number, style: TableStyle): number {
  const width = columns.reduce((total, { width: own }) => total + own, 0);
  let cursor = header(pen, columns, x, y, style);
  let sum = decimal(0);
  invoice.lines.forEach((line, index) => {
    const height = rowHeight(pen, columns, line, style);
    if (cursor + height > style.bottom) {
      const carried = `${words.carried}: ${figure(sum.toFixed(2), invoice.supplier.manner)}`;
      const note = { font: style.bold, size: style.size, width, align: 'right' } as const;
      if (style.carries === true) put(pen, carried, x, cursor + style.padding, note);
      pen.addPage();
      style.onNewPage?.();
      const top = style.carries === true ? put(pen, carried, x, style.nextTop, note) + 6 : style.nextTop;
      cursor = header(pen, columns, x, top, style);
    }
    if (style.zebra !== undefined && index % 2 === 1) pen.rect(x, cursor, width, height).fill(style.zebra);
    row(pen, columns, x, cursor, (cell) => cell.text(line), { ...style, font: style.font, colour: '#1a1a1a' });
    cursor += height;
    sum = sum.plus(line.net);
    if (style.rules === 'rows' || style.rules === 'grid')
      rule(pen, x, cursor, x + width, cursor, { colour: style.ruleColour ?? '#999999' });
    if (style.rules === 'grid') uprights(pen, columns, x, cursor - height, cursor, style);
  });
  if (style.rules === 'header') rule(pen, x, cursor + 2, x + width, cursor + 2, { colour: style.ruleColour ?? '#1a1a1a' });
  return cursor + 4;
}

function header(pen: Pen, columns: readonly Column[], x: number, y: number, style: TableStyle): number {
  const width = columns.reduce((total, { width: own }) => total + own, 0);
  pen.font(style.bold).fontSize(style.size);
  const titles = columns.map((cell) => pen.heightOfString(cell.title, { width: cell.width - 2 * GAP }));
  const height = Math.max(...titles) + 2 * style.padding;
  if (style.headerFill !== undefined) pen.rect(x, y, width, height).fill(style.headerFill);
  row(pen, columns, x, y, (cell) => cell.title, { ...style, font: style.bold, colour: style.headerColour ?? '#1a1a1a' });
  if (style.rules === 'grid') {
    rule(pen, x, y, x + width, y, { colour: style.ruleColour ?? '#999999' });
    uprights(pen, columns, x, y, y + height, style);
  }
  if (style.rules !== 'none') rule(pen, x, y + height, x + width, y + height, { colour: style.ruleColour ?? '#1a1a1a', width: 0.8 });
  return y + height;
}

const GAP = 4;

function row(
  pen: Pen,
  columns: readonly Column[],
  x: number,
  y: number,
  textOf: (column: Column) => string,
  style: { readonly font: Font; readonly size: number; readonly padding: number; readonly colour: string },
): void {
  let left = x;
  for (const cell of columns) {
    const place = {
      font: style.font,
      size: style.size,
      colour: style.colour,
      width: cell.width - 2 * GAP,
      align: cell.align ?? 'left',
    } as const;
    put(pen, textOf(cell), left + GAP, y + style.padding, place);
    left += cell.width;
  }
}

function rowHeight(pen: Pen, columns: readonly Column[], line: SampleLine, style: TableStyle): number {
  pen.font(style.font).fontSize(style.size);
  const heights = columns.map((cell) => pen.heightOfString(cell.text(line), { width: cell.width - 2 * GAP }));
  return Math.max(...heights) + 2 * style.padding;
}

function uprights(pen: Pen, columns: readonly Column[], x: number, top: number, bottom: number, style: TableStyle): void {
  let left = x;
  for (const { width } of [{ width: 0 }, ...columns]) {
    left += width;
    rule(pen, left, top, left, bottom, { colour: style.ruleColour ?? '#999999' });
  }
}

/** Rows of the totals block: label and amount, the last one being what is asked. */
export function totalRows(
  { invoice, words }: Sheet,
  options: { readonly taxLabel?: (tax: SampleTax) => string; readonly currency?: 'none' | 'before' | 'after' } = {},
): readonly (readonly [label: string, amount: string])[] {
  const { manner } = invoice.supplier;
  const money = (text: string): string => withCurrency(figure(text, manner), invoice.currency, options.currency ?? 'after');
  const taxLabel = options.taxLabel ?? (({ rate }) => `${words.tax} ${figure(rate, manner)} %`);
  return [
    [words.net, money(invoice.net)],
    ...invoice.taxes.map((tax) => [taxLabel(tax), money(tax.amount)] as const),
    [words.gross, money(invoice.gross)],
  ];
}

const symbols: Readonly<Record<string, string>> = { EUR: '€', GBP: '£', USD: '$', CHF: 'CHF' };

function withCurrency(amount: string, currency: string, where: 'none' | 'before' | 'after'): string {
  const symbol = symbols[currency] ?? currency;
  if (where === 'none') return amount;
  return where === 'after' ? `${amount} ${symbol}` : symbol.length > 1 ? `${symbol} ${amount}` : `${symbol}${amount}`;
}

export interface TotalsStyle {
  readonly x: number;
  readonly width: number;
  readonly font: Font;
  readonly bold: Font;
  readonly size: number;
  readonly step: number;
  readonly colour?: string;
  /** Fills the last row. */
  readonly fill?: string;
  readonly fillColour?: string;
}

/** Writes the totals below each other, labels left and amounts right; the last row stands out. @returns the y below. */
export function totals(pen: Pen, rows: readonly (readonly [string, string])[], y: number, style: TotalsStyle): number {
  const { x, width, font, bold, size, step } = style;
  rows.forEach(([label, amount], index) => {
    const isLast = index === rows.length - 1;
    const top = y + index * step + (isLast ? 6 : 0);
    if (isLast && style.fill !== undefined) pen.rect(x - 6, top - 4, width + 12, step + 4).fill(style.fill);
    else if (isLast) rule(pen, x, top - 5, x + width, top - 5, { width: 0.8, colour: style.colour ?? '#1a1a1a' });
    const text = {
      font: isLast ? bold : font,
      size: isLast ? size + 1 : size,
      colour: isLast ? (style.fillColour ?? style.colour ?? '#1a1a1a') : '#1a1a1a',
    };
    put(pen, label, x, top, text);
    put(pen, amount, x, top, { ...text, width, align: 'right' });
  });
  return y + rows.length * step + 12;
}

/** Writes `Page 1 of 2` or the like on every page. */
export function pageNumbers({ pen, words }: Sheet, x: number, y: number, style: TextStyle): void {
  const { start, count } = pen.bufferedPageRange();
  if (count < 2) return;
  for (let page = 0; page < count; page += 1) {
    pen.switchToPage(start + page);
    put(pen, `${words.page} ${page + 1}/${count}`, x, y, style);
  }
}

/** The heading: invoice or credit note. */
export function titleOf({ invoice, words }: Sheet): string {
  return invoice.kind === 'credit-note' ? words.creditNote : words.invoice;
}

/** The label of the number, which a credit note names differently. */
export function numberLabel({ invoice, words }: Sheet): string {
  return invoice.kind === 'credit-note' ? words.creditNumber : words.number;
}

/** Name, street, town and, where the mail goes abroad, country of the buyer. */
export function buyerLines({ invoice }: Sheet, country = false): string[] {
  const { name, street, postcode, city } = invoice.buyer;
  const { manner } = invoice.supplier;
  const germany = manner === 'fr' ? 'Allemagne' : manner === 'es' ? 'Alemania' : manner.startsWith('de') ? 'Deutschland' : 'Germany';
  return [name, street, `${postcode} ${city}`, ...(country ? [germany] : [])];
}

/** Postcode and town as the supplier's country writes them. */
export function town({ country, postcode, city }: SampleInvoice['supplier']): string {
  return ['GB', 'US', 'IE'].includes(country) ? `${city}${country === 'US' ? ', ' : ' '}${postcode}` : `${postcode} ${city}`;
}
