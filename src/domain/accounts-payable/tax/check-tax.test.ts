import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TaxReason, TaxStatement } from '#domain/documents';
import { decimal, money } from '#domain/money';
import { buildInvoice } from '../matching/fixtures.ts';
import { checkTax } from './check-tax.ts';
import type { TaxQuestion } from './tax-question.ts';
import { ratePeriods } from './vat-rate-table.ts';

const said = (fields: Partial<TaxStatement> = {}): TaxStatement => ({
  source: 'page',
  shares: [],
  reasons: [],
  vatIds: [],
  buyerVatId: null,
  suppliedFrom: null,
  suppliedTo: null,
  ...fields,
});
const because = (reason: TaxReason): TaxStatement => said({ reasons: [{ reason, text: 'as printed' }] });

interface Figures {
  readonly net?: string;
  readonly tax?: string;
  readonly rate?: string | null;
  readonly issuedOn?: string;
  readonly kind?: 'invoice' | 'credit-note';
}

/** A German office, and an invoice of 100.00 in one line. */
function ask(figures: Figures, question: Partial<TaxQuestion> = {}): string[] {
  return findings(figures, question).map(({ reason, message }) => `${reason}: ${message}`);
}

function findings(
  { net = '100.00', tax = '19.00', rate = '19', issuedOn = '2026-11-02', kind = 'invoice' }: Figures,
  question: Partial<TaxQuestion>,
) {
  const invoice = buildInvoice({
    kind,
    issuedOn,
    net: money(net, 'EUR'),
    tax: money(tax, 'EUR'),
    gross: money(decimal(net).plus(tax).toFixed(2), 'EUR'),
    lines: [
      {
        position: 1,
        description: 'Goods',
        quantity: null,
        unitPrice: null,
        netAmount: money(net, 'EUR'),
        taxRate: rate === null ? null : decimal(rate),
      },
    ],
  });
  return checkTax({
    invoice,
    supplier: { name: 'Kontor AG', country: 'DE', vatId: null },
    printedVatId: null,
    isTaxRead: true,
    statement: said(),
    isSumAsked: false,
    own: { country: 'DE', vatId: 'DE287654321' },
    isForeignTaxExpected: false,
    ...question,
  });
}

const from = (country: string): Partial<TaxQuestion> => ({
  supplier: { name: 'Kontor AG', country, vatId: null },
  isForeignTaxExpected: true,
});

test.each([
  ['DE', '19', '2026-11-02'],
  ['DE', '7', '2026-11-02'],
  ['DE', '16', '2020-12-31'],
  ['DE', '5', '2020-07-01'],
  ['EE', '22', '2025-06-30'],
  ['EE', '24', '2025-07-01'],
  ['SK', '23', '2025-01-01'],
  ['RO', '21', '2025-08-01'],
  ['FI', '25.5', '2024-09-01'],
  ['LU', '16', '2023-05-01'],
  ['CH', '8.1', '2024-01-01'],
  ['CH', '7.7', '2023-12-31'],
  ['NO', '25', '2026-01-01'],
  ['GB', '20', '2026-01-01'],
  ['ES', '7', '2026-01-01'],
])('in %s %s %% is a rate on %s', (country, rate, issuedOn) => {
  expect(ask({ rate, tax: rate, issuedOn }, from(country))).toEqual([]);
});

test.each([
  ['DE', '18', '2026-11-02'],
  ['DE', '16', '2021-04-01'],
  ['DE', '16', '2020-06-30'],
  ['EE', '20', '2024-04-01'],
  ['EE', '24', '2025-06-30'],
  ['SK', '20', '2025-04-01'],
  ['CH', '7.7', '2024-04-01'],
  ['LU', '17', '2023-06-01'],
])('in %s %s %% is none on %s', (country, rate, issuedOn) => {
  const [found] = findings({ rate, tax: rate, issuedOn }, from(country));
  expect(found).toMatchObject({ reason: 'tax-rate', line: 1, found: `${rate} %` });
});

test('a rate that was just changed is no alarm: the supply may have been before, unless its day is named', () => {
  const late = { rate: '16', tax: '16.00', issuedOn: '2021-01-20' };
  expect(ask(late)).toEqual([]);
  expect(ask(late, { statement: said({ suppliedFrom: '2020-12-11', suppliedTo: '2020-12-11' }) })).toEqual([]);
  expect(ask(late, { statement: said({ suppliedFrom: '2021-01-11', suppliedTo: '2021-01-11' }) })).toHaveLength(1);
  expect(ask({ ...late, issuedOn: '2022-11-20', kind: 'credit-note' })).toEqual([]);
});

test('without rates, a tax above the highest rate is asked about, to the cent of rounding', () => {
  expect(ask({ tax: '19.01', rate: null })).toEqual([]);
  expect(findings({ tax: '19.02', rate: null }, {})[0]).toMatchObject({
    reason: 'tax-rate',
    expected: 'at most 19.00 EUR',
    difference: '+0.02 EUR',
  });
});

test('the tax of all rates is the tax of the invoice, and each is its share', () => {
  const shares = (tax: string, other: string) =>
    said({
      shares: [
        { category: 'S', rate: '19', basis: '50.00', tax },
        { category: 'S', rate: '7', basis: '50.00', tax: other },
      ],
    });
  expect(ask({ tax: '13.00' }, { statement: shares('9.50', '3.50') })).toEqual([]);
  expect(ask({ tax: '13.50' }, { statement: shares('9.50', '3.50') })).toEqual([
    'tax-rate: The tax of all rates adds up to 13.00 EUR, but the invoice says 13.50 EUR tax.',
  ]);
  expect(findings({ tax: '13.00' }, { statement: shares('9.48', '3.52') })).toHaveLength(2);
  expect(ask({ tax: '13.00' }, { statement: shares('9.49', '3.51') })).toEqual([]);
  expect(ask({ tax: '13.50' }, { statement: shares('9.50', '3.50'), isSumAsked: true })).toEqual([]);
});

test('tax on all of it, though the invoice says that the buyer owes it', () => {
  expect(ask({}, { statement: because('reverse-charge') })[0]).toMatch(/^tax-treatment: .*reverse charge.*19\.00 EUR/);
  expect(ask({}, { statement: because('small-business') })).toHaveLength(1);
  // Only part of it is taxed: the note may be about the rest. Footers speak of exports that this is none of.
  expect(ask({ tax: '9.50', rate: null }, { statement: because('reverse-charge') })).toEqual([]);
  expect(ask({}, { statement: because('export') })).toEqual([]);
});

test('the tax of another country is asked about, until somebody said that it is borne', () => {
  const french = { supplier: { name: 'Lumière SARL', country: 'FR', vatId: null } };
  const figures = { tax: '20.00', rate: '20' };
  expect(ask(figures, french)).toEqual([expect.stringMatching(/^tax-treatment: Lumière SARL charges 20\.00 EUR of tax of France/)]);
  expect(ask(figures, { ...french, isForeignTaxExpected: true })).toEqual([]);
  expect(ask(figures, { ...french, own: { country: null, vatId: null } })).toEqual([]);
  expect(ask({ tax: '0.00', rate: '0' }, french)).toEqual([]);
  expect(ask(figures, { ...french, isTaxRead: false })).toEqual([]);
  // Registered here, it charges our tax.
  expect(ask({}, { supplier: { ...french.supplier, vatId: 'DE136695976' }, printedVatId: 'DE136695976' })).toEqual([]);
});

test('no tax at home needs a reason, printed or in a category', () => {
  const untaxed = { tax: '0.00', rate: null };
  expect(ask(untaxed)).toEqual([expect.stringMatching(/^tax-treatment: Kontor AG is in Germany as you are/)]);
  expect(ask(untaxed, { statement: because('small-business') })).toEqual([]);
  expect(ask(untaxed, { statement: said({ source: 'xml', shares: [{ category: 'E', rate: '0', basis: '100', tax: '0' }] }) })).toEqual([]);
  expect(ask(untaxed, { isTaxRead: false })).toEqual([]);
  expect(ask(untaxed, { statement: null })).toEqual([]);
  expect(ask(untaxed, { own: { country: null, vatId: null } })).toEqual([]);
});

test('a supply within the EU names both VAT ids', () => {
  const dutch = { supplier: { name: 'Meubels B.V.', country: 'NL', vatId: null } };
  const untaxed = { tax: '0.00', rate: '0' };
  const both = { ...because('intra-community'), vatIds: ['NL812455670B01', 'DE287654321'] };
  expect(ask(untaxed, { ...dutch, statement: both })).toEqual([]);
  expect(ask(untaxed, { ...dutch, statement: { ...both, vatIds: ['NL812455670B01'] } })[0]).toContain('yours is missing');
  expect(ask(untaxed, { ...dutch, statement: { ...both, vatIds: [] } })[0]).toContain('that of Meubels B.V. and yours');
  const data = { ...both, source: 'xml' as const };
  expect(ask(untaxed, { ...dutch, statement: data })[0]).toContain('yours is missing');
  expect(ask(untaxed, { ...dutch, statement: { ...data, buyerVatId: 'DE287654321' } })).toEqual([]);
});

test('a VAT id has right check digits, is of the supplier’s country, and is the one on file', () => {
  expect(ask({}, { printedVatId: 'DE136695976' })).toEqual([]);
  expect(ask({}, { printedVatId: 'DE 136 695 977' })).toEqual([expect.stringMatching(/^vat-id: The check digits/)]);
  expect(ask({}, { printedVatId: '123/456/78901' })).toEqual([]);
  const onFile = { supplier: { name: 'Kontor AG', country: 'DE', vatId: 'DE136695976' } };
  expect(ask({}, { ...onFile, printedVatId: 'DE 136 695 976' })).toEqual([]);
  expect(ask({}, { ...onFile, printedVatId: 'DE811569869' })).toEqual([
    expect.stringMatching(/^vat-id: The invoice gives VAT id DE811569869/),
  ]);
  expect(findings({ tax: '20.00', rate: '20' }, { printedVatId: 'FR40303265045' })[0]).toMatchObject({
    reason: 'vat-id',
    expected: 'a VAT id of Germany',
  });
  // Ours, read as theirs.
  expect(ask({}, { printedVatId: 'DE287654321' })).toEqual([]);
  expect(ask({}, { statement: said({ source: 'xml', buyerVatId: 'DE136695976' }) })[0]).toContain('yours is DE287654321');
});

const amount = fc.bigInt({ min: -999_999_999_999n, max: 999_999_999_999n });

test('what is not known raises nothing, whatever the figures', () => {
  const unknown = { supplier: null, printedVatId: null, statement: null, isTaxRead: false, own: { country: null, vatId: null } };
  fc.assert(
    fc.property(amount, amount, fc.integer({ min: 0, max: 9999 }), (net, tax, rate) => {
      const text = (minor: bigint) => decimal(minor).div(100).toFixed(2);
      expect(ask({ net: text(net), tax: text(tax), rate: decimal(rate).div(100).toFixed() }, unknown)).toEqual([]);
    }),
    { seed: 20_261_201 },
  );
});

test('every rate of the table passes on every day it held, and the table is in order', () => {
  for (const [country, periods] of Object.entries(ratePeriods)) {
    expect(periods.map(([since]) => since)).toEqual(periods.map(([since]) => since).toSorted());
    for (const [index, [since, ...rates]] of periods.entries()) {
      const issuedOn = index === 0 ? dayAfter(since, 61) : since;
      for (const rate of rates)
        expect(ask({ rate: String(rate), tax: String(rate), issuedOn }, from(country)), `${country} ${rate}`).toEqual([]);
    }
  }
});

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
