import { z } from 'zod';
import { messageSummary, pageWord } from './contract-documents.ts';
import { invoiceSummary } from './contract-invoices.ts';
import { purchaseOrderSummary, supplierSummary } from './contract-master-data.ts';
import { bankFileView } from './contract-bank.ts';
import { paymentRunSummary, paymentView } from './contract-payments.ts';
import { timelineEntry } from './contract-review.ts';
import { taskSummary } from './contract-tasks.ts';
import { money, person, role } from './contract-words.ts';

/**
 * The API in words of the office. Every schema here validates, serializes and documents: OpenAPI is made from it and
 * the web app imports its types. Amounts are decimal text, days `YYYY-MM-DD`, instants RFC 3339 UTC. Its parts lie in
 * `contract-*.ts`, one for each idea; this is their door.
 */

export { bankFileDetail, bankFileReceipt } from './contract-bank.ts';
export { codeList, codingBody } from './contract-coding.ts';
export type { CodedLine, CodeList, CodingBody } from './contract-coding.ts';
export { documentDetail, messageDetail, uploadResult } from './contract-documents.ts';
export { invoiceStatus } from './contract-invoices.ts';
export { importKind, importResult, purchaseOrderDetail, supplierDetail } from './contract-master-data.ts';
export {
  paymentRunBody,
  paymentRunCancelBody,
  paymentRunDetail,
  paymentRunReleaseBody,
  paymentView,
  remittanceAdvices,
} from './contract-payments.ts';
export { correctionBody, invoiceDetail, memoryList, proofCheck, why } from './contract-review.ts';
export { decisionBody, taskSummary } from './contract-tasks.ts';
export type { BankEntry, BankFile, BankFileDetail, BankFileReceipt } from './contract-bank.ts';
export type { DocumentDetail, DocumentSummary, MessageDetail, MessageSummary, PageWord, UploadResult } from './contract-documents.ts';
export type { InvoiceSummary } from './contract-invoices.ts';
export type {
  ImportKind,
  ImportResult,
  PurchaseOrderDetail,
  PurchaseOrderSummary,
  SupplierDetail,
  SupplierSummary,
} from './contract-master-data.ts';
export type { PaymentRunDetail, PaymentRunSummary, PaymentView, RemittanceAdvice } from './contract-payments.ts';
export type {
  CorrectionBody,
  FieldName,
  FieldView,
  InvoiceDetail,
  LineView,
  MemoryList,
  ProofCheck,
  Why,
  TimelineEntry,
} from './contract-review.ts';
export type { DecisionBody, TaskSummary } from './contract-tasks.ts';

/** RFC 9457. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    trace_id: z.string().optional(),
    retry_after: z.number().optional(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

export const me = z
  .object({
    member: person,
    email: z.string(),
    roles: z.array(role),
    rights: z.array(z.string()),
    organization: z.object({ id: z.string(), name: z.string(), currency: z.string(), isSample: z.boolean() }),
  })
  .meta({ id: 'Me' });

export const overview = z
  .object({
    since: z.iso.datetime().describe('Messages, documents and invoices count that came in since then, or that still wait.'),
    openTasks: z.object({ mine: z.number().int(), all: z.number().int() }),
    messages: z.object({ received: z.number().int(), handled: z.number().int() }),
    documents: z.object({ waiting: z.number().int(), read: z.number().int(), unreadable: z.number().int() }),
    invoices: z.record(z.string(), z.number().int()).describe('Number of invoices by status.'),
    touchless: z
      .object({ automatic: z.number().int(), decided: z.number().int() })
      .describe('Invoices approved without any person, of those decided that came in since then.'),
    scheduled: z.array(money).describe('Sum of scheduled payments, one entry a currency.'),
  })
  .meta({ id: 'Overview' });

export const auditVerification = z
  .object({
    isIntact: z.boolean(),
    entries: z.number().int(),
    headHash: z.string(),
    firstFault: z.object({ sequence: z.number().int(), message: z.string() }).nullable(),
  })
  .meta({ id: 'AuditVerification' });

/** Lists are cut by cursor: pass `next` back as `cursor`; null is the end. */
export function page<Item extends z.ZodType>(item: Item): z.ZodObject<{ items: z.ZodArray<Item>; next: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

export const taskList = page(taskSummary).meta({ id: 'TaskList' });

export const invoiceList = page(invoiceSummary).meta({ id: 'InvoiceList' });

export const messageList = page(messageSummary).meta({ id: 'MessageList' });

export const supplierList = page(supplierSummary).meta({ id: 'SupplierList' });

export const purchaseOrderList = page(purchaseOrderSummary).meta({ id: 'PurchaseOrderList' });

export const bankFileList = page(bankFileView).meta({ id: 'BankFileList' });
export const paymentList = page(paymentView).meta({ id: 'PaymentList' });

export const paymentRunList = page(paymentRunSummary).meta({ id: 'PaymentRunList' });

export const timeline = z.object({ items: z.array(timelineEntry) }).meta({ id: 'Timeline' });

export const wordList = z.object({ items: z.array(pageWord) }).meta({ id: 'WordList' });

export type Money = z.infer<typeof money>;
export type Me = z.infer<typeof me>;
export type Overview = z.infer<typeof overview>;
export type Problem = z.infer<typeof problem>;
export type AuditVerification = z.infer<typeof auditVerification>;
