import { spawn } from 'node:child_process';
import path from 'node:path';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from '../errors.ts';
import type { PostgresHome } from './postgres-home.ts';

// What a tool says on failure; more would only hide the reason.
const outputLimit = 4000;

/** Runs one of Postgres' tools as the user that may. @throws DH_PLATFORM_POSTGRES_FAILED with what the tool said. */
export async function runTool(home: PostgresHome, tool: 'initdb' | 'pg_ctl' | 'postgres', args: readonly string[]): Promise<void> {
  const file = path.join(home.binaries, 'bin', process.platform === 'win32' ? `${tool}.exe` : tool);
  // A server started by pg_ctl inherits its pipes and would keep them open, so pg_ctl gets none; its log file tells more.
  const isServer = tool === 'pg_ctl';
  const { exitCode, output } = await new Promise<{ exitCode: number | null; output: string }>((resolve, reject) => {
    let said = '';
    const child = spawn(file, args, {
      stdio: isServer ? 'ignore' : ['ignore', 'pipe', 'pipe'],
      cwd: home.folder,
      env: home.environment,
      windowsHide: true,
      // Away from the terminal's process group: Ctrl-C must reach us first, so that the database stops last.
      detached: process.platform !== 'win32',
      ...home.identity,
    });
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code, output: said.slice(-outputLimit) }));
  });
  if (exitCode !== 0) {
    throw new DeskhandError(platformErrors.postgresFailed, `Postgres' ${tool} ended with status ${exitCode}. ${output}`.trimEnd(), {
      details: { tool, exitCode },
    });
  }
}
