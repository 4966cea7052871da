import { z } from 'zod';
import { backtestPolicy, exportPolicy, getPolicy, listPolicies, type PolicyDraft } from '#orchestration';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import {
  policyActivationBody,
  policyBacktest,
  policyBody,
  policyDetail,
  policyList,
  policySaved,
  type PolicyBacktestView,
  type PolicyDetailView,
  type PolicySavedView,
} from '../contract-policies.ts';
import { idempotencyHeaders, problems } from './route-schemas.ts';

const versionParams = z.object({ version: z.coerce.number().int().min(0) });
const tags = ['policies'];

/** The policy tables: versions, checks, who switches them on, and what they would change. */
export function policyRoutes(app: Api, context: ApiContext): void {
  readRoutes(app, context);
  const { office, commands } = context;
  app.post(
    '/v1/policies',
    {
      schema: {
        tags,
        summary: 'Save the tables as a new version, which decides nothing yet',
        headers: idempotencyHeaders,
        body: policyBody,
        response: { 201: policySaved, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { dryRun: isDryRun, ...draft } = request.body;
      return await answerOnce(office, actor, request, reply, {
        status: 201,
        fingerprint: [JSON.stringify(request.body)],
        run: async () =>
          (await commands.savePolicy(office, actor, { ...(draft as unknown as PolicyDraft), isDryRun })) as unknown as PolicySavedView,
      });
    },
  );
  app.post(
    '/v1/policies/:version/activation',
    {
      schema: {
        tags,
        summary: 'Switch on a version that somebody else wrote',
        headers: idempotencyHeaders,
        params: versionParams,
        body: policyActivationBody,
        response: { 200: policyDetail, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { version } = request.params;
      return await answerOnce(office, actor, request, reply, {
        status: 200,
        fingerprint: [String(version), JSON.stringify(request.body)],
        run: async () => {
          await commands.activatePolicy(office, actor, { version, ...request.body });
          return (await getPolicy(office, actor, version)) as unknown as PolicyDetailView;
        },
      });
    },
  );
}

function readRoutes(app: Api, { office }: ApiContext): void {
  app.get(
    '/v1/policies',
    { schema: { tags, summary: 'Versions of the policy tables', response: { 200: policyList, ...problems } } },
    (request) => listPolicies(office, actorOf(request)),
  );
  app.get(
    '/v1/policies/:version',
    {
      schema: {
        tags,
        summary: 'One version: its tables, its test cases, and what is wrong with it',
        params: versionParams,
        response: { 200: policyDetail, ...problems },
      },
    },
    (request) => getPolicy(office, actorOf(request), request.params.version) as unknown as Promise<PolicyDetailView>,
  );
  app.get(
    '/v1/policies/:version/jdm',
    {
      schema: {
        tags,
        summary: 'The same as a file of the JSON Decision Model',
        params: versionParams,
        response: { 200: z.looseObject({ contentType: z.string() }), ...problems },
      },
    },
    (request) =>
      exportPolicy(office, actorOf(request), request.params.version) as unknown as Promise<
        Record<string, unknown> & { contentType: string }
      >,
  );
  app.get(
    '/v1/policies/:version/backtest',
    {
      schema: {
        tags,
        summary: 'What would have been decided otherwise since a day, had this version decided',
        params: versionParams,
        querystring: z.object({ since: z.iso.date() }),
        response: { 200: policyBacktest, ...problems },
      },
    },
    (request) =>
      backtestPolicy(office, actorOf(request), {
        version: request.params.version,
        since: request.query.since,
      }) as unknown as Promise<PolicyBacktestView>,
  );
}
