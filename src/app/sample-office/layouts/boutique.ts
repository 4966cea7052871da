import { figure, longDay, spacedIban } from './figures.ts';
import { buyerLines, column, numberLabel, put, rule, stack, table, titleOf, totalRows, totals, town, type Sheet } from './sheet.ts';
import { paymentTerms } from './words.ts';

const [left, right] = [70, 525];
const middle = { width: right - left, align: 'center' } as const;

/** A small house with taste: centred mark in serifs, description first, no rules but hairlines, tax recapitulated at the left. */
export function boutique(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  mark(sheet);
  put(pen, titleOf(sheet).toUpperCase(), left, 158, { font: 'serif', size: 15, colour: supplier.colour, spacing: 5, ...middle });
  put(pen, `${numberLabel(sheet)} ${invoice.number}  —  ${longDay(invoice.issuedOn, supplier.manner)}`, left, 182, {
    font: 'serif',
    size: 10,
    ...middle,
  });
  put(pen, words.billTo, left, 222, { font: 'serif', size: 8, colour: supplier.colour });
  stack(pen, buyerLines(sheet, supplier.country !== 'DE'), left, 236, { font: 'serif', size: 10.5 });
  const colon = colonOf(sheet);
  const references = [
    `${words.customer}${colon}${supplier.customerNumber}`,
    ...(invoice.poNumber === null ? [] : [`${words.order}${colon}${invoice.poNumber}`]),
    `${words.delivered}${colon}${longDay(invoice.deliveredOn, supplier.manner)}`,
  ];
  references.forEach((line, index) =>
    put(pen, line, 300, 236 + index * 14, { font: 'serif', size: 9, width: right - 300, align: 'right' }),
  );
  const columns = [
    column(sheet, 'description', 193),
    column(sheet, 'quantityWithUnit', 72),
    column(sheet, 'price', 68),
    column(sheet, 'taxRate', 44),
    column(sheet, 'net', 78),
  ];
  const y = table(sheet, columns, left, 306, {
    font: 'serif',
    bold: 'serif-bold',
    size: 9.5,
    rules: 'none',
    padding: 6,
    bottom: 640,
    nextTop: 80,
  });
  rule(pen, left, y + 4, right, y + 4, { colour: supplier.colour, width: 0.4 });
  recapitulation(sheet, y + 22);
  const rows = totalRows(sheet, { taxLabel: ({ rate }) => `${words.tax} ${figure(rate, supplier.manner)} %` });
  const below = totals(pen, rows, y + 20, {
    x: 350,
    width: right - 350,
    font: 'serif',
    bold: 'serif-bold',
    size: 10,
    step: 17,
    colour: supplier.colour,
  });
  put(pen, paymentTerms(invoice), left, Math.max(below + 24, 560), { font: 'serif', size: 9, ...middle });
  put(pen, words.thanks, left, Math.max(below + 42, 578), { font: 'serif', size: 9, colour: supplier.colour, ...middle });
  foot(sheet);
}

function mark({ pen, invoice: { supplier } }: Sheet): void {
  const centre = (left + right) / 2;
  pen.save().lineWidth(1.1).strokeColor(supplier.colour);
  pen.circle(centre, 64, 22).stroke().circle(centre, 64, 18.5).lineWidth(0.4).stroke().restore();
  put(pen, supplier.name.replace(/^(Maison|Kaffeerösterei) /, '').charAt(0), centre - 20, 51, {
    font: 'serif',
    size: 20,
    colour: supplier.colour,
    width: 40,
    align: 'center',
  });
  put(pen, supplier.name, left, 98, { font: 'serif-bold', size: 16, ...middle });
  put(pen, `${supplier.street} · ${town(supplier)} · ${supplier.phone}`, left, 122, {
    font: 'serif',
    size: 8.5,
    colour: '#666666',
    ...middle,
  });
}

/** Base and tax per rate, where there are several. */
function recapitulation({ pen, invoice, words }: Sheet, y: number): void {
  if (invoice.taxes.length < 2) return;
  const { manner } = invoice.supplier;
  const cells = [
    [words.taxRate, words.net, words.tax],
    ...invoice.taxes.map(({ rate, base, amount }) => [`${figure(rate, manner)} %`, figure(base, manner), figure(amount, manner)]),
  ];
  cells.forEach((cell, row) => {
    cell.forEach((text, index) => {
      put(pen, text, left + index * 66, y + row * 14, {
        font: row === 0 ? 'serif-bold' : 'serif',
        size: 8,
        width: 62,
        align: 'right',
        colour: '#444444',
      });
    });
  });
}

function foot(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const colon = colonOf(sheet);
  const { supplier } = invoice;
  rule(pen, left, 752, right, 752, { colour: supplier.colour, width: 0.4 });
  const lines = [
    `${words.bank}${colon}${invoice.bankName} – IBAN ${spacedIban(invoice.iban)} – BIC ${invoice.bic}`,
    `${supplier.name} – ${supplier.register} – ${words.vatId} ${supplier.vatId ?? ''}`,
  ];
  lines.forEach((line, index) => put(pen, line, left, 762 + index * 12, { font: 'serif', size: 8, colour: '#555555', ...middle }));
}

/** The French put a space before it. */
function colonOf({ invoice }: Sheet): string {
  return invoice.supplier.manner === 'fr' ? '\u00A0: ' : ': ';
}
