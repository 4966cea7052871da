import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { basename, relative, sep } from 'node:path';
import { watch, type FSWatcher } from 'chokidar';
import { DeskhandError } from '#domain/errors';
import type { IncomingMessage } from '#domain/messages';
import { connectorErrors } from '../errors.ts';
import { inMegabytes } from '../mail/gathering.ts';
import { setAsideMail } from '../mail/set-aside.ts';
import { splitMbox } from '../mail/split-mbox.ts';
import { defaultUnpackLimits } from '../mail/unpack-limits.ts';
import { pause, retryDelayMs, untilWelcome, type Deliver, type MayTake, type MessageSource, type ReportSource } from '../message-source.ts';

export interface FolderWatchOptions {
  /** Watched with all folders below it. Symbolic links are not followed: they could lead anywhere. */
  readonly folder: string;
  readonly report: ReportSource;
  /** Asked before each file; while it says no, files stay where they are, unread. @default always yes */
  readonly mayTake?: MayTake;
  /** A file counts as complete when its size has not changed for this long. @default 1000 milliseconds */
  readonly settleMs?: number;
  /** Look at the folder at intervals instead of waiting for the system's events; network drives need it. @default false */
  readonly usePolling?: boolean;
  /** Larger files are not read; a stand-in with the reason is delivered. @default 64 MiB */
  readonly maxFileBytes?: number;
  /** An mbox is split, so it may be larger than one message. @default 512 MiB */
  readonly maxMboxBytes?: number;
  /** Longest wait between two tries to deliver. @default 60000 milliseconds */
  readonly retryLimitMs?: number;
}

/**
 * Watches a folder. Files are read once they are completely written and stay where they are; after a restart all are
 * delivered again, and the store knows those it has (`externalId` is path and SHA-256). `.eml` and `.mbox` are mail.
 *
 * @throws DH_CONNECTORS_FOLDER_UNREADABLE from `start` when the folder is missing or can't be read.
 */
export function createFolderWatch(options: FolderWatchOptions): MessageSource {
  let stopper = new AbortController();
  let watcher: FSWatcher | null = null;
  let running: Promise<void> = Promise.resolve();
  return {
    async start(deliver) {
      await checkFolder(options.folder);
      stopper = new AbortController();
      const queue = createQueue();
      watcher = openWatcher(options, queue);
      running = work({ options, deliver, queue, signal: stopper.signal });
    },
    async stop() {
      stopper.abort();
      await watcher?.close();
      await running;
    },
  };
}

async function checkFolder(folder: string): Promise<void> {
  try {
    await readdir(folder);
  } catch (cause) {
    throw folderError(folder, cause);
  }
}

function openWatcher(options: FolderWatchOptions, queue: Queue): FSWatcher {
  const watcher = watch(options.folder, {
    followSymlinks: false,
    usePolling: options.usePolling ?? false,
    ignored: (path) => path !== options.folder && isUnfinished(basename(path)),
  });
  watcher.on('add', (path) => queue.add(path));
  watcher.on('change', (path) => queue.add(path));
  watcher.on('ready', () => options.report({ kind: 'connected' }));
  watcher.on('error', (cause) => options.report({ kind: 'trouble', error: folderError(options.folder, cause), retryInMs: 0 }));
  return watcher;
}

/** Hidden files, and what browsers, scanners and Office call a file that is still being written or edited. */
function isUnfinished(name: string): boolean {
  return name.startsWith('.') || name.startsWith('~$') || /\.(part|partial|crdownload|download|tmp|filepart)$/i.test(name);
}

interface Waiting {
  readonly attempt: number;
  /** Size and time of change when last looked at; null when it has not been looked at since the last event. */
  readonly state: string | null;
  readonly dueAt: number;
}

/** Files to deliver, by path; a path is there once however often it changes. */
interface Queue {
  add(path: string, after?: Omit<Waiting, 'dueAt'> & { readonly delayMs: number }): void;
  take(): (Waiting & { readonly path: string }) | null;
  /** Until the next file is due or something is added. */
  wait(signal: AbortSignal): Promise<void>;
}

function createQueue(): Queue {
  const waiting = new Map<string, Waiting>();
  let wake = new AbortController();
  return {
    add(path, after = { attempt: 0, state: null, delayMs: 0 }) {
      waiting.set(path, { attempt: after.attempt, state: after.state, dueAt: Date.now() + after.delayMs });
      wake.abort();
    },
    take() {
      const now = Date.now();
      for (const [path, entry] of waiting) {
        if (entry.dueAt > now) continue;
        waiting.delete(path);
        return { ...entry, path };
      }
      return null;
    },
    async wait(signal) {
      wake = new AbortController();
      const nextDueAt = Math.min(...[...waiting.values()].map((entry) => entry.dueAt));
      // A timer holds at most 2^31 ms; a minute is as good, the queue is looked at again then.
      const ms = Math.max(0, Math.min(nextDueAt - Date.now(), 60_000));
      await pause(ms, AbortSignal.any([signal, wake.signal]));
    },
  };
}

interface Worker {
  readonly options: FolderWatchOptions;
  readonly deliver: Deliver;
  readonly queue: Queue;
  readonly signal: AbortSignal;
}

async function work(worker: Worker): Promise<void> {
  const { options, queue, signal } = worker;
  while (!signal.aborted) {
    const next = queue.take();
    if (next === null) {
      await queue.wait(signal);
      continue;
    }
    try {
      await handOver(next, worker);
    } catch (cause) {
      const retryInMs = retryDelayMs(next.attempt + 1, options.retryLimitMs ?? 60_000);
      options.report({ kind: 'trouble', error: deliveryError(next.path, cause), retryInMs });
      queue.add(next.path, { attempt: next.attempt + 1, state: null, delayMs: retryInMs });
    }
  }
}

async function handOver(next: Waiting & { readonly path: string }, worker: Worker): Promise<void> {
  const { options, queue } = worker;
  const { path } = next;
  await untilWelcome(options.mayTake ?? always, options.report, worker.signal);
  if (worker.signal.aborted) return;
  const facts = await lstat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw cause;
  });
  if (facts === null || !facts.isFile()) return;
  if (!isSettled(facts, next.state)) {
    queue.add(path, { attempt: next.attempt, state: stateOf(facts), delayMs: options.settleMs ?? 1000 });
    return;
  }
  const name = relative(options.folder, path).split(sep).join('/');
  const isMbox = /\.(mbox|mbx)$/i.test(path);
  const limitBytes = isMbox ? (options.maxMboxBytes ?? 512 * 1024 * 1024) : (options.maxFileBytes ?? defaultUnpackLimits.messageBytes);
  if (facts.size > limitBytes) {
    const reason = `The file "${name}" has ${inMegabytes(facts.size)}; more than ${inMegabytes(limitBytes)} is not read. Split it and put the parts into the folder.`;
    const externalId = `${name}#${facts.size}-${Math.round(facts.mtimeMs)}`;
    options.report({ kind: 'set-aside', externalId, reason });
    return give(
      { externalId, kind: 'mail', fileName: basename(path), bytes: setAsideMail(reason, null, name), receivedAt: facts.mtime },
      worker,
    );
  }
  const bytes = await readWhole(path, facts.size);
  // It began to grow again while it was read.
  if (bytes === null) return queue.add(path);
  const base = { fileName: basename(path), receivedAt: facts.mtime };
  if (!isMbox)
    return give({ ...base, externalId: `${name}#${sha256(bytes)}`, kind: /\.eml$/i.test(path) ? 'mail' : 'file', bytes }, worker);
  for await (const message of splitMbox(bytes)) {
    await untilWelcome(options.mayTake ?? always, options.report, worker.signal);
    if (worker.signal.aborted) return;
    await give({ ...base, externalId: `${name}#${sha256(message)}`, kind: 'mail', bytes: message }, worker);
  }
}

function always(): Promise<boolean> {
  return Promise.resolve(true);
}

/** Looked at twice with the same result, or untouched for a minute (all of an old folder at start). */
function isSettled(facts: Stats, stateBefore: string | null): boolean {
  const ageMs = Date.now() - facts.mtimeMs;
  return stateOf(facts) === stateBefore || ageMs > 60_000;
}

function stateOf(facts: Stats): string {
  return `${facts.size} ${facts.mtimeMs}`;
}

async function give(message: IncomingMessage, worker: Worker): Promise<void> {
  await worker.deliver(message);
  worker.options.report({ kind: 'delivered', externalId: message.externalId });
}

/** Null when the file grew or shrank while it was read. */
async function readWhole(path: string, sizeBytes: number): Promise<Uint8Array | null> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(sizeBytes);
    let at = 0;
    while (at < sizeBytes) {
      const { bytesRead } = await file.read(bytes, at, sizeBytes - at, at);
      if (bytesRead === 0) return null;
      at += bytesRead;
    }
    const after = await file.stat();
    return after.size === sizeBytes ? bytes : null;
  } finally {
    await file.close();
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function deliveryError(path: string, cause: unknown): DeskhandError {
  const message = `The file "${basename(path)}" could not be read or stored. It stays in the folder and is tried again.`;
  return new DeskhandError(connectorErrors.deliveryFailed, message, { cause, details: { path } });
}

function folderError(folder: string, cause: unknown): DeskhandError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  const message = `The folder "${folder}" can't be watched (${code}). Check that it exists and may be read.`;
  return new DeskhandError(connectorErrors.folderUnreadable, message, { cause, details: { folder, code } });
}
