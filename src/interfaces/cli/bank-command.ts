import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { DeskhandError } from '#domain/errors';
import type { BankFileReceipt } from '../api/contract.ts';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus, type Act } from './cli-context.ts';
import type { ServerOptions } from './office-commands.ts';
import { connect } from './server-client.ts';

/** `deskhand bank import FILE …`: what the bank answered and booked. */
export function addBankCommands(program: Command, act: Act, context: CliContext): void {
  program
    .command('bank')
    .description('what the bank says')
    .command('import')
    .description('take in answers (pain.002), statements (camt.053) and notifications (camt.054)')
    .argument('<file...>', 'files, or - for one that is piped in')
    .option('--url <address>', 'the server (else DESKHAND_URL, else the one that runs here)')
    .option('--json', 'stable JSON')
    .addHelpText(
      'after',
      '\nExit status: 0 nothing to ask, 3 people were asked something.\n\nExamples:\n  deskhand bank import statement.xml\n  deskhand bank import answers/*.xml --json',
    )
    .action(act((files: string[], options: ServerOptions) => importBankFiles(context, files, options)));
}

async function importBankFiles(context: CliContext, files: readonly string[], options: ServerOptions): Promise<ExitStatus> {
  const { terminal } = context;
  const server = await connect(context, options);
  const receipts: BankFileReceipt[] = [];
  for (const file of files) {
    const bytes = file === '-' ? await terminal.readInput() : await readNamed(file);
    const name = encodeURIComponent(file === '-' ? 'piped.xml' : path.basename(file).slice(0, 200));
    const receipt = await server.send<BankFileReceipt>(`/v1/bank-files?file_name=${name}`, 'application/xml', bytes);
    receipts.push(receipt);
    if (options.json !== true) terminal.write(`${file}: ${describeReceipt(receipt)}\n`);
  }
  if (options.json === true) terminal.write(`${JSON.stringify(receipts, null, 2)}\n`);
  const questions = receipts.reduce((sum, { isNew, summary }) => sum + (isNew ? summary.questions : 0), 0);
  if (questions > 0)
    terminal.note(`${questions} ${questions === 1 ? 'question waits' : 'questions wait'} for a controller: deskhand inbox --all`);
  return questions > 0 ? exitStatus.needsPerson : exitStatus.ok;
}

const kinds: Readonly<Record<BankFileReceipt['kind'], string>> = {
  'payment-status': 'answer',
  statement: 'statement',
  notification: 'notification',
};

/** `statement 2026-03-05: 2 settled, 1 returned, 3 told before.` */
function describeReceipt({ kind, messageId, isNew, summary }: BankFileReceipt): string {
  const { accepted, rejected, settled, returned, known, credits } = summary;
  const counts = Object.entries({ accepted, rejected, settled, returned, 'told before': known, 'other credits': credits })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`);
  return `${kinds[kind]} ${messageId}: ${counts.join(', ') || 'nothing about our payments'}.${isNew ? '' : ' It was taken before; nothing was changed.'}`;
}

async function readNamed(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new DeskhandError(interfaceErrors.usage, `The file ${file} cannot be read.`, { cause });
  }
}
