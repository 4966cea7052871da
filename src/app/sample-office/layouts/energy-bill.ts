import { figure, longDay, shortDay, spacedIban } from './figures.ts';
import { buyerLines, column, numberLabel, pageNumbers, put, rule, stack, table, totals, town, type Sheet } from './sheet.ts';
import { paymentTerms } from './words.ts';

const [left, right] = [56, 540];

/** A utility's bill: the sum and the account in a box on the first page, how it comes about on the second. */
export function utility(sheet: Sheet): void {
  const { pen, invoice } = sheet;
  const { supplier } = invoice;
  head(sheet);
  put(pen, `${supplier.name}, ${supplier.street}, ${town(supplier)}`, left, 130, { font: 'lato', size: 6.5, colour: '#555555' });
  stack(pen, buyerLines(sheet), left, 144, { font: 'lato', size: 10.5 });
  facts(sheet);
  put(pen, 'Ihre Verbrauchsabrechnung', left, 268, { font: 'lato-bold', size: 16, colour: supplier.colour });
  const salutation =
    'Guten Tag, hiermit rechnen wir die im Abrechnungszeitraum gelieferte Energie ab. Wie sich der Betrag zusammensetzt, sehen Sie auf Seite 2.';
  put(pen, salutation, left, 294, { font: 'lato', size: 10, width: right - left });
  summary(sheet);
  put(pen, paymentTerms(invoice), left, 520, { font: 'lato', size: 10, width: right - left });
  put(pen, 'Fragen zur Rechnung beantwortet Ihr Geschäftskundenservice gern. Halten Sie dafür Ihre Kundennummer bereit.', left, 540, {
    font: 'lato',
    size: 10,
    width: right - left,
  });
  pen.addPage();
  head(sheet);
  details(sheet);
  const small = `${supplier.name} · ${supplier.register} · USt-IdNr. ${supplier.vatId ?? ''} · Vorstand: Dr. Ines Keller, Paul Reuter`;
  for (const page of [0, 1]) {
    pen.switchToPage(page);
    put(pen, small, left, 800, { font: 'lato', size: 7, colour: '#555555' });
  }
  pageNumbers(sheet, left, 800, { font: 'lato', size: 7, width: right - left, align: 'right', colour: '#555555' });
}

function head({ pen, invoice: { supplier } }: Sheet): void {
  pen.rect(0, 0, 596, 10).fill(supplier.colour);
  pen.save().lineWidth(3).strokeColor(supplier.colour);
  pen.moveTo(420, 62).bezierCurveTo(432, 44, 444, 80, 456, 62).moveTo(420, 74).bezierCurveTo(432, 56, 444, 92, 456, 74).stroke().restore();
  put(pen, 'Rheinkraft', 464, 54, { font: 'lato-bold', size: 16, colour: supplier.colour });
  put(pen, 'Energie für Köln', 465, 74, { font: 'lato', size: 8, colour: '#555555' });
}

function facts(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  const rows: (readonly [string, string])[] = [
    [numberLabel(sheet), invoice.number],
    [words.customer, supplier.customerNumber],
    [words.date, shortDay(invoice.issuedOn, supplier.manner)],
    ...(invoice.poNumber === null ? [] : [['Ihre Bestellnummer', invoice.poNumber] as const]),
    ['Abrechnung bis', shortDay(invoice.deliveredOn, supplier.manner)],
  ];
  rows.forEach(([label, value], index) => {
    put(pen, label, 350, 144 + index * 15, { font: 'lato', size: 9, colour: '#555555' });
    put(pen, value, 440, 144 + index * 15, { font: 'lato-bold', size: 9, width: 100, align: 'right' });
  });
}

function summary({ pen, invoice, words }: Sheet): void {
  const { supplier } = invoice;
  pen.roundedRect(left, 346, right - left, 140, 6).fill('#ecfdf5');
  put(pen, 'Zu zahlender Betrag', left + 20, 366, { font: 'lato', size: 11, colour: supplier.colour });
  put(pen, `${figure(invoice.gross, supplier.manner)} €`, left + 20, 384, { font: 'lato-bold', size: 26, colour: supplier.colour });
  put(pen, `fällig am ${longDay(invoice.dueOn, supplier.manner)}`, left + 20, 422, { font: 'lato', size: 10 });
  rule(pen, 318, 362, 318, 470, { colour: supplier.colour, width: 0.6 });
  const account = [
    'Bitte überweisen Sie auf',
    invoice.bankName,
    `IBAN ${spacedIban(invoice.iban)}`,
    `BIC ${invoice.bic}`,
    `Verwendungszweck ${invoice.number}`,
  ];
  stack(pen, account, 334, 366, { font: 'lato', size: 9.5, leading: 19 });
  put(pen, `${words.vatId} ${supplier.vatId ?? ''}`, left + 20, 456, { font: 'lato', size: 8, colour: '#555555' });
}

function details(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { manner } = invoice.supplier;
  put(pen, 'So setzt sich Ihr Rechnungsbetrag zusammen', left, 116, { font: 'lato-bold', size: 13, colour: invoice.supplier.colour });
  const columns = [
    column(sheet, 'description', 236, 'Leistung'),
    column(sheet, 'quantity', 64, 'Verbrauch'),
    column(sheet, 'unit', 54),
    column(sheet, 'price', 64, 'Preis in €'),
    column(sheet, 'net', 66, 'Netto in €'),
  ];
  const y = table(sheet, columns, left, 146, {
    font: 'lato',
    bold: 'lato-bold',
    size: 9,
    rules: 'rows',
    ruleColour: '#a7d7c5',
    padding: 6,
    bottom: 640,
    nextTop: 110,
  });
  const rows: readonly (readonly [string, string])[] = [
    ['Summe netto', `${figure(invoice.net, manner)} €`],
    ...invoice.taxes.map(({ rate, amount }) => [`Umsatzsteuer ${figure(rate, manner)} %`, `${figure(amount, manner)} €`] as const),
    [words.gross, `${figure(invoice.gross, manner)} €`],
  ];
  totals(pen, rows, y + 12, {
    x: 320,
    width: right - 324,
    font: 'lato',
    bold: 'lato-bold',
    size: 10,
    step: 18,
    colour: invoice.supplier.colour,
  });
}
