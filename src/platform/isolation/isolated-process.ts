import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { asDeskhandError, DeskhandError } from '#domain/errors';
import { platformErrors } from '../errors.ts';
import { memoryOf } from './memory-of.ts';
import { type ReadyNotice, siblingModule, type TaskFailure, type TaskRequest, type TaskResponse } from './protocol.ts';

export interface IsolatedProcessOptions {
  readonly entry: URL;
  readonly memoryLimitBytes: number;
}

/** One child process; it works on one task at a time. After a failure that ended it, it is not used again. */
export interface IsolatedProcess {
  readonly isAlive: boolean;
  readonly tasksDone: number;
  run(task: string, input: unknown, timeoutMs: number): Promise<unknown>;
  /** Resident bytes, null where unknown. */
  memory(): Promise<number | null>;
  stop(): Promise<void>;
}

/** Short enough that a bomb gains no more than some hundred megabytes between two looks. */
const memoryPollMs = 50;
/** JavaScript objects of a document stay small; pixels, models and WebAssembly lie outside V8's heap. */
const heapShare = 0.5;
/** Enough to find V8's last words. */
const stderrTailCharacters = 4_096;

type Ending = 'timed-out' | 'out-of-memory' | 'crashed' | 'closed' | 'broken';

interface Pending {
  readonly request: TaskRequest;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: DeskhandError) => void;
}

/** Starts a child without environment: a hostile file that takes it over finds no secret there. */
export function startIsolatedProcess(options: IsolatedProcessOptions): IsolatedProcess {
  const child = forkChild(options);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  let pending: Pending | null = null;
  let ending: Ending | null = null;
  let stderr = '';
  let nextId = 1;
  let tasksDone = 0;
  let isAlive = true;
  let isReady = false;

  const kill = (reason: Ending): void => {
    ending ??= reason;
    isAlive = false;
    child.kill('SIGKILL');
  };
  const fail = (code: number | null, signal: NodeJS.Signals | null): void => {
    isAlive = false;
    const reason = ending ?? (isReady ? (isHeapExhausted(stderr, code, signal) ? 'out-of-memory' : 'crashed') : 'broken');
    // Before it was ready the child had seen no document, so its last words hold no text of one.
    const cause = isReady ? undefined : stderr.trim();
    pending?.reject(toError(reason, pending.request.task, { exitCode: code, signal }, cause));
    pending = null;
  };
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-stderrTailCharacters)));
  child.on('exit', fail);
  child.on('error', () => fail(null, null));
  child.on('message', (response: TaskResponse | ReadyNotice) => {
    isReady = true;
    if (response.outcome === 'ready') return;
    const answered = pending;
    if (answered === null || answered.request.id !== response.id) return;
    pending = null;
    tasksDone += 1;
    if (response.outcome === 'done') return answered.resolve(response.value);
    // What failed without a name may have stopped native code or WebAssembly halfway: nothing else is read with it.
    if (asDeskhandError(response.failure) === null) kill('crashed');
    answered.reject(toTaskError(answered.request.task, response.failure));
  });

  return {
    get isAlive() {
      return isAlive;
    },
    get tasksDone() {
      return tasksDone;
    },
    async run(task, input, timeoutMs) {
      const timer = setTimeout(() => kill('timed-out'), timeoutMs);
      const memoryWatch = setInterval(() => {
        void memoryOf(child.pid ?? 0).then((bytes) => {
          if (pending !== null && bytes !== null && bytes > options.memoryLimitBytes) kill('out-of-memory');
        });
      }, memoryPollMs);
      try {
        return await new Promise<unknown>((resolve, reject) => {
          const request: TaskRequest = { id: nextId++, task, input };
          pending = { request, resolve, reject };
          if (!isAlive) return fail(child.exitCode, child.signalCode);
          // A closed channel is followed by `exit`, which answers the task.
          child.send(request, () => undefined);
        });
      } finally {
        clearTimeout(timer);
        clearInterval(memoryWatch);
      }
    },
    memory: () => memoryOf(child.pid ?? 0),
    async stop() {
      kill('closed');
      await ended;
    },
  };
}

function forkChild({ entry, memoryLimitBytes }: IsolatedProcessOptions): ChildProcess {
  const heapMegabytes = Math.max(64, Math.floor((memoryLimitBytes * heapShare) / 1024 / 1024));
  const compiledCode = getCompileCacheDir();
  const conditions = import.meta.url.endsWith('.ts') ? ['--conditions=source'] : [];
  const child = fork(siblingModule('child-main'), [entry.href], {
    execArgv: [...conditions, `--max-old-space-size=${heapMegabytes}`],
    // Nothing of ours but where compiled code is kept: Node adds a folder of its version to what it is given.
    env: compiledCode === undefined ? {} : { NODE_COMPILE_CACHE: path.dirname(compiledCode) },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  // Reading is never as urgent as answering people.
  if (child.pid !== undefined) lowerPriority(child.pid);
  return child;
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A courtesy only: some containers forbid it, and the child may be gone already.
  }
}

/** V8 says so and aborts: SIGABRT, or exit status 134 behind a shell. */
function isHeapExhausted(stderr: string, code: number | null, signal: NodeJS.Signals | null): boolean {
  return (
    /heap out of memory|Out of memory|Zone Allocation failed|allocation failed/i.test(stderr) &&
    (signal === 'SIGABRT' || signal === 'SIGTRAP' || code !== 0)
  );
}

const endings = {
  'timed-out': [platformErrors.isolatedTimedOut, 'took longer than it may and was stopped. Try a simpler file.'],
  'out-of-memory': [platformErrors.isolatedOutOfMemory, 'needed more memory than it may and was stopped. Try a smaller file.'],
  crashed: [platformErrors.isolatedCrashed, 'ended its process. Others were not affected; look at what it was given.'],
  broken: [platformErrors.isolatedBroken, 'could not start its process. Run `npm run -s deskhand -- doctor`; the cause is in the log.'],
  closed: [platformErrors.isolatedClosed, 'was not finished because Deskhand is stopping. It starts again with the next start.'],
} as const;

function toError(reason: Ending, task: string, details: Readonly<Record<string, unknown>>, cause?: string): DeskhandError {
  const [definition, message] = endings[reason];
  return new DeskhandError(definition, `The isolated task "${task}" ${message}`, { cause, details: { task, ...details } });
}

/** A named error of the task passes through; anything else is a defect of the task, without its text. */
function toTaskError(task: string, failure: TaskFailure): DeskhandError {
  return asDeskhandError(failure) ?? toError('crashed', task, { errorName: failure.name });
}
