import { z } from 'zod';
import { invoiceSummary } from './contract-invoices.ts';
import { day, money, instant, person } from './contract-words.ts';

/** The part of the contract about suppliers, purchase orders, and importing them. */

export const supplierSummary = z
  .object({
    id: z.string(),
    number: z.string(),
    name: z.string(),
    vatId: z.string().nullable(),
    country: z.string(),
    currency: z.string(),
    terms: z.string().describe('In words: 2 % within 10 days, 30 days net.'),
    invoices: z.number().int(),
    openAmount: money,
  })
  .meta({ id: 'SupplierSummary' });

export const bankAccount = z.object({
  id: z.string(),
  iban: z.string(),
  bic: z.string().nullable(),
  status: z.enum(['proposed', 'verified', 'refused']),
  decidedBy: person.nullable(),
  decidedAt: instant.nullable(),
  evidence: z.string(),
  payableFrom: instant.nullable().describe('End of the cooling-off after it was verified; null where there was none.'),
  history: z.array(z.object({ at: instant, sentence: z.string() })).describe('All that ever happened to it, oldest first.'),
});

export const purchaseOrderSummary = z
  .object({
    id: z.string(),
    number: z.string(),
    supplier: person,
    orderedOn: day,
    requester: person.nullable(),
    total: money,
    lines: z.number().int(),
    status: z.enum(['open', 'partly-received', 'received', 'partly-invoiced', 'invoiced']),
  })
  .meta({ id: 'PurchaseOrderSummary' });

export const supplierDetail = supplierSummary
  .extend({
    aliases: z.array(z.string()),
    emailDomains: z.array(z.string()),
    email: z.string().nullable().describe('Where questions about its invoices go.'),
    phone: z.string().nullable().describe('To call back when something about them changes.'),
    phoneSince: instant.nullable(),
    bankAccounts: z.array(bankAccount),
    purchaseOrders: z.array(purchaseOrderSummary),
    recentInvoices: z.array(invoiceSummary),
  })
  .meta({ id: 'Supplier' });

export const purchaseOrderDetail = purchaseOrderSummary
  .extend({
    isReceiptRequired: z.boolean(),
    orderLines: z.array(
      z.object({
        id: z.string(),
        position: z.number().int(),
        itemCode: z.string().nullable(),
        description: z.string(),
        unit: z.string(),
        quantity: z.string(),
        unitPrice: z.string(),
        receivedQuantity: z.string(),
        invoicedQuantity: z.string(),
      }),
    ),
    receipts: z.array(
      z.object({
        id: z.string(),
        number: z.string(),
        receivedOn: day,
        lines: z.array(z.object({ position: z.number().int(), quantity: z.string() })),
      }),
    ),
    invoices: z.array(invoiceSummary),
  })
  .meta({ id: 'PurchaseOrder' });

export const importKind = z.enum([
  'suppliers',
  'purchase-orders',
  'goods-receipts',
  'accounts',
  'cost-centres',
  'projects',
  'tax-codes',
  'past-bookings',
  'agreements',
]);

export const importResult = z
  .object({
    imported: z.number().int(),
    dryRun: z.boolean(),
    faults: z.array(z.object({ line: z.number().int(), column: z.string().nullable(), value: z.string().nullable(), message: z.string() })),
  })
  .meta({ id: 'ImportResult' });

export type SupplierSummary = z.infer<typeof supplierSummary>;
export type SupplierDetail = z.infer<typeof supplierDetail>;
export type PurchaseOrderSummary = z.infer<typeof purchaseOrderSummary>;
export type PurchaseOrderDetail = z.infer<typeof purchaseOrderDetail>;
export type ImportKind = z.infer<typeof importKind>;
export type ImportResult = z.infer<typeof importResult>;
