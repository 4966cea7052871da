import type { ProofCheck } from '../api/contract.ts';
import { exitStatus, type CliContext, type ExitStatus } from './cli-context.ts';
import { findInvoice, type ServerOptions } from './office-commands.ts';
import { connect } from './server-client.ts';
import { paint } from './terminal.ts';

/** Holds the stored proof card of one invoice against the stored words, apart from how it was made. */
export async function verifyProof(context: CliContext, invoice: string, options: ServerOptions): Promise<ExitStatus> {
  const { terminal } = context;
  const server = await connect(context, options);
  const { id, number } = await findInvoice(server, invoice);
  const check = await server.get<ProofCheck>(`/v1/invoices/${id}/proof`);
  const { outcome, faults, equations, proven } = check;
  if (options.json === true) terminal.write(`${JSON.stringify(check, null, 2)}\n`);
  else if (outcome === 'holds')
    terminal.write(
      `${paint(terminal, 'green', '✓')} The proof of ${number ?? id} holds: ${equations} equations come out on the words of the page.\n  Proven: ${proven.length === 0 ? 'nothing' : proven.join(', ')}.\n`,
    );
  else if (outcome === 'fails')
    terminal.write(
      `${paint(terminal, 'red', '✗')} The proof of ${number ?? id} does not hold:\n${faults.map((fault) => `  ${fault}\n`).join('')}`,
    );
  else terminal.write(`The proof of ${number ?? id} was made before proofs could be checked again, or nothing was read.\n`);
  return outcome === 'fails' ? exitStatus.failed : exitStatus.ok;
}
