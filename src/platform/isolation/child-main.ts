/** First module of every isolated process: loads the pool's entry module and serves its tasks one by one. */
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { Worker } from 'node:worker_threads';
import { type IsolatedTasks, type ReadyNotice, siblingModule, type TaskFailure, type TaskRequest, type TaskResponse } from './protocol.ts';

// Two ways out when the parent is gone, because a parent that was killed cannot say goodbye: the closed channel ends an
// idle child at once, and the watching thread ends a child whose main thread is deep in a hostile file.
process.on('disconnect', () => process.exit(0));
// The thread is awaited: a main thread that is already busy could keep it from starting.
const watch = new Worker(siblingModule('parent-watch'), { execArgv: [], workerData: process.ppid });
await once(watch, 'online');
watch.unref();

const { tasks } = (await import(process.argv[2] ?? '')) as { readonly tasks: IsolatedTasks };

process.send?.({ outcome: 'ready' } satisfies ReadyNotice);
// A child is ended by a signal, which would lose it.
flushCompileCache();
process.on('message', (request: TaskRequest) => {
  void answer(request).then((response) => process.send?.(response));
});

async function answer({ id, task, input }: TaskRequest): Promise<TaskResponse> {
  try {
    const run = tasks[task];
    if (run === undefined) return { id, outcome: 'failed', failure: { name: 'UnknownTask', message: `No task is named ${task}.` } };
    return { id, outcome: 'done', value: await run(input as never) };
  } catch (thrown) {
    return { id, outcome: 'failed', failure: toFailure(thrown) };
  }
}

function toFailure(thrown: unknown): TaskFailure {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) };
  const { name, message, code, kind, retryable, details } = thrown as Error & Partial<TaskFailure>;
  return JSON.parse(JSON.stringify({ name, message, code, kind, retryable, details })) as TaskFailure;
}
