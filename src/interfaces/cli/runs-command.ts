import { DeskhandError } from '#domain/errors';
import type { RunDetail, WorkflowRun } from '../api/contract-runs.ts';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus } from './cli-context.ts';
import type { ServerOptions } from './office-commands.ts';
import { connect } from './server-client.ts';
import { table } from './terminal.ts';

export interface RunsOptions extends ServerOptions {
  readonly status?: string;
  readonly cancel?: boolean;
  readonly resume?: boolean;
  readonly fork?: string;
  readonly reason?: string;
}

/** Without an id the runs, with one its path; `--cancel`, `--resume` or `--fork STEP` change it, with a reason. */
export async function runs(context: CliContext, id: string | undefined, options: RunsOptions): Promise<ExitStatus> {
  const { terminal } = context;
  const server = await connect(context, options);
  if (id === undefined) {
    const query = options.status === undefined ? '' : `?status=${encodeURIComponent(options.status)}`;
    const { items } = await server.get<{ items: WorkflowRun[] }>(`/v1/runs${query}`);
    terminal.write(options.json === true ? `${JSON.stringify(items, null, 2)}\n` : listOf(items));
    return exitStatus.ok;
  }
  const path = `/v1/runs/${encodeURIComponent(id)}`;
  const order = orderOf(options);
  const run = order === null ? await server.get<RunDetail>(path) : await server.post<RunDetail>(`${path}/${order.verb}`, order.body);
  terminal.write(options.json === true ? `${JSON.stringify(run, null, 2)}\n` : pathOf(run));
  return exitStatus.ok;
}

function orderOf({ cancel, resume, fork, reason }: RunsOptions): { readonly verb: string; readonly body: unknown } | null {
  const verbs = [cancel === true ? 'cancel' : '', resume === true ? 'resume' : '', fork === undefined ? '' : 'fork'].filter(
    (verb) => verb !== '',
  );
  const [verb] = verbs;
  if (verb === undefined) return null;
  if (verbs.length > 1 || reason === undefined) {
    throw new DeskhandError(interfaceErrors.usage, 'One of --cancel, --resume and --fork STEP, with --reason "why".');
  }
  return { verb, body: { reason, ...(fork === undefined ? {} : { position: Number(fork) }) } };
}

function listOf(items: readonly WorkflowRun[]): string {
  if (items.length === 0) return 'No such run.\n';
  const rows = items.map((run) => [run.workflowId, run.status, run.startedAt, run.failure?.message ?? waitOf(run)]);
  return table([['Run', 'Status', 'Began', ''], ...rows]);
}

function waitOf({ waitsFor }: WorkflowRun): string {
  return waitsFor === null ? '' : `waits for ${waitsFor.signal}, looks again ${waitsFor.until}`;
}

function pathOf(run: RunDetail): string {
  const steps = run.steps.map((step) => [
    String(step.position),
    step.name,
    step.startedAt ?? '',
    step.failure?.message ?? (step.endedAt === null ? 'runs' : (JSON.stringify(step.output) ?? '')),
  ]);
  return `${listOf([run])}\n${table([['Step', 'What', 'Began', 'Result'], ...steps])}`;
}
