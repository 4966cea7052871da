import { checkProof, settleProof } from '#domain/documents';
import type { Extraction, Reading } from '#domain/documents';
import { expect, test } from 'vitest';
import { extract } from './extract.ts';
import { gridReading } from './table/grid-reading.test-kit.ts';

const invoice = gridReading([
  'Kraxi GmbH',
  '',
  'Rechnung',
  'Rechnungsnummer: 2014-03 | Datum: 11. Juli 2014',
  'Bezeichnung | Menge | Preis | Betrag',
  'Superdrachen | 2 | 20,00 | 40,00',
  'Turbo Flyer | 5 | 40,00 | 200,00',
  'Feinwaage | 3 | 0,333 | 1,00',
  'Summe netto | | | 241,00',
  'zuzüglich 19% MwSt. | | | 45,79',
  'Rechnungsbetrag | | | 286,79 EUR',
  '',
  'USt-IdNr. DE136695976 | IBAN DE89 3704 0044 0532 0130 00',
]);

const withWord = (reading: Reading, id: number, text: string): Reading => ({
  ...reading,
  pages: reading.pages.map((page) => ({ ...page, words: page.words.map((word) => (word.id === id ? { ...word, text } : word)) })),
});
/** Another figure of the same shape: every digit one higher. */
const other = (text: string): string => text.replaceAll(/\d/g, (digit) => String((Number(digit) + 1) % 10));

test('the card of an invoice whose sums close holds against its words, and carries every proven field', () => {
  const extraction = extract(invoice);
  const check = checkProof(invoice, extraction);
  expect(check).toMatchObject({ outcome: 'holds', faults: [] });
  expect(check.proven).toEqual(
    expect.arrayContaining(['netTotal', 'taxTotal', 'grossTotal', 'iban', 'supplierTaxId', 'lines.0.quantity', 'lines.2.netAmount']),
  );
  expect(extraction.proof.equations.find(({ rule }) => rule === 'lines=net')).toMatchObject({
    operands: [{ value: '40.00', field: 'lines.0.netAmount', place: { page: 1 } }, { value: '200.00' }, { value: '1.00' }],
    result: { value: '241.00', field: 'netTotal' },
    rounding: { kind: 'none', tolerance: '0' },
  });
});

test('a card fails when any word it rests on says something else', () => {
  const extraction = extract(invoice);
  const used = new Set(extraction.proof.equations.flatMap(({ wordIds }) => wordIds));
  const words = invoice.pages.flatMap((page) => page.words).filter(({ id, text }) => used.has(id) && /\d/.test(text));
  expect(words.length).toBeGreaterThan(12);
  for (const { id, text } of words)
    expect(checkProof(withWord(invoice, id, other(text)), extraction), `${text} became ${other(text)}`).toMatchObject({ outcome: 'fails' });
});

test('a card fails when any figure or field is changed, moved or widened', () => {
  const extraction = extract(invoice);
  const { equations } = extraction.proof;
  for (const [at, equation] of equations.entries()) {
    const changed = (change: Partial<typeof equation>): Extraction => ({
      ...extraction,
      proof: { ...extraction.proof, equations: equations.with(at, { ...equation, ...change }) },
    });
    for (const [index, operand] of (equation.operands ?? []).entries()) {
      const swap = (patch: Partial<typeof operand>): Extraction =>
        changed({ operands: equation.operands?.with(index, { ...operand, ...patch }) });
      expect(checkProof(invoice, swap({ value: other(operand.value) })).outcome).toBe('fails');
      if (operand.place === null) continue;
      expect(checkProof(invoice, swap({ place: { ...operand.place, box: [0, 0, 600, 800] } })).outcome).toBe('fails');
      expect(checkProof(invoice, swap({ place: { ...operand.place, page: 2 } })).outcome).toBe('fails');
      expect(checkProof(invoice, swap({ place: { ...operand.place, wordIds: [0] } })).outcome).toBe('fails');
    }
    if (equation.rounding !== undefined)
      expect(checkProof(invoice, changed({ rounding: { kind: 'per-document', tolerance: '5' } })).outcome).toBe('fails');
  }
  for (const name of ['netTotal', 'taxTotal', 'grossTotal', 'iban', 'supplierTaxId'] as const) {
    const field = extraction.fields[name];
    const value = other(field.value ?? '');
    expect(checkProof(invoice, { ...extraction, fields: { ...extraction.fields, [name]: { ...field, value } } }).outcome).toBe('fails');
  }
  const yen = { ...extraction.fields.currency, value: 'JPY' };
  expect(checkProof(invoice, { ...extraction, fields: { ...extraction.fields, currency: yen } }).outcome).toBe('fails');
});

test('a field that claims to be proven without grounds fails the card, and nothing of it counts as proven', () => {
  const extraction = extract(invoice);
  const number = { ...extraction.fields.invoiceNumber, standing: 'proven' as const };
  const bold: Extraction = { ...extraction, fields: { ...extraction.fields, invoiceNumber: number } };
  expect(checkProof(invoice, bold).faults).toEqual(['invoiceNumber: nothing on the card proves 2014-03.']);
  const settled = settleProof(invoice, bold);
  expect(settled.fields.grossTotal).toMatchObject({ value: '286.79', standing: 'unproven', confidence: 0.6 });
  expect(settled.lines[0]?.netAmount.standing).toBe('unproven');
  expect(settled.problems.map(({ code }) => code)).toContain('proof-check-failed');
  expect(settleProof(invoice, extraction)).toBe(extraction);
});

test('one printed figure is never held against itself', () => {
  const extraction = extract(
    gridReading(['Kraxi GmbH', 'Rechnung Nr. 77', 'Menge | Bezeichnung | Betrag', '1 | Drachen | 40,00', 'Gesamt | | 40,00']),
  );
  const { proof, fields } = extraction;
  const twice = proof.equations.flatMap(({ operands, result }) => {
    const ids = [...(operands ?? []), ...(result === undefined ? [] : [result])].flatMap((one) => one.place?.wordIds ?? []);
    return new Set(ids).size < ids.length ? [ids] : [];
  });
  expect(twice).toEqual([]);
  expect(fields.grossTotal.value).toBe('40.00');
});

test('net and total that agree because there is no tax do not prove each other', () => {
  const extraction = extract(
    gridReading(['Kraxi GmbH', 'Invoice no. 77', 'Net total | | 40.00', 'VAT 0% | | 0.00', 'Total | | 40.00 EUR']),
  );
  const [equation] = extraction.proof.equations;
  expect(equation).toMatchObject({ rule: 'net+tax=gross', holds: true });
  const proven = { ...extraction.fields.grossTotal, standing: 'proven' as const };
  expect(extraction.fields.grossTotal.standing).toBe('consistent');
  const bold = { ...extraction, fields: { ...extraction.fields, grossTotal: proven } };
  expect(checkProof(gridReading([]), bold).outcome).toBe('fails');
});

test('an extraction from before cards named their figures is readable and says that it cannot be checked', () => {
  const { proof, ...rest } = extract(invoice);
  const equations = proof.equations.map(({ rule, text, holds, fields, wordIds }) => ({ rule, text, holds, fields, wordIds }));
  expect(checkProof(invoice, { ...rest, proof: { equations } })).toEqual({ outcome: 'unchecked', faults: [], equations: 0, proven: [] });
});
