import { flushCompileCache } from 'node:module';
import { asDeskhandError, exitStatusOf } from '#domain/errors';
import { runProgram } from '#interfaces';
import { findRunningInstance, readConfig, type Config } from '#platform';
import { healthChecks } from './health-checks.ts';
import { version } from './project-folder.ts';
import { readFiles } from './read-files.ts';

/** The entry of all commands: reads the environment once, and gives the rooms what they need. */
async function main(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  const { DESKHAND_URL: url, DESKHAND_EMAIL: email, DESKHAND_PASSWORD: password, NO_COLOR: noColor, ...settings } = environment;
  const config = readConfig(settings, { workingFolder: process.cwd() });
  return runProgram(args, {
    version,
    dataFolder: config.dataFolder,
    url: url ?? null,
    credentials: email === undefined || password === undefined ? null : { email, password },
    noColor: (noColor ?? '') !== '',
    start: () => runServer(config),
    init: async (input) => (await import('./init.ts')).init(config, input),
    rebuild: async (options) => (await import('./rebuild.ts')).rebuild(config, options),
    backup: {
      create: async (folder) => (await import('./backup.ts')).createBackup(config, folder),
      restore: async (folder, input) => (await import('./backup.ts')).restoreBackup(folder, input),
      drill: async (folder) => (await import('./backup-drill.ts')).drillBackup(config, folder),
    },
    moveEngine: async (input) => (await import('./migrate-engine.ts')).moveEngine(config, input),
    hasLanguageModel: config.languageModel !== null,
    readFiles: (files, onResult, isModelAsked) => readFiles(files, onResult, isModelAsked ? config : null),
    findServer: async () => (await findRunningInstance(config.dataFolder))?.url ?? null,
    checks: healthChecks(config),
  });
}

/** Serves until a signal says stop. @returns the exit status. */
async function runServer(config: Config): Promise<number> {
  const interrupt = new AbortController();
  const stopping = new Promise<void>((resolve) => {
    interrupt.signal.addEventListener('abort', () => resolve());
    // Kept after the first: npm and a terminal may both pass the same Ctrl-C on, and a second must not cut the stop short.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());
  });
  const startedAt = performance.now();
  // Loaded only here: `extract` and the other commands start without the server's code.
  const { serve } = await import('./serve.ts');
  const server = await serve(config, (line) => process.stdout.write(`  ${line}\n`), interrupt.signal);
  process.stdout.write(
    `\n  ${server.url === null ? `Deskhand works as ${config.roles.join(', ')}` : `Deskhand runs at ${server.url}`}   (${((performance.now() - startedAt) / 1000).toFixed(1)} s; Ctrl-C stops it)\n\n`,
  );
  // Now, because a process that is killed keeps nothing for the next start.
  flushCompileCache();
  await stopping;
  process.stdout.write('\n  Stopping …\n');
  await server.stop();
  // The engine leaves the timers of waiting workflows behind; they go on with the next start, not in this process.
  return process.exit(0);
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env);
} catch (thrown) {
  const error = asDeskhandError(thrown);
  process.stderr.write(
    `${error === null ? (thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)) : `${error.message} (${error.code})`}\n`,
  );
  process.exitCode = error === null ? 1 : exitStatusOf[error.kind];
}
