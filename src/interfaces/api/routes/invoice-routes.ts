import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { DeskhandError } from '#domain/errors';
import { figureNames, getInvoice, getTimeline, getWhy, listInvoices, verifyProof } from '#orchestration';
import { interfaceErrors } from '../../errors.ts';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { correctionBody, invoiceDetail, invoiceList, invoiceStatus, proofCheck, timeline, why } from '../contract.ts';
import { idempotencyHeaders, idParams, pageQuery, problems } from './route-schemas.ts';

const invoiceQuery = z.object({
  status: invoiceStatus.optional(),
  supplierId: z.string().max(100).optional(),
  figure: z.enum(figureNames).optional().describe('Those that this figure of /v1/numbers counts; with period.'),
  period: z.string().max(40).optional(),
  reason: z.string().max(60).optional().describe('With the figure asked: only for this reason.'),
  q: z.string().max(200).optional().describe('Part of a number, supplier, order number or amount.'),
  ...pageQuery,
});
const momentQuery = z.object({
  at: z.iso.datetime({ offset: true }).optional().describe('As it was at this time, like 2026-03-02T10:00Z; without its tasks.'),
  asOf: z.coerce.number().int().positive().optional().describe('As it was right after this event (approvals[].event).'),
});
/** Whoever changes an invoice says which version they saw. */
export const correctionHeaders = idempotencyHeaders.extend({
  'if-match': z.string().optional().describe('ETag of the invoice as it was seen; required.'),
});

export function invoiceRoutes(app: Api, { office, commands }: ApiContext): void {
  app.get(
    '/v1/invoices',
    {
      schema: {
        tags: ['invoices'],
        summary: 'Invoices, newest first',
        querystring: invoiceQuery,
        response: { 200: invoiceList, ...problems },
      },
    },
    (request) => listInvoices(office, actorOf(request), request.query),
  );
  app.get(
    '/v1/invoices/:id',
    {
      schema: {
        tags: ['invoices'],
        summary: 'One invoice with its values, grounds, match, approvals and payment; ETag is its version',
        params: idParams,
        querystring: momentQuery,
        response: { 200: invoiceDetail, ...problems },
      },
    },
    async (request, reply) => {
      const { at, asOf } = request.query;
      const moment = asOf === undefined ? (at === undefined ? null : { at }) : { asOf };
      const invoice = await getInvoice(office, actorOf(request), request.params.id, moment);
      // What is past can not be changed, so it has no version to send back.
      return moment === null ? withVersion(reply, invoice) : invoice;
    },
  );
  app.get(
    '/v1/invoices/:id/proof',
    {
      schema: {
        tags: ['invoices'],
        summary: 'The proof card checked now against the stored words, apart from how it was made',
        params: idParams,
        response: { 200: proofCheck, ...problems },
      },
    },
    (request) => verifyProof(office, actorOf(request), request.params.id),
  );
  app.get(
    '/v1/invoices/:id/why',
    {
      schema: {
        tags: ['invoices'],
        summary: 'Why people were asked, why it did not go on by itself, and what would have been enough',
        params: idParams,
        response: { 200: why, ...problems },
      },
    },
    (request) => getWhy(office, actorOf(request), request.params.id),
  );
  app.get(
    '/v1/invoices/:id/timeline',
    {
      schema: {
        tags: ['invoices'],
        summary: 'What happened, from mail to bank file',
        params: idParams,
        response: { 200: timeline, ...problems },
      },
    },
    (request) => getTimeline(office, actorOf(request), request.params.id),
  );
  app.post(
    '/v1/invoices/:id/corrections',
    {
      schema: {
        tags: ['invoices'],
        summary: 'Say what a value is; what was read stays on record',
        params: idParams,
        headers: correctionHeaders,
        body: correctionBody,
        response: { 200: invoiceDetail, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = request.params;
      const expectedVersion = versionOf(request.headers['if-match']);
      const detail = await answerOnce(office, actor, request, reply, {
        status: 200,
        fingerprint: [JSON.stringify(request.body)],
        run: async () => {
          await commands.correctInvoice(office, actor, { invoiceId: id, expectedVersion, ...request.body });
          return await getInvoice(office, actor, id);
        },
      });
      return withVersion(reply, detail);
    },
  );
}

/** Answers with the invoice's version as its ETag. */
export function withVersion<Detail extends { readonly version: number }>(reply: FastifyReply, detail: Detail): Detail {
  reply.header('etag', `"${detail.version}"`);
  return detail;
}

/** @throws DH_INTERFACES_VERSION_REQUIRED: without it two reviewers would overwrite each other unseen. */
export function versionOf(ifMatch: string | undefined): number {
  if (ifMatch === undefined) {
    throw new DeskhandError(
      interfaceErrors.versionRequired,
      'Send If-Match with the ETag of the invoice as you saw it (GET /v1/invoices/:id).',
    );
  }
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch.trim())?.[1];
  if (version !== undefined) return Number(version);
  throw new DeskhandError(interfaceErrors.requestInvalid, 'If-Match must be an ETag that we gave out, like "3" with its quotes.');
}
