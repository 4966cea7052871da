import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';

// Four events a second keep a page lively without refetching for each of a mailbox's hundred rows.
const gatherMs = 250;
// Under the 30 s after which common proxies close a silent connection.
const heartbeatMs = 15_000;

/** Server-sent events (WHATWG HTML §9.2): which tables of one's own organization changed. */
export function changeRoutes(app: Api, { changes }: ApiContext): void {
  const open = new Set<ServerResponse>();
  app.addHook('preClose', (done) => {
    for (const response of open) response.end();
    done();
  });
  app.get(
    '/v1/changes',
    {
      schema: {
        tags: ['overview'],
        summary: 'What changed, live: one event a table, at most four a second',
        produces: ['text/event-stream'],
        response: { 200: z.any().describe('data: {"table":"tasks"}; `*` means anything may have changed.') },
      },
    },
    (request, reply) => {
      const { organizationId } = actorOf(request);
      reply.hijack();
      const response = reply.raw;
      // hijack leaves out what Fastify would have sent; the security headers stay.
      response.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write('retry: 2000\n\n');
      open.add(response);
      const stop = stream(response, (heard) => changes.subscribe(organizationId, heard));
      response.once('close', () => {
        open.delete(response);
        stop();
      });
    },
  );
}

function stream(response: ServerResponse, subscribe: (heard: (table: string) => void) => () => void): () => void {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    for (const table of waiting) response.write(`data: ${JSON.stringify({ table })}\n\n`);
    waiting.clear();
  };
  const unsubscribe = subscribe((table) => {
    waiting.add(table);
    timer ??= setTimeout(flush, gatherMs);
  });
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
  return () => {
    clearTimeout(timer);
    clearInterval(heartbeat);
    unsubscribe();
  };
}
