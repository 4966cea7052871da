import { expect, test } from 'vitest';
import { detectLanguage } from './detect-language.ts';
import { draftQuestion, draftReminder, isAskable, type QuestionFacts } from './draft-question.ts';
import { proposeEffect } from './propose-effect.ts';
import { questionLanguages, type AnswerKind, type RecognisedAnswer } from './question.ts';
import { newReference, referencesInSubject, withReference } from './reference.ts';

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

test('what is written is in the language it is meant to be in, to insiders as well', () => {
  for (const language of questionLanguages) {
    for (const recipient of ['supplier', 'buyer', 'receiver'] as const)
      expect(detectLanguage(draftQuestion({ ...facts, recipient }, language).body)).toBe(language);
  }
});

test('nothing is asked by mail about accounts and suspected fraud', () => {
  expect(['bank-account-changed', 'bank-account-called', 'fraud-hold', 'fraud-second', 'unknown-supplier'].filter(isAskable)).toEqual([]);
  expect(['price', 'quantity', 'missing-receipt', 'duplicate', 'arithmetic'].every(isAskable)).toBe(true);
});

test('a reminder quotes the question and stays in its thread', () => {
  const asked = draftQuestion(facts, 'en');
  const reminder = draftReminder(facts, { ...asked, askedOn: '2026-03-02' }, 'en');
  expect(reminder.subject).toBe(`Re: ${asked.subject}`);
  expect(reminder.body).toContain('we asked you on 2 March 2026 and have no answer yet');
  expect(reminder.body).toContain('> Hello Nordwind Papier GmbH,');
});

test('a reference is found in the subject of an answer, whatever was put before it', () => {
  const reference = newReference(new Uint8Array([255, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  expect(reference).toMatch(/^[0-9A-Z]{10}$/);
  expect(referencesInSubject(`AW: WG: ${withReference('Rückfrage', reference).toLowerCase()}`)).toEqual([reference]);
  expect(referencesInSubject('Re: [Q-123] and Q-7F3K2M9A0B')).toEqual([]);
});

const said = (kind: AnswerKind, until: string | null = null): RecognisedAnswer => ({
  kind,
  sentence: 'As it was written.',
  until,
  why: null,
});

test('each answer proposes one effect, with the day it names', () => {
  const choices = ['accept', 'reject'];
  const effect = (kind: AnswerKind, from: 'supplier' | 'buyer') => proposeEffect(said(kind, '2026-12-12'), from, choices)?.effect ?? null;
  expect(effect('stands', 'supplier')).toBe('accept');
  expect(effect('corrected-invoice', 'supplier')).toBe('reject');
  expect(effect('refuses', 'supplier')).toBe('set-aside');
  expect(effect('refuses', 'buyer')).toBe('reject');
  expect(effect('unclear', 'supplier')).toBeNull();
  expect(proposeEffect(said('credit-note', '2026-12-12'), 'supplier', choices)).toEqual({
    effect: 'wait',
    until: '2026-12-12',
    words: 'The supplier sends a credit note. Wait for the credit note until 2026-12-12?',
  });
});

test('what the task does not take is not proposed', () => {
  expect(proposeEffect(said('stands'), 'buyer', ['reject'])).toBeNull();
});
