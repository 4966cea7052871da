import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '#domain/identity';
import { getPaymentFile, getPaymentRun, getRemittanceAdvices, listPaymentRuns, listPayments } from '#orchestration';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import {
  paymentList,
  paymentRunBody,
  paymentRunCancelBody,
  paymentRunDetail,
  paymentRunList,
  paymentRunReleaseBody,
  paymentView,
  remittanceAdvices,
  type PaymentRunDetail,
} from '../contract.ts';
import { idempotencyHeaders, idParams, pageQuery, problems } from './route-schemas.ts';
import { siteOf } from './signing-routes.ts';

const paymentQuery = z.object({ status: paymentView.shape.status.optional(), ...pageQuery });

export function paymentRoutes(app: Api, context: ApiContext): void {
  const { office } = context;
  app.get(
    '/v1/payments',
    {
      schema: {
        tags: ['payments'],
        summary: 'Payments by due day; with status=scheduled the preview of the next run',
        querystring: paymentQuery,
        response: { 200: paymentList, ...problems },
      },
    },
    (request) => listPayments(office, actorOf(request), request.query),
  );
  app.get(
    '/v1/payment-runs',
    {
      schema: {
        tags: ['payments'],
        summary: 'Payment runs, newest first',
        querystring: z.object(pageQuery),
        response: { 200: paymentRunList, ...problems },
      },
    },
    (request) => listPaymentRuns(office, actorOf(request), request.query),
  );
  app.get(
    '/v1/payment-runs/:id',
    {
      schema: {
        tags: ['payments'],
        summary: 'One payment run and what stands against its release',
        params: idParams,
        response: { 200: paymentRunDetail, ...problems },
      },
    },
    (request) => getPaymentRun(office, actorOf(request), request.params.id),
  );
  app.get(
    '/v1/payment-runs/:id/file',
    {
      schema: {
        tags: ['payments'],
        summary: 'The bank file of a released run: pain.001, ACH or CSV, by the account that pays',
        params: idParams,
        produces: ['application/xml', 'text/plain', 'text/csv'],
        response: { 200: z.any().describe('pain.001.001.09, NACHA or CSV') },
      },
    },
    async (request, reply) => {
      const { fileName, mediaType, bytes } = await getPaymentFile(office, actorOf(request), request.params.id);
      return reply
        .type(mediaType)
        .header('content-disposition', `attachment; filename="${fileName}"`)
        .header('cache-control', 'private, no-store')
        .serializer((payload: unknown) => payload as string)
        .send(Buffer.from(bytes));
    },
  );
  app.get(
    '/v1/payment-runs/:id/remittance-advices',
    {
      schema: {
        tags: ['payments'],
        summary: 'What each supplier of a released run is told, in their language',
        params: idParams,
        response: { 200: remittanceAdvices, ...problems },
      },
    },
    (request) => getRemittanceAdvices(office, actorOf(request), request.params.id).then((items) => ({ items })),
  );
  paymentRunDecisions(app, context);
}

function paymentRunDecisions(app: Api, { office, commands }: ApiContext): void {
  app.post(
    '/v1/payment-runs',
    {
      schema: {
        tags: ['payments'],
        summary: 'Put scheduled payments into a run for somebody else to release',
        headers: idempotencyHeaders,
        body: paymentRunBody,
        response: { 201: paymentRunDetail, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const run = await answerOnce(office, actor, request, reply, {
        status: 201,
        fingerprint: [JSON.stringify(request.body)],
        run: async () => {
          const { paymentRunId } = await commands.proposePaymentRun(office, actor, request.body);
          return await getPaymentRun(office, actor, paymentRunId);
        },
      });
      reply.header('location', `/v1/payment-runs/${run.id}`);
      return run;
    },
  );
  const decision = (summary: string): object => ({
    tags: ['payments'],
    summary,
    params: idParams,
    headers: idempotencyHeaders,
    response: { 200: paymentRunDetail, ...problems },
  });
  const decide =
    (command: (actor: Actor, paymentRunId: string, request: FastifyRequest) => Promise<unknown>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<PaymentRunDetail> => {
      const actor = actorOf(request);
      const { id } = idParams.parse(request.params);
      return await answerOnce(office, actor, request, reply, {
        status: 200,
        fingerprint: [JSON.stringify(request.body ?? {})],
        run: async () => {
          await command(actor, id, request);
          return await getPaymentRun(office, actor, id);
        },
      });
    };
  app.post(
    '/v1/payment-runs/:id/release',
    { schema: { ...decision('Release a run and write its bank file, once'), body: paymentRunReleaseBody.optional() } },
    decide((actor, paymentRunId, request) => {
      const { digest, signature, code } = paymentRunReleaseBody.parse(request.body ?? {});
      return commands.releasePaymentRun(office, actor, {
        paymentRunId,
        ...(digest === undefined ? {} : { digest }),
        ...(signature === undefined ? {} : { signature: { answer: signature, site: siteOf(request) } }),
        ...(code === undefined ? {} : { code }),
      });
    }),
  );
  app.post(
    '/v1/payment-runs/:id/cancel',
    {
      schema: {
        ...decision('Cancel a proposed run, or take back a released one that the bank does not have; its payments wait for another'),
        body: paymentRunCancelBody.optional(),
      },
    },
    decide((actor, paymentRunId, { body }) => {
      const { reason } = paymentRunCancelBody.parse(body ?? {});
      return commands.cancelPaymentRun(office, actor, { paymentRunId, ...(reason === undefined ? {} : { reason }) });
    }),
  );
}
