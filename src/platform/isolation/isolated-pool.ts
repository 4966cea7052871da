import { DeskhandError } from '#domain/errors';
import { platformErrors } from '../errors.ts';
import { type IsolatedProcess, startIsolatedProcess } from './isolated-process.ts';

export interface IsolatedPoolOptions {
  /** Module that exports `tasks`, a record of functions; it runs in the children only. */
  readonly entry: URL;
  /** Children at most; they are started when there is work. */
  readonly processes: number;
  /** From the moment a child takes the task. */
  readonly timeoutMs: number;
  /** Resident memory of one child while it works. Enforced on Linux; elsewhere only V8's heap is limited. */
  readonly memoryLimitBytes: number;
  /** A child without work for this long is stopped, so that an idle office costs no memory. @default 60_000 */
  readonly idleMs?: number;
  /** A child is replaced after this many tasks, because native libraries leak. @default 500 */
  readonly tasksPerProcess?: number;
}

/** Runs tasks in processes of their own. A task that hangs, grows or crashes costs nobody but itself. */
export interface IsolatedPool {
  /**
   * @param task - a key of the entry module's `tasks`.
   * @param input - must survive structured clone; bytes are copied.
   * @throws DH_PLATFORM_ISOLATED_TIMED_OUT, DH_PLATFORM_ISOLATED_OUT_OF_MEMORY, DH_PLATFORM_ISOLATED_CRASHED,
   * DH_PLATFORM_ISOLATED_CLOSED, DH_PLATFORM_ISOLATED_BROKEN when the child cannot load its own code, or the named error that the task itself threw.
   */
  run<Output>(task: string, input: unknown, options?: { readonly timeoutMs?: number }): Promise<Output>;
  /** Stops all children; tasks under way or waiting are rejected. */
  close(): Promise<void>;
}

/**
 * A child that keeps more than this share of its limit after a task is replaced: WebAssembly never gives memory back, and
 * the next task would find too little left.
 */
const swollenShare = 0.6;

interface Waiting {
  readonly start: (worker: IsolatedProcess) => void;
  readonly reject: (error: DeskhandError) => void;
}

/**
 * Creates a pool. Nothing is started until the first task.
 *
 * Own code on `child_process`, because the libraries (workerpool among them) hide the child's process id: then neither
 * its memory can be watched nor a child in native code be killed for certain.
 */
export function createIsolatedPool(options: IsolatedPoolOptions): IsolatedPool {
  const { idleMs = 60_000, tasksPerProcess = 500 } = options;
  const idle: Array<{ readonly worker: IsolatedProcess; readonly timer: NodeJS.Timeout }> = [];
  const busy = new Set<IsolatedProcess>();
  const waiting: Waiting[] = [];
  let isClosed = false;

  const rest = async (worker: IsolatedProcess): Promise<void> => {
    const isSwollen = ((await worker.memory()) ?? 0) > options.memoryLimitBytes * swollenShare;
    busy.delete(worker);
    if (isClosed || !worker.isAlive || worker.tasksDone >= tasksPerProcess || isSwollen) void worker.stop();
    else {
      const timer = setTimeout(() => {
        idle.splice(
          idle.findIndex((entry) => entry.worker === worker),
          1,
        );
        void worker.stop();
      }, idleMs);
      timer.unref();
      idle.push({ worker, timer });
    }
    serveNext();
  };
  const takeIdle = (): IsolatedProcess | undefined => {
    for (let entry = idle.pop(); entry !== undefined; entry = idle.pop()) {
      clearTimeout(entry.timer);
      if (entry.worker.isAlive) return entry.worker;
    }
    return undefined;
  };
  const serveNext = (): void => {
    if (isClosed || waiting.length === 0 || busy.size >= options.processes) return;
    const worker = takeIdle() ?? startIsolatedProcess(options);
    busy.add(worker);
    waiting.shift()?.start(worker);
  };

  return {
    async run<Output>(task: string, input: unknown, { timeoutMs = options.timeoutMs }: { readonly timeoutMs?: number } = {}) {
      if (isClosed) throw closedError(task);
      const worker = await new Promise<IsolatedProcess>((start, reject) => {
        waiting.push({ start, reject: () => reject(closedError(task)) });
        serveNext();
      });
      try {
        return (await worker.run(task, input, timeoutMs)) as Output;
      } finally {
        void rest(worker);
      }
    },
    async close() {
      isClosed = true;
      for (const entry of waiting.splice(0)) entry.reject(closedError('waiting'));
      for (const entry of idle) clearTimeout(entry.timer);
      await Promise.all([...idle.splice(0).map((entry) => entry.worker.stop()), ...[...busy].map((worker) => worker.stop())]);
    },
  };
}

function closedError(task: string): DeskhandError {
  return new DeskhandError(platformErrors.isolatedClosed, `The isolated task "${task}" was not started because Deskhand is stopping.`, {
    details: { task },
  });
}
