import { Command, CommanderError, Option } from 'commander';
import { asDeskhandError } from '#domain/errors';
import { exitStatusOfError } from '../error-statuses.ts';
import { exitStatus, type CliContext, type CliHandlers, type ExitStatus, type Terminal, type On } from './cli-context.ts';
import { switchAutomation, type PauseOptions } from './automation-commands.ts';
import { addAuditCommands } from './audit-commands.ts';
import { addBackupCommands } from './backup-command.ts';
import { addBankCommands } from './bank-command.ts';
import { addAgreementsCommand } from './agreements-command.ts';
import { addCodingCommand } from './coding-command.ts';
import { doctor } from './doctor-command.ts';
import { extract, type ExtractOptions } from './extract-command.ts';
import { init, type InitOptions } from './init-command.ts';
import { addStatementCommand } from './statement-command.ts';
import { addTaxCommand } from './tax-command.ts';
import { decide, importFile, inbox, login, show, status, type ServerOptions } from './office-commands.ts';
import { addMigrateEngineCommand } from './migrate-engine-command.ts';
import { numbers } from './numbers-command.ts';
import { addCashCommand } from './cash-command.ts';
import { addPayCommand } from './pay-command.ts';
import { languageModel, type LanguageModelOptions } from './language-model-command.ts';
import { memory, type MemoryOptions } from './memory-command.ts';
import { addPolicyCommand } from './policy-command.ts';
import { verifyProof } from './proof-command.ts';
import { rebuild, type RebuildOptions } from './rebuild-command.ts';
import { runs, type RunsOptions } from './runs-command.ts';
import { addTaskCommands } from './task-program.ts';
import { processTerminal } from './terminal.ts';

const importKinds = 'suppliers, purchase-orders, goods-receipts, accounts, cost-centres, projects, tax-codes, past-bookings or agreements';

type Done = (status: number) => void;

/**
 * Runs one command line.
 *
 * @param args - without the program's own name.
 * @returns the exit status: 0 ok, 1 failed, 2 wrong use, 3 needs a person.
 */
export async function runProgram(args: readonly string[], handlers: CliHandlers, terminal?: Terminal): Promise<number> {
  const context: CliContext = { handlers, terminal: terminal ?? processTerminal({ noColor: handlers.noColor ?? false }) };
  let result: number = exitStatus.ok;
  const program = createProgram(context, (status) => {
    result = status;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return result;
  } catch (thrown) {
    return report(context, args, thrown);
  }
}

function report({ terminal }: CliContext, args: readonly string[], thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitStatus.ok : exitStatus.usage;
  const error = asDeskhandError(thrown);
  if (error === null) throw thrown;
  if (args.includes('--json')) terminal.write(`${JSON.stringify({ code: error.code, detail: error.message })}\n`);
  else terminal.note(`${error.message} (${error.code})`);
  return exitStatusOfError(error);
}

function createProgram(context: CliContext, done: Done): Command {
  const { terminal, handlers } = context;
  const program = new Command('deskhand')
    .description('From the invoice inbox to the bank file.')
    .version(handlers.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.write(text), writeErr: (text) => terminal.note(text.trimEnd()) })
    .showHelpAfterError('Add --help for examples.')
    .addHelpText(
      'after',
      '\nExit status: 0 ok, 1 failed, 2 wrong use, 3 needs a person.\n\nExamples:\n  deskhand start\n  deskhand extract invoices/ --jsonl > read.jsonl\n  deskhand inbox',
    );
  program
    .command('start')
    .description('start Deskhand and print its address')
    .action(async () => done(await handlers.start()));
  program
    .command('init')
    .description('set up your own firm with its people, instead of the sample office')
    .requiredOption('--organization <name>', 'name of the firm')
    .option('--currency <code>', 'ISO 4217', 'EUR')
    .option('--iban <iban>', 'account that payments leave from')
    .option('--bic <bic>', 'of that account')
    .option('--country <code>', 'where the firm is taxed, like DE (the country of the account)')
    .option('--vat-id <id>', 'of the firm; an invoice that names another one is asked about')
    .option('--member <member>', 'name, address and roles; may be repeated', (value: string, before: string[]) => [...before, value], [])
    .option('--json', 'stable JSON')
    .addHelpText(
      'after',
      '\nExample:\n  deskhand init --organization "Firm GmbH" --iban DE89370400440532013000 \\\n    --member "Ana Lind <ana@firm.example> office-manager" --member "Kat Weber <kat@firm.example> controller"',
    )
    .action(async (options: InitOptions) => done(await init(context, options)));
  program
    .command('extract')
    .description('read documents without server or database')
    .argument('<path...>', 'files or folders')
    .addOption(new Option('--json', 'one array, in the order of the files').conflicts('jsonl'))
    .option('--jsonl', 'one line a document, as they are read (the default in a pipe)')
    .option('--llm', 'ask the language model of the settings about values in doubt; what that takes is told at the end')
    .option('--explain', 'each value with how sure it is, where it stands, why it was taken, what it beat, and the equations')
    .addHelpText(
      'after',
      '\nExit status: 0 all read, 1 some failed, 2 wrong use.\n\nExamples:\n  deskhand extract invoice.pdf --json\n  deskhand extract inbox/ --jsonl > read.jsonl\n  deskhand extract invoice.pdf --explain',
    )
    .action(async (paths: string[], options: ExtractOptions) => done(await extract(context, paths, options)));
  program
    .command('rebuild')
    .description('build the tables of invoices, approvals and payments from their events, and compare')
    .option('--check', 'change nothing (the default)')
    .addOption(new Option('--apply', 'put right every row that differs').conflicts('check'))
    .option('--json', 'stable JSON')
    .addHelpText('after', '\nExit status: 0 equal or put right, 1 different.\n\nExamples:\n  deskhand rebuild\n  deskhand rebuild --apply')
    .action(async (options: RebuildOptions) => done(await rebuild(context, options)));
  program
    .command('doctor')
    .description('check the installation and say what to do')
    .option('--json', 'stable JSON')
    .action(async (options: ServerOptions) => done(await doctor(context, options)));
  addBackupCommands(program, context, done);
  addMigrateEngineCommand(program, context, done);
  addServerCommands(program, context, done);
  return program;
}

function addServerCommands(program: Command, context: CliContext, done: Done): void {
  const on: On = (name, description, examples) =>
    program
      .command(name)
      .description(description)
      .option('--url <address>', 'the server (else DESKHAND_URL, else the one that runs here)')
      .option('--json', 'stable JSON')
      .addHelpText('after', `\nExamples:\n${examples.map((example) => `  deskhand ${example}`).join('\n')}`);
  const act =
    <Args extends unknown[]>(command: (...args: Args) => Promise<ExitStatus>) =>
    async (...args: Args): Promise<void> =>
      done(await command(...args));
  on('login', 'sign in and stay signed in on this machine', ['login', 'login --email ana@office.example < password.txt'])
    .option('--email <address>', 'who; the password is asked for, or read from a pipe')
    .action(act((options: ServerOptions & { email?: string }) => login(context, options)));
  on('status', 'whether it runs and what waits', ['status', 'status --json']).action(
    act((options: ServerOptions) => status(context, options)),
  );
  on('import', 'import suppliers, orders, receipts, accounts, agreements and the like from CSV or JSON', [
    'import suppliers suppliers.csv --dry-run',
    'import purchase-orders - < orders.json',
  ])
    .argument('<kind>', importKinds)
    .argument('<file>', 'a file, or - for what is piped in')
    .option('--dry-run', 'say what would happen, change nothing')
    .action(act((kind: string, file: string, options: ServerOptions & { dryRun?: boolean }) => importFile(context, kind, file, options)));
  on('numbers', 'figures of a period, each with its definition and where its invoices are', ['numbers', 'numbers --period 2026-11 --json'])
    .option('--period <period>', 'year, quarter, month or day (default: this month)')
    .action(act((options: ServerOptions & { period?: string }) => numbers(context, options)));
  on('inbox', 'what waits for you', ['inbox', 'inbox --all --json'])
    .option('--all', 'what waits for anybody')
    .action(act((options: ServerOptions & { all?: boolean }) => inbox(context, options)));
  on('show', 'one invoice with its values and differences', ['show RE-1001', 'show RE-1001 --at 2026-03-02T10:00Z'])
    .argument('<invoice>', 'number or id')
    .option('--at <time>', 'as it was at this time')
    .addOption(new Option('--as-of <event>', 'as it was right after this event').conflicts('at'))
    .action(act((invoice: string, options: ServerOptions & { at?: string; asOf?: string }) => show(context, invoice, options)));
  on('verify-proof', 'check an invoice’s proof card against the words of its page', ['verify-proof RE-1001'])
    .argument('<invoice>', 'number or id')
    .action(act((invoice: string, options: ServerOptions) => verifyProof(context, invoice, options)));
  on('memory', 'what corrections taught of the papers of each layout; take one back', [
    'memory',
    'memory --revoke mem_123 --reason "misread"',
  ])
    .option('--revoke <id>', 'use it no longer')
    .option('--reason <text>', 'why, for the record')
    .action(act((options: MemoryOptions) => memory(context, options)));
  on('language-model', 'whether documents are shown to a language model, and what that took this month', [
    'language-model',
    'language-model --on --budget "200000 tokens"',
  ])
    .option('--on', 'let it be asked about values in doubt')
    .addOption(new Option('--off', 'send nothing to it any more').conflicts('on'))
    .option('--budget <budget>', 'what you let it use a month: a number of tokens, an amount such as 5.00, or none')
    .action(act((options: LanguageModelOptions) => languageModel(context, options)));
  for (const decision of ['approve', 'reject'] as const) {
    on(decision, `${decision} an invoice that waits for you`, [`${decision} RE-1001 --note "as agreed"`])
      .argument('<invoice>', 'number or id')
      .option('--note <text>', 'why, for the record')
      .action(act((invoice: string, options: ServerOptions & { note?: string }) => decide(context, decision, invoice, options)));
  }
  for (const add of [
    addTaskCommands,
    addPolicyCommand,
    addCodingCommand,
    addAgreementsCommand,
    addPayCommand,
    addCashCommand,
    addStatementCommand,
    addTaxCommand,
  ])
    add(on, act, context);
  addBankCommands(program, act, context);
  for (const [verb, about] of [
    ['pause', 'stop what runs by itself, within a second; people go on'],
    ['resume', 'let it go on from where it stood'],
  ] as const) {
    on(verb, about, [`${verb} --reason "the bank called"`, `${verb} --connection INBOX --reason "moving house"`])
      .option('--reason <text>', 'why, for those who find it so and for the audit log')
      .option('--connection <name>', 'only this mailbox or folder, by name or id')
      .option('--workflow <name>', 'only this kind of workflow, such as handle-document')
      .option('--installation', 'all organizations; for the administrator who runs Deskhand here')
      .action(act((options: PauseOptions) => switchAutomation(context, verb, options)));
  }
  on('runs', 'what runs by itself: list it, follow one step by step, cancel, resume or do it again from a step', [
    'runs --status failed',
    'runs document:doc_123',
    'runs document:doc_123 --fork 3 --reason "the order was wrong"',
  ])
    .argument('[run]', 'id of one run')
    .option('--status <status>', 'running, waiting, done, failed or cancelled')
    .option('--cancel', 'no further step begins')
    .option('--resume', 'go on after the last finished step')
    .option('--fork <step>', 'a new run takes over from this step')
    .option('--reason <text>', 'why, for the audit log')
    .action(act((run: string | undefined, options: RunsOptions) => runs(context, run, options)));
  addAuditCommands(program, context, done);
}
