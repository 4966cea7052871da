import { readFile, readdir, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Command } from 'commander';
import { checkFolder, type FolderFinding } from '#domain/audit-folder';
import { DeskhandError } from '#domain/errors';
import type { AuditVerification } from '../api/contract.ts';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus } from './cli-context.ts';
import type { ServerOptions } from './office-commands.ts';
import { connect } from './server-client.ts';
import { paint } from './terminal.ts';
import { unpackFolder } from './unpack-folder.ts';

interface ExportOptions extends ServerOptions {
  readonly period: string;
  readonly out?: string;
}
interface CheckOptions {
  readonly json?: boolean;
  readonly manifest?: string;
}

/** `deskhand audit verify | export | check`. */
export function addAuditCommands(program: Command, context: CliContext, done: (status: ExitStatus) => void): void {
  const audit = program.command('audit').description('the audit log, and the auditor’s folder');
  audit
    .command('verify')
    .description('recompute the hash chain and say where it first breaks')
    .option('--url <address>', 'the server')
    .option('--json', 'stable JSON')
    .action(async (options: ServerOptions) => done(await verifyAuditLog(context, options)));
  audit
    .command('export')
    .description('write everything of a period into one folder that proves itself offline')
    .requiredOption('--period <period>', 'year, quarter, month or day, or two of them with .. between')
    .option('--out <folder>', 'a new or empty folder (default: audit-<period>)')
    .option('--url <address>', 'the server')
    .option('--json', 'stable JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  deskhand audit export --period 2026-11\n  deskhand audit export --period 2026-Q4 --out /mnt/stick/2026-Q4',
    )
    .action(async (options: ExportOptions) => done(await exportFolder(context, options)));
  audit
    .command('check')
    .description('hold such a folder against its own list and hash chain; needs neither server nor database')
    .argument('<folder>', 'the folder')
    .option('--manifest <sha256>', 'the fingerprint that the export printed')
    .option('--json', 'stable JSON')
    .addHelpText('after', '\nExit status: 0 intact, 1 something was changed.\n\nExample:\n  deskhand audit check audit-2026-11')
    .action(async (folder: string, options: CheckOptions) => done(await check(context, folder, options)));
}

async function verifyAuditLog(context: CliContext, options: ServerOptions): Promise<ExitStatus> {
  const { terminal } = context;
  const server = await connect(context, options);
  const result = await server.get<AuditVerification>('/v1/audit/verification');
  if (options.json === true) terminal.write(`${JSON.stringify(result, null, 2)}\n`);
  else if (result.isIntact) terminal.write(`The audit log is intact: ${result.entries} entries, head ${result.headHash}.\n`);
  else terminal.write(`The audit log was tampered with: ${result.firstFault?.message ?? 'its head does not fit.'}\n`);
  return result.isIntact ? exitStatus.ok : exitStatus.failed;
}

async function exportFolder(context: CliContext, options: ExportOptions): Promise<ExitStatus> {
  const { terminal } = context;
  const folder = path.resolve(options.out ?? `audit-${options.period.replaceAll('..', '-to-')}`);
  const server = await connect(context, options);
  const body = await server.stream(`/v1/audit/export?period=${encodeURIComponent(options.period)}`);
  await unpackFolder(body, folder);
  const finding = await inspect(folder, null);
  if (options.json === true) terminal.write(`${JSON.stringify({ folder, ...finding }, null, 2)}\n`);
  else {
    terminal.write(`Wrote ${folder}: ${finding.files} files, ${finding.entries} entries of the log.\n`);
    terminal.write(`Fingerprint, to be kept apart from the folder: ${finding.manifestSha256 ?? 'none'}\n`);
    report(context, finding);
    terminal.note(`Open ${path.join(folder, 'index.html')} in a browser, without any network.`);
  }
  return finding.isIntact ? exitStatus.ok : exitStatus.failed;
}

async function check(context: CliContext, folder: string, { json, manifest }: CheckOptions): Promise<ExitStatus> {
  const finding = await inspect(path.resolve(folder), manifest ?? null);
  if (json === true) context.terminal.write(`${JSON.stringify(finding, null, 2)}\n`);
  else report(context, finding);
  return finding.isIntact ? exitStatus.ok : exitStatus.failed;
}

function report({ terminal }: CliContext, { isIntact, files, entries, faults, missing, manifestSha256 }: FolderFinding): void {
  for (const { path: file, message } of faults) terminal.write(`${paint(terminal, 'red', '✗')} ${file}: ${message}\n`);
  for (const { path: file, message } of missing) terminal.write(`! ${file} was not there at the export: ${message}\n`);
  if (isIntact)
    terminal.write(
      `${paint(terminal, 'green', '✓')} Intact: ${files} files and ${entries} entries are as they were exported, fingerprint ${manifestSha256 ?? ''}.\n`,
    );
  else terminal.write(`The folder is not as it was exported: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.\n`);
}

/** @throws DH_INTERFACES_USAGE when there is no such folder. */
async function inspect(folder: string, expected: string | null): Promise<FolderFinding> {
  if (
    !(await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    ))
  )
    throw new DeskhandError(interfaceErrors.usage, `There is no folder ${folder}.`);
  const found = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  const source = {
    paths: paths.toSorted(),
    read: (file: string) => readFile(path.join(folder, file)),
    sha256: (bytes: Uint8Array) => Promise.resolve(createHash('sha256').update(bytes).digest('hex')),
  };
  return await checkFolder(source, expected);
}
