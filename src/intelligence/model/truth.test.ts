import type { ExtractedLine } from '#domain/documents';
import { expect, test } from 'vitest';
import { emptyField, filledField } from '../extraction/field.ts';
import { areLinesRight, isNearlySameName, isSameValue } from './truth.ts';

function line(description: string, quantity: string | null, netAmount: string): ExtractedLine {
  const field = (value: string | null): ExtractedLine['quantity'] =>
    value === null
      ? emptyField('')
      : filledField(value, { confidence: 1, standing: 'unproven', origin: 'grammar', evidence: null, reason: '' });
  return {
    description: field(description),
    quantity: field(quantity),
    unitPrice: field(null),
    netAmount: field(netAmount),
    taxRate: field(null),
  };
}

test('amounts compare as numbers, names without case, blanks and punctuation', () => {
  expect(isSameValue('grossTotal', '119.00', 119)).toBe(true);
  expect(isSameValue('grossTotal', '119.01', 119)).toBe(false);
  expect(isSameValue('supplierName', 'Müller & Söhne GmbH', 'MÜLLER & SÖHNE GMBH')).toBe(true);
  expect(isSameValue('invoiceNumber', 'RE-100', 'RE-101')).toBe(false);
});

test('a name with its town is nearly the same, another name is not', () => {
  expect(isNearlySameName('Bäckerei Kraus', 'Bäckerei Kraus Bonn')).toBe(true);
  expect(isNearlySameName('Bäckerei Kraus', 'Metzgerei Lang')).toBe(false);
});

test('lines are right in any order, and not with one made up or a wrong figure', () => {
  const truth = [
    { description: 'Paper A4', quantity: 2, netAmount: 10 },
    { description: 'Pens, blue', quantity: null, netAmount: 4.5 },
  ];
  const lines = [line('Pens blue, box of 10', '1', '4.50'), line('Paper A4 80 g', '2', '10.00')];
  expect(areLinesRight(lines, truth)).toBe(true);
  expect(areLinesRight([...lines, line('Freight', '1', '3.00')], truth)).toBe(false);
  expect(areLinesRight([line('Pens', '1', '4.60'), ...lines.slice(1)], truth)).toBe(false);
});
