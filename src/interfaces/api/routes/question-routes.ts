import { draftTaskQuestion } from '#orchestration';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { questionDraft, questionDraftQuery } from '../contract-questions.ts';
import { idParams, problems } from './route-schemas.ts';

export function questionRoutes(app: Api, { office }: ApiContext): void {
  app.get(
    '/v1/tasks/:id/question-draft',
    {
      schema: {
        tags: ['tasks'],
        summary: 'A question about an exception with its facts, for a person to send',
        params: idParams,
        querystring: questionDraftQuery,
        response: { 200: questionDraft, ...problems },
      },
    },
    (request) =>
      draftTaskQuestion(office, actorOf(request), {
        taskId: request.params.id,
        recipient: request.query.to,
        language: request.query.language,
      }),
  );
}
