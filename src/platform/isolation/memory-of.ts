import { readFile } from 'node:fs/promises';

/**
 * Resident memory of a process in bytes, WebAssembly and native libraries included; null where the system does not tell
 * (then only V8's own heap is limited) or the process is gone.
 */
export async function memoryOf(pid: number): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
