import swagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { Api } from './api-context.ts';

type OpenApi = Record<string, unknown> & { paths?: Record<string, Record<string, Record<string, unknown>>> };

/** Bodies that zod does not read because they are bytes: told to OpenAPI by hand. */
const byteBodies: Readonly<Record<string, unknown>> = {
  '/v1/documents': {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: { file: { type: 'array', items: { type: 'string', contentMediaType: 'application/octet-stream' } } },
        },
      },
    },
  },
  '/v1/imports/{kind}': {
    required: true,
    content: {
      'text/csv': { schema: { type: 'string' }, example: 'number,name,country,currency,netDays\n70001,Muster GmbH,DE,EUR,30\n' },
      'application/json': { schema: { type: 'array', items: { type: 'object' } } },
    },
  },
};

/** OpenAPI 3.1 from the routes and their schemas, at `/openapi.json`. */
export async function serveOpenApi(app: Api, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Deskhand',
        version,
        description:
          'From the invoice inbox to the bank file. GET shows, POST decides. Errors are problem details (RFC 9457). ' +
          'Amounts are decimal text, days YYYY-MM-DD, instants RFC 3339 UTC. Lists are cut by cursor.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'This server' }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'deskhand.session_token', description: 'Set by POST /api/auth/sign-in/email.' },
          token: { type: 'http', scheme: 'bearer', description: 'The set-auth-token header of POST /api/auth/sign-in/email.' },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  app.get('/openapi.json', { schema: { hide: true } }, (_, reply) => reply.send(withByteBodies(app.swagger() as unknown as OpenApi)));
}

function withByteBodies(document: OpenApi): OpenApi {
  const paths = Object.fromEntries(
    Object.entries(document.paths ?? {}).map(([path, operations]) => {
      const body = byteBodies[path];
      const post = operations['post'];
      return [path, body === undefined || post === undefined ? operations : { ...operations, post: { ...post, requestBody: body } }];
    }),
  );
  return { ...document, paths };
}
