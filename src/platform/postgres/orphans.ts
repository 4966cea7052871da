import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log.ts';
import { commandOf, isAlive } from '../process-identity.ts';
import type { PostgresHome } from './postgres-home.ts';
import { runTool } from './run-tool.ts';

/**
 * Deals with what an earlier, killed Deskhand left: a server that lives on is stopped (its work is in the log and
 * survives), a lock file of a dead one, or of a process that merely has its number now, is removed.
 */
export async function clearOrphan(home: PostgresHome, log: Log): Promise<void> {
  const lockFile = path.join(home.folder, 'postmaster.pid');
  const pid = Number((await readFile(lockFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) {
    await rm(lockFile, { force: true });
    return;
  }
  if (isAlive(pid) && (await isOurServer(pid, home))) {
    log.warn({ event: 'postgres.orphan-stopped', pid }, 'stopping a database server that an earlier run left behind');
    await stopOrphan(home, pid);
    return;
  }
  log.info({ event: 'postgres.stale-lock-removed', pid }, 'removing the lock of a database server that is gone');
  await rm(lockFile, { force: true });
}

/** The number may have been given to another process since; its command line tells. */
export async function isOurServer(pid: number, home: PostgresHome): Promise<boolean> {
  const command = await commandOf(pid);
  // Without a way to ask (Windows), trust the lock file: pg_ctl checks again before it signals.
  return command === null || (command.includes('postgres') && command.includes(home.folder));
}

async function stopOrphan(home: PostgresHome, pid: number): Promise<void> {
  const stop = async (mode: string): Promise<void> => {
    try {
      await runTool(home, 'pg_ctl', ['stop', '-D', home.folder, '-m', mode, '-w', '-t', '15']);
    } catch (thrown) {
      // It may have died by itself in between, of the same power cut that brings us here.
      if (isAlive(pid) && (await isOurServer(pid, home))) throw thrown;
      await rm(path.join(home.folder, 'postmaster.pid'), { force: true });
    }
  };
  try {
    await stop('fast');
  } catch {
    // A backend that does not end within 15 s is cut off; crash recovery at start brings back what was committed.
    await stop('immediate');
  }
}
