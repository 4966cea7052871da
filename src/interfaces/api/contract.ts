import { z } from 'zod';
import { taskTime, taskWait } from './contract-tasks.ts';
import { day, instant, money, person, role } from './contract-words.ts';

/**
 * The API in words of the office. Every schema here validates, serializes and documents: OpenAPI is made from it and
 * the web app imports its types. Amounts are decimal text, days `YYYY-MM-DD`, instants RFC 3339 UTC.
 */

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
    openTasks: z.object({ mine: z.number().int(), all: z.number().int() }),
    messages: z.object({ received: z.number().int(), handled: z.number().int() }),
    documents: z.object({ waiting: z.number().int(), read: z.number().int(), unreadable: z.number().int() }),
    invoices: z.record(z.string(), z.number().int()).describe('Number of invoices by status.'),
    /** Invoices approved without any person, of all decided. */
    touchless: z.object({ automatic: z.number().int(), decided: z.number().int() }),
    scheduled: z.array(money).describe('Sum of scheduled payments, one entry a currency.'),
  })
  .meta({ id: 'Overview' });

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

export const documentSummary = z
  .object({
    id: z.string(),
    eventId: z.string(),
    fileName: z.string(),
    mediaType: z.string().nullable(),
    status: z.enum(['received', 'read', 'unreadable', 'filed']),
    documentType: z.string().nullable(),
    sizeBytes: z.number().int(),
    /** How it was reached inside its message, outermost first. */
    path: z.array(z.string()),
    problems: z.array(z.object({ code: z.string(), message: z.string(), severity: z.enum(['error', 'warning']) })),
    invoiceId: z.string().nullable(),
  })
  .meta({ id: 'DocumentSummary' });

export const messageSummary = z
  .object({
    id: z.string(),
    source: z.string().describe('Name of the connection it came by.'),
    kind: z.enum(['mail', 'file']),
    subject: z.string().nullable(),
    sender: z.string().nullable(),
    receivedAt: instant,
    status: z.enum(['received', 'handled']),
    classification: z.string().nullable(),
    documents: z.array(documentSummary),
    /** What became of it, in words: `Invoice RE-1001 awaits approval`. */
    outcome: z.string(),
  })
  .meta({ id: 'MessageSummary' });
export const messageDetail = messageSummary.extend({ body: z.string().nullable() }).meta({ id: 'MessageDetail' });

export const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export const evidence = z
  .object({ page: z.number().int(), box: box.describe('Page units, origin top left.'), text: z.string() })
  .meta({ id: 'Evidence' });
export const fieldView = z
  .object({
    value: z.string().nullable(),
    confidence: z.number(),
    standing: z.enum(['proven', 'consistent', 'unproven', 'contradicted']),
    origin: z.enum(['person', 'xml', 'grammar', 'layout', 'memory', 'arithmetic', 'llm']).nullable(),
    reason: z.string(),
    evidence: evidence.nullable(),
    alternatives: z.array(z.object({ value: z.string(), confidence: z.number(), reason: z.string(), evidence: evidence.nullable() })),
    correctedBy: person.nullable(),
  })
  .meta({ id: 'FieldView' });
export const fieldName = z.enum([
  'invoiceNumber',
  'issueDate',
  'dueDate',
  'supplierName',
  'supplierTaxId',
  'iban',
  'buyerName',
  'poNumber',
  'currency',
  'netTotal',
  'taxTotal',
  'grossTotal',
]);
export const lineView = z
  .object({ description: fieldView, quantity: fieldView, unitPrice: fieldView, netAmount: fieldView, taxRate: fieldView })
  .meta({ id: 'LineView' });

export const matchException = z
  .object({
    reason: z.string(),
    line: z.number().int().nullable(),
    expected: z.string().nullable(),
    found: z.string().nullable(),
    difference: z.string().nullable(),
    message: z.string(),
    /** Who accepted it as it is, if somebody did. */
    acceptedBy: person.nullable(),
  })
  .meta({ id: 'MatchException' });

export const allocationView = z
  .object({
    invoiceLine: z.number().int(),
    orderLine: z.object({
      id: z.string(),
      position: z.number().int(),
      description: z.string(),
      quantity: z.string(),
      unitPrice: z.string(),
      unit: z.string(),
    }),
    receivedQuantity: z.string(),
    /** Invoiced before by other invoices. */
    invoicedQuantity: z.string(),
    quantity: z.string(),
    amount: money,
    reason: z.string(),
  })
  .meta({ id: 'Allocation' });

export const taskKind = z.enum(['exception', 'approval', 'unreadable', 'message', 'limit', 'failed', 'question']);
export const taskSummary = z
  .object({
    id: z.string(),
    kind: taskKind,
    reason: z.string(),
    title: z.string(),
    question: z.string(),
    choices: z.array(z.string()).describe('Decisions that may be posted, e.g. approve, reject, accept, correct, dismiss.'),
    facts: z.object({
      expected: z.string().nullish(),
      found: z.string().nullish(),
      difference: z.string().nullish(),
      /** Field of the invoice it is about, for the review page to jump to. */
      field: z.string().nullish(),
      line: z.number().int().nullish(),
      /** For a duplicate: the other invoice. */
      otherInvoiceId: z.string().nullish(),
      /** What happens on yes, in words. */
      ifYes: z.string().nullish(),
      why: z.array(z.string()).nullish(),
    }),
    role,
    assignee: person.nullable(),
    isMine: z.boolean(),
    status: z.enum(['open', 'done', 'cancelled']),
    decision: z.string().nullable(),
    note: z.string().nullable(),
    decidedBy: person.nullable(),
    decidedAt: instant.nullable(),
    dueOn: day.nullable(),
    createdAt: instant,
    standIn: person.nullable().describe('Who decides in the assignee’s place today.'),
    isTaken: z.boolean().describe('Taken by, or given to, the assignee: nobody else decides.'),
    mayClaim: z.boolean(),
    mayRelease: z.boolean(),
    mayAssign: z.boolean(),
    togetherChoices: z.array(z.string()).describe('Choices that may be given to several tasks at once.'),
    time: taskTime.nullable(),
    wait: taskWait.nullable(),
    invoice: invoiceSummary.nullable(),
    document: documentSummary.nullable(),
    message: z.object({ id: z.string(), subject: z.string().nullable(), sender: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Task' });

export const paymentView = z
  .object({
    id: z.string(),
    invoice: invoiceSummary,
    supplier: person,
    iban: z.string(),
    amount: money,
    discount: money,
    executeOn: day,
    reason: z.string(),
    reference: z.string(),
    status: z.enum(['scheduled', 'in-run', 'released', 'cancelled']),
    paymentRunId: z.string().nullable(),
  })
  .meta({ id: 'Payment' });

export const approvalView = z
  .object({
    step: z.number().int(),
    role,
    decision: z.enum(['approved', 'rejected', 'automatic']),
    member: person.nullable(),
    at: instant,
    note: z.string().nullable(),
    event: z.number().int().nullable().describe('Give it as asOf to see the invoice as it was when this was decided.'),
  })
  .meta({ id: 'Approval' });

export const invoiceDetail = invoiceSummary
  .extend({
    version: z.number().int(),
    fields: z.record(fieldName, fieldView),
    lines: z.array(lineView),
    equations: z.array(z.object({ rule: z.string(), text: z.string(), holds: z.boolean(), fields: z.array(z.string()) })),
    problems: z.array(z.object({ code: z.string(), message: z.string(), severity: z.enum(['error', 'warning']) })),
    language: z.string().nullable(),
    extractorVersion: z.string().nullable(),
    supplier: z.object({ id: z.string(), name: z.string(), reason: z.string(), confidence: z.number() }).nullable(),
    purchaseOrderId: z.string().nullable(),
    match: z
      .object({
        kind: z.enum(['two-way', 'three-way', 'none']),
        outcome: z.enum(['matched', 'exception']),
        allocations: z.array(allocationView),
        exceptions: z.array(matchException),
      })
      .nullable(),
    /** Why it was, or was not, handled without a person. */
    automation: z.array(z.string()),
    approvals: z.array(approvalView),
    requiredSteps: z.array(role),
    payment: paymentView.nullable(),
    tasks: z.array(taskSummary),
    messageId: z.string(),
    seen: z
      .object({ at: instant, event: z.number().int() })
      .nullable()
      .describe('The last event that is part of a look into the past; null for today.'),
  })
  .meta({ id: 'Invoice' });

export const timelineEntry = z
  .object({
    sequence: z.number().int(),
    at: instant,
    actor: z.string().describe('A person’s name, or Deskhand.'),
    action: z.string(),
    sentence: z.string(),
    details: z.record(z.string(), z.unknown()),
    hash: z.string(),
  })
  .meta({ id: 'TimelineEntry' });

export const documentDetail = documentSummary
  .extend({ pages: z.array(z.object({ number: z.number().int(), width: z.number(), height: z.number(), hasPicture: z.boolean() })) })
  .meta({ id: 'Document' });
export const pageWord = z.object({ id: z.number().int(), text: z.string(), box }).meta({ id: 'PageWord' });

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

export const paymentRunSummary = z
  .object({
    id: z.string(),
    status: z.enum(['proposed', 'released', 'cancelled']),
    createdBy: person,
    createdAt: instant,
    releasedBy: person.nullable(),
    releasedAt: instant.nullable(),
    count: z.number().int(),
    totals: z.array(money),
    fileSha256: z.string().nullable(),
  })
  .meta({ id: 'PaymentRunSummary' });
export const paymentRunDetail = paymentRunSummary
  .extend({
    payments: z.array(paymentView),
    /** Why it cannot be released as it stands; empty when it can. */
    obstacles: z.array(z.string()),
    /** Whether the one who asks may release it (another person than who proposed it). */
    mayRelease: z.boolean(),
  })
  .meta({ id: 'PaymentRun' });

export const decisionBody = z
  .strictObject({
    decision: z.string().describe('One of the task’s choices.'),
    note: z.string().max(2000).optional(),
    supplierId: z.string().optional().describe('For an unknown supplier: the supplier it is.'),
    newSupplier: z
      .strictObject({
        name: z.string().min(1),
        vatId: z.string().nullable(),
        country: z.string().length(2),
        iban: z.string().nullable(),
        netDays: z.number().int().min(0).max(365),
      })
      .optional()
      .describe('For an unknown supplier: what to put on file. Its bank account stays proposed until a controller verifies it.'),
    purchaseOrderId: z.string().optional().describe('For a missing purchase order: the order it belongs to.'),
  })
  .meta({ id: 'DecisionBody' });

export const correctionBody = z
  .strictObject({
    fields: z.partialRecord(fieldName, z.string().nullable()).optional(),
    lines: z
      .array(
        z.strictObject({
          description: z.string().nullable(),
          quantity: z.string().nullable(),
          unitPrice: z.string().nullable(),
          netAmount: z.string().nullable(),
          taxRate: z.string().nullable(),
        }),
      )
      .max(500)
      .optional(),
  })
  .meta({ id: 'CorrectionBody' });

export const paymentRunBody = z.strictObject({ paymentIds: z.array(z.string()).min(1).max(1000) }).meta({ id: 'PaymentRunBody' });

export const importKind = z.enum(['suppliers', 'purchase-orders', 'goods-receipts']);
export const importResult = z
  .object({
    imported: z.number().int(),
    dryRun: z.boolean(),
    faults: z.array(z.object({ line: z.number().int(), column: z.string().nullable(), value: z.string().nullable(), message: z.string() })),
  })
  .meta({ id: 'ImportResult' });

export const uploadResult = z
  .object({ messages: z.array(z.object({ fileName: z.string(), messageId: z.string(), isNew: z.boolean() })) })
  .meta({ id: 'UploadResult' });

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
export const paymentList = page(paymentView).meta({ id: 'PaymentList' });
export const paymentRunList = page(paymentRunSummary).meta({ id: 'PaymentRunList' });
export const timeline = z.object({ items: z.array(timelineEntry) }).meta({ id: 'Timeline' });
export const wordList = z.object({ items: z.array(pageWord) }).meta({ id: 'WordList' });

export type Money = z.infer<typeof money>;
export type Me = z.infer<typeof me>;
export type Overview = z.infer<typeof overview>;
export type InvoiceSummary = z.infer<typeof invoiceSummary>;
export type InvoiceDetail = z.infer<typeof invoiceDetail>;
export type DocumentSummary = z.infer<typeof documentSummary>;
export type DocumentDetail = z.infer<typeof documentDetail>;
export type MessageSummary = z.infer<typeof messageSummary>;
export type MessageDetail = z.infer<typeof messageDetail>;
export type FieldName = z.infer<typeof fieldName>;
export type FieldView = z.infer<typeof fieldView>;
export type LineView = z.infer<typeof lineView>;
export type TaskSummary = z.infer<typeof taskSummary>;
export type PaymentView = z.infer<typeof paymentView>;
export type PaymentRunSummary = z.infer<typeof paymentRunSummary>;
export type PaymentRunDetail = z.infer<typeof paymentRunDetail>;
export type SupplierSummary = z.infer<typeof supplierSummary>;
export type SupplierDetail = z.infer<typeof supplierDetail>;
export type PurchaseOrderSummary = z.infer<typeof purchaseOrderSummary>;
export type PurchaseOrderDetail = z.infer<typeof purchaseOrderDetail>;
export type TimelineEntry = z.infer<typeof timelineEntry>;
export type Problem = z.infer<typeof problem>;
export type DecisionBody = z.infer<typeof decisionBody>;
export type CorrectionBody = z.infer<typeof correctionBody>;
export type ImportResult = z.infer<typeof importResult>;
export type UploadResult = z.infer<typeof uploadResult>;
export type AuditVerification = z.infer<typeof auditVerification>;
export type PageWord = z.infer<typeof pageWord>;
