import { z } from 'zod';
import { codedLine } from './contract-coding.ts';
import { consultation } from './contract-language-model.ts';
import { invoiceSummary } from './contract-invoices.ts';
import { paymentView } from './contract-payments.ts';
import { taskSummary } from './contract-tasks.ts';
import { box, instant, money, person, role } from './contract-words.ts';

/** The part of the contract about one invoice in all its depth: values with their evidence, match, approvals, what happened. */

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
    alternatives: z.array(
      z.object({
        value: z.string(),
        confidence: z.number(),
        reason: z.string(),
        lost: z.string().describe('Why it was not taken.'),
        evidence: evidence.nullable(),
      }),
    ),
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

export const equationView = z
  .object({
    rule: z.string(),
    text: z.string(),
    holds: z.boolean(),
    fields: z.array(z.string()),
    places: z.array(z.object({ page: z.number().int(), box })).describe('Where its figures are printed.'),
    tolerance: z.string().nullable().describe('How far both sides may lie apart; null where they must be equal.'),
  })
  .meta({ id: 'Equation' });

export const proofCheck = z
  .object({
    outcome: z.enum(['holds', 'fails', 'unchecked']).describe('unchecked: the card is of a release whose cards name no figures.'),
    faults: z.array(z.string()),
    equations: z.number().int().describe('Equations worked out again.'),
    proven: z.array(z.string()).describe('Fields whose proof holds.'),
  })
  .meta({ id: 'ProofCheck' });

export const invoiceDetail = invoiceSummary
  .extend({
    version: z.number().int(),
    fields: z.record(fieldName, fieldView),
    lines: z.array(lineView),
    equations: z.array(equationView),
    problems: z.array(z.object({ code: z.string(), message: z.string(), severity: z.enum(['error', 'warning']) })),
    language: z.string().nullable(),
    extractorVersion: z.string().nullable(),
    consultation: consultation.nullable().describe('What a language model was asked about the document.'),
    supplier: z.object({ id: z.string(), name: z.string(), reason: z.string(), confidence: z.number() }).nullable(),
    purchaseOrderId: z.string().nullable(),
    match: z
      .object({
        kind: z.enum(['two-way', 'three-way', 'none']),
        outcome: z.enum(['matched', 'exception']),
        coveredBy: z.string().nullable().describe('The agreement that stands in for an order, in one sentence.'),
        allocations: z.array(allocationView),
        exceptions: z.array(matchException),
      })
      .nullable(),
    coding: z.array(codedLine).nullable().describe('Where its lines are booked; null where the organization keeps no accounts here.'),
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

export type InvoiceDetail = z.infer<typeof invoiceDetail>;
export type FieldName = z.infer<typeof fieldName>;
export type FieldView = z.infer<typeof fieldView>;
export type LineView = z.infer<typeof lineView>;
export type TimelineEntry = z.infer<typeof timelineEntry>;
export const memoryList = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        field: fieldName,
        kind: z
          .enum(['constant', 'anchored', 'absent'])
          .describe('Always the same, found by what it stands by, or never what is read there.'),
        value: z.string().nullable(),
        places: z.array(z.string()).describe('Where it looks, in words.'),
        supplierName: z.string().nullable(),
        version: z.number().int(),
        status: z.enum(['active', 'replaced', 'set-aside', 'revoked']).describe('set-aside: a later correction contradicted it.'),
        endedBecause: z.string().nullable(),
        uses: z.number().int().describe('Papers on which it filled a value or agreed with it.'),
        invoiceId: z.string().describe('The invoice that was put right.'),
        learnedBy: person,
        learnedAt: instant,
      }),
    ),
  })
  .meta({ id: 'MemoryList' });

export type MemoryList = z.infer<typeof memoryList>;
export type ProofCheck = z.infer<typeof proofCheck>;
export type CorrectionBody = z.infer<typeof correctionBody>;

export const why = z
  .object({
    isAutomatic: z.boolean().describe('It went on, or as things are now would go on, without anybody.'),
    asked: z.array(z.object({ taskId: z.string(), title: z.string(), who: person.nullable(), role, isOpen: z.boolean(), why: z.string() })),
    obstacles: z.array(z.string()).describe('What kept it from going on by itself.'),
    whatIf: z.array(z.string()).describe('What would have made it automatic, fewest changes first; verified by running the rules.'),
    note: z.string().nullable(),
  })
  .meta({ id: 'Why' });
export type Why = z.infer<typeof why>;
