import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DeskhandError } from '#domain/errors';
import { interfaceErrors } from '../../errors.ts';
import type { Api, ApiContext } from '../api-context.ts';
import { headersOf, refuseForeignOrigin } from '../authenticate.ts';
import { role } from '../contract-words.ts';
import { problems } from './route-schemas.ts';

const signInOptions = z
  .object({
    sampleMembers: z.array(z.object({ name: z.string(), email: z.string(), roles: z.array(role), password: z.string() })),
  })
  .meta({ id: 'SignInOptions' });

const signInBody = z
  .object({ email: z.string().max(320), password: z.string().max(200), rememberMe: z.boolean().optional() })
  .meta({ id: 'SignInBody' });

/** What of better-auth is open to the outside; everything else it could do is not. */
const openPaths = new Set(['/api/auth/sign-in/email', '/api/auth/sign-out', '/api/auth/get-session']);

export function signInRoutes(app: Api, context: ApiContext): void {
  app.get(
    '/v1/sign-in-options',
    {
      schema: {
        tags: ['sign-in'],
        security: [],
        summary: 'Members of the sample office to try; empty in a real one',
        response: { 200: signInOptions, ...problems },
      },
    },
    async () => {
      const members = await context.sampleMembers();
      return { sampleMembers: members.map((member) => ({ ...member, roles: z.array(role).parse(member.roles) })) };
    },
  );
  app.post(
    '/api/auth/sign-in/email',
    {
      schema: {
        tags: ['sign-in'],
        security: [],
        summary: 'Sign in; sets the session cookie, and set-auth-token for programs',
        body: signInBody,
        response: { 200: z.any().describe('The session, as better-auth says it.') },
      },
    },
    (request, reply) => handOver(context, request, reply),
  );
  app.post(
    '/api/auth/sign-out',
    { schema: { tags: ['sign-in'], security: [], summary: 'End the session', response: { 200: z.any().describe('{"success":true}') } } },
    (request, reply) => handOver(context, request, reply),
  );
  app.get(
    '/api/auth/get-session',
    {
      schema: {
        tags: ['sign-in'],
        security: [],
        summary: 'The session one holds, or null',
        response: { 200: z.any().describe('Session and user, or null.') },
      },
    },
    (request, reply) => handOver(context, request, reply),
  );
}

/** Gives the request to better-auth and its answer back, refusals as problem details. */
async function handOver({ auth, authenticator }: ApiContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = request.url.split('?', 1)[0] ?? '';
  if (!openPaths.has(path)) throw new DeskhandError(interfaceErrors.routeMissing, `There is no ${path}.`);
  refuseForeignOrigin(request);
  const response = await auth.handle(toWebRequest(request));
  if (path === '/api/auth/sign-out') authenticator.forget();
  if (response.status >= 400) throw await refusal(response);
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
  return reply
    .status(response.status)
    .header('cache-control', 'no-store')
    .serializer((text: unknown) => text as string)
    .send(await response.text());
}

function toWebRequest(request: FastifyRequest): Request {
  const headers = headersOf(request);
  headers.delete('content-length');
  const hasBody = request.method === 'POST';
  if (hasBody) headers.set('content-type', 'application/json');
  const init = { method: request.method, headers, body: hasBody ? JSON.stringify(request.body ?? {}) : null };
  return new Request(new URL(request.url, `${request.protocol}://${request.host}`), init);
}

async function refusal(response: Response): Promise<DeskhandError> {
  await response.body?.cancel();
  if (response.status === 429) {
    const retryAfterS = Number(response.headers.get('x-retry-after') ?? 60);
    return new DeskhandError(interfaceErrors.tooManyRequests, `Too many tries to sign in. Wait ${retryAfterS} seconds.`, {
      details: { retryAfterS },
    });
  }
  if (response.status >= 500) return new DeskhandError(interfaceErrors.unexpected, 'Signing in failed on our side. Try again in a moment.');
  return new DeskhandError(interfaceErrors.signInRefused, 'Email or password is not right.');
}
