import { getInvoice, listCodes } from '#orchestration';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { codeList, codingBody, invoiceDetail } from '../contract.ts';
import { correctionHeaders, versionOf, withVersion } from './invoice-routes.ts';
import { idParams, problems } from './route-schemas.ts';

export function codingRoutes(app: Api, { office, commands }: ApiContext): void {
  app.get(
    '/v1/codes',
    {
      schema: {
        tags: ['master data'],
        summary: 'Accounts, cost centres, projects and tax codes',
        response: { 200: codeList, ...problems },
      },
    },
    (request) => listCodes(office, actorOf(request)),
  );
  app.post(
    '/v1/invoices/:id/coding',
    {
      schema: {
        tags: ['invoices'],
        summary: 'Say where lines are booked, whole or split by percent or amount; what is approved that way is learned from',
        params: idParams,
        headers: correctionHeaders,
        body: codingBody,
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
          await commands.codeInvoice(office, actor, { invoiceId: id, expectedVersion, ...request.body });
          return await getInvoice(office, actor, id);
        },
      });
      return withVersion(reply, detail);
    },
  );
}
