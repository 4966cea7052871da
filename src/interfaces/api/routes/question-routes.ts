import { z } from 'zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { draftTaskQuestion, getTaskQuestions } from '#orchestration';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { questionBody, questionDraft, questionDraftQuery, settlementBody, taskQuestions } from '../contract-questions.ts';
import { idempotencyHeaders, idParams, problems } from './route-schemas.ts';

const nothing = z.object({}).meta({ id: 'Nothing' });

/** Questions about exceptions: drafted, asked, answered, and what follows. */
export function questionRoutes(app: Api, { office, commands }: ApiContext): void {
  const tags = ['questions'];
  app.get(
    '/v1/tasks/:id/question-draft',
    {
      schema: {
        tags,
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
  app.get(
    '/v1/tasks/:id/questions',
    {
      schema: {
        tags,
        summary: 'What was asked about a task and answered',
        params: idParams,
        response: { 200: taskQuestions, ...problems },
      },
    },
    (request) => getTaskQuestions(office, actorOf(request), request.params.id),
  );

  const done = { tags, params: idParams, headers: idempotencyHeaders, response: { 200: nothing, ...problems } };
  const once = async (request: FastifyRequest, reply: FastifyReply, run: () => Promise<unknown>): Promise<Record<string, never>> =>
    await answerOnce(office, actorOf(request), request, reply, {
      status: 200,
      fingerprint: [JSON.stringify(request.body ?? {})],
      run: async () => {
        await run();
        return {};
      },
    });
  app.post(
    '/v1/tasks/:id/questions',
    {
      schema: {
        ...done,
        summary: 'Ask about an exception',
        description: 'Sent at once where a mail server is set up; else it waits for you to send it (POST /v1/questions/{id}/sent).',
        body: questionBody,
      },
    },
    (request, reply) =>
      once(request, reply, () => commands.askQuestion(office, actorOf(request), { taskId: request.params.id, ...request.body })),
  );
  app.post('/v1/questions/:id/sent', { schema: { ...done, summary: 'Say that you have sent a question yourself' } }, (request, reply) =>
    once(request, reply, () => commands.recordQuestionSent(office, actorOf(request), { questionId: request.params.id })),
  );
  app.post('/v1/questions/:id/reminder', { schema: { ...done, summary: 'Ask again what was not answered' } }, (request, reply) =>
    once(request, reply, () => commands.remindOfQuestion(office, actorOf(request), { questionId: request.params.id })),
  );
  app.post(
    '/v1/question-answers/:id/settlement',
    { schema: { ...done, summary: 'Say what an answer comes to, and carry it out', body: settlementBody } },
    (request, reply) =>
      once(request, reply, () => commands.settleAnswer(office, actorOf(request), { answerId: request.params.id, ...request.body })),
  );
}
