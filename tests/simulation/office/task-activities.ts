import type { Activities } from '../../../src/orchestration/activities/index.ts';
import { openTask, openTasks } from './records.ts';
import type { Server } from './server.ts';

type TaskActivities = Pick<Activities, 'remind' | 'lookAtTasks' | 'reportFailure' | 'readFailureDecision' | 'reportRemains'>;

const dayMs = 86_400_000;

/** The activities around people's tasks, on the model's tables. */
export function taskActivities(server: Server): TaskActivities {
  const { records, clockwork } = server;
  return {
    remind: (context) =>
      server.once(context, () => {
        const due = openTasks(records, ({ workflowId, remindAt }) => workflowId === context.workflowId && remindAt <= clockwork.now());
        for (const task of due) Object.assign(task, { remindAt: clockwork.now() + dayMs, memberId: null });
        return { isDecided: false as const, invoiceId: null, reminded: due.length };
      }),
    lookAtTasks: (context) =>
      server.transact('look at tasks', () => {
        const open = openTasks(records, ({ workflowId }) => workflowId === context.workflowId);
        const inMs = open.map(({ remindAt }) => remindAt - clockwork.now());
        return { open: open.length, lookAgainInMs: open.length === 0 ? dayMs : Math.min(Math.max(Math.min(...inMs), 1000), 7 * dayMs) };
      }),
    reportFailure: (context, { eventId, documentId, paymentRunId, role, failure }) =>
      server.once(context, () => {
        const { id } = openTask(records, clockwork.now(), {
          workflowId: context.workflowId,
          key: `failed:${context.idempotencyKey}`,
          kind: 'failed',
          reason: `${failure.code} ${eventId ?? ''}`,
          choices: ['retry', 'dismiss'],
          role: role ?? 'office-manager',
          documentId: documentId ?? null,
          paymentRunId: paymentRunId ?? null,
        });
        return { taskId: id };
      }),
    readFailureDecision: (context) =>
      server.transact('read the decision', () => {
        const task = [...records.tasks.values()].findLast(({ workflowId, kind }) => workflowId === context.workflowId && kind === 'failed');
        return { decision: task === undefined || task.status === 'open' ? null : (task.decision ?? 'dismiss') };
      }),
    reportRemains: (context, { documentId, paymentRunId, role }) =>
      server.once(context, () => {
        const { id } = openTask(records, clockwork.now(), {
          workflowId: context.workflowId,
          key: `remains:${context.idempotencyKey}`,
          kind: 'question',
          reason: 'not-undone',
          choices: ['done'],
          role: role ?? 'office-manager',
          documentId: documentId ?? null,
          paymentRunId: paymentRunId ?? null,
        });
        return { taskId: id };
      }),
  };
}
