import { figure, longDay, price, spacedIban } from './figures.ts';
import { numberLabel, put, rule, stack, titleOf, totalRows, town, type Sheet } from './sheet.ts';
import { paymentTerms, taxExemption } from './words.ts';

const [left, right] = [54, 558];

/** A subscription's bill on US Letter: much white, the amount in words' place at the top, the period under each line. */
export function subscription(sheet: Sheet): void {
  const { pen, invoice, words } = sheet;
  const { supplier } = invoice;
  put(pen, titleOf(sheet), left, 52, { font: 'arimo-bold', size: 22 });
  logo(sheet);
  const facts: readonly (readonly [string, string])[] = [
    [numberLabel(sheet), invoice.number],
    [words.date, longDay(invoice.issuedOn, supplier.manner)],
    [words.due, longDay(invoice.dueOn, supplier.manner)],
    ...(invoice.poNumber === null ? [] : [[words.order, invoice.poNumber] as const]),
  ];
  facts.forEach(([label, value], index) => {
    put(pen, label, left, 92 + index * 14, { font: 'arimo-bold', size: 9 });
    put(pen, value, left + 92, 92 + index * 14, { font: 'arimo', size: 9 });
  });
  stack(pen, [supplier.street, town(supplier), 'United States', `billing@${supplier.emailDomains[0] ?? ''}`], left, 174, {
    font: 'arimo',
    size: 9,
  });
  put(pen, supplier.name, left, 160, { font: 'arimo-bold', size: 9.5 });
  put(pen, 'Bill to', 300, 160, { font: 'arimo-bold', size: 9.5 });
  stack(pen, [invoice.buyer.name, invoice.buyer.street, `${invoice.buyer.postcode} ${invoice.buyer.city}`, 'Germany'], 300, 174, {
    font: 'arimo',
    size: 9,
  });
  const verb = invoice.kind === 'credit-note' ? 'credited' : 'due';
  const due = `$${figure(invoice.gross, supplier.manner)} ${invoice.currency} ${verb} ${longDay(invoice.kind === 'credit-note' ? invoice.issuedOn : invoice.dueOn, supplier.manner)}`;
  put(pen, due, left, 250, { font: 'arimo-bold', size: 16, colour: supplier.colour });
  let y = lines(sheet, 296);
  if (y > 520) {
    pen.addPage();
    y = 60;
  }
  const end = sums(sheet, y + 8);
  put(pen, paymentTerms(invoice), left, end + 30, { font: 'arimo', size: 9, width: 430 });
  put(pen, `Wire to ${invoice.bankName}, IBAN ${spacedIban(invoice.iban)}, SWIFT ${invoice.bic}`, left, end + 48, {
    font: 'arimo',
    size: 9,
    width: 480,
  });
  put(pen, taxExemption(invoice) ?? '', left, end + 66, { font: 'arimo', size: 8.5, colour: '#6b7280', width: 430 });
  const { start, count } = pen.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    pen.switchToPage(start + page);
    rule(pen, left, 738, right, 738, { colour: '#d1d5db' });
    put(pen, `${invoice.number} · ${supplier.register}`, left, 748, { font: 'arimo', size: 7.5, colour: '#6b7280' });
    const place = { font: 'arimo', size: 7.5, colour: '#6b7280', width: right - left, align: 'right' } as const;
    put(pen, `${words.page} ${page + 1} of ${count}`, left, 748, place);
  }
}

function logo({ pen, invoice: { supplier } }: Sheet): void {
  pen.save().translate(436, 44).fillColor(supplier.colour);
  pen.roundedRect(0, 0, 30, 30, 8).fill();
  pen.fillColor('#ffffff').circle(11, 18, 5).fill().circle(19, 18, 5).fill().circle(15, 13, 6).fill().restore();
  put(pen, 'cloudharbor', 472, 51, { font: 'arimo-bold', size: 13, colour: supplier.colour });
}

function lines({ pen, invoice }: Sheet, y: number): number {
  const { manner } = invoice.supplier;
  const cells = (texts: readonly [string, string, string, string], top: number, font: 'arimo' | 'arimo-bold', size: number): void => {
    put(pen, texts[0], left, top, { font, size });
    put(pen, texts[1], 330, top, { font, size, width: 60, align: 'right' });
    put(pen, texts[2], 400, top, { font, size, width: 70, align: 'right' });
    put(pen, texts[3], 478, top, { font, size, width: 80, align: 'right' });
  };
  cells(['Description', 'Qty', 'Unit price', 'Amount'], y, 'arimo', 8);
  rule(pen, left, y + 14, right, y + 14, { colour: '#111827', width: 0.7 });
  let top = y + 24;
  for (const line of invoice.lines) {
    if (top > 690) {
      pen.addPage();
      top = 60;
    }
    cells(
      [line.description, figure(line.quantity, manner), `$${price(line.price, manner)}`, `$${figure(line.net, manner)}`],
      top,
      'arimo',
      9.5,
    );
    put(pen, `${line.code ?? ''} · billed per ${line.unit}`, left, top + 14, { font: 'arimo', size: 8, colour: '#6b7280' });
    top += 38;
  }
  return top;
}

function sums(sheet: Sheet, y: number): number {
  const { pen, invoice } = sheet;
  const rows = totalRows(sheet, { currency: 'before', taxLabel: ({ rate }) => `Tax (${rate}%)` });
  const all = [
    ...rows.slice(0, -1),
    ['Total', rows.at(-1)?.[1] ?? ''] as const,
    ['Amount due', `${rows.at(-1)?.[1] ?? ''} ${invoice.currency}`] as const,
  ];
  all.forEach(([label, amount], index) => {
    const top = y + index * 21;
    const font = index === all.length - 1 ? 'arimo-bold' : 'arimo';
    rule(pen, 306, top - 6, right, top - 6, { colour: '#d1d5db' });
    put(pen, label, 306, top, { font, size: 9.5 });
    put(pen, amount, 430, top, { font, size: 9.5, width: right - 430, align: 'right' });
  });
  return y + all.length * 21;
}
