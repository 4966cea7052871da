import type { FastifyReply, FastifyRequest } from 'fastify';
import { getAutomation, type PauseTarget } from '#orchestration';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { automation, automationBody, connectionPauseBody, type Automation } from '../contract-automation.ts';
import { idempotencyHeaders, idParams, problems } from './route-schemas.ts';

interface PauseOrder {
  readonly target: PauseTarget;
  readonly reason: string;
}

const summaries = {
  stop: 'Stop what runs by itself, within a second; people go on',
  resume: 'Let it go on from where it stood',
  pauseConnection: 'Fetch and begin nothing more from a connection',
  resumeConnection: 'Let a connection go on',
} as const;

/** What runs by itself, and the switch for it. */
export function automationRoutes(app: Api, { office, commands }: ApiContext): void {
  app.get(
    '/v1/automation',
    {
      schema: {
        tags: ['operations'],
        summary: 'What runs by itself, what stands still and why',
        response: { 200: automation, ...problems },
      },
    },
    (request) => getAutomation(office, actorOf(request)),
  );
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    command: typeof commands.pauseWork,
    order: PauseOrder,
  ): Promise<Automation> => {
    const actor = actorOf(request);
    return await answerOnce(office, actor, request, reply, {
      status: 200,
      fingerprint: [JSON.stringify(order)],
      run: async () => {
        await command(office, actor, order);
        return await getAutomation(office, actor);
      },
    });
  };
  const common = { tags: ['operations'], headers: idempotencyHeaders, response: { 200: automation, ...problems } };
  for (const [verb, command] of [
    ['stop', commands.pauseWork],
    ['resume', commands.resumeWork],
  ] as const) {
    app.post(`/v1/automation/${verb}`, { schema: { ...common, summary: summaries[verb], body: automationBody } }, (request, reply) => {
      const { reason, scope, workflow } = request.body;
      return answer(request, reply, command, {
        reason,
        target: workflow === undefined ? { scope } : { scope: 'workflow', workflow },
      });
    });
  }
  for (const [verb, command, summary] of [
    ['pause', commands.pauseWork, summaries.pauseConnection],
    ['resume', commands.resumeWork, summaries.resumeConnection],
  ] as const) {
    app.post(
      `/v1/connections/:id/${verb}`,
      { schema: { ...common, summary, params: idParams, body: connectionPauseBody } },
      (request, reply) =>
        answer(request, reply, command, {
          reason: request.body.reason,
          target: { scope: 'connection', connectionId: request.params.id },
        }),
    );
  }
}
