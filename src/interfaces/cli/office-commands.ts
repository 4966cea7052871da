import { readFile } from 'node:fs/promises';
import { DeskhandError } from '#domain/errors';
import type { ImportResult, InvoiceDetail, InvoiceSummary, Overview, TaskSummary, Why } from '../api/contract.ts';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus } from './cli-context.ts';
import { connect, findUrl, logIn, type ServerClient } from './server-client.ts';
import { holderOf, sayDue, sayWait } from './task-commands.ts';
import { paint, table } from './terminal.ts';

export interface ServerOptions {
  readonly url?: string;
  readonly json?: boolean;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export async function login(context: CliContext, options: ServerOptions & { readonly email?: string }): Promise<ExitStatus> {
  const { terminal } = context;
  const url = await findUrl(context, options.url);
  if (!terminal.isInteractive && options.email === undefined) {
    throw new DeskhandError(
      interfaceErrors.usage,
      'Without a terminal, name --email and pipe the password in; or set DESKHAND_EMAIL and DESKHAND_PASSWORD.',
    );
  }
  const email = options.email ?? (await terminal.ask('Email: '));
  const password = terminal.isInteractive
    ? await terminal.ask('Password: ', true)
    : Buffer.from(await terminal.readInput())
        .toString('utf8')
        .trim();
  await logIn(context, url, email.trim(), password);
  terminal.note(`Signed in to ${url}.`);
  return exitStatus.ok;
}

export async function status(context: CliContext, options: ServerOptions): Promise<ExitStatus> {
  const { terminal } = context;
  const url = await findUrl(context, options.url);
  const isReady = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) }).then(
    (response) => response.ok,
    () => false,
  );
  if (!isReady) {
    if (options.json === true) terminal.write(`${JSON.stringify({ url, isReady })}\n`);
    throw new DeskhandError(interfaceErrors.serverUnreachable, `${url} does not answer. "deskhand doctor" says what to do.`);
  }
  const overview = await connect(context, options).then(
    (server) => server.get<Overview>('/v1/overview'),
    (thrown: unknown) => {
      if (thrown instanceof DeskhandError && thrown.code === interfaceErrors.notSignedIn.code) return null;
      throw thrown;
    },
  );
  if (options.json === true) terminal.write(`${JSON.stringify({ url, isReady, overview }, null, 2)}\n`);
  else if (overview === null) terminal.write(`Deskhand runs at ${url}.\n`);
  else terminal.write(describeOverview(url, overview));
  return exitStatus.ok;
}

function describeOverview(url: string, { since, openTasks, messages, documents, invoices, scheduled }: Overview): string {
  const byStatus = Object.entries(invoices).map(([name, count]) => `${count} ${name.replaceAll('-', ' ')}`);
  return [
    `Deskhand runs at ${url}. What came in since ${since.slice(0, 10)}, and what still waits:\n`,
    table([
      ['Tasks', `${openTasks.mine} for you, ${openTasks.all} in all`],
      ['Messages', `${messages.handled} of ${messages.received} handled`],
      ['Documents', `${documents.read} read, ${documents.waiting} waiting, ${documents.unreadable} unreadable`],
      ['Invoices', byStatus.join(', ') || 'none'],
      ['Scheduled', scheduled.map((sum) => `${sum.amount} ${sum.currency}`).join(', ') || 'nothing'],
    ]),
  ].join('');
}

export async function importFile(
  context: CliContext,
  kind: string,
  file: string,
  options: ServerOptions & { readonly dryRun?: boolean },
): Promise<ExitStatus> {
  const { terminal } = context;
  const bytes = file === '-' ? await terminal.readInput() : await readNamed(file);
  const server = await connect(context, options);
  const isJson =
    file.toLowerCase().endsWith('.json') || (file === '-' && /^\s*[[{]/.test(Buffer.from(bytes.subarray(0, 64)).toString('utf8')));
  const type = isJson ? 'application/json' : 'text/csv';
  const result = await server.send<ImportResult>(`/v1/imports/${kind}?dry_run=${options.dryRun === true}`, type, bytes);
  if (options.json === true) terminal.write(`${JSON.stringify(result, null, 2)}\n`);
  else if (result.faults.length > 0)
    terminal.write(
      table([
        ['Line', 'Column', 'What is wrong'],
        ...result.faults.map((fault) => [String(fault.line), fault.column ?? '', fault.message]),
      ]),
    );
  if (result.faults.length > 0) {
    terminal.note(
      `Nothing was imported: ${result.faults.length} ${result.faults.length === 1 ? 'fault' : 'faults'}. Correct the file and import it again.`,
    );
    return exitStatus.failed;
  }
  terminal.note(`${result.imported} ${kind} ${result.dryRun ? 'would be imported' : 'imported'}.`);
  return exitStatus.ok;
}

async function readNamed(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new DeskhandError(interfaceErrors.usage, `The file ${file} cannot be read.`, { cause });
  }
}

export async function inbox(context: CliContext, options: ServerOptions & { readonly all?: boolean }): Promise<ExitStatus> {
  const { terminal } = context;
  const server = await connect(context, options);
  const tasks = await everything<TaskSummary>(server, `/v1/tasks?view=${options.all === true ? 'all' : 'mine'}`);
  if (options.json === true) terminal.write(`${JSON.stringify(tasks, null, 2)}\n`);
  else if (tasks.length === 0) terminal.write('Nothing waits for you.\n');
  else {
    const rows = tasks.map((task) => [task.id, task.invoice?.number ?? '', task.reason, sayDue(task), holderOf(task), task.title]);
    terminal.write(table([['Id', 'Invoice', 'About', 'Due', 'With', 'Task'], ...rows]));
  }
  return exitStatus.ok;
}

export async function show(
  context: CliContext,
  invoice: string,
  options: ServerOptions & { readonly at?: string; readonly asOf?: string },
): Promise<ExitStatus> {
  const { terminal } = context;
  const server = await connect(context, options);
  const { id } = await findInvoice(server, invoice);
  const detail = await server.get<InvoiceDetail>(`/v1/invoices/${id}${momentOf(options)}`);
  // What is past is shown as it was; why is asked of the rules as they are now.
  const why = detail.seen === null ? await server.get<Why>(`/v1/invoices/${id}/why`) : null;
  if (options.json === true) terminal.write(`${JSON.stringify(why === null ? detail : { ...detail, why }, null, 2)}\n`);
  else terminal.write(`${describeInvoice(context, detail)}${why === null ? '' : describeWhy(why)}`);
  return exitStatus.ok;
}

function momentOf({ at, asOf }: { readonly at?: string; readonly asOf?: string }): string {
  if (asOf !== undefined) return `?asOf=${encodeURIComponent(asOf)}`;
  return at === undefined ? '' : `?at=${encodeURIComponent(at)}`;
}

function describeInvoice({ terminal }: CliContext, detail: InvoiceDetail): string {
  const fields = Object.entries(detail.fields).map(([name, field]) => [
    name,
    field.value ?? '—',
    field.standing,
    field.correctedBy?.name ?? '',
  ]);
  const exceptions =
    detail.match?.exceptions.map((exception) => `  ${exception.acceptedBy === null ? '!' : '✓'} ${exception.message}\n`) ?? [];
  const open = detail.tasks
    .filter((task) => task.status === 'open')
    .map((task) => `  ${task.title} (${holderOf(task)}) ${sayDue(task)}\n${task.wait === null ? '' : `    ${sayWait(task.wait)}\n`}`);
  const payment =
    detail.payment === null
      ? ''
      : `Payment: ${detail.payment.amount.amount} ${detail.payment.amount.currency} on ${detail.payment.executeOn}, ${detail.payment.status}\n`;
  return [
    `${paint(terminal, 'bold', `${detail.kind} ${detail.number ?? detail.id}`)} · ${detail.status} · ${detail.supplierName ?? 'unknown supplier'}\n`,
    detail.seen === null ? '' : `As it was at ${detail.seen.at}, after event ${detail.seen.event}.\n`,
    table(fields),
    sayConsultation(detail.consultation),
    exceptions.length > 0 ? `Differences:\n${exceptions.join('')}` : '',
    open.length > 0 ? `Waits for:\n${open.join('')}` : '',
    payment,
  ].join('');
}

/** Why me, why not by itself, and what would have been enough. */
function describeWhy({ asked, obstacles, whatIf, note }: Why): string {
  const list = (title: string, sentences: readonly string[]): string =>
    sentences.length === 0 ? '' : `${title}\n${sentences.map((sentence) => `  ${sentence}\n`).join('')}`;
  return [
    list(
      'Who is asked, and why:',
      asked.map(
        ({ who, role, isOpen, why, title }) => `${isOpen ? '' : '✓ '}${who?.name ?? `the ${role.replace('-', ' ')}`}: ${why} (${title})`,
      ),
    ),
    list('Why not by itself:', obstacles),
    list('What would have been enough:', whatIf),
    note === null ? '' : `${note}\n`,
  ].join('');
}

function sayConsultation(consultation: InvoiceDetail['consultation']): string {
  if (consultation === null) return '';
  const { model, reason, tokens, cost, ms } = consultation;
  const spent = `${tokens.input} tokens in, ${tokens.output} out${cost === null ? '' : `, ${cost.amount} ${cost.currency}`}, ${ms} ms`;
  return `Language model ${model}: ${reason} (${spent})\n`;
}

/** Approves or rejects the open approval of the signed-in member. */
export async function decide(
  context: CliContext,
  decision: 'approve' | 'reject',
  invoice: string,
  options: ServerOptions & { readonly note?: string },
): Promise<ExitStatus> {
  const { terminal } = context;
  const server = await connect(context, options);
  const { id, number } = await findInvoice(server, invoice);
  const { tasks } = await server.get<InvoiceDetail>(`/v1/invoices/${id}`);
  const open = tasks.filter((task) => task.status === 'open');
  const task = open.find((candidate) => candidate.kind === 'approval' && candidate.isMine);
  if (task === undefined) {
    const others = open.map((candidate) => `${candidate.title} (${candidate.assignee?.name ?? candidate.role})`).join('; ');
    terminal.note(
      open.length === 0
        ? `No approval of ${number ?? id} waits for anybody.`
        : `No approval of ${number ?? id} waits for you. It waits for: ${others}.`,
    );
    return open.length === 0 ? exitStatus.failed : exitStatus.needsPerson;
  }
  const body = { decision, ...(options.note === undefined ? {} : { note: options.note }) };
  const decided = await server.post<TaskSummary>(`/v1/tasks/${task.id}/decision`, body);
  if (options.json === true) terminal.write(`${JSON.stringify(decided, null, 2)}\n`);
  else terminal.write(`${decision === 'approve' ? 'Approved' : 'Rejected'} ${number ?? id}.\n`);
  return exitStatus.ok;
}

/** An invoice by id or exact number. @throws DH_INTERFACES_USAGE when a number belongs to several. */
export async function findInvoice(server: ServerClient, wanted: string): Promise<InvoiceSummary> {
  const { items } = await server.get<Page<InvoiceSummary>>(`/v1/invoices?q=${encodeURIComponent(wanted)}&limit=200`);
  const exact = items.filter((invoice) => invoice.id === wanted || invoice.number === wanted);
  const [only] = exact;
  if (only === undefined)
    throw new DeskhandError(interfaceErrors.nothingToDecide, `There is no invoice ${wanted}. "deskhand inbox" lists what waits.`);
  if (exact.length === 1) return only;
  const choices = exact.map((invoice) => `${invoice.id} (${invoice.supplierName ?? 'unknown supplier'}, ${invoice.status})`).join(', ');
  throw new DeskhandError(interfaceErrors.usage, `Several invoices have the number ${wanted}. Name one by its id: ${choices}.`);
}

export async function everything<Item>(server: ServerClient, path: string): Promise<Item[]> {
  const items: Item[] = [];
  let next: string | null = null;
  do {
    const page: Page<Item> = await server.get<Page<Item>>(next === null ? path : `${path}&cursor=${next}`);
    items.push(...page.items);
    next = page.next;
  } while (next !== null);
  return items;
}
