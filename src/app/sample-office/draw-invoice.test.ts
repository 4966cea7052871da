import { readDocument } from '#intelligence';
import { expect, test } from 'vitest';
import { deals, dealOf, invoiceOf } from './deals.ts';
import { drawInvoice } from './draw-invoice.ts';
import { ciiInvoice } from './cii.ts';
import { totalled, type LineDraft, type SampleInvoice } from './invoice.ts';
import { figure } from './layouts/figures.ts';
import { organization } from './office.ts';
import { stranger, suppliers, type SampleSupplier } from './suppliers.ts';

const today = '2026-11-23';
const issuers = [...suppliers, stranger].map((supplier) => [supplier.key, supplier] as const);

async function read(invoice: SampleInvoice): Promise<{ readonly text: string; readonly pages: number }> {
  const { pages, problems } = await readDocument({ fileName: 'invoice.pdf', bytes: await drawInvoice(invoice) });
  expect(problems).toEqual([]);
  // An IBAN stands in groups of four, a French amount has a no-break space.
  const text = pages.flatMap((page) => page.words.map((word) => word.text)).join('');
  return { text, pages: pages.length };
}

/** An energy bill says on the first page what is due and on the second why. */
const leastPages = ({ layout }: SampleSupplier): number => (layout === 'utility' ? 2 : 1);

const squeezed = (text: string): string => text.replaceAll(/\s/g, '');

function invoiceBy(supplier: SampleSupplier, lineCount: number): SampleInvoice {
  const lines = Array.from({ length: lineCount }, (_, index): LineDraft => ({
    code: `C-${index}`,
    description: `Oak table ${index}`,
    unit: 'each',
    quantity: '12',
    price: '104.25',
  }));
  const { iban, bic, bankName, currency } = supplier;
  const days = { issuedOn: '2026-11-10', deliveredOn: '2026-11-07', dueOn: '2026-12-10' };
  const head = {
    kind: 'invoice',
    supplier,
    buyer: organization,
    number: 'TEST-4711',
    poNumber: 'PO-2026-0199',
    creditsNumber: null,
  } as const;
  return totalled({ ...head, ...days, currency, iban, bic, bankName }, lines);
}

test.each(issuers)('%s prints number, order, account, every line and the totals', async (_, supplier) => {
  const invoice = invoiceBy(supplier, 3);
  const { text, pages } = await read(invoice);
  expect(pages).toBe(leastPages(supplier));
  const amounts = [invoice.net, invoice.tax, invoice.gross, invoice.lines[0]?.net ?? ''].filter((amount) => amount !== '0.00');
  const parts = [
    invoice.number,
    'PO-2026-0199',
    invoice.iban,
    'Oaktable2',
    ...amounts.map((amount) => squeezed(figure(amount, supplier.manner))),
  ];
  for (const part of parts) expect(text).toContain(part);
});

test.each(issuers)('%s goes on on another page for thirty lines, and loses none', async (_, supplier) => {
  const { text, pages } = await read(invoiceBy(supplier, 30));
  expect(pages).toBeGreaterThan(leastPages(supplier));
  for (let index = 0; index < 30; index += 1) expect(text).toContain(`Oaktable${index}`);
});

test.each(issuers)('%s prints the same bytes for the same invoice', async (_, supplier) => {
  const invoice = invoiceBy(supplier, 2);
  expect(Buffer.compare(await drawInvoice(invoice), await drawInvoice(invoice))).toBe(0);
});

test.each(issuers)('%s names the invoice that a credit note reduces, and no negative amount', async (_, supplier) => {
  const invoice = { ...invoiceBy(supplier, 1), kind: 'credit-note', creditsNumber: 'OLD-0815' } as const;
  const { text } = await read(invoice);
  expect(text).toMatch(/gutschrift|avoir|rectificativa|creditnote/i);
  expect(text).toContain('OLD-0815');
  expect(text).not.toContain(`-${figure(invoice.gross, supplier.manner)}`);
});

test('an e-invoice travels inside its page, byte for byte the same each time', async () => {
  const invoice = invoiceOf(dealOf('notebooks'), today);
  const attachXml = { fileName: 'factur-x.xml', xml: ciiInvoice(invoice, 'factur-x') };
  const bytes = await drawInvoice(invoice, { attachXml });
  expect(Buffer.compare(bytes, await drawInvoice(invoice, { attachXml }))).toBe(0);
  const { structuredXml } = await readDocument({ fileName: 'invoice.pdf', bytes });
  expect(structuredXml).toContain('<rsm:CrossIndustryInvoice');
});

test('a page with a password opens for nobody without it', async () => {
  const bytes = await drawInvoice(invoiceOf(dealOf('paper'), today), { password: 'harbor-4471' });
  const { problems } = await readDocument({ fileName: 'invoice.pdf', bytes });
  expect(problems).toHaveLength(1);
});

test('every invoice of the mailbox can be drawn and read', async () => {
  for (const deal of deals) {
    const invoice = invoiceOf(deal, today);
    const { text } = await read(invoice);
    expect(text).toContain(squeezed(invoice.number));
    expect(text).toContain(squeezed(figure(invoice.gross, invoice.supplier.manner)));
  }
});
