import { DeskhandError } from '#domain/errors';
import type { Automation } from '../api/contract-automation.ts';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus } from './cli-context.ts';
import type { ServerOptions } from './office-commands.ts';
import { connect, type ServerClient } from './server-client.ts';
import { table } from './terminal.ts';

export interface PauseOptions extends ServerOptions {
  readonly reason?: string;
  readonly connection?: string;
  readonly workflow?: string;
  readonly installation?: boolean;
}

/** `deskhand pause` and `deskhand resume`: the organization, or what an option names. Without a reason, what stands still now. */
export async function switchAutomation(context: CliContext, verb: 'pause' | 'resume', options: PauseOptions): Promise<ExitStatus> {
  const { terminal } = context;
  if ([options.connection, options.workflow, options.installation].filter((option) => option !== undefined).length > 1) {
    throw new DeskhandError(interfaceErrors.usage, 'One of --connection, --workflow and --installation.');
  }
  const server = await connect(context, options);
  const state = await server.get<Automation>('/v1/automation');
  const after = options.reason === undefined ? state : await order(server, verb, state, { ...options, reason: options.reason });
  terminal.write(options.json === true ? `${JSON.stringify(after, null, 2)}\n` : describe(after));
  if (options.reason === undefined) {
    terminal.note(`To ${verb}, say why: deskhand ${verb} --reason "…"`);
    return exitStatus.usage;
  }
  return exitStatus.ok;
}

function order(
  server: ServerClient,
  verb: 'pause' | 'resume',
  state: Automation,
  { connection, workflow, installation, reason }: PauseOptions & { readonly reason: string },
): Promise<Automation> {
  if (connection !== undefined) {
    const found = state.connections.find(({ id, name }) => id === connection || name === connection);
    if (found === undefined) {
      const names = state.connections.map(({ name }) => name).join(', ');
      throw new DeskhandError(interfaceErrors.usage, `There is no connection ${connection}. There are: ${names}.`);
    }
    return server.post<Automation>(`/v1/connections/${encodeURIComponent(found.id)}/${verb}`, { reason });
  }
  const scope = installation === true ? 'installation' : 'organization';
  const body = { reason, scope, ...(workflow === undefined ? {} : { workflow }) };
  return server.post<Automation>(`/v1/automation/${verb === 'pause' ? 'stop' : 'resume'}`, body);
}

function describe({ isStopped, pauses, connections, systems, waiting, running, deadLetters, pausedRuns }: Automation): string {
  const head = isStopped
    ? 'Automation is stopped; people go on.'
    : pauses.length > 0
      ? 'Part of the automation is paused.'
      : 'Automation runs.';
  const name = (subject: string): string => connections.find(({ id }) => id === subject)?.name ?? subject;
  const rows = pauses.map((pause) => [pause.scope, name(pause.subject), pause.reason, pause.pausedBy.name, pause.pausedAt]);
  const list = rows.length === 0 ? '' : table([['Paused', '', 'Why', 'By', 'Since'], ...rows]);
  const counts = `${waiting} wait to begin, ${running} are worked on, ${pausedRuns} stand still, ${deadLetters} could not begin.\n`;
  const troubled = systems.filter(({ state }) => state !== 'working');
  const troubles = troubled.map(({ system, state, since }) => `${system} is ${state.replaceAll('-', ' ')} since ${since}.\n`).join('');
  return `${head}\n${list}${counts}${troubles}`;
}
