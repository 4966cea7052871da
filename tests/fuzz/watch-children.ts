import { readdirSync, readFileSync } from 'node:fs';

/** What this process and its children used. */
interface Usage {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

/** proc(5): times are told in ticks of a hundredth of a second. */
const ticksPerSecond = 100;

/** Watches the memory of each child, four times a second; CPU time counts once children have ended. Zero where /proc is missing. */
export function watchChildren(): { stop(): Usage } {
  const before = cpuSeconds();
  let peakKilobytes = 0;
  const timer = setInterval(() => {
    for (const child of children()) {
      const resident = Number(/^VmRSS:\s+(\d+) kB/m.exec(readProc(`/proc/${child}/status`))?.[1] ?? 0);
      peakKilobytes = Math.max(peakKilobytes, resident);
    }
  }, 250);
  return {
    stop() {
      clearInterval(timer);
      return { cpuSeconds: cpuSeconds() - before, peakMegabytes: Math.round(peakKilobytes / 1024) };
    },
  };
}

/** Own time and that of children that have ended (utime, stime, cutime, cstime). */
function cpuSeconds(): number {
  const stat = readProc('/proc/self/stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
}

function children(): readonly string[] {
  try {
    return readdirSync('/proc/self/task').flatMap((task) => readProc(`/proc/self/task/${task}/children`).split(' ').filter(Boolean));
  } catch {
    return []; // Not Linux.
  }
}

/** Empty when the process has gone meanwhile. */
function readProc(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
