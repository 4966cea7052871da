import { isIP } from 'node:net';
import { ImapFlow } from 'imapflow';
import { asDeskhandError, DeskhandError } from '#domain/errors';
import { connectorErrors } from '../errors.ts';

/** How to reach one mailbox. */
export interface ImapAccount {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte (port 993), `starttls` required, or `none`, which is allowed on this machine only. */
  readonly encryption: 'tls' | 'starttls' | 'none';
  /** A password, or an OAuth 2 token asked for at each connection because it expires. */
  readonly login:
    | { readonly user: string; readonly password: string }
    | { readonly user: string; readonly accessToken: () => Promise<string> };
  /** @default 'INBOX' */
  readonly mailbox?: string;
}

// Connecting, logging in and opening together; a server that is up needs well under a second.
const openingTimeoutMs = 20_000;

/**
 * Connects and opens the mailbox with EXAMINE (RFC 9051 §6.3.3), so that nothing we do can change a flag.
 *
 * @throws DH_CONNECTORS_MAILBOX_LOGIN_REFUSED, DH_CONNECTORS_MAILBOX_UNREACHABLE, DH_CONNECTORS_MAILBOX_MISSING,
 * DH_CONNECTORS_MAILBOX_UNENCRYPTED
 */
export async function openMailbox(account: ImapAccount, signal: AbortSignal, literalBytes: number): Promise<ImapFlow> {
  const mailbox = account.mailbox ?? 'INBOX';
  refuseOpenWire(account);
  const client = await newClient(account, literalBytes);
  const abort = (): void => client.close();
  signal.addEventListener('abort', abort, { once: true });
  client.on('close', () => signal.removeEventListener('abort', abort));
  // A server that takes the connection and then says nothing to the login would hold us until the socket times out.
  const deadline = setTimeout(abort, openingTimeoutMs);
  try {
    await client.connect();
    await client.mailboxOpen(mailbox, { readOnly: true });
    return client;
  } catch (cause) {
    client.close();
    throw mailboxError(cause, account);
  } finally {
    clearTimeout(deadline);
  }
}

// A mail server that is up and reached sends something at least this often while it owes an answer.
const quietLineMs = 30_000;

/** Gives a connection up on which nothing comes any more, or whose deadline is over, while the server owes an answer. */
export async function whileServerSpeaks<Result>(client: ImapFlow, deadline: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  const giveUp = (): void => client.close();
  let heard = { bytes: client.stats().received, at: performance.now() };
  const watch = setInterval(() => {
    const bytes = client.stats().received;
    if (bytes !== heard.bytes) heard = { bytes, at: performance.now() };
    else if (performance.now() - heard.at > quietLineMs) giveUp();
  }, quietLineMs / 6);
  deadline.addEventListener('abort', giveUp, { once: true });
  try {
    return await work();
  } finally {
    clearInterval(watch);
    deadline.removeEventListener('abort', giveUp);
  }
}

/** Tries host, login and mailbox once, for a settings page. @throws what `openMailbox` throws. */
export async function checkImapAccount(account: ImapAccount): Promise<void> {
  const client = await openMailbox(account, new AbortController().signal, 1024 * 1024);
  await client.logout();
}

/** Names a failure of the mail library in our terms; errors that have a name keep it. */
export function mailboxError(cause: unknown, account: ImapAccount): DeskhandError {
  const known = asDeskhandError(cause);
  if (known !== null) return known;
  const fault = cause as { authenticationFailed?: boolean; responseStatus?: string; code?: string };
  const where = `${account.host}:${account.port}`;
  const details = { host: account.host, port: account.port, code: fault.code };
  if (fault.authenticationFailed === true) {
    const message = `Mail server ${where} refused the login of ${account.login.user}. Check user name and password; many providers want an app password.`;
    return new DeskhandError(connectorErrors.mailboxLoginRefused, message, { cause, details });
  }
  if (fault.responseStatus === 'NO') {
    const message = `Mailbox "${account.mailbox ?? 'INBOX'}" on ${where} can't be opened. Check its name and that ${account.login.user} may read it.`;
    return new DeskhandError(connectorErrors.mailboxMissing, message, { cause, details });
  }
  return new DeskhandError(
    connectorErrors.mailboxUnreachable,
    `Mail server ${where} did not answer as it should. Check host, port and encryption.`,
    { cause, details },
  );
}

async function newClient(account: ImapAccount, literalBytes: number): Promise<ImapFlow> {
  const { login } = account;
  const auth =
    'password' in login ? { user: login.user, pass: login.password } : { user: login.user, accessToken: await login.accessToken() };
  const client = new ImapFlow({
    host: account.host,
    port: account.port,
    auth,
    logger: false,
    disableAutoIdle: true,
    secure: account.encryption === 'tls',
    ...(account.encryption === 'tls' ? {} : { doSTARTTLS: account.encryption === 'starttls' }),
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    // Longer than one IDLE period (29 minutes at most, RFC 2177); IDLE is broken off at each poll far earlier.
    socketTimeout: 5 * 60_000,
    // What a hostile server may make us hold: one message and its framing.
    maxLiteralSize: literalBytes + 1024 * 1024,
    maxLineLength: 16 * 1024 * 1024,
  });
  // Failures reach us through the rejected command or the close event; without a listener Node would end the process.
  client.on('error', () => undefined);
  return client;
}

function refuseOpenWire(account: ImapAccount): void {
  const isLocal = account.host === 'localhost' || account.host === '::1' || (isIP(account.host) === 4 && account.host.startsWith('127.'));
  if (account.encryption !== 'none' || isLocal) return;
  throw new DeskhandError(
    connectorErrors.mailboxUnencrypted,
    `The connection to ${account.host} would send the password unencrypted. Use tls or starttls.`,
    {
      details: { host: account.host },
    },
  );
}
