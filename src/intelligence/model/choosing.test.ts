import { expect, test } from 'vitest';
import { bestChooser, chosenFrom } from './choosing.ts';
import type { Judged } from './field-predictions.ts';
import type { TrainingDocument } from './train-fields.ts';

/** A paper of a layout of its own whose truth is `right`; the rules say `byRules` with one score, the page holds `best` with another. */
function judged(group: string, isSynthetic: boolean, byRules: string | null, best: string): Judged {
  const rule = byRules === null ? null : { value: byRules, score: 0.3 };
  return {
    document: { group, isSynthetic } as TrainingDocument,
    truth: 'right',
    byRules,
    ruleScore: 0.9,
    rule,
    candidates: [{ value: best, score: 0.9 }],
  };
}

const many = (count: number, isSynthetic: boolean, byRules: string | null, best: string): Judged[] =>
  Array.from({ length: count }, (_, index) =>
    judged(`${String(isSynthetic)} ${byRules ?? ''} ${best} ${index}`, isSynthetic, byRules, best),
  );

test('a margin above one fills what the rules left open and overrules nothing', () => {
  const manner = { floor: 0.2, margin: 2 };
  expect(chosenFrom(judged('a', false, 'wrong', 'right'), manner).byModel).toBe('wrong');
  expect(chosenFrom(judged('a', false, null, 'right'), manner).byModel).toBe('right');
});

test('the rules are overruled from the margin on, and nothing is taken below the floor', () => {
  const one = judged('a', false, 'wrong', 'right');
  expect(chosenFrom(one, { floor: 0.2, margin: 0.6 }).byModel).toBe('right');
  expect(chosenFrom(one, { floor: 0.2, margin: 0.61 }).byModel).toBe('wrong');
  expect(chosenFrom(one, { floor: 0.91, margin: 0 }).byModel).toBeNull();
});

test('the model chooses where it is surely better on real issuers', () => {
  const { grounds } = bestChooser('poNumber', [...many(9, false, null, 'right'), ...many(30, false, 'right', 'right')]);
  expect(grounds).toMatchObject({ isChosen: true, by: 'real' });
});

test('where real ones say nothing, drawn layouts decide; where real ones say it is worse, they do not', () => {
  const drawn = many(60, true, null, 'right');
  const silent = many(20, false, 'right', 'right');
  expect(bestChooser('poNumber', [...drawn, ...silent]).grounds).toMatchObject({ isChosen: true, by: 'synthetic' });
  // There the rules gave nothing and were right: the page has none.
  const worse = many(5, false, null, 'wrong').map((one) => ({ ...one, truth: null }));
  expect(bestChooser('poNumber', [...drawn, ...silent, ...worse]).grounds.isChosen).toBe(false);
});

test('a few drawn layouts are not enough, nor are many papers of one', () => {
  expect(bestChooser('poNumber', [...many(6, true, null, 'right'), ...many(20, false, 'right', 'right')]).grounds.isChosen).toBe(false);
  const oneLayout = many(60, true, null, 'right').map((one) => ({ ...one, document: { ...one.document, group: 'one' } }));
  expect(bestChooser('poNumber', [...oneLayout, ...many(20, false, 'right', 'right')]).grounds.isChosen).toBe(false);
});
