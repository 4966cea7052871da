import { z } from 'zod';
import { instant, person } from './contract-words.ts';

/** The part of the contract about what runs by itself, and stopping it. */

const pauseView = z
  .object({
    id: z.string(),
    scope: z.enum(['installation', 'organization', 'connection', 'workflow']),
    subject: z.string().describe('The connection’s id or the workflow’s name; empty for the wider scopes.'),
    reason: z.string(),
    pausedBy: person,
    pausedAt: instant,
  })
  .meta({ id: 'Pause' });
export const automation = z
  .object({
    isStopped: z.boolean().describe('The organization or the whole installation stands still; people go on.'),
    mayOperate: z.boolean(),
    pauses: z.array(pauseView),
    connections: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        name: z.string(),
        status: z.enum(['running', 'failing', 'stopped']),
        lastError: z.string().nullable(),
        lastSeenAt: instant.nullable(),
        isPaused: z.boolean(),
        waiting: z.number().int().describe('Unsettled messages and documents that came by it.'),
      }),
    ),
    systems: z
      .array(
        z.object({
          system: z.string().describe('`imap`, `bank`, `step-functions`, or `callback:` and a host.'),
          state: z
            .enum(['working', 'being-tried', 'left-alone'])
            .describe('`left-alone`: it failed again and again; nothing is sent until it is tried again, by itself.'),
          since: instant,
        }),
      )
      .describe('Outside systems, as the answering server finds them.'),
    waiting: z.number().int(),
    running: z.number().int(),
    deadLetters: z.number().int(),
    pausedRuns: z.number().int(),
  })
  .meta({ id: 'Automation' });
const pauseReason = z.string().min(1).max(500);
export const automationBody = z
  .strictObject({
    reason: pauseReason,
    scope: z.enum(['organization', 'installation']).default('organization'),
    workflow: z.string().max(60).optional().describe('Only this kind of workflow of the organization.'),
  })
  .meta({ id: 'AutomationBody' });
export const connectionPauseBody = z.strictObject({ reason: pauseReason }).meta({ id: 'ConnectionPauseBody' });
export type Automation = z.infer<typeof automation>;
