import type { FastifyRequest } from 'fastify';
import type { Actor } from '#domain/identity';
import { getTask } from '#orchestration';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { assignmentBody, tasksDecisionBody, tasksOutcome, waitingBody } from '../contract-tasks.ts';
import { taskSummary, type TaskSummary } from '../contract.ts';
import { idempotencyHeaders, idParams, problems } from './route-schemas.ts';

/** Who has a task, whether its clock runs, and one answer to several. Each may be repeated without another effect. */
export function taskHolderRoutes(app: Api, { office, commands }: ApiContext): void {
  const schema = { tags: ['tasks'], params: idParams, response: { 200: taskSummary, ...problems } };
  const changed = async (
    request: FastifyRequest,
    taskId: string,
    change: (actor: Actor, taskId: string) => Promise<unknown>,
  ): Promise<TaskSummary> => {
    const actor = actorOf(request);
    await change(actor, taskId);
    return await getTask(office, actor, taskId);
  };
  app.post('/v1/tasks/:id/claim', { schema: { ...schema, summary: 'Take a task' } }, (request) =>
    changed(request, request.params.id, (actor, taskId) => commands.claimTask(office, actor, { taskId })),
  );
  app.post('/v1/tasks/:id/release', { schema: { ...schema, summary: 'Give a task back to its role' } }, (request) =>
    changed(request, request.params.id, (actor, taskId) => commands.releaseTask(office, actor, { taskId })),
  );
  app.post('/v1/tasks/:id/assign', { schema: { ...schema, summary: 'Give a task to one person', body: assignmentBody } }, (request) =>
    changed(request, request.params.id, (actor, taskId) => commands.assignTask(office, actor, { taskId, ...request.body })),
  );
  app.post(
    '/v1/tasks/:id/waiting',
    { schema: { ...schema, summary: 'Stop the clock while somebody outside has to answer', body: waitingBody } },
    (request) => changed(request, request.params.id, (actor, taskId) => commands.waitForAnswer(office, actor, { taskId, ...request.body })),
  );
  app.post('/v1/tasks/:id/resume', { schema: { ...schema, summary: 'Let the clock run again' } }, (request) =>
    changed(request, request.params.id, (actor, taskId) => commands.resumeTask(office, actor, { taskId })),
  );
  app.post(
    '/v1/tasks/decide',
    {
      schema: {
        tags: ['tasks'],
        summary: 'Give one answer to several tasks',
        headers: idempotencyHeaders,
        body: tasksDecisionBody,
        response: { 200: tasksOutcome, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      return await answerOnce(office, actor, request, reply, {
        status: 200,
        fingerprint: [JSON.stringify(request.body)],
        run: () => commands.decideTasks(office, actor, request.body),
      });
    },
  );
}
