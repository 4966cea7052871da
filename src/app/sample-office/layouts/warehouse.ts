import { figure, shortDay, spacedIban } from './figures.ts';
import { buyerLines, column, numberLabel, pageNumbers, put, rule, stack, table, titleOf, town, type Sheet } from './sheet.ts';
import { paymentTerms } from './words.ts';

const [left, right] = [42, 553];

/** A trader's program: many narrow columns with list price, discount and net price, totals as one row across the page. */
export function warehouse(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  head(sheet);
  stack(pen, buyerLines(sheet), left, 120, { font: 'arimo', size: 10 });
  strip(sheet, 200);
  const hasDiscounts = invoice.lines.some(({ list }) => list !== null);
  const prices = hasDiscounts
    ? [column(sheet, 'description', 128), column(sheet, 'list', 54), column(sheet, 'discount', 44), column(sheet, 'price', 58, 'Netto-EP')]
    : [column(sheet, 'description', 206), column(sheet, 'price', 78)];
  const columns = [
    column(sheet, 'position', 30),
    column(sheet, 'quantity', 40),
    column(sheet, 'unit', 34, 'ME'),
    column(sheet, 'code', 58),
    ...prices,
    column(sheet, 'net', 65, 'Betrag EUR'),
  ];
  const y = table(sheet, columns, left, 258, {
    font: 'arimo',
    bold: 'arimo-bold',
    size: 8,
    rules: 'rows',
    ruleColour: '#bbbbbb',
    padding: 4.5,
    bottom: 620,
    nextTop: 110,
    carries: true,
    onNewPage: () => head(sheet),
  });
  const end = totalsRow(sheet, y + 22);
  const text = { font: 'arimo', size: 8.5, width: right - left } as const;
  const terms = put(pen, `${words.payment}: ${paymentTerms(invoice)}`, left, end + 18, text);
  put(pen, 'Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum. Lieferdatum entspricht Leistungsdatum.', left, terms + 4, text);
  rule(pen, left, 776, right, 776, { width: 0.4 });
  stack(
    pen,
    [
      `${supplier.name} · ${supplier.street} · ${town(supplier)} · ${supplier.phone}`,
      `${invoice.bankName} · IBAN ${spacedIban(invoice.iban)} · BIC ${invoice.bic}`,
      `${supplier.register} · USt-IdNr. ${supplier.vatId ?? ''}`,
    ],
    left,
    783,
    { font: 'arimo', size: 7 },
  );
  pageNumbers(sheet, left, 96, { font: 'arimo', size: 8, width: right - left, align: 'right' });
}

function head(sheet: Sheet): void {
  const { pen, invoice } = sheet;
  const { supplier } = invoice;
  pen.rect(left, 40, 36, 36).fill('#f59e0b');
  put(pen, 'TB', left + 4, 48, { font: 'arimo-bold', size: 18, colour: supplier.colour, width: 28, align: 'center' });
  put(pen, 'TECHNIKHAUS BRANDT', left + 46, 42, { font: 'arimo-bold', size: 14, colour: supplier.colour });
  put(pen, 'GmbH & Co. KG · Büro- und Konferenztechnik', left + 46, 61, { font: 'arimo', size: 8.5, colour: '#555555' });
  put(pen, `${titleOf(sheet).toUpperCase()} ${invoice.number}`, 330, 46, {
    font: 'arimo-bold',
    size: 14,
    width: right - 330,
    align: 'right',
  });
}

/** References in one ruled strip. */
function strip(sheet: Sheet, y: number): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  const cells: readonly (readonly [string, string])[] = [
    [numberLabel(sheet), invoice.number],
    ['Datum', shortDay(invoice.issuedOn, supplier.manner)],
    ['Kunden-Nr.', supplier.customerNumber],
    ['Ihre Bestell-Nr.', invoice.poNumber ?? ''],
    [words.delivered, shortDay(invoice.deliveredOn, supplier.manner)],
    ['Bearbeiter', supplier.contact],
  ];
  const width = (right - left) / cells.length;
  pen
    .save()
    .lineWidth(0.5)
    .rect(left, y, right - left, 36)
    .stroke()
    .restore();
  cells.forEach(([label, value], index) => {
    const x = left + index * width;
    if (index > 0) rule(pen, x, y, x, y + 36);
    put(pen, label, x + 5, y + 6, { font: 'arimo', size: 7, colour: '#555555' });
    put(pen, value, x + 5, y + 19, { font: 'arimo-bold', size: 8.5 });
  });
}

function totalsRow({ pen, invoice, words }: Sheet, y: number): number {
  const { manner } = invoice.supplier;
  const cells: readonly (readonly [string, string])[] = [
    ['Nettowarenwert', figure(invoice.net, manner)],
    ...invoice.taxes.flatMap(({ rate, amount }) => [
      ['USt. %', figure(rate, manner)] as const,
      ['USt. EUR', figure(amount, manner)] as const,
    ]),
    [`${words.gross} EUR`, figure(invoice.gross, manner)],
  ];
  const width = (right - left) / cells.length;
  pen.rect(left, y, right - left, 18).fill('#f3f4f6');
  pen
    .save()
    .lineWidth(0.6)
    .rect(left, y, right - left, 40)
    .stroke()
    .restore();
  cells.forEach(([label, value], index) => {
    const isLast = index === cells.length - 1;
    const place = { width: width - 12, align: 'right' } as const;
    put(pen, label, left + index * width + 6, y + 5, { font: 'arimo-bold', size: 8, ...place });
    put(pen, value, left + index * width + 6, y + 24, { font: isLast ? 'arimo-bold' : 'arimo', size: isLast ? 11 : 9.5, ...place });
  });
  return y + 40;
}
