import { z } from 'zod';
import { day, instant, money, person, role } from './contract-words.ts';

/** The part of the contract about who has a task, its clock, and stand-ins. */

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
