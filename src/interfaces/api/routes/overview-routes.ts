import { getMe, getOverview } from '#orchestration';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
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
}
