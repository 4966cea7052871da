import { z } from 'zod';
import { getPipelineStep } from '#orchestration';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { pipelineStep, pipelineStepBody } from '../contract-runs.ts';
import { problems } from './route-schemas.ts';
import { uploadLimitBytes } from './document-routes.ts';

const keyParams = z.object({
  key: z.string().min(1).max(255).describe("The caller's own name for the step: run id and step, for example."),
});

/** Outside pipelines (Step Functions, Airflow, Dagster, Prefect) use Deskhand as a step. */
export function pipelineRoutes(app: Api, { office, commands }: ApiContext): void {
  app.put(
    '/v1/pipeline-steps/:key',
    {
      bodyLimit: uploadLimitBytes,
      schema: {
        tags: ['pipelines'],
        summary: 'Give Deskhand a step of your pipeline',
        description:
          'A question to a person, or a document to settle. The same key and request find the first step, however often it is asked. ' +
          'The end is told to the callback, or asked for with GET.',
        params: keyParams,
        body: pipelineStepBody,
        response: { 200: pipelineStep, 201: pipelineStep, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { key } = request.params;
      const { request: asked, callback, timeoutS } = request.body;
      const order =
        asked.kind === 'decision'
          ? asked
          : { kind: asked.kind, fileName: asked.fileName, bytes: new Uint8Array(Buffer.from(asked.content, 'base64')) };
      const { isNew } = await commands.startPipelineStep(office, actor, { key, request: order, callback, timeoutS });
      reply.status(isNew ? 201 : 200);
      return await getPipelineStep(office, actor, key);
    },
  );
  app.get(
    '/v1/pipeline-steps/:key',
    { schema: { tags: ['pipelines'], summary: 'How a step stands', params: keyParams, response: { 200: pipelineStep, ...problems } } },
    (request) => getPipelineStep(office, actorOf(request), request.params.key),
  );
}
