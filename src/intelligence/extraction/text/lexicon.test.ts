import { expect, test } from 'vitest';
import { foldText } from './fold-text.ts';
import { findPhrases } from './lexicon.ts';

const kindsIn = (text: string): string[][] => findPhrases(foldText(text)).map((match) => [...match.kinds]);

test.each([
  ['Rechnungsnummer:', 'invoiceNumber'],
  ['Facture n° 12', 'invoiceNumber'],
  ['Mietrechnung Nr. 7', 'invoiceNumber'],
  ['Date d’échéance', 'dueDate'],
  ['Fällig am', 'dueDate'],
  ['Total TTC', 'gross'],
  ['Total HT', 'net'],
  ['Base imponible', 'net'],
  ['Totaal incl. btw', 'gross'],
  ['zzgl. MwSt.', 'tax'],
  ['Data wystawienia', 'issueDate'],
  ['Ihre Bestellung', 'buyerOrder'],
  ['Käufer', 'buyer'],
  ['Balance due', 'due'],
] as const)('“%s” announces %s', (text, kind) => {
  expect(kindsIn(text).flat()).toContain(kind);
});

test('the longest phrase wins: a due date is no date of issue', () => {
  expect(kindsIn('Due date')).toEqual([['dueDate']]);
  expect(kindsIn('Previous unpaid balance')).toEqual([['notTotal']]);
});

test('a label inside a code is none', () => {
  expect(kindsIn('invoice_number_1')).toEqual([]);
});
