import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { DeskhandError } from '#domain/errors';
import { interfaceErrors } from '../../errors.ts';
import type { Api, ApiContext } from '../api-context.ts';
import { problems } from './route-schemas.ts';

const health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

export function operationRoutes(app: Api, { office, authenticator }: ApiContext): void {
  app.get(
    '/livez',
    { schema: { tags: ['operations'], security: [], summary: 'The process answers', response: { 200: health } } },
    () => ({ status: 'ok' }) as const,
  );
  app.get(
    '/readyz',
    { schema: { tags: ['operations'], security: [], summary: 'It and its database answer', response: { 200: health, ...problems } } },
    async () => {
      try {
        await office.database.inSystem((transaction) => sql`select 1`.execute(transaction));
      } catch (cause) {
        throw new DeskhandError(
          interfaceErrors.notReady,
          'The database is away or not up yet. Deskhand goes on by itself as soon as it answers; ask again in a moment.',
          {
            cause,
            details: { retryAfterS: 1 },
          },
        );
      }
      return { status: 'ok' } as const;
    },
  );
  app.get(
    '/metrics',
    {
      schema: {
        tags: ['operations'],
        summary: 'Prometheus metrics, for this machine and for controllers',
        produces: ['text/plain'],
        response: { 200: z.any().describe('Prometheus text format.') },
      },
    },
    async (request, reply) => {
      if (!isLocal(request)) await requireController(request);
      const { contentType, text } = await office.metrics.read();
      return reply
        .type(contentType)
        .serializer((payload: unknown) => payload as string)
        .send(text);
    },
  );

  async function requireController(request: FastifyRequest): Promise<void> {
    await authenticator.authenticate(request);
    if (request.actor?.roles.some((role) => role === 'controller' || role === 'administrator') === true) return;
    throw new DeskhandError(interfaceErrors.localOnly, 'Metrics are for this machine itself and for controllers.');
  }
}

/** Behind a proxy every request comes from loopback; then only a sign-in counts. */
function isLocal(request: FastifyRequest): boolean {
  const isLoopback = request.ip === '127.0.0.1' || request.ip === '::1' || request.ip === '::ffff:127.0.0.1';
  return isLoopback && request.headers['x-forwarded-for'] === undefined && request.headers['forwarded'] === undefined;
}
