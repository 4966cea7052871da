import type { Actor } from '#domain/identity';
import { getLanguageModel, type ModelSwitch } from '#orchestration';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { languageModel, languageModelBody, type LanguageModel } from '../contract-language-model.ts';
import { problems } from './route-schemas.ts';

/** The switch for asking a language model, and what that took. */
export function languageModelRoutes(app: Api, { office, commands }: ApiContext): void {
  const switched = async (actor: Actor, order: ModelSwitch): Promise<LanguageModel> => {
    await commands.switchLanguageModel(office, actor, order);
    return await getLanguageModel(office, actor);
  };
  app.get(
    '/v1/language-model',
    {
      schema: {
        tags: ['operations'],
        summary: 'Whether documents are shown to a language model, and what that took this month',
        response: { 200: languageModel, ...problems },
      },
    },
    (request) => getLanguageModel(office, actorOf(request)),
  );
  app.put(
    '/v1/language-model',
    {
      schema: {
        tags: ['operations'],
        summary: 'Switch it on or off, and set a budget of your own',
        body: languageModelBody,
        response: { 200: languageModel, ...problems },
      },
    },
    (request) => switched(actorOf(request), request.body),
  );
}
