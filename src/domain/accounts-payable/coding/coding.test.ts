import { money, sum } from '#domain/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settleParts, type CodingPart } from './coding.ts';

const part = (share: Partial<CodingPart>): CodingPart => ({
  account: '4930',
  costCentre: null,
  project: null,
  taxCode: null,
  percent: null,
  amount: null,
  ...share,
});
const amounts = (settled: ReturnType<typeof settleParts>) => (settled.ok ? settled.parts.map(({ amount }) => amount) : settled.message);

test('a third each of a hundred: the earlier part takes the cent', () => {
  const parts = ['33.3333', '33.3333', '33.3334'].map((percent) => part({ percent }));
  expect(amounts(settleParts(money('100.00', 'EUR'), parts))).toEqual(['33.33', '33.33', '33.34']);
  const halves = ['50', '50'].map((percent) => part({ percent }));
  expect(amounts(settleParts(money('0.01', 'EUR'), halves))).toEqual(['0.01', '0.00']);
  expect(amounts(settleParts(money('-0.03', 'EUR'), halves))).toEqual(['-0.02', '-0.01']);
  expect(amounts(settleParts(money('101', 'JPY'), halves))).toEqual(['51', '50']);
});

test('a whole line needs no share', () => {
  expect(amounts(settleParts(money('12.50', 'EUR'), [part({})]))).toEqual(['12.50']);
});

test.each([
  ['percents that make less', [part({ percent: '60' }), part({ percent: '39.99' })], 'The parts make 99.99 %, not 100 %.'],
  ['amounts one cent off', [part({ amount: '60.00' }), part({ amount: '40.01' })], 'The parts make 100.01, the line is 100.00.'],
  ['half a cent', [part({ amount: '60.005' }), part({ amount: '39.995' })], 'An amount has more decimals than EUR.'],
  [
    'both kinds',
    [part({ percent: '60' }), part({ amount: '40.00' })],
    'Split a line either by percent or by amount, the same way for each part.',
  ],
  ['a part of nothing', [part({ percent: '100' }), part({ percent: '0' })], 'Each part must be more than 0 %.'],
  ['no part', [], 'Say at least one account.'],
])('%s is refused', (_, parts, message) => {
  expect(settleParts(money('100.00', 'EUR'), parts)).toEqual({ ok: false, message });
});

test('whatever the percents, the parts make the line to the cent, and none is a cent off its share', () => {
  const shares = fc
    .array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 12 })
    .map((weights) => {
      const total = weights.reduce((before, weight) => before + weight, 0);
      const percents = weights.map((weight) => Math.max(1, Math.floor((weight / total) * 1_000_000)));
      const rest = 1_000_000 - percents.slice(1).reduce((before, percent) => before + percent, 0);
      return [rest, ...percents.slice(1)];
    })
    .filter(([first = 0]) => first > 0);
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }), shares, (minor, percents) => {
      const net = { minor, currency: 'EUR' };
      const parts = percents.map((percent) => part({ percent: (percent / 10_000).toFixed(4) }));
      const settled = settleParts(net, parts);
      if (!settled.ok) throw new TypeError(settled.message);
      const found = settled.parts.map(({ amount }) => money(amount, 'EUR'));
      expect(sum(found, 'EUR')).toEqual(net);
      found.forEach((share, index) => {
        const off = share.minor * 1_000_000n - minor * BigInt(percents[index] ?? 0);
        expect(off > -1_000_000n && off < 1_000_000n).toBe(true);
      });
    }),
    { seed: 20_261_201 },
  );
});
