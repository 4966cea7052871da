import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { exitStatus, type CliContext, type ExitStatus, type HealthCheck } from './cli-context.ts';
import { paint, table } from './terminal.ts';

const oldestNode = 22;
// A first start writes about 0.1 GB of database; blobs and write-ahead log need room to grow.
const enoughBytes = 1024 ** 3;

/** Looks at the installation and says what to do. The server need not run. */
export async function doctor(context: CliContext, options: { readonly json?: boolean }): Promise<ExitStatus> {
  const { handlers, terminal } = context;
  const checks = [nodeVersion(), dataFolder(handlers.dataFolder), diskSpace(handlers.dataFolder), ...(handlers.checks ?? [])];
  const findings = [];
  for (const check of checks) findings.push({ name: check.name, ...(await runSafely(check)) });
  const isBroken = findings.some((finding) => finding.state === 'broken');
  if (options.json === true) terminal.write(`${JSON.stringify({ isHealthy: !isBroken, findings }, null, 2)}\n`);
  else {
    const marks = { ok: paint(terminal, 'green', '✓'), warning: paint(terminal, 'yellow', '!'), broken: paint(terminal, 'red', '✗') };
    terminal.write(
      table(
        findings.flatMap(({ name, state, message, advice }) => [
          [marks[state], name, message],
          ...(advice === undefined ? [] : [['', '', `→ ${advice}`]]),
        ]),
      ),
    );
  }
  return isBroken ? exitStatus.failed : exitStatus.ok;
}

async function runSafely(check: HealthCheck): ReturnType<HealthCheck['run']> {
  try {
    return await check.run();
  } catch (thrown) {
    return { state: 'broken', message: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

function nodeVersion(): HealthCheck {
  return {
    name: 'Node.js',
    run: () => {
      const isNew = Number(process.versions.node.split('.')[0]) >= oldestNode;
      return Promise.resolve(
        isNew
          ? { state: 'ok', message: `${process.versions.node} on ${process.platform} ${process.arch}` }
          : {
              state: 'broken',
              message: `${process.versions.node} is too old`,
              advice: 'Run through "npm start", which brings Node 24 along.',
            },
      );
    },
  };
}

function dataFolder(folder: string): HealthCheck {
  return {
    name: 'Data folder',
    async run() {
      try {
        await mkdir(folder, { recursive: true });
        await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
        return { state: 'ok', message: folder };
      } catch {
        return {
          state: 'broken',
          message: `${folder} cannot be written`,
          advice: 'Give this user the folder, or name another with DESKHAND_DATA_DIR.',
        };
      }
    },
  };
}

function diskSpace(folder: string): HealthCheck {
  return {
    name: 'Disk space',
    async run() {
      const { bavail, bsize } = await statfs(folder);
      const free = bavail * bsize;
      const message = `${(free / 1024 ** 3).toFixed(1)} GiB free`;
      return free >= enoughBytes
        ? { state: 'ok', message }
        : { state: 'warning', message, advice: 'Make room: a full disk stops the database.' };
    },
  };
}
