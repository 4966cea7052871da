import type { Role } from '#domain/identity';
import type { GoodsReceiptRecord, PurchaseOrderRecord } from '#domain/ports';
import { germanVatId, iban } from './check-digits.ts';
import { orders, type SampleOrder } from './orders.ts';
import { supplierOf, suppliers, type SampleSupplier } from './suppliers.ts';

export interface SampleMember {
  /** Stable short name. */
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
}

export interface SampleOrganization {
  readonly name: string;
  readonly currency: string;
  readonly iban: string;
  readonly bic: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  /** On one line, for letter heads and bank files. */
  readonly address: string;
  readonly country: string;
  readonly vatId: string;
}

export interface SampleOffice {
  readonly organization: SampleOrganization;
  readonly members: readonly SampleMember[];
  readonly suppliers: readonly SampleSupplier[];
  readonly purchaseOrders: readonly PurchaseOrderRecord[];
  readonly goodsReceipts: readonly GoodsReceiptRecord[];
}

export const organization: SampleOrganization = {
  name: 'Sample Office GmbH',
  currency: 'EUR',
  iban: iban('DE', '100500006600123456'),
  bic: 'BELADEBEXXX',
  street: 'Lindenstraße 14',
  postcode: '10969',
  city: 'Berlin',
  address: 'Lindenstraße 14, 10969 Berlin',
  country: 'DE',
  vatId: germanVatId('28765432'),
};

const members: readonly SampleMember[] = [
  { key: 'ana', name: 'Ana Lindqvist', email: 'ana@sample-office.example', roles: ['office-manager'] },
  { key: 'bo', name: 'Bo Hansen', email: 'bo@sample-office.example', roles: ['approver'] },
  { key: 'chiara', name: 'Chiara Moretti', email: 'chiara@sample-office.example', roles: ['approver'] },
  { key: 'katrin', name: 'Katrin Weber', email: 'katrin@sample-office.example', roles: ['controller'] },
];

/**
 * The sample office: who works there, whom it buys from, what was ordered and what arrived.
 *
 * @param today - `YYYY-MM-DD`; all days lie around it.
 */
export function sampleOffice(today: string): SampleOffice {
  return {
    organization,
    members,
    suppliers,
    purchaseOrders: orders.map((order) => purchaseOrder(order, today)),
    goodsReceipts: orders.flatMap((order) => receipts(order, today)),
  };
}

/** `YYYY-MM-DD`, so many days before (or, negative, after) another. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

function purchaseOrder(order: SampleOrder, today: string): PurchaseOrderRecord {
  const supplier = supplierOf(order.supplier);
  return {
    number: order.number,
    supplierNumber: supplier.number,
    currency: supplier.currency,
    orderedOn: daysBefore(today, order.daysAgo),
    requesterEmail: members.find((member) => member.key === order.requester)?.email ?? null,
    isReceiptRequired: order.received !== 'service',
    lines: order.lines.map((line, index) => ({
      position: index + 1,
      itemCode: line.code,
      description: line.description,
      unit: line.unit,
      quantity: line.quantity,
      unitPrice: line.price,
    })),
  };
}

/** What arrived in full came in one delivery; what came in part came in two, the larger one first. */
function receipts(order: SampleOrder, today: string): GoodsReceiptRecord[] {
  if (order.received === 'service' || order.received === 'nothing') return [];
  const arrived = order.received === 'all' ? order.lines.map(({ quantity }) => quantity) : order.received;
  const later = order.received === 'all' ? arrived.map(() => 0) : arrived.map((quantity) => Math.floor(Number(quantity) / 3));
  const deliveries = [arrived.map((quantity, index) => Number(quantity) - (later[index] ?? 0)), later];
  return deliveries.flatMap((quantities, delivery) => {
    const lines = quantities.flatMap((quantity, index) => (quantity === 0 ? [] : [{ position: index + 1, quantity: String(quantity) }]));
    const receivedOn = daysBefore(today, Math.max(2, order.daysAgo - 8 - delivery * 4));
    const number = `${order.number.replace('PO', 'GR')}${delivery === 0 ? '' : '-2'}`;
    return lines.length === 0 ? [] : [{ number, purchaseOrderNumber: order.number, receivedOn, lines }];
  });
}
