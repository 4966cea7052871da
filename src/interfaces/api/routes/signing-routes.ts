import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#domain/identity';
import { listSigningKeys } from '#orchestration';
import type { SigningSite } from '#platform';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import {
  authenticatorAnswer,
  authenticatorQuestion,
  signingKeyAnswer,
  signingKeyBody,
  signingKeyList,
  signingKeyQuestion,
  signingKeyRevocation,
  type SigningKeyList,
} from '../contract-signing.ts';
import { idempotencyHeaders, idParams, problems } from './route-schemas.ts';

type Decide = (request: FastifyRequest, reply: FastifyReply, command: (actor: Actor) => Promise<unknown>) => Promise<SigningKeyList>;

/** Passkeys and authenticator apps, with which payment runs are released. */
export function signingRoutes(app: Api, context: ApiContext): void {
  const { office, commands } = context;
  const decide: Decide = async (request, reply, command) => {
    const actor = actorOf(request);
    return await answerOnce(office, actor, request, reply, {
      status: 200,
      fingerprint: [JSON.stringify(request.body)],
      run: async () => {
        await command(actor);
        return { items: await listSigningKeys(office, actor) };
      },
    });
  };
  app.get(
    '/v1/signing-keys',
    {
      schema: {
        tags: ['signing-keys'],
        summary: 'Passkeys and authenticator apps, with which payment runs are released',
        response: { 200: signingKeyList, ...problems },
      },
    },
    (request) => listSigningKeys(office, actorOf(request)).then((items) => ({ items })),
  );
  app.post(
    '/v1/signing-keys',
    {
      schema: {
        tags: ['signing-keys'],
        summary: 'Begin a passkey of your own: what to ask the device with',
        headers: idempotencyHeaders,
        body: signingKeyBody,
        response: { 201: signingKeyQuestion, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      return await answerOnce(office, actor, request, reply, {
        status: 201,
        fingerprint: [JSON.stringify(request.body)],
        run: async () => {
          const question = await commands.beginSigningKey(office, actor, { name: request.body.name, site: siteOf(request) });
          return signingKeyQuestion.parse(question);
        },
      });
    },
  );
  app.post(
    '/v1/signing-keys/:id/confirm',
    {
      schema: {
        tags: ['signing-keys'],
        summary: 'Hand in the device’s answer: from now on your releases are signed',
        params: idParams,
        headers: idempotencyHeaders,
        body: signingKeyAnswer,
        response: { 200: signingKeyList, ...problems },
      },
    },
    (request, reply) =>
      decide(request, reply, (actor) =>
        commands.confirmSigningKey(office, actor, { signingKeyId: request.params.id, ...request.body, site: siteOf(request) }),
      ),
  );
  app.post(
    '/v1/signing-keys/:id/revoke',
    {
      schema: {
        tags: ['signing-keys'],
        summary: 'Take somebody else’s passkey or app away, lost with its device for example',
        params: idParams,
        headers: idempotencyHeaders,
        body: signingKeyRevocation,
        response: { 200: signingKeyList, ...problems },
      },
    },
    (request, reply) =>
      decide(request, reply, (actor) =>
        commands.revokeSigningKey(office, actor, { signingKeyId: request.params.id, reason: request.body.reason }),
      ),
  );
  authenticatorRoutes(app, context, decide);
}

function authenticatorRoutes(app: Api, { office, commands }: ApiContext, decide: Decide): void {
  app.post(
    '/v1/authenticators',
    {
      schema: {
        tags: ['signing-keys'],
        summary: 'Begin an authenticator app of your own: what it needs, said once',
        description:
          'Not kept under an Idempotency-Key, because the answer holds a secret: asked again, another one is made and the first forgotten.',
        body: signingKeyBody,
        response: { 201: authenticatorQuestion, ...problems },
      },
    },
    async (request, reply) => {
      const site = siteOf(request);
      const question = await commands.beginAuthenticator(office, actorOf(request), { name: request.body.name, site });
      reply.status(201).header('cache-control', 'no-store');
      return authenticatorQuestion.parse(question);
    },
  );
  app.post(
    '/v1/authenticators/:id/confirm',
    {
      schema: {
        tags: ['signing-keys'],
        summary: 'Hand in the first code of the new app: from now on your releases need one, or a passkey',
        params: idParams,
        headers: idempotencyHeaders,
        body: authenticatorAnswer,
        response: { 200: signingKeyList, ...problems },
      },
    },
    (request, reply) =>
      decide(request, reply, (actor) =>
        commands.confirmAuthenticator(office, actor, { signingKeyId: request.params.id, ...request.body, site: siteOf(request) }),
      ),
  );
}

/** Where the page was that asks. A key signs for its own host name only, so a forged header gains nothing. */
export function siteOf(request: FastifyRequest): SigningSite {
  const origin = request.headers.origin ?? `${request.protocol}://${request.host}`;
  return { origin, host: URL.canParse(origin) ? new URL(origin).hostname : request.hostname };
}
