import { writeFile } from 'node:fs/promises';
import { DeskhandError } from '#domain/errors';
import type { PaymentRunDetail, PaymentView } from '../api/contract.ts';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus, type On, type Act } from './cli-context.ts';
import { everything, type ServerOptions } from './office-commands.ts';
import { connect, type ServerClient } from './server-client.ts';
import { table } from './terminal.ts';

interface PayOptions extends ServerOptions {
  readonly propose?: boolean;
  readonly release?: string;
  readonly code?: string;
  readonly yes?: boolean;
  readonly out?: string;
}

/** `deskhand pay`. */
export function addPayCommand(on: On, act: Act, context: CliContext): void {
  on('pay', 'what is scheduled for payment; propose a run, or release one', [
    'pay',
    'pay --propose --yes',
    'pay --release run_123 --out bank.xml',
    'pay --release run_123 --code 123456 --yes --out bank.xml',
  ])
    .option('--propose', 'put all of it into a run')
    .option('--release <run>', 'release a run that somebody else proposed')
    .option('--code <digits>', 'of your authenticator app, where you have one')
    .option('--yes', 'do not ask')
    .option('--out <file>', 'where the bank file goes (else stdout)')
    .action(act((options: PayOptions) => pay(context, options)));
}

/** Shows what would be paid; `--propose` makes a run of it, `--release RUN` (by somebody else) writes the bank file. */
async function pay(context: CliContext, options: PayOptions): Promise<ExitStatus> {
  if (options.propose === true && options.release !== undefined) {
    throw new DeskhandError(interfaceErrors.usage, 'Either --propose or --release RUN: two different people do them.');
  }
  const server = await connect(context, options);
  if (options.release !== undefined) return await release(context, server, options.release, options);
  const payments = await everything<PaymentView>(server, '/v1/payments?status=scheduled');
  if (options.propose === true) return await propose(context, server, payments, options);
  if (options.json === true) context.terminal.write(`${JSON.stringify(payments, null, 2)}\n`);
  else context.terminal.write(payments.length === 0 ? 'Nothing is scheduled for payment.\n' : describe(payments));
  if (payments.length > 0) context.terminal.note('Put them into a run with --propose.');
  return exitStatus.ok;
}

async function propose(
  context: CliContext,
  server: ServerClient,
  payments: readonly PaymentView[],
  options: PayOptions,
): Promise<ExitStatus> {
  const { terminal } = context;
  if (payments.length === 0) {
    terminal.note('Nothing is scheduled for payment.');
    return exitStatus.failed;
  }
  terminal.note(describe(payments));
  if (!(await isConfirmed(context, options, `Put these ${payments.length} payments into a run?`))) return exitStatus.needsPerson;
  const run = await server.post<PaymentRunDetail>('/v1/payment-runs', { paymentIds: payments.map((payment) => payment.id) });
  terminal.write(options.json === true ? `${JSON.stringify(run, null, 2)}\n` : `${run.id}\n`);
  terminal.note(`Proposed. Somebody else releases it: deskhand pay --release ${run.id}`);
  return exitStatus.ok;
}

async function release(context: CliContext, server: ServerClient, runId: string, options: PayOptions): Promise<ExitStatus> {
  const { terminal } = context;
  const run = await server.get<PaymentRunDetail>(`/v1/payment-runs/${encodeURIComponent(runId)}`);
  if (run.status === 'proposed') {
    terminal.note(describe(run.payments));
    if (!run.mayRelease) {
      terminal.note(
        run.obstacles.length > 0 ? run.obstacles.join('\n') : 'Somebody else must release this run: a controller who did not propose it.',
      );
      return exitStatus.needsPerson;
    }
    if (run.signing !== null && !run.asksForCode) {
      terminal.note('You have a passkey: sign and release this run in the web app, under Payments.');
      return exitStatus.needsPerson;
    }
    if (!(await isConfirmed(context, options, `Release these ${run.count} payments?`))) return exitStatus.needsPerson;
  }
  const code = run.status === 'proposed' && (run.asksForCode || options.code !== undefined) ? await codeOf(context, options) : undefined;
  if (code === null) return exitStatus.needsPerson;
  const digest = run.digest === null ? {} : { digest: run.digest };
  const released =
    run.status === 'released' ? run : await server.post<PaymentRunDetail>(`/v1/payment-runs/${run.id}/release`, { ...digest, code });
  await handOver(context, server, released, options);
  return exitStatus.ok;
}

/** Asked after the payments were shown and agreed to. @returns null where nobody is there to give one. */
async function codeOf({ terminal }: CliContext, options: PayOptions): Promise<string | null> {
  const given = options.code ?? (terminal.isInteractive ? await terminal.ask('Code of your authenticator app: ') : '');
  const code = given.replaceAll(/\s/g, '');
  if (/^\d{6}$/.test(code)) return code;
  terminal.note(
    'You have an authenticator app: add its code with --code and six digits, or sign in the web app, under Payments, where you have a passkey.',
  );
  return null;
}

/** The bank file goes to `--out`; without it, to stdout. */
async function handOver({ terminal }: CliContext, server: ServerClient, run: PaymentRunDetail, options: PayOptions): Promise<void> {
  if (options.json === true) terminal.write(`${JSON.stringify(run, null, 2)}\n`);
  const file = await server.text(`/v1/payment-runs/${run.id}/file`);
  if (options.out !== undefined) {
    await writeFile(options.out, file, { mode: 0o600 });
    terminal.note(`Released ${run.count} payments; the bank file is ${options.out}.`);
  } else if (options.json !== true) terminal.write(file);
}

async function isConfirmed({ terminal }: CliContext, options: PayOptions, question: string): Promise<boolean> {
  if (options.yes === true) return true;
  if (!terminal.isInteractive) {
    terminal.note(`${question} A person must say so: add --yes.`);
    return false;
  }
  return /^y(es)?$/i.test((await terminal.ask(`${question} [y/N] `)).trim());
}

function describe(payments: readonly PaymentView[]): string {
  const sums = Map.groupBy(payments, (payment) => payment.amount.currency);
  const rows = payments.map((payment) => [
    payment.executeOn,
    payment.supplier.name,
    payment.invoice.number ?? payment.invoice.id,
    payment.iban,
    `${payment.amount.amount} ${payment.amount.currency}`,
    payment.reason,
  ]);
  const totals = [...sums].map(([currency, own]) => `${currency} ${totalOf(own)}`);
  return `${table([['On', 'Supplier', 'Invoice', 'Account', 'Amount', 'Why then'], ...rows])}In all: ${totals.join(', ')}\n`;
}

/** In minor units, so that no cent is lost on the way to the screen. */
function totalOf(payments: readonly PaymentView[]): string {
  const digits = payments[0]?.amount.amount.split('.')[1]?.length ?? 0;
  const minor = payments.reduce((sum, payment) => sum + BigInt(payment.amount.amount.replace('.', '')), 0n);
  const text = minor.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
