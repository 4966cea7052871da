import { z } from 'zod';
import { getTask, listTasks } from '#orchestration';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { decisionBody, taskList, taskSummary } from '../contract.ts';
import { idempotencyHeaders, idParams, pageQuery, problems } from './route-schemas.ts';

const taskQuery = z.object({
  view: z
    .enum(['mine', 'all', 'done'])
    .default('mine')
    .describe('mine and all: open ones, most urgent first; done: latest decision first.'),
  ...pageQuery,
});

export function taskRoutes(app: Api, { office, commands }: ApiContext): void {
  app.get(
    '/v1/tasks',
    { schema: { tags: ['tasks'], summary: 'What waits for a person', querystring: taskQuery, response: { 200: taskList, ...problems } } },
    (request) => listTasks(office, actorOf(request), request.query),
  );
  app.get(
    '/v1/tasks/:id',
    { schema: { tags: ['tasks'], summary: 'One task', params: idParams, response: { 200: taskSummary, ...problems } } },
    (request) => getTask(office, actorOf(request), request.params.id),
  );
  app.post(
    '/v1/tasks/:id/decision',
    {
      schema: {
        tags: ['tasks'],
        summary: 'Decide a task, e.g. approve or reject',
        params: idParams,
        headers: idempotencyHeaders,
        body: decisionBody,
        response: { 200: taskSummary, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = request.params;
      return await answerOnce(office, actor, request, reply, {
        status: 200,
        fingerprint: [JSON.stringify(request.body)],
        run: async () => {
          await commands.decideTask(office, actor, { taskId: id, ...request.body });
          return await getTask(office, actor, id);
        },
      });
    },
  );
}
