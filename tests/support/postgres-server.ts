import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { createLog, isAlive, migrate, startPostgres } from '#platform';

declare module 'vitest' {
  interface ProvidedContext {
    /** Owner's URL of the migrated template database. */
    readonly postgresUrl: string;
  }
}

/** Any text does for tests; the roles' passwords come from it. */
export const testSecret = 'a secret that only tests know, of some length';

const prefix = 'deskhand-test-';

/** Vitest's global set-up: one real server for all test files of a run, its database migrated once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const folder = await mkdtemp(path.join(os.tmpdir(), `${prefix}${process.pid}-`));
  // The server runs as another user when we are root, and mkdtemp closes its folder to all others.
  await chmod(folder, 0o711);
  const server = await startPostgres(folder, createLog({ level: 'warn' }));
  await migrate(server.url, path.resolve(import.meta.dirname, '../../migrations'), testSecret);
  project.provide('postgresUrl', server.url);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** A killed run leaves its server and folder; the number in the folder's name says whose it was. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(os.tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = path.join(os.tmpdir(), name);
    // Starting it is how we stop it: what still runs is found, and ends in order.
    const server = await startPostgres(folder, createLog({ level: 'error' })).catch(() => null);
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
