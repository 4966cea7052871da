import { z } from 'zod';
import { getRun, listRuns } from '#orchestration';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { forkBody, runDetail, runList, runOrderBody, runStatus } from '../contract-runs.ts';
import { idempotencyHeaders, problems } from './route-schemas.ts';

const runParams = z.object({ id: z.string().min(1).max(300) });
const runQuery = z.object({
  status: runStatus.optional(),
  workflow: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** What runs, waits and failed, for who operates the automation. */
export function runRoutes(app: Api, { office, commands }: ApiContext): void {
  app.get(
    '/v1/runs',
    { schema: { tags: ['operations'], summary: 'Runs, newest first', querystring: runQuery, response: { 200: runList, ...problems } } },
    (request) => listRuns(office, actorOf(request), request.query).then((items) => ({ items: [...items] })),
  );
  app.get(
    '/v1/runs/:id',
    { schema: { tags: ['operations'], summary: 'One run, step by step', params: runParams, response: { 200: runDetail, ...problems } } },
    (request) => runOf(request),
  );
  for (const [verb, summary] of [
    ['cancel', 'The kill switch: no further step begins'],
    ['resume', 'A cancelled or failed run goes on after its last finished step'],
  ] as const) {
    app.post(
      `/v1/runs/:id/${verb}`,
      {
        schema: {
          tags: ['operations'],
          summary,
          params: runParams,
          headers: idempotencyHeaders,
          body: runOrderBody,
          response: { 200: runDetail, ...problems },
        },
      },
      async (request, reply) =>
        await answerOnce(office, actorOf(request), request, reply, {
          status: 200,
          fingerprint: [JSON.stringify(request.body)],
          run: async () => {
            const order = { workflowId: request.params.id, ...request.body };
            await (verb === 'cancel' ? commands.cancelRun : commands.resumeRun)(office, actorOf(request), order);
            return await runOf(request);
          },
        }),
    );
  }
  app.post(
    '/v1/runs/:id/fork',
    {
      schema: {
        tags: ['operations'],
        summary: 'Do a run again from one of its steps; the new run takes over',
        params: runParams,
        headers: idempotencyHeaders,
        body: forkBody,
        response: { 201: runDetail, ...problems },
      },
    },
    async (request, reply) =>
      await answerOnce(office, actorOf(request), request, reply, {
        status: 201,
        fingerprint: [JSON.stringify(request.body)],
        run: async () => {
          const order = { workflowId: request.params.id, ...request.body };
          const { workflowId } = await commands.forkRun(office, actorOf(request), order);
          return await runOf(request, workflowId);
        },
      }),
  );

  async function runOf(request: Parameters<typeof actorOf>[0], id?: string): Promise<z.infer<typeof runDetail>> {
    const { steps, ...run } = await getRun(office, actorOf(request), id ?? runParams.parse(request.params).id);
    return { ...run, steps: [...steps] };
  }
}
