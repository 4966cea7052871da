import type { Actor } from '#domain/identity';
import { listDelegations, listMembers } from '#orchestration';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { delegationBody, delegationList, memberList, type DelegationList } from '../contract-tasks.ts';
import { idempotencyHeaders, idParams, problems } from './route-schemas.ts';

/** Who works here, and who stands in for whom. */
export function delegationRoutes(app: Api, { office, commands }: ApiContext): void {
  const ended = async (actor: Actor, delegationId: string): Promise<DelegationList> => {
    await commands.revokeDelegation(office, actor, { delegationId });
    return await listDelegations(office, actor);
  };
  app.get(
    '/v1/members',
    { schema: { tags: ['members'], summary: 'Everyone in the organization', response: { 200: memberList, ...problems } } },
    (request) => listMembers(office, actorOf(request)),
  );
  app.get(
    '/v1/delegations',
    { schema: { tags: ['delegations'], summary: 'Who stands in for whom', response: { 200: delegationList, ...problems } } },
    (request) => listDelegations(office, actorOf(request)),
  );
  app.post(
    '/v1/delegations',
    {
      schema: {
        tags: ['delegations'],
        summary: 'Name who decides while somebody is away',
        headers: idempotencyHeaders,
        body: delegationBody,
        response: { 201: delegationList, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      return await answerOnce(office, actor, request, reply, {
        status: 201,
        fingerprint: [JSON.stringify(request.body)],
        run: async () => {
          await commands.delegate(office, actor, request.body);
          return await listDelegations(office, actor);
        },
      });
    },
  );
  app.delete(
    '/v1/delegations/:id',
    {
      schema: { tags: ['delegations'], summary: 'End a delegation now', params: idParams, response: { 200: delegationList, ...problems } },
    },
    (request) => ended(actorOf(request), request.params.id),
  );
}
