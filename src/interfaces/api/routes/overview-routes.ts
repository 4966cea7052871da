import { z } from 'zod';
import { getMe, getNumbers, getOverview } from '#orchestration';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { numbers } from '../contract-numbers.ts';
import { me, overview } from '../contract.ts';
import { problems } from './route-schemas.ts';

export function overviewRoutes(app: Api, { office }: ApiContext): void {
  app.get(
    '/v1/me',
    { schema: { tags: ['overview'], summary: 'Who I am and what I may do', response: { 200: me, ...problems } } },
    (request) => getMe(office, actorOf(request)),
  );
  app.get(
    '/v1/overview',
    { schema: { tags: ['overview'], summary: 'The figures on top of the inbox', response: { 200: overview, ...problems } } },
    (request) => getOverview(office, actorOf(request)),
  );
  app.get(
    '/v1/numbers',
    {
      schema: {
        tags: ['overview'],
        summary: 'Figures of a period, each with its definition',
        querystring: z.object({ period: z.string().min(4).max(40).describe('Such as 2026, 2026-Q4 or 2026-11.') }),
        response: { 200: numbers, ...problems },
      },
    },
    (request) => getNumbers(office, actorOf(request), request.query.period),
  );
}
