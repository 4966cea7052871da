import { longDay, shortDay, spacedIban } from './figures.ts';
import {
  buyerLines,
  column,
  numberLabel,
  pageNumbers,
  put,
  rule,
  stack,
  table,
  titleOf,
  totalRows,
  totals,
  town,
  type Sheet,
} from './sheet.ts';
import { paymentTerms } from './words.ts';

const [left, right] = [62, 540];
const footerColumns = [0, 112, 232, 378];

/** A German business letter (DIN 5008): window address, information block at the right, four footer columns. */
export function dinLetter(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  head(sheet);
  put(pen, `${supplier.name} · ${supplier.street} · ${town(supplier)}`, left, 128, { font: 'lato', size: 6.5, colour: '#555555' });
  stack(pen, ['', ...buyerLines(sheet)], left, 132, { font: 'lato', size: 10 });
  information(sheet);
  put(pen, `${titleOf(sheet)} ${invoice.number}`, left, 266, { font: 'lato-bold', size: 14, colour: supplier.colour });
  const intro =
    invoice.kind === 'credit-note'
      ? `${words.credits} ${invoice.creditsNumber ?? ''}.`
      : 'Sehr geehrte Damen und Herren, für unsere Lieferung berechnen wir Ihnen:';
  put(pen, intro, left, 290, { font: 'lato', size: 9.5 });
  const columns = [
    column(sheet, 'position', 32),
    column(sheet, 'code', 66),
    column(sheet, 'description', 180),
    column(sheet, 'quantity', 46),
    column(sheet, 'unit', 44),
    column(sheet, 'price', 54, 'E-Preis €'),
    column(sheet, 'net', 56, 'G-Preis €'),
  ];
  const y = table(sheet, columns, left, 316, {
    font: 'lato',
    bold: 'lato-bold',
    size: 8.5,
    rules: 'header',
    padding: 3.5,
    bottom: 640,
    nextTop: 110,
    carries: true,
    onNewPage: () => head(sheet),
  });
  const rows = totalRows(sheet, { taxLabel: ({ rate, base }) => `zzgl. ${rate.replace('.', ',')} % USt. auf ${base.replace('.', ',')}` });
  const below = totals(pen, rows, y + 10, { x: 346, width: 190, font: 'lato', bold: 'lato-bold', size: 9.5, step: 15 });
  put(pen, paymentTerms(invoice), left, below + 12, { font: 'lato', size: 9, width: 440 });
  footers(sheet);
  pageNumbers(sheet, 440, 748, { font: 'lato', size: 7.5, width: 100, align: 'right', colour: '#555555' });
}

function head({ pen, invoice: { supplier } }: Sheet): void {
  pen.save().translate(left, 44).fillColor(supplier.colour);
  pen.polygon([0, 36], [18, 0], [36, 36], [18, 26]).fill().restore();
  const [first = '', ...rest] = supplier.name.split(' ');
  put(pen, first.toUpperCase(), left + 46, 48, { font: 'lato-bold', size: 17, colour: supplier.colour, spacing: 2 });
  put(pen, rest.join(' '), left + 47, 69, { font: 'lato', size: 9, colour: '#555555', spacing: 1 });
}

function information(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  const rows: (readonly [string, string])[] = [
    [numberLabel(sheet), invoice.number],
    [words.date, shortDay(invoice.issuedOn, supplier.manner)],
    [words.delivered, shortDay(invoice.deliveredOn, supplier.manner)],
    [words.customer, supplier.customerNumber],
    ...(invoice.poNumber === null ? [] : [[words.order, invoice.poNumber] as const]),
    [words.contact, supplier.contact],
    ['Telefon', supplier.phone],
  ];
  rows.forEach(([label, value], index) => {
    put(pen, `${label}:`, 350, 138 + index * 14, { font: 'lato', size: 8.5, colour: '#555555' });
    put(pen, value, 440, 138 + index * 14, { font: 'lato-bold', size: 8.5 });
  });
  put(pen, `${supplier.city}, ${longDay(invoice.issuedOn, supplier.manner)}`, 350, 268, {
    font: 'lato',
    size: 9,
    width: right - 350,
    align: 'right',
  });
}

function footers({ pen, invoice }: Sheet): void {
  const { supplier } = invoice;
  const { start, count } = pen.bufferedPageRange();
  const blocks = [
    [supplier.name, supplier.street, town(supplier)],
    [supplier.phone, `rechnung@${supplier.emailDomains[0] ?? ''}`, `Geschäftsführung: ${supplier.contact}`],
    [invoice.bankName, `IBAN ${spacedIban(invoice.iban)}`, `BIC ${invoice.bic}`],
    [supplier.register, `USt-IdNr. ${supplier.vatId ?? ''}`],
  ];
  for (let page = 0; page < count; page += 1) {
    pen.switchToPage(start + page);
    rule(pen, left, 762, right, 762, { colour: supplier.colour, width: 1 });
    blocks.forEach((block, index) =>
      stack(pen, block, left + (footerColumns[index] ?? 0), 770, { font: 'lato', size: 6.8, colour: '#444444' }),
    );
  }
}
