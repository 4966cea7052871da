import { z } from 'zod';
import { instant, role } from './contract-words.ts';

const callback = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('http'), url: z.url({ protocol: /^https?$/ }).max(2000) }),
    z.object({ kind: z.literal('step-functions'), taskToken: z.string().min(1).max(2048) }),
  ])
  .describe('Whom to tell at the end. By HTTP: a signed call (Standard Webhooks) to a host that the installation allows.');
export const pipelineStepBody = z
  .object({
    request: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('decision'),
        title: z.string().min(1).max(200),
        question: z.string().min(1).max(4000),
        choices: z.array(z.string().min(1).max(60)).min(2).max(6),
        role,
        facts: z.array(z.string().max(500)).max(20).default([]),
      }),
      z.object({ kind: z.literal('document'), fileName: z.string().min(1).max(255), content: z.base64().min(4) }),
    ]),
    callback: callback.nullable().default(null),
    timeoutS: z
      .number()
      .int()
      .min(1)
      .max(31_536_000)
      .nullable()
      .default(null)
      .describe('The step ends as timed out after this; null waits.'),
  })
  .meta({ id: 'PipelineStepBody' });
export const pipelineStep = z
  .object({
    id: z.string(),
    key: z.string(),
    kind: z.enum(['decision', 'document']),
    status: z.enum(['open', 'ended']),
    outcome: z.enum(['done', 'timed-out', 'failed']).nullable(),
    result: z.unknown().describe('What was decided, by whom; or the documents with their invoices.'),
    callback: z.object({ kind: z.string(), status: z.enum(['delivered', 'gone']).nullable() }).nullable(),
    deadline: instant.nullable(),
    createdAt: instant,
    endedAt: instant.nullable(),
  })
  .meta({ id: 'PipelineStep' });

export const runStatus = z.enum(['running', 'waiting', 'done', 'failed', 'cancelled']);
const runFailure = z.object({ code: z.string(), message: z.string() });
export const workflowRun = z
  .object({
    workflowId: z.string(),
    workflow: z.string(),
    status: runStatus,
    startedAt: instant,
    endedAt: instant.nullable(),
    waitsFor: z.object({ signal: z.string(), until: instant }).nullable(),
    failure: runFailure.nullable(),
  })
  .meta({ id: 'WorkflowRun' });
export const runList = z.object({ items: z.array(workflowRun) }).meta({ id: 'RunList' });
export const runDetail = workflowRun
  .extend({
    steps: z.array(
      z.object({
        position: z.number().int(),
        name: z.string(),
        startedAt: instant.nullable(),
        endedAt: instant.nullable(),
        output: z.unknown(),
        failure: runFailure.nullable(),
      }),
    ),
  })
  .meta({ id: 'RunDetail' });
export const runOrderBody = z.object({ reason: z.string().min(1).max(500) }).meta({ id: 'RunOrderBody' });
export const forkBody = runOrderBody.extend({ position: z.number().int().min(0) }).meta({ id: 'ForkBody' });
export type WorkflowRun = z.infer<typeof workflowRun>;
export type RunDetail = z.infer<typeof runDetail>;
