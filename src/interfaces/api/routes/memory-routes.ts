import { z } from 'zod';
import type { Actor } from '#domain/identity';
import { listMemories } from '#orchestration';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { memoryList, type MemoryList } from '../contract.ts';
import { idParams, problems } from './route-schemas.ts';

/** What corrections taught of the layouts of papers. */
export function memoryRoutes(app: Api, { office, commands }: ApiContext): void {
  const revoked = async (actor: Actor, memoryId: string, reason: string | undefined): Promise<MemoryList> => {
    await commands.revokeMemory(office, actor, { memoryId, reason });
    return await listMemories(office, actor);
  };
  app.get(
    '/v1/memory',
    { schema: { tags: ['memory'], summary: 'What corrections taught, newest first', response: { 200: memoryList, ...problems } } },
    (request) => listMemories(office, actorOf(request)),
  );
  app.delete(
    '/v1/memory/:id',
    {
      schema: {
        tags: ['memory'],
        summary: 'Take back what was learnt; what it filled in stays as it was read',
        params: idParams,
        querystring: z.object({ reason: z.string().max(300).optional() }),
        response: { 200: memoryList, ...problems },
      },
    },
    (request) => revoked(actorOf(request), request.params.id, request.query.reason),
  );
}
