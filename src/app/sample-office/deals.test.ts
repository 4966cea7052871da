import { expect, test } from 'vitest';
import { matchInvoice, type ExceptionReason, type Invoice, type PurchaseOrder } from '#domain/accounts-payable';
import { decimal, money, sum, formatMoney, roundTo } from '#domain/money';
import { deals, invoiceOf, type Deal } from './deals.ts';
import type { SampleInvoice } from './invoice.ts';
import { sampleOffice } from './office.ts';

const today = '2026-11-23';
const office = sampleOffice(today);
const tolerance = { priceBasisPoints: 0, priceMinor: 0n, quantityBasisPoints: 0 };

/** The order as it stands when the deal's invoice arrives: with what earlier clean deals billed. */
function orderOfDeal(deal: Deal): PurchaseOrder | null {
  const record = office.purchaseOrders.find(({ number }) => number === invoiceOf(deal, today).poNumber);
  if (record === undefined) return null;
  const earlier = deals.slice(0, deals.indexOf(deal)).filter((other) => other.order === deal.order && other.outcome === 'clean');
  return {
    ...record,
    id: record.number,
    supplierId: record.supplierNumber,
    requesterId: record.requesterEmail,
    lines: record.lines.map((line, index) => ({
      ...line,
      id: `${record.number}/${line.position}`,
      quantity: decimal(line.quantity),
      unitPrice: decimal(line.unitPrice),
      receivedQuantity: office.goodsReceipts
        .filter(({ purchaseOrderNumber }) => purchaseOrderNumber === record.number)
        .flatMap(({ lines }) => lines)
        .filter(({ position }) => position === line.position)
        .reduce((total, { quantity }) => total.plus(quantity), decimal(0)),
      invoicedQuantity: earlier.reduce((total, other) => total.plus(other.quantities?.[index] ?? line.quantity), decimal(0)),
    })),
  };
}

function domainInvoice(invoice: SampleInvoice): Invoice {
  const { currency, supplier } = invoice;
  return {
    ...invoice,
    id: invoice.number,
    supplierId: supplier.number,
    supplierName: supplier.name,
    net: money(invoice.net, currency),
    tax: money(invoice.tax, currency),
    gross: money(invoice.gross, currency),
    lines: invoice.lines.map((line) => ({
      position: line.position,
      description: line.description,
      quantity: decimal(line.quantity),
      unitPrice: decimal(line.price),
      netAmount: money(line.net, currency),
      taxRate: decimal(line.taxRate),
    })),
  };
}

test.each(deals.filter(({ change }) => change !== 'wrong-sum').map((deal) => [deal.key, deal] as const))(
  '%s adds up to the cent',
  (_key, deal) => {
    const invoice = invoiceOf(deal, today);
    const { currency } = invoice;
    for (const { quantity, price, net } of invoice.lines) expect(formatMoney(roundTo(decimal(quantity).times(price), currency))).toBe(net);
    const total = (amounts: readonly string[]): string =>
      formatMoney(
        sum(
          amounts.map((amount) => money(amount, currency)),
          currency,
        ),
      );
    expect(total(invoice.lines.map(({ net }) => net))).toBe(invoice.net);
    expect(total(invoice.taxes.map(({ base }) => base))).toBe(invoice.net);
    expect(total(invoice.taxes.map(({ amount }) => amount))).toBe(invoice.tax);
    for (const { rate, base, amount } of invoice.taxes)
      expect(formatMoney(roundTo(decimal(base).times(rate).div(100), currency))).toBe(amount);
    expect(total([invoice.net, invoice.tax])).toBe(invoice.gross);
  },
);

test.each(deals.filter(({ outcome }) => outcome === 'clean').map((deal) => [deal.key, deal] as const))(
  '%s matches its order and receipts without any tolerance, and asks to be paid to the account on file',
  (_key, deal) => {
    const invoice = invoiceOf(deal, today);
    const order = orderOfDeal(deal);
    const match = matchInvoice({ invoice: domainInvoice(invoice), order, tolerance });
    expect(match.exceptions).toEqual([]);
    expect(match.allocations).toHaveLength(invoice.lines.length);
    expect(match.kind).toBe(order?.isReceiptRequired === true ? 'three-way' : 'two-way');
    expect(invoice.iban).toBe(invoice.supplier.iban);
  },
);

const matched: readonly ExceptionReason[] = [
  'price',
  'quantity',
  'missing-receipt',
  'missing-purchase-order',
  'unordered-item',
  'currency',
  'arithmetic',
  'credit-note',
];

test.each(deals.filter(({ reason }) => reason !== undefined && matched.includes(reason)).map((deal) => [deal.key, deal] as const))(
  '%s asks for its own reason only',
  (_key, deal) => {
    const { exceptions } = matchInvoice({ invoice: domainInvoice(invoiceOf(deal, today)), order: orderOfDeal(deal), tolerance });
    expect([...new Set(exceptions.map(({ reason }) => reason))]).toEqual([deal.reason]);
  },
);

test('invoices of one supplier have numbers of their own and days that can be', () => {
  const invoices = deals.map((deal) => invoiceOf(deal, today));
  expect(new Set(invoices.map(({ supplier, number }) => `${supplier.key} ${number}`)).size).toBe(deals.length);
  for (const { issuedOn, dueOn, deliveredOn } of invoices)
    expect(deliveredOn <= issuedOn && issuedOn <= today && issuedOn < dueOn).toBe(true);
});
