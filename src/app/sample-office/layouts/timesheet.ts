import { figure, longDay, spacedIban } from './figures.ts';
import { buyerLines, column, numberLabel, put, rule, stack, table, titleOf, totalRows, town, type Sheet } from './sheet.ts';
import { paymentTerms, taxExemption } from './words.ts';

const [left, right] = [64, 532];

/** A consultant's invoice: typography only, references as a sentence, totals at the left under the work. */
export function timesheet(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  put(pen, supplier.name, left, 56, { font: 'Times-Bold', size: 20 });
  put(pen, `${supplier.street}, ${town(supplier)}, Ireland — ${supplier.phone}`, left, 80, {
    font: 'Times-Roman',
    size: 9.5,
    colour: '#444444',
  });
  rule(pen, left, 100, right, 100, { width: 1.2 });
  rule(pen, left, 103, right, 103, { width: 0.4 });
  stack(pen, buyerLines(sheet, true), left, 128, { font: 'Times-Roman', size: 11 });
  put(pen, longDay(invoice.issuedOn, supplier.manner), 360, 128, { font: 'Times-Roman', size: 11, width: right - 360, align: 'right' });
  put(pen, titleOf(sheet), left, 212, { font: 'Times-Bold', size: 17 });
  const facts: (readonly [string, string])[] = [
    [numberLabel(sheet), invoice.number],
    ...(invoice.poNumber === null ? [] : [['Purchase order', invoice.poNumber] as const]),
    ['Work completed', longDay(invoice.deliveredOn, supplier.manner)],
    ['Customer VAT no.', invoice.buyer.vatId],
  ];
  facts.forEach(([label, value], index) => {
    put(pen, label, left, 240 + index * 14, { font: 'Times-Roman', size: 10, colour: '#444444' });
    put(pen, value, left + 100, 240 + index * 14, { font: 'Times-Roman', size: 10 });
  });
  const columns = [
    column(sheet, 'description', 228, 'Services rendered'),
    column(sheet, 'quantity', 60, 'Quantity'),
    column(sheet, 'unit', 50),
    column(sheet, 'price', 62, 'Rate'),
    column(sheet, 'net', 68, invoice.currency),
  ];
  const y = table(sheet, columns, left, 314, {
    font: 'Times-Roman',
    bold: 'Times-Bold',
    size: 10.5,
    rules: 'header',
    padding: 5,
    bottom: 600,
    nextTop: 60,
  });
  const end = sums(sheet, y + 16);
  const text = { font: 'Times-Roman', size: 10, width: right - left } as const;
  const terms = put(pen, paymentTerms(invoice), left, end + 20, text);
  const account = `Please transfer to ${supplier.name}, ${invoice.bankName}, IBAN ${spacedIban(invoice.iban)}, BIC ${invoice.bic}.`;
  const paid = put(pen, account, left, terms + 4, text);
  put(pen, taxExemption(invoice) ?? '', left, paid + 4, text);
  put(pen, `${supplier.name} · ${words.vatId} ${supplier.vatId ?? ''} · ${supplier.register}`, left, 790, {
    font: 'Times-Roman',
    size: 8.5,
    colour: '#444444',
    width: right - left,
    align: 'center',
  });
}

/** Labels and amounts side by side at the left, the amount due in bold. */
function sums(sheet: Sheet, y: number): number {
  const { pen, invoice } = sheet;
  const rows = totalRows(sheet, { currency: 'before', taxLabel: ({ rate }) => `VAT at ${figure(rate, invoice.supplier.manner)}%` });
  rows.forEach(([label, amount], index) => {
    const font = index === rows.length - 1 ? 'Times-Bold' : 'Times-Roman';
    put(pen, index === rows.length - 1 ? 'Amount payable' : label, left + 4, y + index * 17, { font, size: 11 });
    put(pen, amount, left + 110, y + index * 17, { font, size: 11, width: 90, align: 'right' });
  });
  return y + rows.length * 17;
}
