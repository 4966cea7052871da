import PDFDocument from 'pdfkit';
import { decimal } from '#domain/money';
import { figure, shortDay, spacedIban } from './layouts/figures.ts';
import { registerFonts, type Font } from './layouts/fonts.ts';
import { put, rule, stack, town, type Pen } from './layouts/sheet.ts';
import { letterWordsOf, placeAndDay, type LetterWords } from './letter-words.ts';
import { daysBefore, type SampleOrganization } from './office.ts';
import { pdfBytes } from './pdf-bytes.ts';
import type { SampleSupplier } from './suppliers.ts';

interface Letter {
  readonly supplier: SampleSupplier;
  readonly buyer: SampleOrganization;
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string;
  readonly currency: string;
}

export interface Statement extends Letter {
  /** Open invoices, the oldest first. */
  readonly entries: readonly { readonly number: string; readonly issuedOn: string; readonly amount: string }[];
}

export interface Reminder extends Letter {
  /** The invoice that is not paid. */
  readonly number: string;
  readonly amount: string;
  /** 1 is friendly, 3 the last before others collect the debt. */
  readonly level: 1 | 2 | 3;
}

/** What a letter is drawn with; `regular` and `bold` are the firm's own. */
interface Sheet {
  readonly pen: Pen;
  readonly letter: Letter;
  readonly words: LetterWords;
  readonly regular: Font;
  readonly bold: Font;
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

/** Days that a reminder gives for payment. */
const graceDays = 10;
/** What a table leaves free at the end of a page, in points: balance, text, closing and foot go there. */
const tableMargin = 250;
const grey = '#555555';

/** A statement of account: every open invoice and what they come to. The same data gives the same bytes. */
export function drawStatement(statement: Statement): Promise<Uint8Array> {
  const { supplier, issuedOn, entries } = statement;
  const words = letterWordsOf(supplier.manner);
  return drawn(statement, words.statement, (sheet) => {
    const [above, below] = words.statementText(shortDay(issuedOn, supplier.manner));
    const start = opened(sheet, words.statement);
    const top = put(sheet.pen, above, sheet.left, start, body(sheet)) + 12;
    const rows = entries.map((entry) => [
      entry.number,
      shortDay(entry.issuedOn, supplier.manner),
      shortDay(daysBefore(entry.issuedOn, -supplier.netDays), supplier.manner),
      figure(entry.amount, supplier.manner),
    ]);
    const total = entries.reduce((sum, { amount }) => sum.plus(amount), decimal(0)).toFixed(2);
    const end = openItems(sheet, rows, money(total, statement), top);
    return put(sheet.pen, below, sheet.left, end + 18, body(sheet));
  });
}

/** A reminder that one invoice is not paid. The same data gives the same bytes. */
export function drawReminder(reminder: Reminder): Promise<Uint8Array> {
  const { supplier, issuedOn, number, level } = reminder;
  const words = letterWordsOf(supplier.manner);
  const title = words.reminders[level - 1] ?? words.reminders[0];
  const payBy = shortDay(daysBefore(issuedOn, -graceDays), supplier.manner);
  return drawn(reminder, title, (sheet) => {
    let y = opened(sheet, `${title} – ${words.invoice} ${number}`);
    for (const paragraph of words.reminderText({ number, amount: money(reminder.amount, reminder), payBy }, level)) {
      y = put(sheet.pen, paragraph, sheet.left, y, body(sheet)) + 10;
    }
    return account(sheet, number, y + 4);
  });
}

/** Draws a letter: head, what `content` draws (it returns the y below), closing and foot. */
function drawn(letter: Letter, title: string, content: (sheet: Sheet) => number): Promise<Uint8Array> {
  const { supplier, issuedOn } = letter;
  const createdAt = new Date(`${issuedOn}T08:30:00Z`);
  const isLetter = supplier.country === 'US';
  const info = { Title: title, Author: supplier.name, Creator: 'ERP', Producer: 'pdfkit', CreationDate: createdAt, ModDate: createdAt };
  const pen = new PDFDocument({ size: isLetter ? 'LETTER' : 'A4', margin: 0, info });
  const written = pdfBytes(pen);
  registerFonts(pen);
  const sheet: Sheet = {
    pen,
    letter,
    words: letterWordsOf(supplier.manner),
    ...typefaces(supplier),
    left: 64,
    right: pen.page.width - 64,
    height: pen.page.height,
  };
  head(sheet);
  addressed(sheet);
  closed(sheet, content(sheet) + 18);
  foot(sheet);
  pen.end();
  return written;
}

function typefaces({ layout }: SampleSupplier): { readonly regular: Font; readonly bold: Font } {
  if (layout === 'boutique') return { regular: 'serif', bold: 'serif-bold' };
  if (layout === 'typewriter') return { regular: 'Courier', bold: 'Courier-Bold' };
  if (layout === 'utility' || layout === 'warehouse') return { regular: 'Helvetica', bold: 'Helvetica-Bold' };
  return { regular: 'lato', bold: 'lato-bold' };
}

function body({ regular, left, right }: Sheet): { readonly font: Font; readonly size: number; readonly width: number } {
  return { font: regular, size: 10, width: right - left };
}

function money(amount: string, { supplier, currency }: Letter): string {
  const written = figure(amount, supplier.manner);
  return supplier.manner.startsWith('en') ? `${currency} ${written}` : `${written}\u00A0${currency}`;
}

/** The firm's name in its colour: in the middle for a boutique, left above a line for the others. */
function head({ pen, letter: { supplier }, bold, regular, left, right }: Sheet): void {
  const { name, colour, street, phone } = supplier;
  const where = `${street} · ${town(supplier)} · ${phone}`;
  if (supplier.layout === 'boutique') {
    put(pen, name, left, 50, { font: bold, size: 19, colour, width: right - left, align: 'center' });
    put(pen, where, left, 77, { font: regular, size: 8, colour: grey, width: right - left, align: 'center' });
    rule(pen, pen.page.width / 2 - 30, 96, pen.page.width / 2 + 30, 96, { colour, width: 1 });
    return;
  }
  put(pen, name, left, 50, { font: bold, size: 16, colour });
  put(pen, where, left, 72, { font: regular, size: 8, colour: grey });
  rule(pen, left, 90, right, 90, { colour, width: 1.2 });
}

function addressed({ pen, letter, words, regular, bold, left, right }: Sheet): void {
  const { supplier, buyer, issuedOn } = letter;
  const lines = [buyer.name, buyer.street, `${buyer.postcode} ${buyer.city}`, ...(supplier.country === 'DE' ? [] : ['Germany'])];
  stack(pen, lines, left, 138, { font: regular, size: 10 });
  put(pen, placeAndDay(supplier.city, issuedOn, supplier.manner), left, 214, {
    font: regular,
    size: 10,
    width: right - left,
    align: 'right',
  });
  put(pen, words.customer, 390, 138, { font: regular, size: 8.5, colour: grey });
  put(pen, supplier.customerNumber, 470, 138, { font: bold, size: 8.5 });
}

/** Subject and greeting. @returns the y where the text goes on. */
function opened({ pen, words, regular, bold, left, right }: Sheet, subject: string): number {
  const y = put(pen, subject, left, 246, { font: bold, size: 13, width: right - left });
  return put(pen, words.greeting, left, y + 14, { font: regular, size: 10 }) + 10;
}

/** The table of open invoices, on as many pages as it needs. @returns the y below it. */
function openItems(sheet: Sheet, rows: readonly (readonly string[])[], total: string, top: number): number {
  const { pen, words, regular, bold, left, right, height, letter } = sheet;
  const { colour } = letter.supplier;
  const titles = [words.invoice, words.invoiceDate, words.due, `${words.amount} ${letter.currency}`];
  let y = tableHead(sheet, titles, top);
  for (const row of rows) {
    if (y > height - tableMargin) {
      foot(sheet);
      pen.addPage();
      y = tableHead(sheet, titles, 64);
    }
    cells(sheet, row, y, regular);
    rule(pen, left, y + 15, right, y + 15, { colour: '#d5d5d5' });
    y += 18;
  }
  put(pen, words.balance, left, y + 4, { font: bold, size: 10.5 });
  put(pen, total, right - 140, y + 4, { font: bold, size: 10.5, width: 140, align: 'right' });
  rule(pen, left, y + 21, right, y + 21, { colour, width: 0.8 });
  return y + 22;
}

function tableHead(sheet: Sheet, titles: readonly string[], y: number): number {
  cells(sheet, titles, y, sheet.bold);
  rule(sheet.pen, sheet.left, y + 16, sheet.right, y + 16, { colour: sheet.letter.supplier.colour, width: 0.8 });
  return y + 22;
}

function cells({ pen, left, right }: Sheet, texts: readonly string[], y: number, font: Font): void {
  const edges = [left, left + 150, left + 250, right - 150];
  texts.forEach((text, index) => {
    const place = index === texts.length - 1 ? ({ width: 150, align: 'right' } as const) : {};
    put(pen, text, edges[index] ?? left, y, { font, size: 9.5, ...place });
  });
}

/** Where to pay, framed. @returns the y below it. */
function account({ pen, letter, words, regular, bold, left, right }: Sheet, number: string, y: number): number {
  const { supplier } = letter;
  pen
    .save()
    .rect(left, y, right - left, 66)
    .lineWidth(0.7)
    .strokeColor(supplier.colour)
    .stroke()
    .restore();
  put(pen, `${words.transfer}:`, left + 12, y + 10, { font: regular, size: 9, colour: grey });
  put(pen, `IBAN ${spacedIban(supplier.iban)}`, left + 12, y + 26, { font: bold, size: 10 });
  put(pen, `BIC ${supplier.bic} · ${supplier.bankName}`, left + 12, y + 43, { font: regular, size: 9 });
  put(pen, `${words.invoice} ${number}`, right - 172, y + 26, { font: regular, size: 9, width: 160, align: 'right' });
  return y + 66;
}

function closed({ pen, letter, words, regular, left, right }: Sheet, y: number): void {
  const below = put(pen, words.closing, left, y, { font: regular, size: 10, width: right - left });
  put(pen, letter.supplier.contact, left, below + 26, { font: regular, size: 10 });
  put(pen, letter.supplier.name, left, below + 40, { font: regular, size: 9, colour: grey });
}

function foot({ pen, letter: { supplier }, words, regular, left, right, height }: Sheet): void {
  rule(pen, left, height - 74, right, height - 74, { colour: supplier.colour });
  const blocks = [
    [supplier.name, supplier.street, town(supplier)],
    [supplier.bankName, `IBAN ${spacedIban(supplier.iban)}`, `BIC ${supplier.bic}`],
    [...(supplier.vatId === null ? [] : [`${words.vatId} ${supplier.vatId}`]), supplier.register],
  ];
  const third = (right - left) / 3;
  blocks.forEach((block, index) => {
    let y = height - 66;
    for (const text of block) {
      y = put(pen, text, left + index * third, y, { font: regular, size: 7, colour: grey, width: third - 8 }) + 1;
    }
  });
}
