import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildSupplier } from '../matching/fixtures.ts';
import { recogniseSupplier, recognitionException, type SupplierClues } from './recognise-supplier.ts';
import { plainSupplierName, supplierNameSimilarity } from './supplier-names.ts';

const mueller = buildSupplier();
const lumiere = buildSupplier({
  id: 'supplier-2',
  name: 'Lumière & Fils S.à r.l.',
  aliases: ['Lumiere Eclairage'],
  vatId: 'FR40303265045',
  country: 'FR',
  emailDomains: ['lumiere-fils.fr'],
  bankAccounts: [
    { id: 'account-2', iban: 'FR1420041010050500013M02606', bic: null, status: 'verified' },
    { id: 'account-3', iban: 'LT121000011101001000', bic: null, status: 'proposed' },
  ],
});
const suppliers = [mueller, lumiere];
const nothing: SupplierClues = { name: null, vatId: null, iban: null, senderDomain: null };

test.each([
  ['its VAT id, however it is spaced', { vatId: 'de 136 695 976' }],
  ['its VAT id without the country', { vatId: '136695976' }],
  ['its verified account', { iban: 'DE89 3704 0044 0532 0130 00' }],
  ['its name in another legal form and spelling', { name: 'BUEROBEDARF MUELLER GmbH & Co. KG' }],
  ['its name misread', { name: 'Burobedarf Mu11er GmbH' }],
  ['an abbreviated name with its own mail domain', { name: 'Müller Bürobedarf Filiale Köln', senderDomain: 'mail.buero-mueller.de' }],
])('recognises a supplier by %s', (_title, clues) => {
  expect(recogniseSupplier({ ...nothing, ...clues }, suppliers).supplierId).toBe('supplier-1');
});

test('recognises a Swiss supplier by its number as printed', () => {
  const swiss = buildSupplier({ id: 'supplier-3', name: 'Seefeld Druck AG', vatId: 'CHE107449181', country: 'CH' });
  expect(recogniseSupplier({ ...nothing, vatId: 'CHE-107.449.181 MWST' }, [...suppliers, swiss]).supplierId).toBe('supplier-3');
});

test('recognises a supplier by an alias', () => {
  expect(recogniseSupplier({ ...nothing, name: 'Lumière Éclairage' }, suppliers).supplierId).toBe('supplier-2');
});

test('recognises nobody when VAT id and account are those of two suppliers, and says so', () => {
  const result = recogniseSupplier({ ...nothing, vatId: 'DE136695976', iban: 'FR1420041010050500013M02606' }, suppliers);
  expect(result).toMatchObject({
    supplierId: null,
    reason: 'The VAT id is that of Bürobedarf Müller GmbH, the bank account that of Lumière & Fils S.à r.l.: they contradict each other.',
  });
  expect(result.candidates.map(({ supplierId }) => supplierId)).toEqual(['supplier-1', 'supplier-2']);
});

test('recognises nobody when the name is right and the VAT id is not', () => {
  const result = recogniseSupplier({ ...nothing, name: 'Bürobedarf Müller GmbH', vatId: 'DE811569869' }, suppliers);
  expect(result.supplierId).toBeNull();
  expect(result.reason).toContain('is not the one on file');
});

test('recognises nobody when the account is right and the VAT id is not', () => {
  const result = recogniseSupplier({ ...nothing, iban: 'DE89370400440532013000', vatId: 'DE811569869' }, suppliers);
  expect(result).toMatchObject({
    supplierId: null,
    reason: 'The bank account is that of Bürobedarf Müller GmbH, but the VAT id DE811569869 is not.',
  });
});

test('recognises nobody by the VAT id of one and the name of another', () => {
  expect(recogniseSupplier({ ...nothing, vatId: 'DE136695976', name: 'Lumière & Fils' }, suppliers).supplierId).toBeNull();
});

test('does not take a proposed account as proof of who it is', () => {
  expect(recogniseSupplier({ ...nothing, iban: 'LT121000011101001000' }, suppliers).supplierId).toBeNull();
});

test('does not take the mail domain alone, nor a public one', () => {
  expect(recogniseSupplier({ ...nothing, senderDomain: 'buero-mueller.de' }, suppliers).supplierId).toBeNull();
  const freelancer = buildSupplier({ id: 'supplier-3', name: 'Jo Weber', emailDomains: ['gmail.com'] });
  expect(recogniseSupplier({ ...nothing, name: 'Weber Consulting', senderDomain: 'gmail.com' }, [freelancer]).supplierId).toBeNull();
});

test('recognises nobody when the mail comes from a domain that only looks like the supplier', () => {
  const clues = { name: 'Bürobedarf Müller GmbH', vatId: 'DE136695976', iban: null, senderDomain: 'buero-mue11er.de' };
  expect(recogniseSupplier(clues, suppliers)).toMatchObject({
    supplierId: null,
    reason: expect.stringContaining('only resembles buero-mueller.de'),
  });
  expect(recogniseSupplier({ ...clues, senderDomain: 'buero-mueller.com' }, suppliers).supplierId).toBe('supplier-1');
});

test('asks when two suppliers have names as near', () => {
  const twins = [
    buildSupplier({ id: 'a', name: 'Nordlicht Handel GmbH', vatId: null }),
    buildSupplier({ id: 'b', name: 'Nordlicht Handel AG', vatId: null }),
  ];
  const result = recogniseSupplier({ ...nothing, name: 'Nordlicht Handel' }, twins);
  expect(result.supplierId).toBeNull();
  expect(result.candidates).toHaveLength(2);
});

test('turns an unknown supplier into an exception, never into a new supplier', () => {
  const clues = { ...nothing, name: 'Quantum Catering Ltd' };
  const result = recogniseSupplier(clues, suppliers);
  expect(result).toMatchObject({ supplierId: null, candidates: [] });
  expect(recognitionException(result, clues)).toMatchObject({
    reason: 'unknown-supplier',
    message: "No supplier on file matches 'Quantum Catering Ltd'.",
  });
  expect(recognitionException(recogniseSupplier({ ...nothing, vatId: 'DE136695976' }, suppliers), nothing)).toBeNull();
});

function clue(values: readonly string[]): fc.Arbitrary<string | null> {
  return fc.option(fc.oneof(fc.constantFrom(...values), fc.string()), { nil: null });
}

test('answers only with suppliers on file, and never against a different VAT id', () => {
  const clues = fc.record({
    name: clue([mueller.name, lumiere.name]),
    vatId: clue(['DE136695976', 'FR40303265045', 'DE811569869']),
    iban: clue(['DE89370400440532013000', 'FR1420041010050500013M02606']),
    senderDomain: clue(['buero-mueller.de', 'lumiere-fils.fr']),
  });
  fc.assert(
    fc.property(clues, (given) => {
      const { supplierId } = recogniseSupplier(given, suppliers);
      const supplier = suppliers.find(({ id }) => id === supplierId);
      if (supplierId === null) return;
      expect(supplier).toBeDefined();
      const others = suppliers.filter((other) => other !== supplier);
      expect(others.some((other) => other.vatId === given.vatId)).toBe(false);
      expect(others.some((other) => other.bankAccounts.some(({ iban, status }) => iban === given.iban && status === 'verified'))).toBe(
        false,
      );
    }),
  );
});

test.each([
  ['Müller & Söhne GmbH & Co. KG', 'muller sohne'],
  ['ACME S.p.A.', 'acme'],
  ['Dupont S.A.R.L.', 'dupont'],
  ['Nowak Sp. z o.o.', 'nowak'],
  ['Hansen A/S', 'hansen'],
  ['GmbH', 'gmbh'],
])('reduces %j to what tells it apart', (name, plain) => {
  expect(plainSupplierName(name)).toBe(plain);
});

test('never calls different names the same', () => {
  expect(supplierNameSimilarity('Weber Elektro GmbH', 'Weber Catering GmbH')).toBeLessThan(0.9);
});
