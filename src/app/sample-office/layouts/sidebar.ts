import { longDay, spacedIban } from './figures.ts';
import { buyerLines, column, numberLabel, put, rule, stack, table, titleOf, totalRows, totals, town, type Sheet } from './sheet.ts';
import { paymentTerms, taxExemption } from './words.ts';

const [left, right] = [196, 556];

/** A coloured column at the left holds who, when and how to pay; the goods stand at the right. */
export function sidebar(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  side(sheet);
  put(pen, titleOf(sheet), left, 52, { font: 'arimo', size: 26, colour: supplier.colour });
  if (invoice.poNumber !== null) put(pen, `${words.order}: ${invoice.poNumber}`, left, 88, { font: 'arimo', size: 10 });
  if (invoice.creditsNumber !== null) put(pen, `${words.credits} ${invoice.creditsNumber}`, left, 103, { font: 'arimo', size: 10 });
  put(pen, words.billTo, left, 132, { font: 'arimo-bold', size: 9, colour: supplier.colour });
  stack(pen, [...buyerLines(sheet, true), `VAT ${invoice.buyer.vatId}`], left, 147, { font: 'arimo', size: 10 });
  const columns = [
    column(sheet, 'description', 150, 'Article'),
    column(sheet, 'quantityWithUnit', 60),
    column(sheet, 'price', 72, 'Price each'),
    column(sheet, 'net', 78, `${words.amount} ${invoice.currency}`),
  ];
  const y = table(sheet, columns, left, 246, {
    font: 'arimo',
    bold: 'arimo-bold',
    size: 9,
    rules: 'rows',
    ruleColour: '#d6c7bf',
    padding: 7,
    bottom: 620,
    nextTop: 60,
  });
  const rows = totalRows(sheet, { taxLabel: ({ rate }) => `${words.tax} ${rate}%` });
  const below = totals(pen, rows, y + 16, {
    x: 340,
    width: right - 340,
    font: 'arimo',
    bold: 'arimo-bold',
    size: 10,
    step: 18,
    colour: supplier.colour,
  });
  const notes = [taxExemption(invoice), words.thanks].filter((note) => note !== null);
  stack(pen, notes, left, below + 24, { font: 'arimo', size: 8.5, colour: '#555555' });
}

function side(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  const isCredit = invoice.kind === 'credit-note';
  pen.rect(0, 0, 168, 842).fill(supplier.colour);
  pen
    .save()
    .lineWidth(3)
    .strokeColor('#ffffff')
    .moveTo(28, 90)
    .lineTo(28, 52)
    .lineTo(66, 52)
    .lineTo(66, 90)
    .moveTo(28, 72)
    .lineTo(66, 72)
    .stroke()
    .restore();
  put(pen, 'VAN DER BERG', 28, 102, { font: 'arimo-bold', size: 13, colour: '#ffffff', spacing: 0.5 });
  put(pen, 'meubels sinds 1974', 28, 119, { font: 'arimo', size: 8, colour: '#f3e3da' });
  const blocks: readonly (readonly [string, readonly string[]])[] = [
    [numberLabel(sheet), [invoice.number]],
    [isCredit ? 'Date' : words.date, [longDay(invoice.issuedOn, supplier.manner)]],
    ...(isCredit ? [] : [[words.due, [longDay(invoice.dueOn, supplier.manner)]] as const]),
    [words.customer, [supplier.customerNumber]],
    [words.payment, [paymentTerms(invoice)]],
    ...(isCredit ? [] : [[words.bank, [invoice.bankName, spacedIban(invoice.iban), `BIC ${invoice.bic}`]] as const]),
    [supplier.name, [supplier.street, town(supplier), supplier.phone, supplier.register, `VAT ${supplier.vatId ?? ''}`]],
  ];
  let y = 176;
  for (const [label, texts] of blocks) {
    rule(pen, 28, y - 6, 140, y - 6, { colour: '#e5c9ba' });
    y = put(pen, label, 28, y, { font: 'arimo-bold', size: 8, colour: '#f3e3da', width: 124 }) + 2;
    for (const text of texts) y = put(pen, text, 28, y, { font: 'arimo', size: 8.5, colour: '#ffffff', width: 130 }) + 1;
    y += 18;
  }
}
