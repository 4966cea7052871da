import type { Command } from 'commander';
import { DeskhandError } from '#domain/errors';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type BackupHandlers, type CliContext, type ExitStatus } from './cli-context.ts';

interface JsonOption {
  readonly json?: boolean;
}

/** `deskhand backup create | restore | drill`. */
export function addBackupCommands(program: Command, context: CliContext, done: (status: ExitStatus) => void): void {
  const { backup: handlers } = context.handlers;
  if (handlers === undefined) return;
  const backup = program.command('backup').description('back up, restore to a point in time, and prove that it works');
  backup
    .command('create')
    .description('copy database, documents and keys while the server works')
    .argument('<folder>', 'empty, or with earlier backups of this installation; best on another disk')
    .option('--json', 'stable JSON')
    .addHelpText('after', '\nExample:\n  deskhand backup create /mnt/backup/deskhand')
    .action(async (folder: string, options: JsonOption) => done(await create(context, handlers, folder, options)));
  backup
    .command('restore')
    .description('put a backup into a new data folder')
    .argument('<folder>', 'the backups')
    .requiredOption('--into <folder>', 'the new data folder; it must be empty')
    .option('--to <time>', 'as it was then, such as 2026-11-23T10:00:00Z (default: as late as there is)')
    .option('--json', 'stable JSON')
    .addHelpText(
      'after',
      '\nExample:\n  deskhand backup restore /mnt/backup/deskhand --into /var/lib/deskhand-restored --to 2026-11-23T10:00:00Z',
    )
    .action(async (folder: string, options: JsonOption & { into: string; to?: string }) =>
      done(await restore(context, handlers, folder, options)),
    );
  backup
    .command('drill')
    .description('restore into a scratch folder, check everything against what runs here, and remove it again')
    .argument('<folder>', 'the backups')
    .option('--json', 'stable JSON')
    .addHelpText(
      'after',
      '\nExit status: 0 the restore can be relied on, 1 something differs.\n\nExample:\n  deskhand backup drill /mnt/backup/deskhand',
    )
    .action(async (folder: string, options: JsonOption) => done(await drill(context, handlers, folder, options)));
}

const ownDatabaseAdvice =
  "The database is a server of your own: back it up with that server's tools (pg_dump, or its provider's). Only documents and keys are in this backup.";

async function create({ terminal }: CliContext, handlers: BackupHandlers, folder: string, { json }: JsonOption): Promise<ExitStatus> {
  const result = await handlers.create(folder);
  const { base, files, blobs, hasDatabase } = result;
  if (json === true) terminal.write(`${JSON.stringify(result)}\n`);
  else {
    terminal.write(`Backed up to ${base}: ${files} files, ${blobs.copied} documents (${blobs.present} were there).\n`);
    if (!hasDatabase) terminal.note(ownDatabaseAdvice);
    for (const sha256 of blobs.damaged) terminal.note(`Document ${sha256} was changed on disk and is not in the backup.`);
  }
  return blobs.damaged.length === 0 ? exitStatus.ok : exitStatus.failed;
}

async function restore(
  { terminal }: CliContext,
  handlers: BackupHandlers,
  folder: string,
  { into, to, json }: JsonOption & { readonly into: string; readonly to?: string },
): Promise<ExitStatus> {
  const result = await handlers.restore(folder, { into, to: to === undefined ? null : parseTime(to) });
  const { base, blobs, newestEntryAt, segments, hasDatabase } = result;
  if (json === true) terminal.write(`${JSON.stringify(result)}\n`);
  else {
    terminal.write(`Restored ${base} and ${segments} segments of log into ${into}; ${blobs.copied} documents.\n`);
    terminal.note(
      hasDatabase ? `The newest audit entry is of ${newestEntryAt ?? 'never'}. Start it with DESKHAND_DATA_DIR=${into}` : ownDatabaseAdvice,
    );
    for (const sha256 of blobs.damaged) terminal.note(`Document ${sha256} is damaged in the backup and was left out.`);
  }
  return blobs.damaged.length === 0 ? exitStatus.ok : exitStatus.failed;
}

function parseTime(text: string): Date {
  const time = new Date(text);
  // Without a zone the same text is another time on another machine.
  if (!Number.isNaN(time.getTime()) && /(?:Z|[+-]\d\d:?\d\d)$/.test(text)) return time;
  throw new DeskhandError(interfaceErrors.usage, `--to ${text} is no time with its zone, such as 2026-11-23T10:00:00Z.`);
}

async function drill({ terminal }: CliContext, handlers: BackupHandlers, folder: string, { json }: JsonOption): Promise<ExitStatus> {
  const result = await handlers.drill(folder);
  if (json === true) terminal.write(`${JSON.stringify(result)}\n`);
  else {
    terminal.write(`${'table'.padEnd(24)} ${'restored'.padStart(9)} ${'live'.padStart(9)}\n`);
    for (const [table, { restored, live }] of Object.entries(result.rows)) {
      terminal.write(`${table.padEnd(24)} ${String(restored).padStart(9)} ${String(live).padStart(9)}\n`);
    }
    for (const fault of result.faults) terminal.write(`DIFFERENT: ${fault}\n`);
    const rpo = result.rpoSeconds === null ? 'unknown' : `${result.rpoSeconds.toFixed(1)} s`;
    terminal.write(`RPO ${rpo} (what would be lost now)   RTO ${result.rtoSeconds.toFixed(1)} s (start of restore to verified)\n`);
  }
  return result.faults.length === 0 ? exitStatus.ok : exitStatus.failed;
}
