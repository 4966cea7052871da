import fc from 'fast-check';
import { expect, test } from 'vitest';
import { money } from '#domain/money';
import type { PaymentInstruction, PaymentOrder } from '#domain/ports';
import { checkNacha } from './check-nacha.ts';
import { writeNacha } from './nacha.ts';

const companyId = '1234567890';
const payment = (changes: Partial<PaymentInstruction> = {}): PaymentInstruction => ({
  endToEndId: 'PAY-01K0000000000000000000001',
  instructionId: null,
  amount: money('1234.56', 'USD'),
  creditor: { name: 'Peña & Sons Paper Company Incorporated', iban: 'US021000021123456789', bic: null },
  remittance: 'INV-2026-12',
  executeOn: '2026-03-05',
  ...changes,
});
const orderOf = (...payments: readonly PaymentInstruction[]): PaymentOrder => ({
  messageId: 'RUN-01K0000000000000000000009',
  createdAt: new Date('2026-03-02T09:30:00Z'),
  debtor: { name: 'Sample Office Inc.', iban: 'US011401533000987654321', bic: null },
  payments,
});

test('writes the records that the rules lay down, field by field', () => {
  const file = writeNacha(orderOf(payment()), companyId);
  expect(file.split('\r\n')).toEqual([
    '101 01140153312345678902603020930' + file.charAt(33) + '094101' + ' '.repeat(23) + 'SAMPLE OFFICE INC.' + ' '.repeat(13),
    '5220SAMPLE OFFICE IN000000000000000000091234567890CCDPAYMENT         260305   1011401530000001',
    '622021000021123456789        0000123456000000000000001PENA & SONS PAPER COMP  1011401530000001',
    '705INV-2026-12' + ' '.repeat(69) + '00010000001',
    '822000000200021000020000000000000000001234561234567890' + ' '.repeat(25) + '011401530000001',
    '9000001000001000000020002100002000000000000000000123456' + ' '.repeat(39),
    ...Array.from({ length: 4 }, () => '9'.repeat(94)),
    '',
  ]);
  expect(checkNacha(file)).toEqual([]);
  expect(writeNacha(orderOf(payment()), companyId)).toBe(file);
});

test('one batch a day, and whatever is in it, the independent check finds nothing', () => {
  const routing = fc.constantFrom('021000021', '011401533', '091000019', '122105155');
  const drawn = fc.record({
    routing,
    account: fc.stringMatching(/^\d{4,17}$/),
    minor: fc.bigInt(1n, 9_999_999_999n),
    day: fc.constantFrom('2026-03-05', '2026-03-06'),
    name: fc.string({ minLength: 1 }),
  });
  fc.assert(
    fc.property(fc.array(drawn, { minLength: 1, maxLength: 25 }), (all) => {
      const payments = all.map(({ routing: bank, account, minor, day, name }, index) =>
        payment({
          endToEndId: `PAY-${index}`,
          amount: { minor, currency: 'USD' },
          executeOn: day,
          creditor: { name: `N${name}`, iban: `US${bank}${account}`, bic: null },
        }),
      );
      const file = writeNacha(orderOf(...payments), companyId);
      expect(checkNacha(file)).toEqual([]);
      expect(file.split('\r\n').filter((record) => record.startsWith('5'))).toHaveLength(new Set(all.map(({ day }) => day)).size);
    }),
    { seed: 20261130, numRuns: 100 },
  );
});

test('the check sees a changed digit wherever it counts', () => {
  const file = writeNacha(orderOf(payment(), payment({ endToEndId: 'PAY-2', executeOn: '2026-03-06' })), companyId);
  const lines = file.split('\r\n');
  const flipped = (line: number, at: number): string => {
    const record = lines[line] ?? '';
    const digit = record[at] === '7' ? '8' : '7';
    return lines.with(line, `${record.slice(0, at)}${digit}${record.slice(at + 1)}`).join('\r\n');
  };
  const places = [
    [2, 5, 'routing number'],
    [2, 35, 'credits'],
    [2, 82, 'trace'],
    [3, 93, 'entry before it'],
    [4, 7, 'entries'],
    [4, 15, 'hash'],
    [4, 40, 'credits'],
    [4, 93, 'another batch'],
    [9, 5, 'batches'],
    [9, 12, 'blocks'],
    [9, 28, 'hash'],
    [9, 50, 'credits'],
  ] as const;
  for (const [line, at, words] of places) expect(checkNacha(flipped(line, at)).join(' '), `line ${line} at ${at}`).toContain(words);
  expect(checkNacha(lines.slice(0, 8).join('\r\n')).length).toBeGreaterThan(0);
  expect(checkNacha('')).not.toEqual([]);
});

test.each([
  ['another currency', payment({ amount: money('1.00', 'EUR') }), 'holds dollars'],
  [
    'a routing number with a wrong check digit',
    payment({ creditor: { name: 'A', iban: 'US021000022123456789', bic: null } }),
    'check digit',
  ],
  ['an account of elsewhere', payment({ creditor: { name: 'A', iban: 'DE89370400440532013000', bic: null } }), 'none of the United States'],
  ['nothing', payment({ amount: money('0', 'USD') }), '0.01'],
  ['more than an entry holds', payment({ amount: money('100000000.00', 'USD') }), '99999999.99'],
] as const)('refuses %s and says so', (_, one, words) => {
  expect(() => writeNacha(orderOf(one), companyId)).toThrow(
    expect.objectContaining({ code: 'DH_CONNECTORS_PAYMENT_FILE_INVALID', message: expect.stringContaining(words) }),
  );
  expect(() => writeNacha(orderOf(payment()), '12')).toThrow('ten letters or digits');
});
