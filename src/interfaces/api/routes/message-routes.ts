import { z } from 'zod';
import { getMessage, listMessages } from '#orchestration';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { messageDetail, messageList } from '../contract.ts';
import { idParams, pageQuery, problems } from './route-schemas.ts';

export function messageRoutes(app: Api, { office }: ApiContext): void {
  app.get(
    '/v1/messages',
    {
      schema: {
        tags: ['messages'],
        summary: 'Whatever arrived, newest first, and what became of it',
        querystring: z.object(pageQuery),
        response: { 200: messageList, ...problems },
      },
    },
    (request) => listMessages(office, actorOf(request), request.query),
  );
  app.get(
    '/v1/messages/:id',
    { schema: { tags: ['messages'], summary: 'One message', params: idParams, response: { 200: messageDetail, ...problems } } },
    (request) => getMessage(office, actorOf(request), request.params.id),
  );
}
