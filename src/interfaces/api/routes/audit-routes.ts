import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { auditVerification } from '../contract.ts';
import { problems } from './route-schemas.ts';

export function auditRoutes(app: Api, { office, commands }: ApiContext): void {
  app.get(
    '/v1/audit/verification',
    {
      schema: {
        tags: ['audit'],
        summary: 'Recompute the hash chain of the audit log and say where it first breaks',
        response: { 200: auditVerification, ...problems },
      },
    },
    (request) => commands.verifyAudit(office, actorOf(request)),
  );
}
