import type { Actor } from '#domain/identity';
import { getAgreement, listAgreements } from '#orchestration';
import { z } from 'zod';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { agreement, agreementBody, agreementEndBody, agreementList, type Agreement } from '../contract-agreements.ts';
import { idempotencyHeaders, idParams, problems } from './route-schemas.ts';

const tags = ['agreements'];

/** Contracts, payment plans and recurring bills: what is paid without an order. */
export function agreementRoutes(app: Api, { office, commands }: ApiContext): void {
  const shown = async (actor: Actor, id: string, change: Promise<unknown>): Promise<Agreement> => {
    await change;
    return await getAgreement(office, actor, id);
  };
  app.get(
    '/v1/agreements',
    {
      schema: {
        tags,
        summary: 'What is paid without an order, bills that are missing, and what history suggests',
        querystring: z.object({ supplierId: z.string().max(100).optional() }),
        response: { 200: agreementList, ...problems },
      },
    },
    (request) => listAgreements(office, actorOf(request), request.query),
  );
  app.get(
    '/v1/agreements/:id',
    { schema: { tags, summary: 'One agreement with its bills', params: idParams, response: { 200: agreement, ...problems } } },
    (request) => getAgreement(office, actorOf(request), request.params.id),
  );
  app.post(
    '/v1/agreements',
    {
      schema: {
        tags,
        summary: 'Write down an agreement; a second person confirms it',
        headers: idempotencyHeaders,
        body: agreementBody,
        response: { 201: agreement, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      return await answerOnce(office, actor, request, reply, {
        status: 201,
        fingerprint: [JSON.stringify(request.body)],
        run: async () => {
          const { agreementId } = await commands.createAgreement(office, actor, request.body);
          return await getAgreement(office, actor, agreementId);
        },
      });
    },
  );
  app.post(
    '/v1/agreements/:id/confirmation',
    {
      schema: {
        tags,
        summary: 'Confirm what somebody else wrote down: its bills need no order from now on',
        params: idParams,
        response: { 200: agreement, ...problems },
      },
    },
    (request) => {
      const actor = actorOf(request);
      const { id } = request.params;
      return shown(actor, id, commands.confirmAgreement(office, actor, { agreementId: id }));
    },
  );
  app.post(
    '/v1/agreements/:id/end',
    {
      schema: {
        tags,
        summary: 'End an agreement today, or take back one that nobody confirmed',
        params: idParams,
        body: agreementEndBody,
        response: { 200: agreement, ...problems },
      },
    },
    (request) => {
      const actor = actorOf(request);
      const { id } = request.params;
      return shown(actor, id, commands.endAgreement(office, actor, { agreementId: id, ...request.body }));
    },
  );
}
