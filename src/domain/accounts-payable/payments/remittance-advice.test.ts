import { expect, test } from 'vitest';
import { money } from '#domain/money';
import { languageOf, writeAdvice, type AdvisedPayments } from './remittance-advice.ts';

const paid: AdvisedPayments = {
  payer: 'Sample Office',
  supplier: 'Nordwind Papier GmbH',
  iban: 'DE02120300000000202051',
  executeOn: '2026-03-05',
  invoices: [
    {
      number: 'RE-7037',
      issuedOn: '2026-03-02',
      gross: money('12345.60', 'EUR'),
      discount: money('246.91', 'EUR'),
      paid: money('12098.69', 'EUR'),
      endToEndId: 'PAY-1',
    },
    {
      number: 'RE-7074',
      issuedOn: null,
      gross: money('1.31', 'EUR'),
      discount: money('0', 'EUR'),
      paid: money('1.31', 'EUR'),
      endToEndId: 'PAY-2',
    },
  ],
};

test('lists each invoice with what was taken off, and the sum, in English', () => {
  expect(writeAdvice(paid, 'en')).toEqual({
    subject: 'Remittance advice: 12,100.00 EUR from Sample Office',
    text: `To Nordwind Papier GmbH

Sample Office pays you 12,100.00 EUR, from 5 March 2026 on, to your account DE… 2051. It is for:

Invoice RE-7037 of 2 March 2026
  Amount of the invoice: 12,345.60 EUR
  Cash discount: -246.91 EUR
  Paid: 12,098.69 EUR
  Reference on your statement: PAY-1

Invoice RE-7074
  Amount of the invoice: 1.31 EUR
  Paid: 1.31 EUR
  Reference on your statement: PAY-2

In all: 12,100.00 EUR

If something in it is not right, please answer within a few days.

Sample Office
`,
  });
});

test.each([
  ['de', 'Zahlungsavis: 12.100,00 EUR von Sample Office', ['Skonto: -246,91 EUR', 'Rechnung RE-7037 vom 02.03.2026', 'ab dem 05.03.2026']],
  ['fr', 'Avis de paiement : 12\u00a0100,00 EUR de Sample Office', ['Escompte: -246,91 EUR', 'Facture RE-7037 du 02/03/2026']],
  ['es', 'Aviso de pago: 12.100,00 EUR de Sample Office', ['Descuento por pronto pago: -246,91 EUR', 'Factura RE-7037 del 02/03/2026']],
] as const)('says the same in %s', (language, subject, texts) => {
  const advice = writeAdvice(paid, language);
  expect(advice.subject).toBe(subject);
  for (const text of texts) expect(advice.text).toContain(text);
  // No account is written out, and nothing of another language is left.
  expect(advice.text).not.toContain('202051');
  expect(advice.text).not.toMatch(/Invoice|Paid:/);
});

test('yen have no decimals, and a language that is not spoken here is English', () => {
  const yen = {
    ...paid,
    invoices: [
      {
        ...(paid.invoices[1] ?? expect.unreachable()),
        gross: money('5000', 'JPY'),
        discount: money('0', 'JPY'),
        paid: money('5000', 'JPY'),
      },
    ],
  };
  expect(writeAdvice(yen, 'de').subject).toBe('Zahlungsavis: 5.000 JPY von Sample Office');
  expect([languageOf('AT'), languageOf('FR'), languageOf('ES'), languageOf('PL'), languageOf('CH')]).toEqual([
    'de',
    'fr',
    'es',
    'en',
    'en',
  ]);
});
