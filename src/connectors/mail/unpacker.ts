import { asDeskhandError } from '#domain/errors';
import type { IncomingMessage, UnpackedMessage, UnpackProblem } from '#domain/messages';
import type { Unpacker } from '#domain/ports';
import { createIsolatedPool, type IsolatedPool } from '#platform';
import { displayName } from './gathering.ts';

export interface UnpackerOptions {
  /** Messages opened at the same time. @default 1 */
  readonly processes?: number;
  /** For one message; the slowest of our corpora takes 0.1 s, a message at all limits 5 s. @default 60000 milliseconds */
  readonly timeoutMs?: number;
  /** Of one process. @default 1 GiB: three copies of the 128 MiB that a message may unpack to, and the parser. */
  readonly memoryLimitBytes?: number;
  /** Module with the tasks; another one only in tests of what happens when it fails. @internal */
  readonly entry?: URL;
}

/**
 * Opens messages in processes of their own, so that a hostile one can't stall or end the server. Time-out, exhausted
 * memory and a crash become a problem of that message; sender and subject are still read where that is possible.
 *
 * @throws DH_PLATFORM_ISOLATED_CLOSED from `unpack` after `close`: the message was not judged and is to be tried again.
 */
export function createUnpacker(options: UnpackerOptions = {}): Unpacker & { close(): Promise<void> } {
  const pool = createIsolatedPool({
    entry: options.entry ?? new URL(`./unpack-tasks${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
    processes: options.processes ?? 1,
    timeoutMs: options.timeoutMs ?? 60_000,
    memoryLimitBytes: options.memoryLimitBytes ?? 1024 * 1024 * 1024,
  });
  return {
    unpack: (message) => unpackApart(pool, message),
    close: () => pool.close(),
  };
}

async function unpackApart(pool: IsolatedPool, message: IncomingMessage): Promise<UnpackedMessage> {
  try {
    return await pool.run<UnpackedMessage>('unpack', message);
  } catch (cause) {
    const problem = problemOf(cause, displayName(message.fileName, 'unnamed'));
    if (problem === null) throw cause;
    return { ...(await readHeadOnly(pool, message)), problems: [problem] };
  }
}

/** Who sent it and about what, from the first lines alone, so that the task for a person is not nameless. */
async function readHeadOnly(pool: IsolatedPool, message: IncomingMessage): Promise<UnpackedMessage> {
  const nothing = {
    subject: null,
    sender: { name: null, address: null },
    messageId: null,
    sentAt: null,
    text: '',
    calendars: [],
    parts: [],
    problems: [],
  };
  if (message.kind !== 'mail') return nothing;
  const head =
    Buffer.from(message.bytes.subarray(0, 64 * 1024))
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0] ?? '';
  // Without its structure lines the head is a mail without a body; whatever broke the parser was most likely in there.
  const lines = head.split(/\r?\n(?![ \t])/).filter((line) => /^(from|sender|subject|date|message-id):/i.test(line));
  try {
    const bytes = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
    return await pool.run<UnpackedMessage>('unpack', { ...message, bytes }, { timeoutMs: 5_000 });
  } catch (cause) {
    if (problemOf(cause, '') === null) throw cause;
    return nothing;
  }
}

/** Null for what says nothing about the message: the pool was closed. */
function problemOf(cause: unknown, fileName: string): UnpackProblem | null {
  switch (asDeskhandError(cause)?.code ?? '') {
    case 'DH_PLATFORM_ISOLATED_TIMED_OUT':
      return {
        code: 'timed-out',
        message: `"${fileName}" took too long to open and was given up. Open it yourself and drop its documents here.`,
        fileName,
      };
    case 'DH_PLATFORM_ISOLATED_OUT_OF_MEMORY':
      return {
        code: 'out-of-memory',
        message: `"${fileName}" needs more memory to open than allowed. Open it yourself and drop its documents here.`,
        fileName,
      };
    case 'DH_PLATFORM_ISOLATED_CRASHED':
      return {
        code: 'unpacker-crashed',
        message: `"${fileName}" is built so that opening it fails. Ask the sender for the documents themselves.`,
        fileName,
      };
    default:
      return null;
  }
}
