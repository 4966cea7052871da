import { addDays, daysBetween } from '#domain/calendar';
import type { Reading } from '#domain/documents';
import { decimal, money } from '#domain/money';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildInvoice } from '../matching/fixtures.ts';
import type { Invoice, InvoiceLine } from '../types.ts';
import type { Agreement, AgreementClaim, Rhythm } from './agreement.ts';
import { coverInvoice, type CoverQuestion } from './cover-invoice.ts';
import { periodAt } from './periods.ts';
import { readServicePeriods } from './service-period.ts';

const eur = (amount: string) => money(amount, 'EUR');

const rent: Agreement = {
  id: 'rent',
  supplierId: 'supplier-1',
  kind: 'contract',
  name: 'Office rent',
  reference: null,
  rhythm: { unit: 'months', every: 1 },
  amount: eur('1190.00'),
  band: { minor: null, basisPoints: 500 },
  firstOn: '2026-01-05',
  validUntil: null,
  total: null,
  countsFrom: '2026-01-01',
};
const cleaning: Agreement = { ...rent, id: 'cleaning', name: 'Office cleaning', amount: eur('600.00') };

const line = (description: string, net = '1000.00', position = 1): InvoiceLine => ({
  position,
  description,
  quantity: null,
  unitPrice: null,
  netAmount: eur(net),
  taxRate: decimal('19'),
});

function bill(issuedOn: string, changes: Partial<Invoice> = {}): Invoice {
  const sums = { net: eur('1000.00'), tax: eur('190.00'), gross: eur('1190.00') };
  return { ...buildInvoice(), id: `bill-${issuedOn}`, issuedOn, poNumber: null, supplierId: 'supplier-1', ...sums, lines: [], ...changes };
}

const claim = (expectedOn: string, changes: Partial<AgreementClaim> = {}): AgreementClaim => ({
  agreementId: 'rent',
  invoiceId: `taken-${expectedOn}`,
  number: `RE-${expectedOn}`,
  expectedOn,
  gross: rent.amount,
  ...changes,
});

const cover = (invoice: Invoice, more: Partial<CoverQuestion> = {}) => coverInvoice({ invoice, agreements: [rent], claims: [], ...more });

function paper(text: string, structuredXml: string | null = null): Pick<Reading, 'pages' | 'structuredXml'> {
  const words = text.split(' ').map((word, id) => ({ id, text: word, box: [0, 0, 1, 1] as const, confidence: 1 }));
  return { pages: [{ number: 1, width: 595, height: 842, rotation: 0, words }], structuredXml };
}

describe('which bill of an agreement it is', () => {
  const january = '2026-01-05';

  test('while the bill before is missing, the day alone does not say, and a person is asked which', () => {
    const asked = cover(bill('2026-02-03'));
    expect(asked).toMatchObject({ expectedOn: null, exceptions: [{ reason: 'agreement-bill' }] });
    expect(asked?.bills).toEqual([
      { agreementId: 'rent', expectedOn: january, label: 'Office rent, January 2026' },
      { agreementId: 'rent', expectedOn: '2026-02-05', label: 'Office rent, February 2026' },
    ]);
    expect(cover(bill('2026-02-03'), { claims: [claim(january)] })).toMatchObject({ expectedOn: '2026-02-05', exceptions: [] });
    // One that came and is disputed is not missing.
    expect(cover(bill('2026-02-03'), { claims: [claim(january, { isAsked: true })] })?.exceptions).toEqual([]);
  });

  test('after the bill in time, a further one is the late one or one too many, and only a person says which', () => {
    const asked = cover(bill('2026-02-20'), { claims: [claim('2026-02-05')] });
    expect(asked?.bills?.map(({ expectedOn }) => expectedOn)).toEqual([january]);
    expect(asked?.sentence).toBe(
      'The bill January 2026 has not come, and invoice RE-2026-02-05 is the one February 2026. The invoice of 2026-02-20 over 1,190.00 EUR under “Office rent” may be the one January 2026, or one too many.',
    );
  });

  test('what a person says, or it holds, decides; a bill that is taken all the same is asked about', () => {
    const said = { agreementId: 'rent', expectedOn: january };
    expect(cover(bill('2026-02-03'), { bill: said })).toMatchObject({ expectedOn: january, exceptions: [] });
    expect(cover(bill('2026-02-03'), { bill: said, claims: [claim(january)] })?.exceptions[0]?.reason).toBe('agreement-period');
  });

  test('what the paper says it is for decides once it is known how it says so', () => {
    const known = [claim('2025-12-05', { servedFrom: '2025-12-01' })];
    const terms = { ...rent, firstOn: '2025-12-05', countsFrom: '2025-12-01' };
    const late = bill('2026-02-03', { lines: [line('Office rent January 2026')] });
    expect(cover(late, { agreements: [terms], claims: known })).toMatchObject({
      expectedOn: january,
      servedFrom: '2026-01-01',
      exceptions: [],
    });
    const real = bill('2026-02-05', { lines: [line('Office rent February 2026')] });
    expect(cover(real, { agreements: [terms], claims: known })).toMatchObject({ expectedOn: '2026-02-05', exceptions: [] });
    // Nothing has shown yet whether January's bill is January's or, as with electricity, February's.
    expect(cover(late)?.exceptions[0]?.reason).toBe('agreement-bill');
  });

  test('what is billed afterwards is learned from the first answer', () => {
    const learned = [claim('2026-02-05', { servedFrom: '2026-01-01' }), claim(january)];
    const march = bill('2026-03-04', { lines: [line('Electricity February 2026')] });
    expect(cover(march, { claims: learned })).toMatchObject({ expectedOn: '2026-03-05', exceptions: [] });
  });

  test('a paper for two months, or long past, is asked about', () => {
    const claims = [claim(january, { servedFrom: '2026-01-01' })];
    const both = bill('2026-03-03', { lines: [line('Rent February 2026'), line('Rent March 2026')] });
    expect(cover(both, { claims })?.bills?.map(({ expectedOn }) => expectedOn)).toEqual(['2026-02-05', '2026-03-05']);
    const quarter = bill('2026-02-03', { lines: [line('Rent 01.01.2026 - 31.03.2026')] });
    expect(cover(quarter, { claims })?.exceptions[0]?.message).toContain('more than one bill');
    const old = bill('2026-06-03', { lines: [line('Rent February 2026')] });
    expect(cover(old, { claims: [...claims, claim('2026-05-05')] })?.exceptions[0]?.reason).toBe('agreement-bill');
  });

  const monthAndYear = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const rhythms: fc.Arbitrary<Rhythm> = fc.oneof(
    fc.constantFrom(1, 3, 12).map((every) => ({ unit: 'months' as const, every })),
    fc.integer({ min: 5, max: 60 }).map((every) => ({ unit: 'days' as const, every })),
    fc.integer({ min: 10, max: 60 }).map((gap) => ({
      unit: 'dates' as const,
      instalments: Array.from({ length: 13 }, (_, at) => ({ dueOn: addDays('2026-01-05', at * gap), amount: rent.amount })),
    })),
  );

  test('bills in any order and late by up to one period are each taken as their own, or asked about', () => {
    fc.assert(
      fc.property(
        rhythms,
        fc.array(
          fc.record({
            lateness: fc.double({ min: 0, max: 1, noNaN: true }),
            turn: fc.integer(),
            prints: fc.boolean(),
            isAnswered: fc.boolean(),
          }),
          {
            minLength: 1,
            maxLength: 12,
          },
        ),
        (rhythm, plans) => {
          const terms: Agreement = { ...rent, rhythm };
          const bills = plans.map((plan, index) => {
            const [own, next] = [periodAt(terms, index), periodAt(terms, index + 1)];
            const expectedOn = own?.expectedOn ?? '';
            const gap = daysBetween(expectedOn, next?.expectedOn ?? '');
            const issuedOn = addDays(expectedOn, Math.floor(plan.lateness * gap));
            const month = monthAndYear.format(new Date(`${expectedOn}T00:00:00Z`));
            const prints = plan.prints && rhythm.unit === 'months';
            return {
              ...plan,
              expectedOn,
              invoice: bill(issuedOn, { id: `b${index}`, number: `B-${index}`, lines: prints ? [line(`Rent ${month}`)] : [] }),
            };
          });
          const claims: AgreementClaim[] = [];
          for (const { invoice, expectedOn, isAnswered } of bills.toSorted((one, other) => one.turn - other.turn)) {
            const coverage = coverInvoice({ invoice, agreements: [terms], claims });
            const isSilent = coverage?.exceptions.length === 0;
            if (isSilent) expect(coverage.expectedOn).toBe(expectedOn);
            if (!isSilent && !isAnswered) continue;
            // A person who is asked says what it is, where that is offered.
            const said = coverage?.bills?.find((one) => one.expectedOn === expectedOn);
            if (isSilent || said !== undefined)
              claims.push({
                agreementId: 'rent',
                invoiceId: invoice.id,
                number: invoice.number,
                expectedOn,
                gross: invoice.gross,
                servedFrom: coverage?.servedFrom ?? null,
              });
          }
          expect(new Set(claims.map(({ expectedOn }) => expectedOn)).size).toBe(claims.length);
          expect(new Set(claims.map(({ invoiceId }) => invoiceId)).size).toBe(claims.length);
        },
      ),
      { seed: 20_261_201, numRuns: 300 },
    );
  });
});

describe('what a paper says it is for', () => {
  const said = (...texts: string[]) =>
    readServicePeriods(
      texts.map((text) => ({ description: text })),
      null,
    ).map(({ from, to }) => `${from} ${to}`);

  test('months, quarters and stretches are read in many languages; single days never are', () => {
    expect(said('Miete März 2026')).toEqual(['2026-03-01 2026-03-31']);
    expect(said('Loyer février 2026', 'Alquiler enero de 2026')).toEqual(['2026-02-01 2026-02-28', '2026-01-01 2026-01-31']);
    expect(said('Wartung Q2/2026', '3. Quartal 2026')).toEqual(['2026-04-01 2026-06-30', '2026-07-01 2026-09-30']);
    expect(said('Service 01.02.-28.02.2026', 'Service 2026-03-01 to 2026-03-31', '01/04/2026 - 30/04/2026')).toHaveLength(3);
    expect(
      said('Visit on 3 February 2026', 'am 3. Februar 2026', 'February 3, 2026', 'ordered 03.02.2026', '01/02/2026 - 03/04/2026'),
    ).toEqual([]);
  });

  test('on the page only behind a label, and in the data of an e-invoice', () => {
    const of = (reading: Pick<Reading, 'pages' | 'structuredXml'>) => readServicePeriods([], reading).map(({ from }) => from);
    expect(of(paper('Rechnungsdatum 3. März 2026 Leistungszeitraum: Februar 2026 Fällig April 2026'))).toEqual(['2026-02-01']);
    expect(of(paper('Abrechnungsmonat 02/2026 Seite 1/2'))).toEqual(['2026-02-01']);
    expect(of(paper('March 2026'))).toEqual([]);
    const ubl = '<cac:InvoicePeriod><cbc:StartDate>2026-02-01</cbc:StartDate><cbc:EndDate>2026-02-28</cbc:EndDate></cac:InvoicePeriod>';
    const cii =
      '<ram:BillingSpecifiedPeriod><ram:StartDateTime><udt:DateTimeString format="102">20260301</udt:DateTimeString></ram:StartDateTime></ram:BillingSpecifiedPeriod>';
    expect([...of(paper('', ubl)), ...of(paper('', cii))]).toEqual(['2026-02-01', '2026-03-01']);
  });
});

describe('which agreement it is under', () => {
  const both = { agreements: [rent, cleaning] };
  const parking = ['one', 'two'].map((name): Agreement => ({ ...rent, id: name, name: `Parking place ${name}` }));

  test('the amount says it, unless the lines speak against it', () => {
    expect(cover(bill('2026-01-03'), both)).toMatchObject({ name: 'Office rent', exceptions: [] });
    const conflict = cover(bill('2026-01-03', { lines: [line('Cleaning, five days')] }), both);
    expect(conflict?.bills?.map(({ agreementId }) => agreementId)).toEqual(['rent', 'cleaning']);
    const lines = [line('Rent'), line('Cleaning')];
    expect(cover(bill('2026-01-03', { lines }), both)?.exceptions[0]?.reason).toBe('agreement-bill');
  });

  test('the lines say it where the amount does not', () => {
    const dear = bill('2026-01-03', { gross: eur('900.00'), lines: [line('Cleaning January')] });
    expect(cover(dear, both)).toMatchObject({ name: 'Office cleaning', exceptions: [{ reason: 'agreement-amount' }] });
    expect(cover(bill('2026-01-03', { gross: eur('900.00') }), both)?.bills).toHaveLength(2);
  });

  test('of two alike neither is taken unless the paper says which, also when one has its bill', () => {
    const asked = cover(bill('2026-01-03'), { agreements: parking });
    expect(asked).toMatchObject({ expectedOn: null, exceptions: [{ reason: 'agreement-bill' }] });
    expect(asked?.bills?.map(({ label }) => label)).toEqual(['Parking place one, January 2026', 'Parking place two, January 2026']);
    const again = { agreements: parking, claims: [claim('2026-01-05', { agreementId: 'one' })] };
    expect(cover(bill('2026-01-04'), again)?.exceptions[0]?.reason).toBe('agreement-bill');
    const numbered = parking.map((one, at) => ({ ...one, reference: `P-2026/${at}7` }));
    expect(cover(bill('2026-01-03', { lines: [line('Place P-2026/17')] }), { agreements: numbered })?.name).toBe('Parking place two');
  });

  test('a new agreement takes over from one that ended', () => {
    const old: Agreement = { ...rent, id: 'old', validUntil: '2026-03-31' };
    const next: Agreement = { ...rent, id: 'next', firstOn: '2026-04-05', countsFrom: '2026-04-01' };
    const claims = [claim('2026-03-05', { agreementId: 'old' })];
    expect(cover(bill('2026-04-03'), { agreements: [old, next], claims })).toMatchObject({ agreementId: 'next', exceptions: [] });
    expect(cover(bill('2026-03-20'), { agreements: [old, next], claims: [] })?.agreementId).toBe('old');
  });

  test('where one line alone is what was agreed, the rest is named', () => {
    const lines = [line('Office rent'), line('Key for the garage', '80.00', 2)];
    const more = bill('2026-01-03', { lines, net: eur('1080.00'), tax: eur('205.20'), gross: eur('1285.20') });
    expect(cover(more)?.sentence).toMatch(
      /Line 1 alone, “Office rent”, is as agreed; not agreed is “Key for the garage” over 80\.00 EUR net\.$/,
    );
  });

  test('its number in the head of the paper chooses it, with its place; part of a longer number, or a short one, does not', () => {
    const numbered = parking.map((one, at) => ({ ...one, reference: `MV-2024/081${at}` }));
    const found = cover(bill('2026-01-03'), { agreements: numbered, reading: paper('Garage AG Vertrag:MV-2024/0811, Seite 1') });
    expect(found).toMatchObject({ name: 'Parking place two', exceptions: [], reference: { page: 1, wordIds: [2], text: 'MV-2024/0811' } });
    expect(found?.sentence).toContain('Its number “MV-2024/0811” stands on page 1.');
    const spaced = cover(bill('2026-01-03'), { agreements: numbered, reading: paper('Contract MV 2024 / 0811 page 1') });
    expect(spaced?.reference?.wordIds).toEqual([1, 2, 4]);
    const xml = '<cbc:ID>MV-2024/0811</cbc:ID>';
    expect(cover(bill('2026-01-03'), { agreements: numbered, reading: paper('', xml) })?.reference?.page).toBeNull();
    for (const text of ['MV-2024/08110', 'XMV-2024/0811', 'MV-2024/081'])
      expect(cover(bill('2026-01-03'), { agreements: numbered, reading: paper(`Contract ${text}`) })?.bills).toHaveLength(2);
    const short = parking.map((one, at) => ({ ...one, reference: `1000${at}` }));
    expect(cover(bill('2026-01-03'), { agreements: short, reading: paper('Berlin 10001') })?.bills).toHaveLength(2);
    // A number of an order that nobody knows is still for a person.
    expect(cover(bill('2026-01-03', { poNumber: 'PO-1' }), { agreements: numbered, reading: paper('MV-2024/0811') })).toBeNull();
  });
});
