import { austria, checkVAT, france, germany, ireland, netherlands, spain, switzerland, unitedKingdom } from 'jsvat';
import { expect, test } from 'vitest';
import { isValidIban } from '#domain/accounts-payable';
import { isDecimalText } from '#domain/money';
import { deals, invoiceOf } from './deals.ts';
import { sampleOffice } from './office.ts';
import { stranger } from './suppliers.ts';

const today = '2026-11-23';
const office = sampleOffice(today);

test('every account and VAT id passes the checks that real ones pass', () => {
  const countries = [austria, france, germany, ireland, netherlands, spain, switzerland, unitedKingdom];
  const ibans = [
    office.organization.iban,
    ...office.suppliers.map(({ iban }) => iban),
    ...deals.map((deal) => invoiceOf(deal, today).iban),
  ];
  expect(ibans.filter((iban) => !isValidIban(iban))).toEqual([]);
  const vatIds = [office.organization.vatId, ...[...office.suppliers, stranger].flatMap(({ vatId }) => vatId ?? [])];
  expect(vatIds.filter((vatId) => !checkVAT(vatId, countries).isValid)).toEqual([]);
  expect(new Set(ibans).size).toBe(office.suppliers.length + 3);
});

test('four people hold the roles of a Monday, and nobody both proposes and releases payments', () => {
  expect(office.members.map(({ roles }) => roles)).toEqual([['office-manager'], ['approver'], ['approver'], ['controller']]);
});

test('suppliers come from eight countries, with four currencies and several terms', () => {
  expect(office.suppliers.length).toBeGreaterThanOrEqual(10);
  expect(new Set(office.suppliers.map(({ country }) => country)).size).toBeGreaterThanOrEqual(8);
  expect(new Set(office.suppliers.map(({ currency }) => currency))).toEqual(new Set(['EUR', 'USD', 'GBP', 'CHF']));
  expect(new Set(office.suppliers.map(({ netDays }) => netDays))).toEqual(new Set([14, 30, 60]));
  expect(office.suppliers.flatMap(({ discounts }) => discounts)).toHaveLength(3);
});

test('every order names a supplier and a colleague, and every receipt a line that was ordered', () => {
  const emails = office.members.map(({ email }) => email);
  const numbers = new Set(office.suppliers.map(({ number }) => number));
  expect(office.purchaseOrders.length).toBeGreaterThanOrEqual(24);
  for (const order of office.purchaseOrders) {
    expect(numbers).toContain(order.supplierNumber);
    expect(emails).toContain(order.requesterEmail);
    expect(order.orderedOn < today).toBe(true);
    expect(order.lines.every(({ quantity, unitPrice }) => isDecimalText(quantity) && isDecimalText(unitPrice))).toBe(true);
  }
  for (const receipt of office.goodsReceipts) {
    const order = office.purchaseOrders.find(({ number }) => number === receipt.purchaseOrderNumber);
    const positions = order?.lines.map(({ position }) => position) ?? [];
    expect(receipt.lines.every(({ position }) => positions.includes(position))).toBe(true);
    expect((order?.orderedOn ?? today) < receipt.receivedOn && receipt.receivedOn < today).toBe(true);
  }
});

test('some orders arrived in part, one in excess, and services have no receipt', () => {
  const arrived = new Map<string, number>();
  for (const { purchaseOrderNumber, lines } of office.goodsReceipts)
    for (const { position, quantity } of lines) {
      const key = `${purchaseOrderNumber}/${position}`;
      arrived.set(key, (arrived.get(key) ?? 0) + Number(quantity));
    }
  const shares = office.purchaseOrders.flatMap(({ number, lines }) =>
    lines.map(({ position, quantity }) => (arrived.get(`${number}/${position}`) ?? 0) / Number(quantity)),
  );
  expect(shares.some((share) => share > 0 && share < 1)).toBe(true);
  expect(shares.filter((share) => share > 1)).toHaveLength(1);
  const services = office.purchaseOrders.filter(({ isReceiptRequired }) => !isReceiptRequired).map(({ number }) => number);
  expect(office.goodsReceipts.filter(({ purchaseOrderNumber }) => services.includes(purchaseOrderNumber))).toEqual([]);
});

test('all days follow the day it is opened on', () => {
  const later = sampleOffice('2027-03-01');
  const shift = (Date.parse('2027-03-01') - Date.parse(today)) / 86_400_000;
  later.purchaseOrders.forEach((order, index) => {
    const before = office.purchaseOrders[index]?.orderedOn ?? '';
    expect((Date.parse(order.orderedOn) - Date.parse(before)) / 86_400_000).toBe(shift);
  });
});
