import { z } from 'zod';
import { day, instant, money, person } from './contract-words.ts';

/** The part of the contract about the policy tables, their versions, and what they would change. */

const cell = z.string().max(500);
const column = z.strictObject({ id: z.string().max(60), name: z.string().max(80), field: z.string().max(60) });
const table = z.strictObject({
  hitPolicy: z.enum(['first', 'unique']).describe('`first`: the first row that applies counts. `unique`: no two rows may apply.'),
  inputs: z.array(column).max(20),
  outputs: z.array(column).max(20),
  rules: z.array(z.record(z.string(), cell)).max(200).describe('A cell a column, by its id; an empty one stands for anything.'),
});
export const policyTables = z
  .strictObject({
    name: z.string().min(1).max(60),
    approvals: table,
    tolerances: table,
    questions: table.optional().describe('What Deskhand may ask without a person; absent or empty: nothing.'),
  })
  .meta({ id: 'PolicyTables' });

export const policyCase = z
  .strictObject({
    name: z.string().min(1).max(120),
    given: z.strictObject({
      amount: z.string().regex(/^-?\d{1,30}(\.\d{1,4})?$/),
      currency: z.string().length(3),
      supplier: z.string().max(80).optional(),
      category: z.string().max(80).optional(),
      differences: z.array(z.string().max(40)).max(20).optional(),
      proof: z.enum(['proven', 'consistent', 'unproven', 'contradicted']).optional(),
      account: z.enum(['account-on-file', 'account-not-on-file', 'unknown-supplier']).optional(),
      isWarned: z.boolean().optional(),
    }),
    expected: z.strictObject({ automatic: z.boolean(), steps: z.array(z.string().max(120)).max(10) }),
  })
  .meta({ id: 'PolicyCase' });

const problem = z.object({
  table: z.enum(['approvals', 'tolerances', 'questions']),
  row: z.number().int().nullable().describe('Counting from 1.'),
  field: z.string().nullable(),
  message: z.string(),
});
const caseResult = z.object({
  name: z.string(),
  passed: z.boolean(),
  row: z.number().int().nullable(),
  found: z.object({ automatic: z.boolean(), steps: z.array(z.string()) }),
});
const check = { problems: z.array(problem), results: z.array(caseResult).describe('How each test case comes out.') };

const version = z.object({
  version: z.number().int(),
  name: z.string(),
  note: z.string(),
  state: z.enum(['active', 'planned', 'past', 'draft']),
  author: person.nullable().describe('Null for the settings that decided before there were versions.'),
  createdAt: instant.nullable(),
  effectiveOn: day.nullable(),
  activatedBy: person.nullable(),
});
export const policyList = z.object({ items: z.array(version), mayEdit: z.boolean() }).meta({ id: 'PolicyList' });
export const policyDetail = version
  .extend({
    tables: policyTables,
    cases: z.array(policyCase),
    kinds: z
      .record(z.string(), z.object({ kind: z.enum(['amount', 'word', 'flag']), words: z.array(z.string()).nullable() }))
      .describe('What the cells under each field hold; `words` null takes any word.'),
    ...check,
    mayActivate: z.boolean(),
    whyNot: z.string().nullable().describe('Why you may not switch it on.'),
  })
  .meta({ id: 'PolicyVersion' });

export const policyBody = z
  .strictObject({
    tables: policyTables,
    cases: z.array(policyCase).max(200),
    note: z.string().max(500),
    dryRun: z.boolean().optional().describe('Checks it, and saves nothing.'),
  })
  .meta({ id: 'PolicyBody' });
export const policySaved = z.object({ version: z.number().int().nullable(), ...check }).meta({ id: 'PolicySaved' });
export const policyActivationBody = z
  .strictObject({ effectiveOn: day.optional().describe('The first day on which it decides; today when left out.') })
  .meta({ id: 'PolicyActivationBody' });

const decided = z.object({
  automatic: z.boolean(),
  steps: z.array(z.string()),
  exceptions: z.array(z.string()),
  row: z.number().int().nullable(),
});
const count = z.number().int();
export const policyBacktest = z
  .object({
    version: count,
    since: day,
    decisions: count,
    leftOut: count.describe('Decided before what they were decided by was kept.'),
    changed: count,
    newlyAutomatic: count,
    newlyAsked: count,
    approvalsSaved: count,
    approvalsAdded: count,
    exceptionsRemoved: count,
    exceptionsAdded: count,
    moneyNewlyAutomatic: z.array(money),
    moneyNewlyAsked: z.array(money),
    invoices: z
      .array(
        z.object({
          invoiceId: z.string(),
          number: z.string().nullable(),
          supplierName: z.string().nullable(),
          gross: money,
          before: decided,
          after: decided,
        }),
      )
      .describe('The largest first, at most 200.'),
  })
  .meta({ id: 'PolicyBacktest' });

export type PolicyTablesView = z.infer<typeof policyTables>;
export type PolicyCaseView = z.infer<typeof policyCase>;
export type PolicyListView = z.infer<typeof policyList>;
export type PolicyDetailView = z.infer<typeof policyDetail>;
export type PolicySavedView = z.infer<typeof policySaved>;
export type PolicyBacktestView = z.infer<typeof policyBacktest>;
