import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const peersFolder = process.env['DESKHAND_PEERS'] ?? fileURLToPath(new URL('../../.cache/peers', import.meta.url));

/** A program of a Python peer that `scripts/peers.sh` installed, or null with the reason why it is not there. */
export function pythonPeer(peer: string, program: string): { readonly file: string } | { readonly missing: string } {
  const file = path.join(peersFolder, `venv-${peer}`, 'bin', program);
  return existsSync(file) && spawnSync(file, ['--help']).status === 0
    ? { file }
    : { missing: `${peer} is not installed; run scripts/peers.sh ${peer}` };
}

/** Starts a server and waits until its address answers, whatever it answers. */
export async function startPeer(file: string, args: readonly string[], url: string): Promise<{ stop(): Promise<void> }> {
  const child: ChildProcess = spawn(file, args, { stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  };
  for (let tries = 0; tries < 300 && child.exitCode === null; tries += 1) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return { stop };
    await new Promise((resume) => setTimeout(resume, 100));
  }
  await stop();
  throw new Error(`${file} did not come up at ${url}.`);
}
