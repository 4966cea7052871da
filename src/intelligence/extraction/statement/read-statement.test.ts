import { expect, test } from 'vitest';
import { extract } from '../extract.ts';
import { gridReading } from '../table/grid-reading.test-kit.ts';

const columns = [40, 140, 240, 330, 420, 510];
const rowsOf = (rows: readonly string[]) => extract(gridReading(rows, { columns })).statement;

test('open items: number, day and what is open, and the balance below', () => {
  const found = rowsOf([
    'Saldenbestätigung',
    'Sehr geehrte Damen und Herren, wir bitten um Prüfung der Posten',
    'Beleg-Nr. | Datum | Fällig | Betrag | Offen',
    'RE-4711 | 03.10.2026 | 02.11.2026 | 1.190,00 | 190,00',
    'Gutschrift GS-12 | 05.10.2026 | | 59,50- | 59,50-',
    'RE-4802 | 04.11.2026 | 04.12.2026 | 238,00 | 238,00',
    'Saldo | | | | 368,50',
    'Bankverbindung: Musterbank, Konto 12, Stammkapital 25.000,00 EUR',
  ]);
  expect(found).toMatchObject({
    rows: [
      { kind: 'invoice', number: 'RE-4711', on: '2026-10-03', amount: '1190.00', open: '190.00' },
      { kind: 'credit-note', number: 'GS-12', on: '2026-10-05', amount: '-59.50', open: '-59.50' },
      { kind: 'invoice', number: 'RE-4802', on: '2026-11-04', amount: '238.00', open: '238.00' },
    ],
    balance: '368.50',
    unread: [],
  });
});

test('an account: what was billed and paid, on two sides, from a balance before', () => {
  const found = rowsOf([
    'Statement of account',
    'Date | Details | Reference | Debits | Credits | Balance',
    '01/09/2026 | Balance brought forward | | | | 500.00',
    '14/09/2026 | Invoice | INV-88 | 120.00 | | 620.00',
    '20/09/2026 | Payment received | | | 500.00 | 120.00',
    '25/09/2026 | Credit note | CN-7 | | 20.00 | 100.00',
    'see our letter | | | 12.00 | | 112.00',
    'Closing balance | | | | | 112.00',
  ]);
  expect(found?.rows.map(({ kind, number, amount }) => [kind, number, amount])).toEqual([
    ['carried', null, '500.00'],
    ['invoice', 'INV-88', '120.00'],
    ['payment', null, '-500.00'],
    ['credit-note', 'CN-7', '-20.00'],
  ]);
  expect(found).toMatchObject({ balance: '112.00', unread: ['see our letter 12.00 112.00'] });
});

test('papers that a statement lists give it no title, and other papers have no rows', () => {
  const sheet = ['Relevé de compte', 'Date | Pièce | Montant | Solde', '05/10/2026 | Avoir AV-3 | -10,00 | 90,00', 'Solde | | | 90,00'];
  expect(extract(gridReading(sheet, { columns })).documentType).toBe('statement');
  expect(rowsOf(['Invoice', 'Description | Quantity | Price | Amount', 'Paper | 2 | 5.00 | 10.00', 'Total | | | 10.00'])).toBeUndefined();
});
