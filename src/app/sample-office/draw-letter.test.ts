import { readDocument } from '#intelligence';
import { expect, test } from 'vitest';
import { drawReminder, drawStatement } from './draw-letter.ts';
import { organization } from './office.ts';
import { suppliers, supplierOf } from './suppliers.ts';

const issuedOn = '2026-11-20';

async function textOf(bytes: Uint8Array): Promise<{ readonly text: string; readonly pages: number }> {
  const { pages, problems } = await readDocument({ fileName: 'letter.pdf', bytes });
  expect(problems).toEqual([]);
  return { text: pages.flatMap((page) => page.words.map((word) => word.text)).join(' '), pages: pages.length };
}

function statement(key: string, count: number): Promise<Uint8Array> {
  const supplier = supplierOf(key);
  const entries = Array.from({ length: count }, (_, index) => ({
    number: `RE-${4400 + index}`,
    issuedOn: '2026-11-02',
    amount: '1234.50',
  }));
  return drawStatement({ supplier, buyer: organization, issuedOn, entries, currency: supplier.currency });
}

test('a statement names every open invoice, when it is due, and what all come to', async () => {
  const { text, pages } = await textOf(await statement('nordwind', 3));
  expect(pages).toBe(1);
  for (const part of ['Kontoauszug', 'RE-4400', 'RE-4402', '02.12.2026', '1.234,50', '3.703,50 EUR', 'DE54 2004 1111 0532 0174 00']) {
    expect(text).toContain(part);
  }
});

test('a long statement goes on on the next page', async () => {
  const { text, pages } = await textOf(await statement('thames', 40));
  expect(pages).toBe(2);
  expect(text).toContain('RE-4439');
  expect(text).toContain('GBP 49,380.00');
});

test('the same letter gives the same bytes', async () => {
  expect(await statement('seefeld', 2)).toEqual(await statement('seefeld', 2));
});

test.each(suppliers.map((supplier) => [supplier.key, supplier] as const))(
  '%s reminds in its own language and names invoice and account',
  async (_, supplier) => {
    const bill = { number: 'X-77', amount: '979.79', currency: supplier.currency };
    const { text } = await textOf(await drawReminder({ supplier, buyer: organization, issuedOn, ...bill, level: 1 }));
    const titles = { de: 'Zahlungserinnerung', 'de-ch': 'Zahlungserinnerung', fr: 'Rappel de paiement', es: 'Recordatorio de pago' };
    const title = supplier.manner === 'en-gb' || supplier.manner === 'en-us' ? 'Payment reminder' : titles[supplier.manner];
    expect(text).toContain(title);
    expect(text).toContain('X-77');
    expect(text.replaceAll(' ', '')).toContain(supplier.iban);
  },
);
