import { expect, test } from 'vitest';
import { gridReading } from '../table/grid-reading.test-kit.ts';
import { layOut } from '../layout.ts';
import { receiptSuppliers } from './receipt-supplier.ts';

const supplierOf = (...rows: readonly string[]): string | undefined =>
  receiptSuppliers(layOut(gridReading(rows))).toSorted((a, b) => b.score - a.score)[0]?.value;

test.each([
  [
    'the registered company below a brand',
    ['Kedai Biru', 'Samudera Runcit Sdn Bhd (712345-D)', 'Lot 3, Jalan Ampang', 'TAX INVOICE'],
    'Samudera Runcit Sdn Bhd',
  ],
  ['a name that its register number follows', ['INDAH PERABOT', '(001451637-M)', 'No. 53, Jalan Besar', 'Total 12.00'], 'INDAH PERABOT'],
  ['who owns the shop', ['OLD HARBOUR', 'OWN BY: CHEF TAN SDN BHD', 'LG226, SHOPPING CENTRE', 'RECEIPT'], 'CHEF TAN SDN BHD'],
  [
    'a name over two rows, the second with its legal form',
    ['WESTERN HARVEST', 'STATIONERY SDN BHD', 'CO REG NO : 210038-K'],
    'WESTERN HARVEST STATIONERY SDN BHD',
  ],
  ['a name over two rows, the second with its trade', ['Iron Bridge', 'Tavern', '12 Main Street', 'Check: 65'], 'Iron Bridge Tavern'],
  ['a name that ends open', ['HOME MASTER HARDWARE &', 'ELECTRICAL', 'NO.113G, JALAN SETIA 4'], 'HOME MASTER HARDWARE & ELECTRICAL'],
  ['the first name, not the town or the street', ['Boulder', 'DENVER, CO', '264 Adams St', 'Subtotal 4.00'], 'Boulder'],
  ['the shop, not the title above it', ['CUSTOMER COPY', 'Panadería Sol', 'Calle Mayor 4', '28013 Madrid'], 'Panadería Sol'],
  [
    'the name, not what explains it in brackets',
    ['SNAIL & ROSE RIVERSIDE', '(SNAIL SHOP (95871))', 'UNIT L1-04, RIVER MALL'],
    'SNAIL & ROSE RIVERSIDE',
  ],
  [
    'the company with its register number, below the address of its shop',
    ['TQ FOR SHOPPING WITH US', 'RIVER VILLAGE', 'JALAN PJU 1A/7A, RIVER SQUARE', 'KOPI RETAIL SB(306291-X) FKA TEH SB', 'Tea 2.00'],
    'KOPI RETAIL SB',
  ],
  ['the shop, not the greeting', ['Welcome to Fern Deli', 'Park Avenue 5', '12:30 01/02/2026'], 'Fern Deli'],
])('a receipt is from %s', (_what, rows, name) => {
  expect(supplierOf(...rows)).toBe(name);
});

test('who owns the shop is read at the foot too, and only where it is a company', () => {
  const head = ['TAX INVOICE', 'MARIO PIZZA', 'D-08, M Avenue', '51200 Kuala Lumpur', 'Date 26/03/18'];
  const items = Array.from({ length: 10 }, (_, index) => `Pizza ${index} 10.00`);
  expect(supplierOf(...head, ...items, 'Total 100.00', 'Owned by', 'Kebun Makan Sdn Bhd', 'Co. No. 419061-A')).toBe('Kebun Makan Sdn Bhd');
  expect(supplierOf(...head, ...items, 'Total 100.00', 'Issued by: Kebun Makan Sdn Bhd')).toBe('Kebun Makan Sdn Bhd');
  expect(supplierOf(...head, ...items, 'Total 100.00', 'Owned by', 'Our customers')).toBe('MARIO PIZZA');
});

test('misread letters of a legal form and inside of words are put right', () => {
  expect(supplierOf('HIJAU MAJU SBN 3HD', '(590150-A)', 'No. 1 Jalan Dua')).toBe('HIJAU MAJU SDN BHD');
  expect(supplierOf('PASAR LAMA SDN BHDI', '(590150-A)', 'No. 1 Jalan Dua')).toBe('PASAR LAMA SDN BHD');
  expect(supplierOf('URBAN 1DEALS TRADING', 'Co. Reg. No: 417940-M')).toBe('URBAN IDEALS TRADING');
});

test('the person at the till is nobody’s name', () => {
  expect(receiptSuppliers(layOut(gridReading(['TAX INVOICE', 'Cashier: Maria', 'Store Manager : Ahmad', 'Tea 2.00'])))).toEqual([]);
});
