import { DeskhandError } from '#domain/errors';
import type { Delegation, DelegationList, Member } from '../api/contract-tasks.ts';
import type { TaskSummary } from '../api/contract.ts';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus } from './cli-context.ts';
import { connect, type ServerClient } from './server-client.ts';
import { table } from './terminal.ts';

export interface ServerOptions {
  readonly url?: string;
  readonly json?: boolean;
}
export interface DelegateOptions extends ServerOptions {
  readonly to?: string;
  readonly for?: string;
  readonly fromDay?: string;
  readonly untilDay?: string;
  readonly reason?: string;
  readonly end?: string;
}

/** `2026-03-04`, with what a person must know of it: overdue, today, waiting, likely late. */
export function sayDue({ time, dueOn }: TaskSummary): string {
  if (time === null) return dueOn ?? '';
  const day = time.dueAt.slice(0, 10);
  if (time.state === 'overdue')
    return time.businessDaysLeft === 0 ? `${day} OVERDUE` : `${day} OVERDUE ${-time.businessDaysLeft} business days`;
  if (time.state === 'paused') return `${day} (waits for an answer)`;
  const isLikelyLate = time.lateness?.kind === 'predicted' && time.lateness.isLikelyLate;
  return `${time.state === 'due-today' ? `${day} today` : day}${isLikelyLate ? ' (likely late)' : ''}`;
}

/** Who has it: the person and their stand-in, or the role. */
export function holderOf({ assignee, standIn, role, isTaken }: TaskSummary): string {
  if (assignee === null) return role;
  return `${assignee.name}${isTaken ? ' (taken)' : ''}${standIn === null ? '' : `, ${standIn.name} stands in`}`;
}

/** `Waits for the approver (an approval) since 2026-03-02. 2026-03-04: the approver is reminded.` */
export function sayWait({ what, whom, since, until, next }: NonNullable<TaskSummary['wait']>): string {
  return `Waits for ${whom} (${what}) since ${since.slice(0, 10)}. ${until === null ? '' : `${until.slice(0, 10)}: `}${next}`;
}

export async function claim(context: CliContext, wanted: string, options: ServerOptions): Promise<ExitStatus> {
  const server = await connect(context, options);
  const task = await server.post<TaskSummary>(`/v1/tasks/${(await findTask(server, wanted)).id}/claim`);
  return tell(context, options, task, `You have taken "${task.title}".`);
}

export async function release(context: CliContext, wanted: string, options: ServerOptions): Promise<ExitStatus> {
  const server = await connect(context, options);
  const task = await server.post<TaskSummary>(`/v1/tasks/${(await findTask(server, wanted)).id}/release`);
  return tell(context, options, task, `"${task.title}" is given back to the ${task.role.replace('-', ' ')}.`);
}

export async function assign(context: CliContext, wanted: string, member: string, options: ServerOptions): Promise<ExitStatus> {
  const server = await connect(context, options);
  const { id } = await findTask(server, wanted);
  const { id: memberId, name } = await findMember(server, member);
  const task = await server.post<TaskSummary>(`/v1/tasks/${id}/assign`, { memberId });
  return tell(context, options, task, `${name} has "${task.title}" now.`);
}

/** Names a stand-in, or ends one. */
export async function delegate(context: CliContext, options: DelegateOptions): Promise<ExitStatus> {
  const server = await connect(context, options);
  if (options.end !== undefined) {
    const list = await server.remove<DelegationList>(`/v1/delegations/${options.end}`);
    return tell(context, options, list, 'Ended.');
  }
  if (options.to === undefined || options.fromDay === undefined || options.untilDay === undefined)
    throw new DeskhandError(interfaceErrors.usage, 'Say who and when: --to, --from-day and --until-day.');
  const to = await findMember(server, options.to);
  const from = options.for === undefined ? null : await findMember(server, options.for);
  const list = await server.post<DelegationList>('/v1/delegations', {
    toMemberId: to.id,
    ...(from === null ? {} : { fromMemberId: from.id }),
    startsOn: options.fromDay,
    endsOn: options.untilDay,
    ...(options.reason === undefined ? {} : { reason: options.reason }),
  });
  return tell(context, options, list, `${to.name} stands in for ${from?.name ?? 'you'} from ${options.fromDay} to ${options.untilDay}.`);
}

export async function listStandIns(context: CliContext, options: ServerOptions): Promise<ExitStatus> {
  const server = await connect(context, options);
  const { items } = await server.get<DelegationList>('/v1/delegations');
  const current = items.filter((item) => item.state !== 'over');
  const row = ({ id, from, to, startsOn, endsOn, state }: Delegation): string[] => [id, from.name, to.name, startsOn, endsOn, state];
  const shown =
    current.length === 0 ? 'Nobody stands in for anybody.\n' : table([['Id', 'For', 'Decides', 'From', 'Until', ''], ...current.map(row)]);
  if (options.json === true) context.terminal.write(`${JSON.stringify(items, null, 2)}\n`);
  else context.terminal.write(shown);
  return exitStatus.ok;
}

export function tell({ terminal }: CliContext, options: ServerOptions, answer: unknown, words: string): ExitStatus {
  terminal.write(options.json === true ? `${JSON.stringify(answer, null, 2)}\n` : `${words}\n`);
  return exitStatus.ok;
}

/** A task by its id, or by the number of its invoice when only one of it is open. @throws DH_INTERFACES_USAGE */
export async function findTask(server: ServerClient, wanted: string): Promise<Pick<TaskSummary, 'id'>> {
  if (wanted.startsWith('tsk_')) return { id: wanted };
  let next: string | null = null;
  const found: TaskSummary[] = [];
  do {
    const page: { readonly items: readonly TaskSummary[]; readonly next: string | null } = await server.get(
      `/v1/tasks?view=all&limit=200${next === null ? '' : `&cursor=${next}`}`,
    );
    found.push(...page.items.filter((task) => task.invoice?.number === wanted || task.invoice?.id === wanted));
    next = page.next;
  } while (next !== null);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new DeskhandError(
    interfaceErrors.usage,
    only === undefined
      ? `Nothing about ${wanted} waits for anyone. "deskhand inbox --all" lists what waits, with its ids.`
      : `Several tasks are about ${wanted}. Name one by its id: ${found.map((task) => `${task.id} (${task.title})`).join(', ')}.`,
  );
}

/** @throws DH_INTERFACES_USAGE when nobody, or several, go by this name. */
async function findMember(server: ServerClient, wanted: string): Promise<Member> {
  const { items } = await server.get<{ readonly items: readonly Member[] }>('/v1/members');
  const name = wanted.toLowerCase();
  const found = items.filter((member) => member.id === wanted || member.name.toLowerCase() === name);
  const close = found.length > 0 ? found : items.filter((member) => member.name.toLowerCase().split(' ').includes(name));
  const [only] = close;
  if (only !== undefined && close.length === 1) return only;
  const known = (close.length > 1 ? close : items).map((member) => `${member.name} (${member.id})`).join(', ');
  throw new DeskhandError(
    interfaceErrors.usage,
    `${close.length > 1 ? 'Several people are' : 'Nobody is'} named ${wanted}. Name one of: ${known}.`,
  );
}
