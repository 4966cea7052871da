import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holds, scaled, type Condition } from './cells.ts';
import { findGaps, type Axis } from './find-gaps.ts';

const axes: readonly Axis[] = [
  { name: 'Currency', kind: { kind: 'word', words: null } },
  { name: 'Amount', kind: { kind: 'amount' } },
  { name: 'Risk', kind: { kind: 'word', words: ['none', 'warned'] } },
];
const range = (low: bigint | null, high: bigint | null): Condition => ({ kind: 'range', low, high });
const words = (...values: string[]): Condition => ({ kind: 'words', isNot: false, values });
const any: Condition = { kind: 'any' };

test('names a hole between two rows, one ten-thousandth wide', () => {
  const rows = [
    [any, range(null, scaled('250')), any],
    [any, range(scaled('250.0002'), null), any],
  ];
  expect(findGaps(axes, rows)).toEqual([[null, '250.0001', null]]);
});

test('says amounts and words of a hole as a person would', () => {
  const rows = [
    [words('EUR'), range(null, scaled('2500')), any],
    [words('EUR'), any, words('none')],
  ];
  expect(findGaps(axes, rows)).toEqual([
    ['EUR', 'above 2500', 'warned'],
    ['other than EUR', null, null],
  ]);
});

test('looks only within what it is told', () => {
  const rows = [[words('EUR'), range(null, 500n), any]];
  expect(findGaps(axes, rows, [words('EUR'), range(null, 400n), any])).toEqual([]);
  expect(findGaps(axes, rows, [words('EUR'), range(null, 501n), any])).not.toEqual([]);
  expect(findGaps(axes, rows, [any, range(null, 400n), any])).toEqual([['other than EUR', '0 up to 0.04', null]]);
});

test('agrees with trying every value of a small world', () => {
  const bound = fc.option(fc.bigInt({ min: 0n, max: 4n }));
  const amounts = fc.oneof(
    fc.constant(any),
    fc
      .tuple(bound, bound)
      .filter(([low, high]) => low === null || high === null || low <= high)
      .map(([low, high]) => range(low, high)),
  );
  const word = (values: readonly string[]): fc.Arbitrary<Condition> =>
    fc.oneof(
      fc.constant(any),
      fc.record({ kind: fc.constant('words' as const), isNot: fc.boolean(), values: fc.subarray([...values], { minLength: 1 }) }),
    );
  const row = fc.tuple(word(['EUR', 'CHF']), amounts, word(['none', 'warned']));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), fc.option(row, { nil: undefined }), (rows, within) => {
      let isCovered = true;
      for (const currency of ['EUR', 'CHF', 'USD'])
        for (const amount of [0n, 1n, 2n, 3n, 4n, 5n])
          for (const risk of ['none', 'warned']) {
            const passes = ([first, second, third]: (typeof rows)[number]): boolean =>
              holds(first, currency) && holds(second, amount) && holds(third, risk);
            if ((within === undefined || passes(within)) && !rows.some(passes)) isCovered = false;
          }
      expect(findGaps(axes, rows, within)?.length === 0).toBe(isCovered);
    }),
    { seed: 20_261_201, numRuns: 2000 },
  );
});

test('gives up on a hostile table instead of computing for hours', () => {
  const many = (name: string): Axis => ({ name, kind: { kind: 'word', words: null } });
  const wide = Array.from({ length: 9 }, (_, index) => many(`axis ${index}`));
  const rows = Array.from({ length: 60 }, (_, row) =>
    wide.map((_axis, axis): Condition => ({ kind: 'words', isNot: true, values: [`v${(row * 7 + axis * 13) % 31}`] })),
  );
  expect(findGaps(wide, [...rows, wide.map((): Condition => words('x'))])).toBeNull();
});
