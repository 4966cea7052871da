import { DBOS } from '@dbos-inc/dbos-sdk';
import { asDeskhandError, DeskhandError } from '#domain/errors';
import type { Log } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { ActivityMap, Engine, Flow, Signal, Waited, Workflow } from '../flow.ts';

export interface DbosEngineOptions<Activities extends ActivityMap> {
  /** Postgres of the product; DBOS keeps its tables there in a schema of its own. */
  readonly databaseUrl: string;
  readonly activities: Activities;
  // Workflows differ in their input; the engine passes it through as JSON.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly workflows: Readonly<Record<string, Workflow<Activities, any>>>;
  readonly log: Log;
}

// Waits of 0.5 s doubling to a cap of about 4 minutes in all: longer troubles become a task for a person.
const retry = { retriesAllowed: true, intervalSeconds: 0.5, backoffRate: 2, maxAttempts: 9 } as const;

// Half of the pool may poll for signals (DBOS's own rule), so 10 leaves 5 connections for steps.
const poolSize = 10;

/**
 * The embedded engine: DBOS Transact on the product's own Postgres. A workflow is a DBOS workflow, an activity a step,
 * a signal a message on a topic.
 */
export function createDbosEngine<Activities extends ActivityMap>(options: DbosEngineOptions<Activities>): Engine {
  DBOS.setConfig({
    name: 'deskhand',
    systemDatabaseUrl: options.databaseUrl,
    systemDatabaseSchemaName: 'dbos',
    systemDatabasePoolSize: poolSize,
    // Fixed, never a hash of the code: old work goes on under new code (G9).
    applicationVersion: 'deskhand',
    executorID: 'local',
    enablePatching: true,
    logger: quietLogger(options.log),
  });
  const registered = new Map(
    Object.entries(options.workflows).map(([name, workflow]) => [
      name,
      DBOS.registerWorkflow((input: unknown) => workflow(createFlow(options.activities, traceParentOf(input)), input), { name }),
    ]),
  );
  return {
    launch: () => DBOS.launch(),
    async start(name, workflowId, input) {
      const workflow = registered.get(name);
      if (workflow === undefined) throw new DeskhandError(orchestrationErrors.engineUnknown, `No workflow is named ${name}.`);
      await DBOS.startWorkflow(workflow, { workflowID: workflowId })(input);
    },
    signal: (workflowId, signal, payload, messageId) => DBOS.send(workflowId, payload, signal, messageId),
    stop: () => DBOS.shutdown(),
  };
}

function createFlow<Activities extends ActivityMap>(activities: Activities, traceParent: string | null): Flow<Activities> {
  const workflowId = DBOS.workflowID ?? '';
  let position = 0;
  return {
    workflowId,
    run(name, input) {
      position += 1;
      const context = { workflowId, idempotencyKey: `${workflowId}/${position}/${name}`, traceParent };
      const activity = activities[name];
      if (activity === undefined)
        return Promise.reject(new DeskhandError(orchestrationErrors.engineUnknown, `No activity is named ${name}.`));
      const step = DBOS.runStep(() => activity(context, input), { name, ...retry, shouldRetry: isRetryable });
      return step.catch((thrown: unknown) => Promise.reject(lastFailure(thrown))) as never;
    },
    async waitFor<Payload>(signal: Signal<Payload>, { timeoutMs }: { readonly timeoutMs: number }): Promise<Waited<Payload>> {
      const payload = await DBOS.recv<Payload>(signal.name, { timeoutSeconds: timeoutMs / 1000 });
      return payload === null ? { kind: 'timed-out' } : { kind: 'received', payload };
    },
    hasChange: (change) => DBOS.patch(change),
  };
}

function traceParentOf(input: unknown): string | null {
  const given = (input as { traceParent?: unknown } | null)?.traceParent;
  return typeof given === 'string' ? given : null;
}

/** Our errors say it themselves; Postgres classes 08, 40, 53 and 57 (connection, rollback, resources, shutdown) pass by. */
function isRetryable(thrown: unknown): boolean {
  const known = asDeskhandError(thrown);
  if (known !== null) return known.retryable;
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (/^(08|40|53|57)/.test(code) || code.startsWith('ECONN'));
}

/** DBOS wraps what failed on every attempt into one error; what the last attempt said is what a person needs to know. */
function lastFailure(thrown: unknown): Error {
  const attempts = (thrown as { errors?: unknown } | null)?.errors;
  return (Array.isArray(attempts) && attempts.length > 0 ? attempts.at(-1) : thrown) as Error;
}

/** DBOS speaks much and in free text; only its warnings and errors reach our log. */
function quietLogger(log: Log): NonNullable<Parameters<typeof DBOS.setConfig>[0]['logger']> {
  const silent = (): void => undefined;
  return {
    debug: silent,
    info: silent,
    // Retries and workflows that go on after a restart are its daily business.
    warn: (entry: unknown) => log.info({ event: 'engine.noted' }, String(entry)),
    error: (entry: unknown) => log.error({ event: 'engine.failed' }, String(entry)),
  };
}
