import { longDay, spacedIban } from './figures.ts';
import { buyerLines, column, numberLabel, put, rule, stack, table, titleOf, totalRows, town, type Sheet } from './sheet.ts';
import { paymentTerms } from './words.ts';

const [left, width] = [45, 505];

/** The form of an accounts program: everything in ruled boxes, quantity first, totals as the last rows of the grid. */
export function ledger(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  put(pen, supplier.name, left, 42, { font: 'Helvetica-Bold', size: 15, colour: supplier.colour });
  stack(pen, [supplier.street, town(supplier), `Tel. ${supplier.phone}`, `VAT Reg. No. ${supplier.vatId ?? ''}`], left, 62, { size: 8.5 });
  put(pen, titleOf(sheet).toUpperCase(), 350, 42, { font: 'Helvetica-Bold', size: 20, width: 200, align: 'right' });
  box(sheet, left, 128, 245, 92, 'Invoice to', buyerLines(sheet, true));
  references(sheet);
  const columns = [
    column(sheet, 'quantity', 46),
    column(sheet, 'unit', 44),
    column(sheet, 'code', 58),
    column(sheet, 'description', 187),
    column(sheet, 'price', 58, `Price ${invoice.currency}`),
    column(sheet, 'taxRate', 46),
    column(sheet, 'net', 66, `Net ${invoice.currency}`),
  ];
  const y = table(sheet, columns, left, 240, {
    font: 'Helvetica',
    bold: 'Helvetica-Bold',
    size: 8.5,
    rules: 'grid',
    ruleColour: '#6b7280',
    headerFill: '#e5e7eb',
    padding: 4.5,
    bottom: 620,
    nextTop: 60,
  });
  const end = gridTotals(sheet, y - 4);
  box(sheet, left, end + 18, 290, 74, words.payment, [
    ...paymentTerms(invoice)
      .split('. ')
      .map((part) => part.replace(/\.?$/, '.')),
    `${invoice.bankName}  IBAN ${spacedIban(invoice.iban)}`,
    `BIC ${invoice.bic}   Please quote ${invoice.number}`,
  ]);
  put(pen, `${supplier.register}. Registered office: ${supplier.street}, ${town(supplier)}.`, left, 806, {
    size: 7,
    colour: '#555555',
    width,
    align: 'center',
  });
}

function references(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  const rows: readonly (readonly [string, string])[] = [
    [numberLabel(sheet), invoice.number],
    ['Invoice date / tax point', longDay(invoice.issuedOn, supplier.manner)],
    [words.due, longDay(invoice.dueOn, supplier.manner)],
    ['Account', supplier.customerNumber],
    ['Purchase order', invoice.poNumber ?? ''],
  ];
  pen.save().lineWidth(0.5).strokeColor('#6b7280').rect(310, 128, 240, 92).stroke().restore();
  rows.forEach(([label, value], index) => {
    const y = 128 + index * 18.4;
    if (index > 0) rule(pen, 310, y, 550, y, { colour: '#6b7280' });
    put(pen, label, 316, y + 5, { size: 8, colour: '#444444' });
    put(pen, value, 420, y + 5, { font: 'Helvetica-Bold', size: 8.5, width: 125, align: 'right' });
  });
}

function box({ pen }: Sheet, x: number, y: number, boxWidth: number, height: number, title: string, lines: readonly string[]): void {
  pen.rect(x, y, boxWidth, 16).fill('#e5e7eb');
  pen.save().lineWidth(0.5).strokeColor('#6b7280').rect(x, y, boxWidth, height).stroke().restore();
  put(pen, title, x + 6, y + 4, { font: 'Helvetica-Bold', size: 8.5 });
  stack(pen, lines, x + 6, y + 23, { size: 8.5 });
}

/** Totals go on as rows under the last three columns. */
function gridTotals(sheet: Sheet, y: number): number {
  const { pen } = sheet;
  const rows = totalRows(sheet, { currency: 'before' });
  rows.forEach(([label, amount], index) => {
    const isLast = index === rows.length - 1;
    const top = y + index * 19;
    if (isLast) pen.rect(380, top, 170, 19).fill('#e5e7eb');
    pen.save().lineWidth(0.5).strokeColor('#6b7280').rect(380, top, 104, 19).stroke().rect(484, top, 66, 19).stroke().restore();
    const style = { font: isLast ? 'Helvetica-Bold' : 'Helvetica', size: isLast ? 9 : 8.5 } as const;
    put(pen, label, 386, top + 6, style);
    put(pen, amount, 488, top + 6, { ...style, width: 58, align: 'right' });
  });
  return y + rows.length * 19;
}
