import { expect, test } from 'vitest';
import { draftQuestion, isAskable, type QuestionFacts } from './draft-question.ts';
import { questionLanguages } from './question.ts';

const facts: QuestionFacts = {
  recipient: 'supplier',
  recipientName: 'Nordwind Papier GmbH',
  askedBy: 'Ana Lopez',
  organization: 'Test Office GmbH',
  supplierName: 'Nordwind Papier GmbH',
  invoiceNumber: 'RE-7037',
  issuedOn: '2026-03-02',
  orderNumber: 'PO-26-0001',
  reason: 'price',
  differences: [{ line: 1, description: 'Copy paper A4 80 g', expected: '1,018.90 EUR', found: '1,021.00 EUR', difference: '+2.10 EUR' }],
};

test('a question names invoice, order, line, expected, found and difference as its language writes them', () => {
  expect(draftQuestion(facts, 'de')).toEqual({
    subject: 'Rückfrage zur Rechnung RE-7037, Bestellung PO-26-0001',
    body: `Guten Tag Nordwind Papier GmbH,

wir haben eine Frage zu Ihrer Rechnung RE-7037 vom 02.03.2026 zu unserer Bestellung PO-26-0001:

- Position 1, Copy paper A4 80 g: bestellt zu 1.018,90 EUR, berechnet 1.021,00 EUR, Differenz +2,10 EUR

Ist der berechnete Preis richtig? Wenn ja, nennen Sie uns bitte den Grund. Wenn nicht, senden Sie uns bitte eine korrigierte Rechnung oder eine Gutschrift und schreiben Sie uns, bis wann.

Bis dahin wartet die Rechnung. Bitte antworten Sie auf diese Mail und lassen Sie den Betreff so, wie er ist.

Freundliche Grüße
Ana Lopez
Test Office GmbH
`,
  });
});

test.each([
  ['en', 'received 4 boxes, invoiced 10 boxes, difference +6 boxes'],
  ['de', 'eingegangen 4 Kartons, berechnet 10 Kartons, Differenz +6 Kartons'],
  ['fr', 'reçu 4 boîtes, facturé 10 boîtes, différence +6 boîtes'],
  ['es', 'recibido 4 cajas, facturado 10 cajas, diferencia +6 cajas'],
] as const)('quantities are said in %s', (language, said) => {
  const differences = [{ line: 1, description: null, expected: '4 boxes', found: '10 boxes', difference: '+6 boxes' }];
  expect(draftQuestion({ ...facts, reason: 'missing-receipt', differences }, language).body).toContain(said);
});

const signOffs = { en: 'Kind regards', de: 'Freundliche Grüße', fr: 'Cordialement', es: 'Un saludo' };

test('what is written is in the language it is meant to be in, to insiders as well', () => {
  for (const language of questionLanguages) {
    for (const recipient of ['supplier', 'buyer', 'receiver'] as const)
      expect(questionLanguages.filter((other) => draftQuestion({ ...facts, recipient }, language).body.includes(signOffs[other]))).toEqual([
        language,
      ]);
  }
});

test('nothing is asked by mail about accounts and suspected fraud', () => {
  expect(['bank-account-changed', 'bank-account-called', 'fraud-hold', 'fraud-second', 'unknown-supplier'].filter(isAskable)).toEqual([]);
  expect(['price', 'quantity', 'missing-receipt', 'duplicate', 'arithmetic'].every(isAskable)).toBe(true);
});
