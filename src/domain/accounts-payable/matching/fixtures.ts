import { decimal, money } from '#domain/money';
import type { Invoice, InvoiceLine, PurchaseOrder, PurchaseOrderLine, Supplier, Tolerance } from '../types.ts';

/** Builders for tests: each fills what the test is not about. */

/** 5 % and 10.00, no slack in quantities. */
export const usualTolerance: Tolerance = { priceBasisPoints: 500, priceMinor: 1_000n, quantityBasisPoints: 0 };
export const noTolerance: Tolerance = { priceBasisPoints: 0, priceMinor: 0n, quantityBasisPoints: 0 };

type Text<T, K extends keyof T> = Omit<Partial<T>, K> & { readonly [key in K]?: string | null };

export function buildOrderLine(
  fields: Text<PurchaseOrderLine, 'quantity' | 'unitPrice' | 'receivedQuantity' | 'invoicedQuantity'> = {},
): PurchaseOrderLine {
  const { quantity, unitPrice, receivedQuantity, invoicedQuantity, ...rest } = fields;
  return {
    id: `order-line-${rest.position ?? 1}`,
    position: 1,
    itemCode: null,
    description: 'Toner CF259X black',
    unit: 'pc',
    ...rest,
    quantity: decimal(quantity ?? '10'),
    unitPrice: decimal(unitPrice ?? '11.90'),
    receivedQuantity: decimal(receivedQuantity ?? quantity ?? '10'),
    invoicedQuantity: decimal(invoicedQuantity ?? '0'),
  };
}

export function buildOrder(fields: Partial<PurchaseOrder> = {}): PurchaseOrder {
  return {
    id: 'order-1',
    number: 'PO-2026-0042',
    supplierId: 'supplier-1',
    currency: 'EUR',
    orderedOn: '2026-02-20',
    requesterId: 'member-requester',
    isReceiptRequired: true,
    lines: [buildOrderLine()],
    ...fields,
  };
}

export function buildLine(
  fields: Text<InvoiceLine, 'quantity' | 'unitPrice' | 'netAmount'> & { readonly currency?: string } = {},
): InvoiceLine {
  const { quantity, unitPrice, netAmount, currency = 'EUR', ...rest } = fields;
  return {
    position: 1,
    description: 'Toner CF259X black',
    taxRate: null,
    ...rest,
    quantity: quantity === null ? null : decimal(quantity ?? '10'),
    unitPrice: unitPrice === null ? null : decimal(unitPrice ?? '11.90'),
    netAmount: money(
      netAmount ??
        decimal(quantity ?? '10')
          .times(unitPrice ?? '11.90')
          .round(2),
      currency,
    ),
  };
}

/** Net is the sum of the lines and there is no tax unless said otherwise. */
export function buildInvoice(fields: Partial<Invoice> = {}): Invoice {
  const lines = fields.lines ?? [buildLine()];
  const currency = lines[0]?.netAmount.currency ?? 'EUR';
  const net = fields.net ?? { minor: lines.reduce((total, line) => total + line.netAmount.minor, 0n), currency };
  return {
    id: 'invoice-1',
    kind: 'invoice',
    number: 'RE-10042',
    issuedOn: '2026-03-02',
    dueOn: null,
    supplierId: 'supplier-1',
    supplierName: 'Bürobedarf Müller GmbH',
    iban: null,
    poNumber: 'PO-2026-0042',
    tax: { minor: 0n, currency: net.currency },
    gross: net,
    ...fields,
    net,
    lines,
  };
}

export function buildSupplier(fields: Partial<Supplier> = {}): Supplier {
  return {
    id: 'supplier-1',
    number: '70001',
    name: 'Bürobedarf Müller GmbH',
    aliases: [],
    vatId: 'DE136695976',
    country: 'DE',
    emailDomains: ['buero-mueller.de'],
    currency: 'EUR',
    terms: { netDays: 30, discounts: [] },
    bankAccounts: [{ id: 'account-1', iban: 'DE89370400440532013000', bic: null, status: 'verified' }],
    ...fields,
  };
}
