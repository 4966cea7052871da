import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from '../errors.ts';

const run = promisify(execFile);

export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/**
 * As whom Postgres runs: null for ourselves, when we are not root. Root gets the user `postgres`, created when the
 * machine has none, or `nobody` where users cannot be created.
 */
export async function postgresUser(): Promise<Identity | null> {
  if (process.getuid?.() !== 0) return null;
  const found = await findUser('postgres');
  if (found !== null) return found;
  // Debian, Fedora and Alpine, in this order; a refusal is no fault as long as one of them or `nobody` works.
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
    .catch(() => run('adduser', ['-S', '-D', '-H', 'postgres']))
    .catch(() => null);
  const user = (await findUser('postgres')) ?? (await findUser('nobody'));
  if (user !== null) return user;
  throw new DeskhandError(
    platformErrors.postgresFailed,
    'Postgres does not run as root, and this machine has no user "postgres" and none could be created. Start Deskhand as a normal user.',
  );
}

async function findUser(name: string): Promise<Identity | null> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const fields = users
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.split(':');
  return fields === undefined ? null : { uid: Number(fields[2]), gid: Number(fields[3]) };
}
