import { figure, price, shortDay, spacedIban } from './figures.ts';
import { buyerLines, numberLabel, put, rule, titleOf, type Sheet } from './sheet.ts';
import { paymentTerms } from './words.ts';

const left = 56;
const leading = 13.5;
const linesPerPage = 54;

/** What a program of the nineties prints: one type of one width, rules of dashes, columns made of spaces. */
export function typewriter(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  const { manner } = supplier;
  const lines = [
    `** ${supplier.name.toUpperCase()} **`,
    `${supplier.street} * ${supplier.postcode} ${supplier.city} * Tel. ${supplier.phone}`,
    dashes('='),
    '',
    ...buyerLines(sheet),
    '',
    '',
    `${titleOf(sheet).toUpperCase()} ${invoice.number}`,
    '',
    `${numberLabel(sheet).padEnd(18)}${invoice.number.padEnd(20)}${words.date.padEnd(16)}${shortDay(invoice.issuedOn, manner)}`,
    `${words.customer.padEnd(18)}${supplier.customerNumber.padEnd(20)}${'Leistung bis'.padEnd(16)}${shortDay(invoice.deliveredOn, manner)}`,
    ...(invoice.poNumber === null ? [] : [`${'Bestell-Nr.'.padEnd(18)}${invoice.poNumber}`]),
    '',
    dashes('-'),
    `${'LEISTUNG'.padEnd(38)}${'MENGE'.padStart(7)} ${'EINH'.padEnd(7)}${'PREIS'.padStart(10)}${'BETRAG EUR'.padStart(14)}`,
    dashes('-'),
    ...invoice.lines.map(
      (line) =>
        `${line.description.slice(0, 37).padEnd(38)}${figure(line.quantity, manner).padStart(7)} ${line.unit.padEnd(7)}${price(line.price, manner).padStart(10)}${figure(line.net, manner).padStart(14)}`,
    ),
    dashes('-'),
    sum('Summe netto', figure(invoice.net, manner)),
    ...invoice.taxes.map(({ rate, amount }) => sum(`MwSt ${figure(rate, manner)} %`, figure(amount, manner))),
    sum('', '-'.repeat(13)),
    sum('Rechnungsbetrag EUR', figure(invoice.gross, manner)),
    sum('', '='.repeat(13)),
    '',
    ...paymentTerms(invoice).split(/(?<=\.) /),
    '',
    `Bank: ${invoice.bankName}   BIC: ${invoice.bic}`,
    `IBAN: ${spacedIban(invoice.iban)}`,
    `USt-IdNr. ${supplier.vatId ?? ''}   ${supplier.register}`,
  ];
  lines.forEach((line, index) => {
    if (index > 0 && index % linesPerPage === 0) pen.addPage();
    const isBold = index === 0 || line.startsWith(titleOf(sheet).toUpperCase()) || line.includes('Rechnungsbetrag');
    put(pen, line, left, 60 + (index % linesPerPage) * leading, { font: isBold ? 'Courier-Bold' : 'Courier', size: 10 });
  });
  // Marks for folding and punching, as on pre-printed paper.
  for (const y of [297, 421, 595]) rule(pen, 14, y, y === 421 ? 26 : 22, y, { colour: '#777777' });
}

function dashes(mark: string): string {
  return mark.repeat(77);
}

function sum(label: string, amount: string): string {
  return `${label.padStart(58)}${amount.padStart(19)}`;
}
