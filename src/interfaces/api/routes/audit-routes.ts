import { z } from 'zod';
import { checkExport } from '#orchestration';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { auditVerification } from '../contract.ts';
import { zipStream } from '../zip-stream.ts';
import { problems } from './route-schemas.ts';

const periodQuery = z.object({ period: z.string().min(4).max(40).describe('Such as 2026, 2026-Q4, 2026-11 or 2026-11-01..2026-11-15.') });

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
  app.get(
    '/v1/audit/export',
    {
      schema: {
        tags: ['audit'],
        summary: 'The auditor’s folder of a period, as a zip',
        description: 'The export is itself an entry of the audit log, with the SHA-256 of the folder’s manifest.json.',
        querystring: periodQuery,
        produces: ['application/zip'],
        response: { 200: z.any().describe('The zip.') },
      },
    },
    (request, reply) => {
      const actor = actorOf(request);
      const { name } = checkExport(actor, request.query.period);
      return reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="audit-${name}.zip"`)
        .header('cache-control', 'no-store')
        .send(zipStream((onFile) => commands.exportAuditFolder(office, actor, { period: name, onFile })));
    },
  );
}
