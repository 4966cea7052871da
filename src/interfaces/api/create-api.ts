import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import fastify from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Office } from '#orchestration';
import type { Log } from '#platform';
import type { Auth } from '../sign-in/create-auth.ts';
import type { Api, ApiContext, SampleMember } from './api-context.ts';
import { createAuthenticator } from './authenticate.ts';
import { createChangeFeed } from './change-feed.ts';
import { officeCommands, type Commands } from './commands.ts';
import { serveErrorPage } from './error-page.ts';
import { observeRequests } from './observe-requests.ts';
import { serveOpenApi } from './openapi.ts';
import { sendProblem } from './problems.ts';
import { agreementRoutes } from './routes/agreement-routes.ts';
import { auditRoutes } from './routes/audit-routes.ts';
import { automationRoutes } from './routes/automation-routes.ts';
import { changeRoutes } from './routes/change-routes.ts';
import { documentRoutes, uploadLimitBytes, uploadLimitFiles } from './routes/document-routes.ts';
import { importRoutes } from './routes/import-routes.ts';
import { taxRoutes } from './routes/tax-routes.ts';
import { statementRoutes } from './routes/statement-routes.ts';
import { codingRoutes } from './routes/coding-routes.ts';
import { invoiceRoutes } from './routes/invoice-routes.ts';
import { masterDataRoutes } from './routes/master-data-routes.ts';
import { messageRoutes } from './routes/message-routes.ts';
import { operationRoutes } from './routes/operation-routes.ts';
import { overviewRoutes } from './routes/overview-routes.ts';
import { bankRoutes } from './routes/bank-routes.ts';
import { paymentRoutes } from './routes/payment-routes.ts';
import { policyRoutes } from './routes/policy-routes.ts';
import { pipelineRoutes } from './routes/pipeline-routes.ts';
import { cashRoutes } from './routes/cash-routes.ts';
import { questionRoutes } from './routes/question-routes.ts';
import { runRoutes } from './routes/run-routes.ts';
import { signInRoutes } from './routes/sign-in-routes.ts';
import { signingRoutes } from './routes/signing-routes.ts';
import { delegationRoutes } from './routes/delegation-routes.ts';
import { languageModelRoutes } from './routes/language-model-routes.ts';
import { memoryRoutes } from './routes/memory-routes.ts';
import { taskHolderRoutes } from './routes/task-holder-routes.ts';
import { taskRoutes } from './routes/task-routes.ts';
import { serveWebApp } from './web-app.ts';

export interface ApiOptions {
  readonly office: Office;
  /** @default the commands of `#orchestration` */
  readonly commands?: Commands;
  readonly auth: Auth;
  readonly log: Log;
  /** Folder of the built web app; without an index.html there only the API is served. */
  readonly webRoot: string;
  /** People to try, of the sample office only. @default none */
  readonly sampleMembers?: () => Promise<readonly SampleMember[]>;
  /** Version shown in OpenAPI. @default 0.0.0 */
  readonly version?: string;
  /** Whether a proxy in front speaks for the client: its address and protocol are then believed. @default false */
  readonly isBehindProxy?: boolean;
  /** Whether people reach us by https: browsers are then told to insist. @default false */
  readonly isSecure?: boolean;
}

const publicPaths = new Set(['/v1/sign-in-options']);
// JSON bodies are decisions and corrections: 500 corrected lines stay well under it.
const bodyLimitBytes = 1024 * 1024;

/** The whole HTTP side: API, sign-in, live changes and the web app. Call `listen` on it, and `close` to end it. */
export async function createApi(options: ApiOptions): Promise<Api> {
  const { office, auth, log, commands = officeCommands } = options;
  const app = fastify({
    logger: false,
    bodyLimit: bodyLimitBytes,
    // The proxy on this machine is believed, and nobody further out: what a caller wrote into X-Forwarded-For is not.
    trustProxy: options.isBehindProxy === true ? 'loopback' : false,
    // A slow sender holds a connection, not the server; an upload of 50 MB on a slow line takes about 4 minutes.
    requestTimeout: 300_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // No route reads plain text; refusing it also keeps simple cross-site forms out.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error, request, reply) => sendProblem(log, error, request, reply));

  const changes = await createChangeFeed(office.database);
  const context: ApiContext = {
    office,
    commands,
    auth,
    authenticator: createAuthenticator(auth, office.database, office.clock),
    log,
    changes,
    sampleMembers: options.sampleMembers ?? (() => Promise.resolve([])),
  };
  app.addHook('onClose', () => changes.close());
  observeRequests(app, { log, metrics: office.metrics });
  await secure(app, options.isSecure ?? false);
  await app.register(multipart, { limits: { fileSize: uploadLimitBytes, files: uploadLimitFiles, fields: 20, headerPairs: 100 } });
  app.decorateRequest('actor', null);
  app.addHook('onRequest', async (request) => {
    const path = request.routeOptions.url ?? '';
    if (path.startsWith('/v1/') && !publicPaths.has(path)) await context.authenticator.authenticate(request);
  });
  await serveOpenApi(app, options.version ?? '0.0.0');
  await addRoutes(app, context);
  serveErrorPage(app);
  await serveWebApp(app, options.webRoot);
  return app;
}

async function addRoutes(app: Api, context: ApiContext): Promise<void> {
  overviewRoutes(app, context);
  taskRoutes(app, context);
  taskHolderRoutes(app, context);
  questionRoutes(app, context);
  cashRoutes(app, context);
  delegationRoutes(app, context);
  signingRoutes(app, context);
  memoryRoutes(app, context);
  languageModelRoutes(app, context);
  invoiceRoutes(app, context);
  codingRoutes(app, context);
  statementRoutes(app, context);
  taxRoutes(app, context);
  messageRoutes(app, context);
  documentRoutes(app, context);
  masterDataRoutes(app, context);
  agreementRoutes(app, context);
  await importRoutes(app, context);
  paymentRoutes(app, context);
  await bankRoutes(app, context);
  policyRoutes(app, context);
  pipelineRoutes(app, context);
  runRoutes(app, context);
  auditRoutes(app, context);
  automationRoutes(app, context);
  changeRoutes(app, context);
  signInRoutes(app, context);
  operationRoutes(app, context);
}

/** Nothing is loaded from elsewhere, framed or guessed at. Mantine writes its styles inline. */
async function secure(app: Api, isSecure: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        workerSrc: ["'self'", 'blob:'],
      },
    },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
}
