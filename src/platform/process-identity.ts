import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Whether a process with this number runs now; also when it belongs to another user. One that ended but that nobody
 * asked about (a zombie, as in containers whose first process does not care) does not run.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the state follows the command's closing bracket.
    return status.charAt(status.lastIndexOf(')') + 2) === 'Z';
  } catch {
    return false; // /proc is hidden: the signal's answer counts
  }
}

/** Command line of a process, null where the system does not tell (Windows, or the process is gone). */
export async function commandOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    return readFile(`/proc/${pid}/cmdline`, 'utf8').then(
      (text) => text.replaceAll('\0', ' ').trim(),
      () => null,
    );
  }
  return askPs(pid, 'command=');
}

/**
 * When a process began, as an opaque text: with the number it names a process for good, because numbers are used
 * again. Null where the system does not tell.
 */
export async function startOf(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return askPs(pid, 'lstart=');
  try {
    const [status, boot] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile('/proc/sys/kernel/random/boot_id', 'utf8')]);
    // proc(5): field 22, counted after the command's closing bracket, which is the end of field 2.
    const ticks = status.slice(status.lastIndexOf(')') + 2).split(' ')[19];
    return `${boot.trim()}/${ticks}`;
  } catch {
    return null; // gone, or /proc is hidden
  }
}

async function askPs(pid: number, column: string): Promise<string | null> {
  if (process.platform === 'win32') return null;
  return run('ps', ['-o', column, '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim() || null,
    () => null,
  );
}
