import { shortDay, spacedIban } from './figures.ts';
import { buyerLines, column, numberLabel, pageNumbers, put, stack, table, titleOf, totalRows, totals, town, type Sheet } from './sheet.ts';
import { paymentTerms, taxExemption } from './words.ts';

const [left, width] = [40, 515];

/** A band of colour over the whole width, boxes for the references, striped rows and a filled total. */
export function banded(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  band(sheet);
  const boxes: readonly (readonly [string, string])[] = [
    [words.date, shortDay(invoice.issuedOn, supplier.manner)],
    [words.due, shortDay(invoice.dueOn, supplier.manner)],
    [words.customer, supplier.customerNumber],
    [words.order, invoice.poNumber ?? '–'],
  ];
  boxes.forEach(([label, value], index) => {
    const x = left + index * 131;
    pen.roundedRect(x, 132, 122, 38, 4).fill('#f1f5f4');
    put(pen, label.toUpperCase(), x + 8, 138, { font: 'lato', size: 6.5, colour: '#5b6b68', spacing: 0.6 });
    put(pen, value, x + 8, 150, { font: 'lato-bold', size: 11 });
  });
  put(pen, words.billTo, left, 192, { font: 'lato-bold', size: 9, colour: supplier.colour });
  stack(pen, [...buyerLines(sheet, supplier.country === 'ES'), `${words.vatId} ${invoice.buyer.vatId}`], left, 206, {
    font: 'lato',
    size: 10,
  });
  const columns = [
    column(sheet, 'quantity', 52),
    column(sheet, 'unit', 48),
    column(sheet, 'code', 58),
    column(sheet, 'description', 195),
    column(sheet, 'price', 54),
    column(sheet, 'taxRate', 44),
    column(sheet, 'net', 64),
  ];
  const y = table(sheet, columns, left, 290, {
    font: 'lato',
    bold: 'lato-bold',
    size: 9,
    rules: 'none',
    headerFill: supplier.colour,
    headerColour: '#ffffff',
    zebra: '#f1f5f4',
    padding: 5,
    bottom: 640,
    nextTop: 60,
  });
  const below = totals(pen, totalRows(sheet), y + 14, {
    x: 345,
    width: 204,
    font: 'lato',
    bold: 'lato-bold',
    size: 10,
    step: 17,
    fill: supplier.colour,
    fillColour: '#ffffff',
  });
  put(pen, words.payment, left, y + 14, { font: 'lato-bold', size: 9, colour: supplier.colour });
  const terms = put(pen, paymentTerms(invoice), left, y + 28, { font: 'lato', size: 9, width: 280 });
  stack(pen, [invoice.bankName, `IBAN: ${spacedIban(invoice.iban)}`, `BIC: ${invoice.bic}`], left, terms + 8, { font: 'lato', size: 9 });
  const exemption = taxExemption(invoice);
  if (exemption !== null) put(pen, exemption, left, Math.max(below, terms + 60), { font: 'lato', size: 9, width: 515 });
  const small = `${supplier.name} · ${supplier.street}, ${town(supplier)} · ${words.vatId} ${supplier.vatId ?? ''} · ${supplier.register}`;
  put(pen, small, left, 800, { font: 'lato', size: 7, colour: '#5b6b68', width, align: 'center' });
  pageNumbers(sheet, left, 815, { font: 'lato', size: 7, width, align: 'right' });
}

function band(sheet: Sheet): void {
  const { pen, invoice } = sheet;
  const { supplier } = invoice;
  pen.rect(0, 0, 596, 108).fill(supplier.colour);
  pen.save().fillColor('#ffffff').fillOpacity(0.16).circle(540, 10, 90).fill().circle(470, 110, 50).fill().restore();
  put(pen, supplier.name, left, 34, { font: 'lato-bold', size: 18, colour: '#ffffff' });
  put(pen, `${supplier.street}, ${town(supplier)}  ·  ${supplier.phone}`, left, 60, { font: 'lato', size: 8.5, colour: '#ffffff' });
  put(pen, titleOf(sheet).toUpperCase(), 340, 32, {
    font: 'lato-bold',
    size: 20,
    colour: '#ffffff',
    width: 215,
    align: 'right',
    spacing: 1,
  });
  put(pen, `${numberLabel(sheet)} ${invoice.number}`, 340, 60, { font: 'lato', size: 10.5, colour: '#ffffff', width: 215, align: 'right' });
}
