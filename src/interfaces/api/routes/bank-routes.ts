import { z } from 'zod';
import { getBankFile, listBankFiles } from '#orchestration';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { bankFileDetail, bankFileList, bankFileReceipt } from '../contract.ts';
import { idempotencyHeaders, idParams, pageQuery, problems } from './route-schemas.ts';

// As the reader of bank files takes them.
const limitBytes = 64 * 1024 * 1024;

const fileQuery = z.object({ file_name: z.string().min(1).max(200).default('bank.xml').describe('Under which it is kept.') });

export async function bankRoutes(parent: Api, { office, commands }: ApiContext): Promise<void> {
  parent.get(
    '/v1/bank-files',
    {
      schema: {
        tags: ['payments'],
        summary: 'What the bank sent, newest first',
        querystring: z.object(pageQuery),
        response: { 200: bankFileList, ...problems },
      },
    },
    (request) => listBankFiles(office, actorOf(request), request.query),
  );
  parent.get(
    '/v1/bank-files/:id',
    {
      schema: {
        tags: ['payments'],
        summary: 'One answer, statement or notification with what was found of each movement',
        params: idParams,
        response: { 200: bankFileDetail, ...problems },
      },
    },
    (request) => getBankFile(office, actorOf(request), request.params.id),
  );
  await parent.register(async (scope: Api) => {
    // The reader refuses hostile XML itself, from the bytes.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(['application/xml', 'text/xml'], { parseAs: 'buffer', bodyLimit: limitBytes }, (_, body, done) =>
      done(null, body),
    );
    scope.post(
      '/v1/bank-files',
      {
        bodyLimit: limitBytes,
        schema: {
          tags: ['payments'],
          summary: 'Hand in an answer (pain.002), a statement (camt.053) or a notification (camt.054) of the bank',
          querystring: fileQuery,
          headers: idempotencyHeaders,
          consumes: ['application/xml', 'text/xml'],
          response: { 200: bankFileReceipt, ...problems },
        },
      },
      async (request, reply) => {
        const actor = actorOf(request);
        const bytes = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
        return await answerOnce(office, actor, request, reply, {
          status: 200,
          fingerprint: [bytes],
          run: () => commands.importBankFile(office, actor, { fileName: request.query.file_name, bytes }),
        });
      },
    );
  });
}
