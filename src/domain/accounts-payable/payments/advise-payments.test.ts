import { expect, test } from 'vitest';
import type { Optimizer } from '#domain/ports';
import { advisePayments, type PayableInvoice } from './advise-payments.ts';

const euro = (text: string) => ({ minor: BigInt(Math.round(Number(text) * 100)), currency: 'EUR' });

/** Every choice tried; the product's own solver is compared with this in its test. */
const tryAll: Optimizer = {
  async choose({ groups, capacities }) {
    let best: { chosen: number[]; worth: number } | null = null;
    const visit = (chosen: number[]): void => {
      const group = groups[chosen.length];
      if (group !== undefined) return group.forEach((_option, place) => visit([...chosen, place]));
      const options = groups.flatMap((one, index) => one[chosen[index] ?? -1] ?? []);
      if (capacities.some((capacity, index) => options.reduce((sum, { uses }) => sum + (uses[index] ?? 0), 0) > capacity)) return;
      const worth = options.reduce((sum, option) => sum + option.worth, 0);
      if (best === null || worth > best.worth) best = { chosen, worth };
    };
    visit([]);
    return best === null ? null : { chosen: (best as { chosen: number[] }).chosen, isBest: true };
  },
};

/** 2/10 net 30 on 1,000.00, written on 1 December. */
const twoTenNetThirty: PayableInvoice = {
  id: 'a',
  gross: euro('1000'),
  dueOn: '2026-12-31',
  discount: { payOn: '2026-12-11', saved: euro('20') },
};

test('2/10 net 30 returns 37.2 % a year, and is taken where money costs 5 %', async () => {
  const { payments } = await advisePayments({ invoices: [twoTenNetThirty], today: '2026-12-01', costBasisPoints: 500, limits: [] }, tryAll);
  expect(payments[0]).toMatchObject({ returnBasisPoints: 3_724, chosen: { kind: 'discount', payOn: '2026-12-11', amount: euro('980') } });
  // 980 x 5 % x 20 / 365 = 2.68
  expect(payments[0]?.chosen.earns).toEqual(euro('17.32'));
  expect(payments[0]?.options.map(({ kind }) => kind)).toEqual(['now', 'discount', 'due']);
  expect(payments[0]?.reason).toBe(
    'Pay 980.00 EUR on 2026-12-11: the discount saves 20.00 EUR, worth 37.2 % a year where money costs 5.0 %.',
  );
});

test('where money costs more than the discount returns, it is paid when due', async () => {
  const { payments } = await advisePayments(
    { invoices: [twoTenNetThirty], today: '2026-12-01', costBasisPoints: 4_000, limits: [] },
    tryAll,
  );
  expect(payments[0]?.chosen).toMatchObject({ kind: 'due', payOn: '2026-12-31', amount: euro('1000') });
  expect(payments[0]?.reason).toContain('less than the money costs');
});

test('under a limit the money goes where it earns the most, though that is the smaller invoice', async () => {
  const small: PayableInvoice = { ...twoTenNetThirty, id: 'b', gross: euro('600'), discount: { payOn: '2026-12-11', saved: euro('30') } };
  const limits = [{ until: '2026-12-15', amount: euro('1000') }];
  const { payments } = await advisePayments(
    { invoices: [twoTenNetThirty, small], today: '2026-12-01', costBasisPoints: 500, limits },
    tryAll,
  );
  expect(payments.map(({ chosen }) => chosen.kind)).toEqual(['due', 'discount']);
  expect(payments[0]?.reason).toContain('does more for other invoices');
});

test('what does not fit before its due date is said to be late, with what that costs', async () => {
  const due: PayableInvoice = { id: 'c', gross: euro('500'), dueOn: '2026-12-10', discount: null };
  const limits = [{ until: '2026-12-15', amount: euro('400') }];
  const { payments } = await advisePayments({ invoices: [due], today: '2026-12-01', costBasisPoints: 500, limits }, tryAll);
  // 500 x 10.15 % x 6 / 365 = 0.83, and 40.00 for collecting.
  expect(payments[0]?.chosen).toEqual({ kind: 'late', payOn: '2026-12-16', amount: euro('500'), earns: euro('-40.83') });
  expect(payments[0]?.reason).toContain('it may cost 40.83 EUR');
});

test('a solver that breaks a limit is not believed', async () => {
  const spender: Optimizer = { choose: async ({ groups }) => ({ chosen: groups.map(() => 0), isBest: true }) };
  const limits = [{ until: '2026-12-15', amount: euro('100') }];
  await expect(advisePayments({ invoices: [twoTenNetThirty], today: '2026-12-01', costBasisPoints: 0, limits }, spender)).rejects.toThrow(
    'The plan breaks the limit until 2026-12-15.',
  );
});
