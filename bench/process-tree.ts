import { readFileSync, readdirSync } from 'node:fs';

/** Memory of one moment and the highest seen so far. */
export interface MemoryWatch {
  /** What the tree holds now, in bytes; null where the system does not tell. */
  now(): number | null;
  peak(): number | null;
  stop(): void;
}

/**
 * Watches the memory of processes with all their descendants, four times a second. A page that several processes share
 * is counted once (PSS, proc(5) smaps_rollup), because Postgres' processes share most of theirs.
 *
 * @param roots - asked at each look: a database server is nobody's child and appears later.
 */
export function watchMemory(roots: () => readonly number[]): MemoryWatch {
  let highest: number | null = null;
  const look = (): number | null => {
    const bytes = treeMemory(roots());
    if (bytes !== null && bytes > (highest ?? 0)) highest = bytes;
    return bytes;
  };
  const timer = setInterval(look, 250);
  return { now: look, peak: () => highest, stop: () => clearInterval(timer) };
}

function treeMemory(roots: readonly number[]): number | null {
  if (process.platform !== 'linux') return null;
  return treeOf(roots).reduce((sum, pid) => sum + memoryOf(pid), 0);
}

function treeOf(roots: readonly number[]): readonly number[] {
  const found = new Set(roots);
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)]),
  );
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.add(child);
  return [...found];
}

function parentOf(pid: string): number {
  const status = readProc(`/proc/${pid}/stat`);
  // The command stands in brackets and may hold any character, so fields are counted from the last bracket.
  return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
}

function memoryOf(pid: number): number {
  const shared = /^Pss:\s+(\d+) kB/m.exec(readProc(`/proc/${pid}/smaps_rollup`))?.[1];
  const resident = shared ?? /^VmRSS:\s+(\d+) kB/m.exec(readProc(`/proc/${pid}/status`))?.[1];
  return Number(resident ?? 0) * 1024;
}

/** Empty when the process has gone meanwhile or is not ours to look into. */
function readProc(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
