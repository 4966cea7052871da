import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether a process has this number now; also when it belongs to another user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
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
