import { expect, test } from 'vitest';
import { recogniseAnswer } from './recognise-answer.ts';

const context = { from: 'supplier', receivedOn: '2026-12-01', asked: [] } as const;

// What a mail may hold that was written to keep us busy: a single sentence, a single line, a thousand quotations.
test.each([
  ['one sentence without an end', 'the price of the invoice and the order '.repeat(30_000)],
  ['words that begin many patterns', 'billed price amount invoice order credit by until '.repeat(20_000)],
  ['attributions', `${'On Monday Nora wrote:\n'.repeat(40_000)}> the end`],
  ['addresses in one line', `${'a@b.example <a@b.example> '.repeat(30_000)}\n`],
  ['points', '.'.repeat(1_000_000)],
  ['numbers', '1.1.'.repeat(250_000)],
  ['blanks', `a${' '.repeat(1_000_000)}b`],
  ['accents', 'é'.repeat(500_000)],
])('reads %s within a second', (_, text) => {
  const startedAt = performance.now();
  expect(recogniseAnswer(text, context).kind).toBe('unclear');
  expect(performance.now() - startedAt).toBeLessThan(1000);
});

test('what a person says at the top is read however long the rest is', () => {
  const text = `The price is correct.\n\n${'Some long story. '.repeat(100_000)}`;
  expect(recogniseAnswer(text, context)).toMatchObject({ kind: 'stands', sentence: 'The price is correct.' });
});
