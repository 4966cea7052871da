import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exceptionReasons, sampleApprovalPolicy } from '#domain/accounts-payable';
import { mayAskAlone } from '#domain/questions';
import { checkPolicy } from './check-policy.ts';
import type { PolicyTables, TableRow } from './decision-table.ts';
import { askingRule, withQuestions } from './questions-table.ts';
import { tablesOfSettings } from './tables-of-settings.ts';

const usual = withQuestions(tablesOfSettings(sampleApprovalPolicy, { priceBasisPoints: 200, priceMinor: 500n, quantityBasisPoints: 0 }));
const world = {
  members: [
    { email: 'ana@x.example', name: 'Ana', roles: ['office-manager' as const] },
    { email: 'bo@x.example', name: 'Bo', roles: ['approver' as const] },
    { email: 'kim@x.example', name: 'Kim', roles: ['controller' as const] },
  ],
  supplierNumbers: new Set(['S-1', 'S-2']),
};
function asking(...rules: TableRow[]): PolicyTables {
  return { ...usual, questions: { ...(usual.questions ?? expect.fail()), rules } };
}
const said = (...rules: TableRow[]): string[] => checkPolicy(asking(...rules), world).map(({ message }) => message);
const order: TableRow = { _id: '1', about: '"missing-purchase-order"', to: 'supplier', perDay: '2' };

test('the first row that is about an exception and its supplier counts, and says why', () => {
  const { questions } = asking(
    { ...order, supplier: '"S-2"', perDay: '9' },
    { ...order, _description: 'They forget it' },
    { _id: '3', about: '"missing-receipt", "quantity"', to: 'receiver', perDay: '5' },
  );
  const rule = (reason: string, supplierNumber: string | null) => askingRule(questions, { reason, supplierNumber });
  expect(rule('missing-purchase-order', 'S-2')).toMatchObject({ row: 1, perDay: 9 });
  expect(rule('missing-purchase-order', 'S-1')).toEqual({
    row: 2,
    to: 'supplier',
    perDay: 2,
    because: 'Row 2 of its questions lets Deskhand ask the supplier about a missing order number (They forget it).',
  });
  expect(rule('quantity', null)).toMatchObject({ row: 3, to: 'receiver' });
  expect(rule('price', 'S-1')).toBeNull();
});

test('without a table or without rows nothing is asked', () => {
  for (const table of [undefined, asking().questions])
    for (const reason of exceptionReasons) expect(askingRule(table, { reason, supplierNumber: 'S-1' })).toBeNull();
});

test.each<readonly [string, TableRow, string]>([
  ['a bank account', { about: '"bank-account-changed"' }, '"bank-account-changed" is not known here'],
  ['a fraud gate', { about: '"fraud-hold"' }, '"fraud-hold" is not known here'],
  ['an unknown supplier', { about: '"unknown-supplier"' }, '"unknown-supplier" is not known here'],
  ['a price', { about: '"price"' }, '"price" is not known here'],
  ['anything', { about: '' }, 'Row 1 does not name what it is about'],
  ['anything but', { about: 'not("unit")' }, 'Row 1 does not name what it is about'],
  [
    'a quantity, of the supplier',
    { about: '"quantity"' },
    'About a quantity Deskhand asks nobody by itself but whoever took the goods in.',
  ],
  ['nobody', { to: '' }, 'Say who is asked'],
  ['a supplier that is none', { supplier: '"S-9"' }, 'There is no supplier S-9'],
  ['without a limit', { perDay: '' }, 'Say how many questions'],
  ['without end', { perDay: '21' }, 'Say how many questions'],
  ['never', { perDay: '0' }, 'Say how many questions'],
])('a row about %s keeps the version from being switched on', (_, changes, message) => {
  expect(said({ ...order, ...changes }).join('\n')).toContain(message);
});

test('a sound table has no problems, and no row may count only where one applies', () => {
  expect(said(order)).toEqual([]);
  const unique = asking(order);
  expect(checkPolicy({ ...unique, questions: { ...(unique.questions ?? expect.fail()), hitPolicy: 'unique' } }, world)).toMatchObject([
    { table: 'questions', row: null },
  ]);
});

test('whatever is written in a table, nothing is asked that is not harmless, and never without a limit', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      '"missing-receipt"',
      '"price"',
      '"bank-account-changed"',
      'not("unit")',
      '"unit", "quantity"',
      'supplier',
      'receiver',
      'buyer',
    ),
    fc.string({ maxLength: 12 }),
  );
  const row = fc.record({ about: cell, supplier: cell, to: cell, perDay: fc.oneof(cell, fc.nat(99).map(String)) });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 4 }), fc.constantFrom(...exceptionReasons), (rows, reason) => {
      const rule = askingRule(asking(...rows).questions, { reason, supplierNumber: 'S-1' });
      return rule === null || (mayAskAlone(reason, rule.to) && rule.perDay >= 1 && rule.perDay <= 20);
    }),
  );
});
