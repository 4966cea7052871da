import { expect, test } from 'vitest';
import { sampleApprovalPolicy } from '#domain/accounts-payable';
import { checkPolicy, type PolicyWorld } from './check-policy.ts';
import type { PolicyTables, TableRow } from './decision-table.ts';
import { tablesOfSettings } from './tables-of-settings.ts';

const usual = tablesOfSettings(sampleApprovalPolicy, { priceBasisPoints: 200, priceMinor: 500n, quantityBasisPoints: 0 });
const world: PolicyWorld = {
  members: [
    { email: 'ana@x.example', name: 'Ana', roles: ['office-manager'] },
    { email: 'bo@x.example', name: 'Bo', roles: ['approver'] },
    { email: 'kim@x.example', name: 'Kim', roles: ['controller'] },
  ],
  supplierNumbers: new Set(['S-1']),
};
const rest: TableRow = { _id: 'rest', automatic: 'false', steps: 'approver' };
const limits = { priceBasisPoints: '200', priceMinor: '500', quantityBasisPoints: '0' };

function approvals(...rules: TableRow[]): PolicyTables {
  return { ...usual, approvals: { ...usual.approvals, rules } };
}
function tolerances(hitPolicy: 'first' | 'unique', ...rules: TableRow[]): PolicyTables {
  return { ...usual, tolerances: { ...usual.tolerances, hitPolicy, rules } };
}
const said = (tables: PolicyTables): string[] => checkPolicy(tables, world).map(({ message }) => message);

test('names a hole in amounts, and what is in it', () => {
  const rows: TableRow[] = [
    { _id: '1', currency: '"EUR"', amount: '<= 2500', automatic: 'false', steps: 'office-manager' },
    { _id: '2', currency: '"EUR"', amount: '> 2500.01', automatic: 'false', steps: 'approver' },
    { _id: '3', currency: 'not("EUR")', automatic: 'false', steps: 'controller' },
  ];
  expect(said(approvals(...rows))).toEqual([
    'No row is about currency EUR, amount above 2500 up to 2500.01. Add a row for it, or a last row with empty cells for all the rest.',
  ]);
});

test('names a row that never counts, and the one above it', () => {
  expect(said(approvals(rest, { ...rest, _id: '2', currency: '"EUR"' }))).toEqual([
    'Row 2 never counts: row 1 above it already decides all it is about. Move it up, or take one out.',
  ]);
});

test('names two tolerances that stand for the same purchases', () => {
  const twice = tolerances(
    'unique',
    { _id: '1', supplier: '"S-1"', ...limits },
    { _id: '2', category: '"food"', ...limits },
    { _id: '3', supplier: 'not("S-1")', category: 'not("food")', ...limits },
  );
  expect(checkPolicy(twice, world)).toEqual([
    {
      table: 'tolerances',
      row: 2,
      field: null,
      message: 'Rows 1 and 2 may be about the same invoice. Make one narrower, or let the first row that applies count.',
    },
  ]);
  expect(said({ ...twice, tolerances: { ...twice.tolerances, hitPolicy: 'first' } })).toEqual([]);
});

test.each([
  ['administrator', 'administrator is nobody who approves'],
  ['boss', 'boss is nobody who approves'],
  ['approver:zoe@x.example', 'Nobody here has the address zoe@x.example'],
  ['controller:bo@x.example', "Bo is not a controller, so can't take this step"],
  ['approver:bo@x.example, approver:bo@x.example', 'bo@x.example is asked twice in row 1'],
  ['controller, controller', 'Row 1 needs 2 different people'],
  ['', 'Somebody must decide'],
])('refuses %s as who decides', (steps, message) => {
  expect(said(approvals({ ...rest, steps })).join()).toContain(message);
});

test('lets an approver stand in for the office manager where each step still finds a person', () => {
  expect(said(approvals({ ...rest, steps: 'office-manager, approver, controller' }))).toEqual([]);
  expect(said(approvals({ ...rest, steps: 'office-manager:bo@x.example, controller' }))).toEqual([]);
});

test('lets nothing pass without a person that is not limited, proven and on file', () => {
  const found = checkPolicy(approvals({ _id: '1', automatic: 'true' }, rest), world);
  expect(found.map(({ row, field }) => [row, field])).toEqual([
    [2, null],
    [1, 'amount'],
    [1, 'payable'],
    [1, 'proof'],
    [1, 'account'],
  ]);
});

test('names an amount without a currency, a supplier nobody knows, a cell that is none and a column of nothing', () => {
  expect(said(approvals({ ...rest, amount: '<= 5', supplier: '"S-2"' }, { ...rest, _id: '2' }))).toEqual([
    'Row 1 has an amount, but not one currency: 1000 JPY is not 1000 EUR. Name the currency.',
    'There is no supplier S-2. Take the number from the supplier list.',
  ]);
  expect(checkPolicy(approvals({ ...rest, amount: 'lots' }), world)).toMatchObject([{ table: 'approvals', row: 1, field: 'amount' }]);
  expect(checkPolicy(tolerances('first', { _id: '1', ...limits, priceMinor: '-5' }), world)).toMatchObject([
    { table: 'tolerances', row: 1, field: 'priceMinor' },
  ]);
  const strange = { ...usual.approvals, inputs: [...usual.approvals.inputs, { id: 'x', name: 'Moon', field: 'moon' }] };
  expect(said({ ...usual, approvals: strange })).toEqual([
    'Nothing is known by the name of moon, so the column "Moon" can\'t decide anything. Take it out.',
  ]);
});
