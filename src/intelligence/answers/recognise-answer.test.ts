import { expect, test } from 'vitest';
import { firstSet } from './fixtures/first-set.ts';
import { furtherSet } from './fixtures/further-set.ts';
import { secondSet } from './fixtures/second-set.ts';
import { recogniseAnswer } from './recognise-answer.ts';

const receivedOn = '2026-12-01';

test.each([...firstSet, ...furtherSet])('$from writes "$text"', ({ from, kind, text, rests, until }) => {
  const found = recogniseAnswer(text, { from, receivedOn, asked: [] });
  expect(found.kind).toBe(kind);
  if (rests !== undefined) expect(found.sentence).toContain(rests);
  if (until !== undefined) expect(found.until).toBe(until);
  const silent = kind === 'unclear' || kind === 'automatic';
  expect(found.sentence === null).toBe(silent);
  expect(found.why === null).toBe(!silent);
});

const silent: ReadonlySet<string> = new Set(['unclear', 'automatic']);

test('of answers that the rules were not made with, what is recognised is right, and most is recognised', () => {
  const found = secondSet.map((labelled) => ({
    labelled,
    kind: recogniseAnswer(labelled.text, { from: labelled.from, receivedOn, asked: [] }).kind,
  }));
  const claimed = found.filter(({ kind }) => !silent.has(kind));
  const right = claimed.filter(({ labelled, kind }) => labelled.kind === kind);
  const meant = secondSet.filter(({ kind }) => !silent.has(kind));
  const precision = right.length / claimed.length;
  const recall = right.length / meant.length;
  // Measured on 2026-12-01: 21 of 21 right, 21 of 27 recognised (docs/decisions/2026-12-01-questions.md).
  expect(precision).toBeGreaterThanOrEqual(0.95);
  expect(recall).toBeGreaterThanOrEqual(0.75);
});

test('what was asked says nothing when an answer repeats it without a mark', () => {
  const asked = ['Is the invoiced price right? If it is not, please send us a corrected invoice or a credit note.'];
  expect(recogniseAnswer(`Thanks.\n\n${asked[0] ?? ''}`, { from: 'supplier', receivedOn, asked }).kind).toBe('unclear');
  const answered = `The price is correct.\n\n${asked[0] ?? ''}`;
  expect(recogniseAnswer(answered, { from: 'supplier', receivedOn, asked })).toMatchObject({
    kind: 'stands',
    sentence: 'The price is correct.',
  });
});
