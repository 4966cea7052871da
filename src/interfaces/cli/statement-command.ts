import type { Statement } from '../api/contract-statements.ts';
import { exitStatus, type CliContext, type ExitStatus, type On, type Act } from './cli-context.ts';
import type { ServerOptions } from './office-commands.ts';
import { connect } from './server-client.ts';
import { paint, table } from './terminal.ts';

interface StatementOptions extends ServerOptions {
  readonly supplier?: string;
}

/** The command that compares a supplier's statement of account with what is here. */
export function addStatementCommand(on: On, act: Act, context: CliContext): void {
  on('statement', 'a supplier’s statement of account, row by row against what is here', [
    'statement doc_123',
    'statement doc_123 --supplier sup_456 --json',
  ])
    .argument('<document>', 'id of the document, as its message shows it')
    .option('--supplier <id>', 'whose it is, where it was not recognised')
    .action(act((document: string, options: StatementOptions) => compare(context, document, options)));
}

/** Exit status 3 where something does not agree. */
async function compare(context: CliContext, document: string, options: StatementOptions): Promise<ExitStatus> {
  const { terminal } = context;
  const server = await connect(context, options);
  const whose = options.supplier === undefined ? '' : `?supplierId=${encodeURIComponent(options.supplier)}`;
  const found = await server.get<Statement>(`/v1/documents/${encodeURIComponent(document)}/statement${whose}`);
  terminal.write(options.json === true ? `${JSON.stringify(found, null, 2)}\n` : describe(context, found));
  const agrees = found.findings.every(({ kind }) => kind.startsWith('agrees') || kind === 'payment-agrees');
  return agrees && found.unread.length === 0 && found.supplier !== null ? exitStatus.ok : exitStatus.needsPerson;
}

function describe(
  { terminal }: CliContext,
  { supplier, supplierReason, statedOn, findings, balance, unread, fileName }: Statement,
): string {
  const head = paint(terminal, 'bold', `${supplier?.name ?? 'Unknown supplier'}, statement of ${statedOn} (${fileName})`);
  if (balance === null) return `${head}\nNothing is compared: ${supplierReason} Say whose it is with --supplier.\n`;
  const rows = findings.map((one) => [
    one.row === null ? '' : String(one.row),
    one.number ?? '',
    one.theirs.amount,
    one.ours.amount,
    one.message,
  ]);
  const sums = [
    `Their rows add up to ${say(balance.rows)}, our books say ${say(balance.ours)}: ${say(balance.difference)} apart.`,
    balance.unexplained === null || Number(balance.unexplained.amount) === 0
      ? ''
      : `They ask for ${balance.stated?.amount ?? ''} in all, ${say(balance.unexplained)} more than their own rows.`,
    ...unread.map((text) => `Could not be read, please look: ${text}`),
  ].filter(Boolean);
  return `${head}\n${table([['Row', 'Number', 'Theirs', 'Ours', ''], ...rows])}${sums.join('\n')}\n`;
}

function say({ amount, currency }: { readonly amount: string; readonly currency: string }): string {
  return `${amount} ${currency}`;
}
