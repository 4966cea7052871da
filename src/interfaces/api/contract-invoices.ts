import { z } from 'zod';
import { day, instant, money } from './contract-words.ts';

/** The part of the contract that says in a line what an invoice is. */

export const invoiceStatus = z.enum(['in-review', 'awaiting-approval', 'approved', 'scheduled', 'paid', 'rejected']);

export const invoiceSummary = z
  .object({
    id: z.string(),
    documentId: z.string(),
    kind: z.enum(['invoice', 'credit-note']),
    status: invoiceStatus,
    number: z.string().nullable(),
    supplierName: z.string().nullable(),
    supplierId: z.string().nullable(),
    issuedOn: day.nullable(),
    dueOn: day.nullable(),
    poNumber: z.string().nullable(),
    gross: money.nullable(),
    openTasks: z.number().int(),
    receivedAt: instant,
  })
  .meta({ id: 'InvoiceSummary' });

export type InvoiceSummary = z.infer<typeof invoiceSummary>;
