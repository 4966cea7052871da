import { figure, longDay, spacedIban } from './figures.ts';
import { buyerLines, column, numberLabel, put, rule, stack, table, titleOf, totals, town, type Sheet } from './sheet.ts';
import { paymentTerms } from './words.ts';

const [left, right] = [57, 539];

/** Swiss: big grotesque, a strict grid of white, amounts with apostrophes, the payment part below a dashed line. */
export function swiss(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  const { manner } = supplier;
  put(pen, 'Seefeld', left, 40, { font: 'Helvetica-Bold', size: 24, colour: supplier.colour });
  put(pen, 'Druck', left + 96, 40, { size: 24, colour: supplier.colour });
  stack(pen, [supplier.name, supplier.street, town(supplier), supplier.phone, `${words.vatId} ${vatIdOf(supplier.vatId)} MWST`], 400, 42, {
    size: 8,
  });
  stack(pen, buyerLines(sheet, true), 330, 128, { size: 10 });
  put(pen, `${titleOf(sheet)} ${invoice.number}`, left, 222, { font: 'Helvetica-Bold', size: 18 });
  const facts: readonly (readonly [string, string])[] = [
    [numberLabel(sheet), invoice.number],
    ['Datum', longDay(invoice.issuedOn, manner)],
    ['Ihre Referenz', invoice.poNumber ?? ''],
    ['Sachbearbeiter', supplier.contact],
  ];
  facts.forEach(([label, value], index) => {
    put(pen, label, left + index * 121, 254, { size: 7.5, colour: '#666666' });
    put(pen, value, left + index * 121, 265, { size: 9 });
  });
  const columns = [
    column(sheet, 'code', 56),
    column(sheet, 'description', 196),
    column(sheet, 'quantity', 54),
    column(sheet, 'unit', 50),
    column(sheet, 'price', 58, 'Ansatz'),
    column(sheet, 'net', 68, invoice.currency),
  ];
  const y = table(sheet, columns, left, 292, {
    font: 'Helvetica',
    bold: 'Helvetica-Bold',
    size: 9,
    rules: 'header',
    padding: 5,
    bottom: 520,
    nextTop: 60,
  });
  const rows: readonly (readonly [string, string])[] = [
    ['Total exkl. MWST', figure(invoice.net, manner)],
    ...invoice.taxes.map(({ rate, amount }) => [`MWST ${figure(rate, manner)} %`, figure(amount, manner)] as const),
    [`Total ${invoice.currency} inkl. MWST`, figure(invoice.gross, manner)],
  ];
  totals(pen, rows, y + 10, { x: 325, width: 210, font: 'Helvetica', bold: 'Helvetica-Bold', size: 9.5, step: 16 });
  put(pen, paymentTerms(invoice), left, y + 14, { size: 8.5, width: 230 });
  paymentPart(sheet);
}

function vatIdOf(vatId: string | null): string {
  return (vatId ?? '').replace(/^CHE(\d{3})(\d{3})(\d{3})$/, 'CHE-$1.$2.$3');
}

/** The slip that is torn off and taken to the post office. */
function paymentPart({ pen, invoice }: Sheet): void {
  const { supplier } = invoice;
  const top = 600;
  rule(pen, 0, top, 596, top, { dash: 3, colour: '#555555' });
  rule(pen, 180, top, 180, 842, { dash: 3, colour: '#555555' });
  const account = [spacedIban(invoice.iban), supplier.name, supplier.street, town(supplier)];
  const payer = [invoice.buyer.name, invoice.buyer.street, `${invoice.buyer.postcode} ${invoice.buyer.city}`];
  for (const [x, title] of [
    [16, 'Empfangsschein'],
    [200, 'Zahlteil'],
  ] as const) {
    put(pen, title, x, top + 16, { font: 'Helvetica-Bold', size: 11 });
    put(pen, 'Konto / Zahlbar an', x, top + 42, { font: 'Helvetica-Bold', size: 7 });
    stack(pen, account, x, top + 53, { size: 8.5 });
    put(pen, 'Zahlbar durch', x, top + 112, { font: 'Helvetica-Bold', size: 7 });
    stack(pen, payer, x, top + 123, { size: 8.5 });
    put(pen, 'Währung', x, top + 186, { font: 'Helvetica-Bold', size: 7 });
    put(pen, 'Betrag', x + 54, top + 186, { font: 'Helvetica-Bold', size: 7 });
    put(pen, invoice.currency, x, top + 197, { size: 10 });
    put(pen, figure(invoice.gross, supplier.manner).replaceAll('’', ' '), x + 54, top + 197, { size: 10 });
  }
  put(pen, 'Zusätzliche Informationen', 400, top + 42, { font: 'Helvetica-Bold', size: 7 });
  stack(pen, [`Rechnung ${invoice.number}`, invoice.bankName, `BIC ${invoice.bic}`], 400, top + 53, { size: 8.5 });
  put(pen, 'Annahmestelle', right - 420, top + 222, { font: 'Helvetica-Bold', size: 7 });
}
