import type { ImapFlow } from 'imapflow';
import { asDeskhandError, DeskhandError } from '#domain/errors';
import type { IncomingMessage } from '#domain/messages';
import { isRefusal, type OutsideSystem } from '#platform';
import { connectorErrors } from '../errors.ts';
import { pause, retryDelayMs, untilWelcome, type Deliver, type MayTake, type MessageSource, type ReportSource } from '../message-source.ts';
import { inMegabytes } from './gathering.ts';
import { mailboxError, openMailbox, whileServerSpeaks, type ImapAccount } from './imap-session.ts';
import { listenForNews } from './mailbox-news.ts';
import { setAsideMail } from './set-aside.ts';
import { defaultUnpackLimits } from './unpack-limits.ts';

/** Up to where a mailbox was read. UIDs are valid for one UIDVALIDITY only (RFC 9051 §2.3.1.1). */
export interface MailboxCursor {
  readonly uidValidity: string;
  readonly lastUid: number;
}

export interface ImapSourceOptions {
  readonly account: ImapAccount;
  /** Connecting, each search and each download is a call; waiting for news is none. */
  readonly system: OutsideSystem;
  loadCursor(): Promise<MailboxCursor | null>;
  /** Called after each message was delivered. Losing a save only makes the message come again. */
  saveCursor(cursor: MailboxCursor): Promise<void>;
  readonly report: ReportSource;
  /** Asked before each message; while it says no, mail stays on the server. @default always yes */
  readonly mayTake?: MayTake;
  /** Where there is no cursor yet: messages that arrived before this day are left alone. @default all are read */
  readonly since?: Date;
  /** Looks for mail this often even when the server announces none. @default 60000 milliseconds */
  readonly pollIntervalMs?: number;
  /** Larger mails are not fetched; a stand-in with their headers is delivered. @default 64 MiB */
  readonly maxMessageBytes?: number;
  /** Longest wait between two tries to connect. @default 60000 milliseconds */
  readonly retryLimitMs?: number;
}

/**
 * Reads a mailbox, oldest message first, and waits for new mail (IDLE, with polling behind it). Opens the mailbox
 * read-only: no flag changes, `\Seen` included. Each body is fetched once; the cursor moves after delivery only.
 *
 * Failures are reported and retried for ever: DH_CONNECTORS_MAILBOX_LOGIN_REFUSED, DH_CONNECTORS_MAILBOX_UNREACHABLE,
 * DH_CONNECTORS_MAILBOX_MISSING, DH_CONNECTORS_MAILBOX_UNENCRYPTED, DH_CONNECTORS_DELIVERY_FAILED.
 */
export function createImapSource(options: ImapSourceOptions): MessageSource {
  let stopper = new AbortController();
  let running: Promise<void> = Promise.resolve();
  return {
    async start(deliver) {
      stopper = new AbortController();
      running = keepReading({ ...settingsOf(options), deliver, signal: stopper.signal, refusals: new Map(), attempt: 0 });
    },
    async stop() {
      stopper.abort();
      await running;
    },
  };
}

interface Reader extends Required<Omit<ImapSourceOptions, 'since'>> {
  readonly since: Date | null;
  readonly deliver: Deliver;
  readonly signal: AbortSignal;
  /** How often the server refused to give out a message, by UID. */
  readonly refusals: Map<number, number>;
  attempt: number;
}

function settingsOf(options: ImapSourceOptions): Required<Omit<ImapSourceOptions, 'since'>> & { readonly since: Date | null } {
  return {
    account: options.account,
    system: options.system,
    report: options.report,
    mayTake: options.mayTake ?? (() => Promise.resolve(true)),
    since: options.since ?? null,
    loadCursor: () => options.loadCursor(),
    saveCursor: (cursor) => options.saveCursor(cursor),
    pollIntervalMs: options.pollIntervalMs ?? 60_000,
    retryLimitMs: options.retryLimitMs ?? 60_000,
    maxMessageBytes: options.maxMessageBytes ?? defaultUnpackLimits.messageBytes,
  };
}

async function keepReading(reader: Reader): Promise<void> {
  while (!reader.signal.aborted) {
    try {
      await readWhileConnected(reader);
    } catch (cause) {
      if (reader.signal.aborted) return;
      // While the guard leaves the server alone, what it said before stays the reason that people see.
      const isKnown = isRefusal(cause);
      if (!isKnown) reader.attempt += 1;
      const retryInMs = retryDelayMs(Math.max(1, reader.attempt), reader.retryLimitMs);
      if (!isKnown) reader.report({ kind: 'trouble', error: mailboxError(cause, reader.account), retryInMs });
      await pause(retryInMs, reader.signal);
    }
  }
}

async function readWhileConnected(reader: Reader): Promise<void> {
  const { account, signal, maxMessageBytes } = reader;
  const client = await reader.system.call((deadline) => openMailbox(account, AbortSignal.any([signal, deadline]), maxMessageBytes));
  try {
    const news = listenForNews(client);
    let cursor = await startCursor(client, reader);
    reader.report({ kind: 'connected' });
    while (!reader.signal.aborted) {
      news.reset();
      cursor = await readNew(client, cursor, reader);
      // Only a finished pass proves that things work; a login alone would reset the wait of a failing store.
      reader.attempt = 0;
      await news.wait(reader.pollIntervalMs, reader.signal);
    }
  } finally {
    client.close();
  }
}

async function startCursor(client: ImapFlow, reader: Reader): Promise<MailboxCursor> {
  const uidValidity = String(client.mailbox === false ? '' : client.mailbox.uidValidity);
  const saved = await reader.loadCursor();
  if (saved?.uidValidity === uidValidity) return saved;
  // A new mailbox, or the server numbered its messages anew: all are read again, and the store knows those it has.
  reader.refusals.clear();
  return { uidValidity, lastUid: 0 };
}

async function readNew(client: ImapFlow, start: MailboxCursor, reader: Reader): Promise<MailboxCursor> {
  let cursor = start;
  const since = start.lastUid === 0 && reader.since !== null ? { since: reader.since } : {};
  const found = await guarded(client, reader, () => client.search({ uid: `${start.lastUid + 1}:*`, ...since }, { uid: true }));
  // "n:*" always names the last message, even when its UID is below n (RFC 9051 §9, seq-range).
  const uids = (found || []).filter((uid) => uid > start.lastUid).toSorted((left, right) => left - right);
  for (const uid of uids) {
    await untilWelcome(reader.mayTake, reader.report, reader.signal);
    if (reader.signal.aborted) return cursor;
    const message = await guarded(client, reader, () => fetchMessage(client, uid, cursor.uidValidity, reader));
    if (message !== null) await deliverOne(message, reader);
    cursor = { uidValidity: cursor.uidValidity, lastUid: uid };
    await reader.saveCursor(cursor);
  }
  return cursor;
}

/** One exchange with the server. */
async function guarded<Result>(client: ImapFlow, { system, signal }: Reader, work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await system.call((deadline) => whileServerSpeaks(client, deadline, work));
    } catch (thrown) {
      // Reading too fast is no trouble: the connection is kept, and the next mail waits for its turn.
      const retryInMs = asDeskhandError(thrown)?.details['retryInMs'];
      if (!isRefusal(thrown) || typeof retryInMs !== 'number' || signal.aborted) throw thrown;
      await pause(retryInMs, signal);
    }
  }
}

async function deliverOne(message: IncomingMessage, reader: Reader): Promise<void> {
  try {
    await reader.deliver(message);
  } catch (cause) {
    const text = `Message ${message.externalId} could not be stored. It stays in the mailbox and is tried again.`;
    throw new DeskhandError(connectorErrors.deliveryFailed, text, {
      cause,
      details: { externalId: message.externalId, reason: asDeskhandError(cause)?.code },
    });
  }
  reader.report({ kind: 'delivered', externalId: message.externalId });
}

/** Null when the message has been deleted meanwhile. */
async function fetchMessage(client: ImapFlow, uid: number, uidValidity: string, reader: Reader): Promise<IncomingMessage | null> {
  const { maxMessageBytes } = reader;
  const facts = await client.fetchOne(String(uid), { uid: true, size: true, internalDate: true }, { uid: true });
  if (facts === false) return null;
  const receivedAt = new Date(facts.internalDate ?? Date.now());
  const envelope = { externalId: `${uidValidity}:${uid}`, kind: 'mail', fileName: `${uid}.eml`, receivedAt, sequence: uid } as const;
  if ((reader.refusals.get(uid) ?? 0) >= 3) {
    return setAside(
      client,
      envelope,
      `The mail server could not give out this mail (number ${uid}). Open it in your mail program and forward it.`,
      reader,
    );
  }
  // Servers may report a wrong size (Exchange estimates it), so one byte more than allowed is asked for and counted.
  const isTooLarge = (facts.size ?? 0) > maxMessageBytes;
  const source = isTooLarge ? null : await fetchSource(client, uid, reader);
  if (source === null && !isTooLarge) return null;
  if (source !== null && source.byteLength <= maxMessageBytes) return { ...envelope, bytes: source };
  const size = inMegabytes(Math.max(facts.size ?? 0, source?.byteLength ?? 0));
  return setAside(
    client,
    envelope,
    `This mail has ${size}; more than ${inMegabytes(maxMessageBytes)} is not fetched. Save its documents yourself and drop them here.`,
    reader,
  );
}

async function fetchSource(client: ImapFlow, uid: number, reader: Reader): Promise<Uint8Array | null> {
  try {
    const message = await client.fetchOne(
      String(uid),
      { uid: true, source: { start: 0, maxLength: reader.maxMessageBytes + 1 } },
      { uid: true },
    );
    return message === false ? null : (message.source ?? new Uint8Array());
  } catch (cause) {
    // A damaged message on the server answers NO each time; it must not hold up all that came after it.
    if (client.usable) reader.refusals.set(uid, (reader.refusals.get(uid) ?? 0) + 1);
    throw new DeskhandError(connectorErrors.mailboxUnreachable, `Mail server ${reader.account.host} did not give out message ${uid}.`, {
      cause,
      details: { uid },
    });
  }
}

async function setAside(
  client: ImapFlow,
  envelope: Omit<IncomingMessage, 'bytes'>,
  reason: string,
  reader: Reader,
): Promise<IncomingMessage> {
  const message = await client.fetchOne(String(envelope.sequence), { uid: true, headers: true }, { uid: true }).catch((cause: unknown) => {
    if (!client.usable) throw cause;
    return false as const;
  });
  const headers = message === false ? null : (message.headers ?? null);
  reader.report({ kind: 'set-aside', externalId: envelope.externalId, reason });
  return { ...envelope, bytes: setAsideMail(reason, headers, envelope.fileName) };
}
