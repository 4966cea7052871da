import { exitStatus, type CliContext, type ExitStatus } from './cli-context.ts';

export interface RebuildOptions {
  readonly check?: boolean;
  readonly apply?: boolean;
  readonly json?: boolean;
}

/** `deskhand rebuild`: the tables of invoices, approvals and payments from their events, compared byte by byte. */
export async function rebuild({ handlers, terminal }: CliContext, options: RebuildOptions): Promise<ExitStatus> {
  const finding = await handlers.rebuild({ isApplied: options.apply === true });
  if (options.json === true) terminal.write(`${JSON.stringify(finding)}\n`);
  else {
    for (const { table, rows, sha256, rebuiltSha256, firstDifference: difference } of finding.tables) {
      const isEqual = sha256 === rebuiltSha256;
      terminal.write(`${table.padEnd(14)} ${String(rows).padStart(8)} rows  ${rebuiltSha256}  ${isEqual ? 'equal' : 'DIFFERENT'}\n`);
      if (difference === null) continue;
      const where = difference.columns.length === 0 ? '' : ` in ${difference.columns.join(', ')}`;
      terminal.write(`  first: ${difference.key} of ${difference.organizationId} is ${difference.kind}${where}\n`);
    }
    terminal.note(`${finding.events} events. ${adviceFor(finding.isEqual, options.apply === true)}`);
  }
  return finding.isEqual || options.apply === true ? exitStatus.ok : exitStatus.failed;
}

function adviceFor(isEqual: boolean, isApplied: boolean): string {
  if (isEqual) return 'The tables are what the events say.';
  if (isApplied) return 'The tables were put right.';
  return 'The tables are not what the events say. Look at what changed them, then put them right with: deskhand rebuild --apply';
}
