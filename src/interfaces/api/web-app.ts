import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DeskhandError } from '#domain/errors';
import { interfaceErrors } from '../errors.ts';
import type { Api } from './api-context.ts';

const serverPaths = ['/v1/', '/api/', '/livez', '/readyz', '/metrics', '/openapi.json'];

/**
 * Serves the built web app; every path that is no file and no route of the server is the app's own (its router decides).
 *
 * @param webRoot - folder with `index.html`; Vite names files under `assets/` by content, so they may be kept for ever.
 */
export async function serveWebApp(app: Api, webRoot: string): Promise<void> {
  const hasWeb = existsSync(path.join(webRoot, 'index.html'));
  if (hasWeb) {
    await app.register(fastifyStatic, {
      root: webRoot,
      index: 'index.html',
      wildcard: false,
      schemaHide: true,
      cacheControl: false,
      setHeaders: (response, file) => {
        const isHashed = file.includes(`${path.sep}assets${path.sep}`);
        response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (hasWeb && isPage(request)) return sendIndex(reply);
    throw new DeskhandError(
      interfaceErrors.routeMissing,
      `There is no ${request.method} ${pathOf(request)}. /openapi.json lists all routes.`,
    );
  });
}

function isPage(request: FastifyRequest): boolean {
  const requested = pathOf(request);
  const isServers = serverPaths.some((prefix) => requested === prefix || requested === prefix.slice(0, -1) || requested.startsWith(prefix));
  const isFile = path.posix.extname(requested) !== '' && requested.startsWith('/assets/');
  return (request.method === 'GET' || request.method === 'HEAD') && !isServers && !isFile;
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? request.url;
}

function sendIndex(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html');
}
