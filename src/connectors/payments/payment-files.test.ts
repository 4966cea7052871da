import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { money } from '#domain/money';
import type { PaymentOrder } from '#domain/ports';
import { checkPaymentCsv, writePaymentCsv } from './payment-csv.ts';
import { createPaymentFiles } from './payment-files.ts';

const order: PaymentOrder = {
  messageId: 'RUN-1',
  createdAt: new Date('2026-03-02T09:00:00Z'),
  debtor: { name: 'Sample Office', iban: 'DE89370400440532013000', bic: null },
  payments: [
    {
      endToEndId: 'PAY-1',
      instructionId: 'A1',
      amount: money('220.41', 'EUR'),
      creditor: { name: '=cmd|"/c calc"!A1', iban: 'DE02120300000000202051', bic: null },
      remittance: 'RE-7037,\r\nsecond line',
      executeOn: '2026-03-05',
    },
    {
      endToEndId: 'PAY-2',
      instructionId: null,
      amount: money('1000.00', 'EUR'),
      creditor: { name: 'Müller & Söhne', iban: 'FR1420041010050500013M02606', bic: null },
      remittance: 'RE-7074',
      executeOn: '2026-03-05',
    },
  ],
};

test('the account that pays decides the format, and a setting over it', async () => {
  const american = { ...order, debtor: { ...order.debtor, iban: 'US021000021123456789' } };
  const dollars = american.payments.map((payment) => ({
    ...payment,
    amount: { ...payment.amount, currency: 'USD' },
    creditor: { ...payment.creditor, iban: 'US011401533000987654321' },
  }));
  expect(await createPaymentFiles().write(order)).toContain('pain.001.001.09');
  expect(await createPaymentFiles({ format: 'csv' }).write(order)).toContain('"PAY-1"');
  expect(await createPaymentFiles({ achCompanyId: '1234567890' }).write({ ...american, payments: dollars })).toMatch(/^101 021000021/);
  await expect(createPaymentFiles().write({ ...american, payments: dollars })).rejects.toThrow('DESKHAND_ACH_COMPANY_ID');
  await expect(createPaymentFiles({ achCompanyId: '1234567890' }).write(american)).rejects.toThrow('holds dollars');
});

test('CSV says exactly what was ordered, one line a payment, and nothing that a spreadsheet would run', () => {
  const file = writePaymentCsv(order);
  expect(writePaymentCsv(order)).toBe(file);
  const rows = parse(file, { columns: true }) as Record<string, string>[];
  expect(rows).toMatchObject([
    {
      endToEndId: 'PAY-1',
      amount: '220.41',
      currency: 'EUR',
      creditorName: `'=cmd|"/c calc"!A1`,
      remittance: 'RE-7037,  second line',
      instructionId: 'A1',
    },
    { endToEndId: 'PAY-2', amount: '1000.00', creditorName: 'Müller & Söhne', creditorAccount: 'FR1420041010050500013M02606' },
  ]);
  expect(checkPaymentCsv(file, order)).toEqual([]);
  expect(checkPaymentCsv(file.replace('220.41', '220.42'), order)).toEqual([
    expect.stringContaining('122042 minor units; 122041 were ordered'),
  ]);
  expect(checkPaymentCsv(file.replace('DE02120300000000202051', 'DE02500105170137075030'), order)).toEqual([
    'Line 2 is another payment than PAY-1.',
  ]);
  expect(checkPaymentCsv(`${file.split('\r\n').slice(0, 2).join('\r\n')}\r\n`, order)).toHaveLength(3);
});
