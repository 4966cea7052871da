import { z } from 'zod';
import { getStatement } from '#orchestration';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { statement } from '../contract-statements.ts';
import { idParams, problems } from './route-schemas.ts';

const whose = z.object({ supplierId: z.string().max(60).optional().describe('Whose it is, where it was not recognised.') });

export function statementRoutes(app: Api, { office }: ApiContext): void {
  app.get(
    '/v1/documents/:id/statement',
    {
      schema: {
        tags: ['documents'],
        summary: 'A supplier’s statement of account, compared row by row with what is here now',
        params: idParams,
        querystring: whose,
        response: { 200: statement, ...problems },
      },
    },
    (request) => getStatement(office, actorOf(request), { documentId: request.params.id, supplierId: request.query.supplierId }),
  );
}
