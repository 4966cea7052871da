import { z } from 'zod';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { importKind, importResult } from '../contract.ts';
import { idempotencyHeaders, problems } from './route-schemas.ts';

// 20,000 purchase orders of ten lines: more than any import we met, and parsed within a second.
const importLimitBytes = 20 * 1024 * 1024;

const importQuery = z.object({
  dry_run: z.enum(['true', 'false']).default('false').describe('true: say what would be imported, change nothing.'),
});

export async function importRoutes(parent: Api, { office, commands }: ApiContext): Promise<void> {
  await parent.register(async (scope: Api) => {
    // The parser of records reads the bytes itself, to name the line of each fault.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(['text/csv', 'application/json'], { parseAs: 'buffer', bodyLimit: importLimitBytes }, (_, body, done) =>
      done(null, body),
    );
    scope.post(
      '/v1/imports/:kind',
      {
        bodyLimit: importLimitBytes,
        schema: {
          tags: ['master data'],
          summary: 'Import records of one kind, such as suppliers or accounts: all of it, or nothing and every fault by line',
          params: z.object({ kind: importKind }),
          querystring: importQuery,
          headers: idempotencyHeaders,
          consumes: ['text/csv', 'application/json'],
          response: { 200: importResult, ...problems },
        },
      },
      async (request, reply) => {
        const actor = actorOf(request);
        const { kind } = request.params;
        const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
        const bytes = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
        return await answerOnce(office, actor, request, reply, {
          status: 200,
          fingerprint: [bytes],
          run: async () => {
            const input = { kind, fileName: `${kind}.${isJson ? 'json' : 'csv'}`, bytes, dryRun: request.query.dry_run === 'true' };
            const { imported, dryRun, faults } = await commands.importRecords(office, actor, input);
            return { imported, dryRun, faults: [...faults] };
          },
        });
      },
    );
  });
}
