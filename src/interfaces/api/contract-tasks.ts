import { z } from 'zod';
import { documentSummary } from './contract-documents.ts';
import { invoiceSummary } from './contract-invoices.ts';
import { paymentRunSummary } from './contract-payments.ts';
import { day, instant, money, person, role } from './contract-words.ts';

/** The part of the contract about tasks: what is asked, who has it, its clock, and stand-ins. */

export const lateness = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('not-enough-history'), has: z.number().int(), needs: z.number().int() }),
    z.object({
      kind: z.literal('predicted'),
      probability: z.number().describe('Share of comparable earlier tasks that missed their deadline.'),
      isLikelyLate: z.boolean(),
      medianMs: z.number().describe('Half of all were decided within this working time.'),
      slowMs: z.number().describe('Nine of ten.'),
      basedOn: z.number().int(),
    }),
  ])
  .meta({ id: 'Lateness' });
export const taskTime = z
  .object({
    dueAt: instant,
    state: z.enum(['running', 'due-today', 'overdue', 'paused']),
    businessDaysLeft: z.number().int().describe('In the country of whoever has it; negative once it is overdue.'),
    escalationLevel: z.number().int().describe('How often it was handed up.'),
    reminders: z.number().int(),
    lateness: lateness.nullable(),
  })
  .meta({ id: 'TaskTime' });
export const taskWait = z
  .object({
    what: z.string(),
    whom: z.string(),
    since: instant,
    until: instant.nullable(),
    next: z.string().describe('What happens then, in words.'),
  })
  .meta({ id: 'TaskWait' });
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
      /** The account in question. */
      iban: z.string().nullish(),
      phone: z.string().nullish().describe('Whom to call: the number on file, never the one on the paper.'),
      phoneSince: instant.nullish(),
      bills: z
        .array(z.object({ agreementId: z.string(), expectedOn: day, label: z.string() }))
        .nullish()
        .describe('Bills under agreements that it could be: `assign` names one of them.'),
      warnings: z.array(z.string()).nullish().describe('What fraud gates found; to approve all the same needs a note.'),
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
    answers: z.number().int().describe('Answers to questions about it that nobody has settled.'),
    paymentRun: paymentRunSummary.nullable().describe('For a question about a run on its way to the bank.'),
  })
  .meta({ id: 'Task' });
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
    bill: z
      .strictObject({ agreementId: z.string(), expectedOn: day })
      .optional()
      .describe('For a bill that may be several of the agreed ones: which it is, of the facts’ `bills`.'),
    call: z
      .strictObject({
        spokeWith: z.string().max(200),
        outcome: z.enum(['confirmed', 'denied', 'not-reached']),
        calledAt: instant,
        phone: z.string().max(40).optional().describe('Only where no number is on file.'),
        phoneSource: z.string().max(200).optional().describe('Where that number is known from; not this paper.'),
      })
      .optional()
      .describe('For a bank account: the call to the supplier about it.'),
  })
  .meta({ id: 'DecisionBody' });
export const assignmentBody = z.strictObject({ memberId: z.string().min(1).max(100) }).meta({ id: 'AssignmentBody' });
export const waitingBody = z
  .strictObject({
    waitingFor: z.string().min(1).max(200).describe('Who has to answer: a supplier, a bank.'),
    reason: z.string().min(1).max(500),
    until: day.optional().describe('Then the clock runs again by itself; as late as the policy lets it when left out.'),
  })
  .meta({ id: 'WaitingBody' });
export const tasksDecisionBody = z
  .strictObject({
    taskIds: z.array(z.string().min(1).max(100)).min(1).max(100),
    decision: z.string(),
    note: z.string().max(2000).optional(),
    mode: z.enum(['all', 'each']).describe('all: every one or none. each: those that can be; the others are reported.'),
    sums: z.array(money).describe('What it comes to, as the person saw it; one entry a currency, each invoice once.'),
  })
  .meta({ id: 'TasksDecisionBody' });
export const tasksOutcome = z
  .object({
    results: z.array(
      z.object({
        taskId: z.string(),
        outcome: z.enum(['decided', 'refused', 'not-done']),
        code: z.string().nullable(),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'TasksOutcome' });
export const delegationBody = z
  .strictObject({
    fromMemberId: z.string().min(1).max(100).optional().describe('Whose work it is; the one who asks when left out.'),
    toMemberId: z.string().min(1).max(100),
    startsOn: day,
    endsOn: day.describe('The last day, included.'),
    reason: z.string().max(500).optional(),
  })
  .meta({ id: 'DelegationBody' });
export const delegation = z
  .object({
    id: z.string(),
    from: person,
    to: person,
    startsOn: day,
    endsOn: day,
    reason: z.string().nullable(),
    state: z.enum(['planned', 'active', 'over']),
    mayRevoke: z.boolean(),
  })
  .meta({ id: 'Delegation' });
export const delegationList = z.object({ items: z.array(delegation) }).meta({ id: 'DelegationList' });
export const memberList = z.object({ items: z.array(person.extend({ roles: z.array(role) })) }).meta({ id: 'MemberList' });

export type Delegation = z.infer<typeof delegation>;
export type DelegationList = z.infer<typeof delegationList>;
export type DelegationBody = z.infer<typeof delegationBody>;
export type Member = z.infer<typeof memberList>['items'][number];
export type TasksDecisionBody = z.infer<typeof tasksDecisionBody>;
export type TasksOutcome = z.infer<typeof tasksOutcome>;
export type WaitingBody = z.infer<typeof waitingBody>;
export type TaskSummary = z.infer<typeof taskSummary>;
export type DecisionBody = z.infer<typeof decisionBody>;
