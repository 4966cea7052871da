import {
  createFolderWatch,
  createImapSource,
  type ImapAccount,
  type MailboxCursor,
  type MessageSource,
  type SourceEvent,
} from '#connectors';
import { mayTake, openConnection, receiveMessage, type Office } from '#orchestration';
import type { Config, Log, OutsideCalls } from '#platform';

interface SourcesOptions {
  readonly config: Config;
  readonly office: Office;
  readonly log: Log;
  readonly calls: OutsideCalls;
}

/** Starts what the settings name: a folder to watch, a mailbox to read. They serve the first organization. */
export async function startSources({ config, office, log, calls }: SourcesOptions): Promise<{ stop(): Promise<void> }> {
  const organization = await office.database.inSystem((transaction) =>
    transaction.selectFrom('organizations').select('id').orderBy('created_at').limit(1).executeTakeFirst(),
  );
  const running: MessageSource[] = [];
  if (organization !== undefined) {
    const organizationId = organization.id;
    if (config.inboxFolder !== null) {
      const connectionId = await openConnection(office, organizationId, 'folder', config.inboxFolder);
      const source = createFolderWatch({
        folder: config.inboxFolder,
        report: reportTo(office, log, organizationId, connectionId),
        mayTake: () => mayTake(office, { organizationId, connectionId }),
      });
      running.push(await begin(source, { office, organizationId, connectionId }));
    }
    if (config.imapUrl !== null) {
      const account = imapAccountOf(config.imapUrl.reveal());
      const connectionId = await openConnection(office, organizationId, 'imap', `${account.login.user}@${account.host}/${account.mailbox}`);
      const source = createImapSource({
        account,
        system: calls.to('imap'),
        ...cursorOf(office, organizationId, connectionId),
        mayTake: () => mayTake(office, { organizationId, connectionId }),
        report: reportTo(office, log, organizationId, connectionId),
      });
      running.push(await begin(source, { office, organizationId, connectionId }));
    }
  }
  return {
    async stop() {
      await Promise.all(running.map((source) => source.stop()));
    },
  };
}

interface Destination {
  readonly office: Office;
  readonly organizationId: string;
  readonly connectionId: string;
}

async function begin(source: MessageSource, { office, organizationId, connectionId }: Destination): Promise<MessageSource> {
  await source.start(async (message) => {
    await receiveMessage(office, { organizationId, connectionId, message });
  });
  return source;
}

/** The cursor is kept with the connection: a restart goes on where it stopped. */
function cursorOf(
  office: Office,
  organizationId: string,
  connectionId: string,
): { loadCursor(): Promise<MailboxCursor | null>; saveCursor(cursor: MailboxCursor): Promise<void> } {
  return {
    loadCursor: () =>
      office.database.inOrganization(organizationId, async (transaction) => {
        const row = await transaction.selectFrom('connections').select('cursor').where('id', '=', connectionId).executeTakeFirstOrThrow();
        return row.cursor as MailboxCursor | null;
      }),
    saveCursor: (cursor) =>
      office.database.inOrganization(organizationId, async (transaction) => {
        await transaction
          .updateTable('connections')
          .set({ cursor: JSON.stringify(cursor), last_seen_at: office.clock.now() })
          .where('id', '=', connectionId)
          .execute();
      }),
  };
}

/** What a source says goes to the log, and trouble to its connection, where people see it. */
function reportTo(office: Office, log: Log, organizationId: string, connectionId: string): (event: SourceEvent) => void {
  const note = async (status: 'running' | 'failing', lastError: string | null): Promise<void> => {
    await office.database.inOrganization(organizationId, (transaction) =>
      transaction
        .updateTable('connections')
        .set({ status, last_error: lastError, last_seen_at: office.clock.now() })
        .where('id', '=', connectionId)
        .execute(),
    );
  };
  const keep = (work: Promise<void>): void => {
    work.catch((thrown: unknown) => log.warn({ event: 'connection.status-not-kept', connectionId }, String(thrown)));
  };
  return (event) => {
    if (event.kind === 'trouble') {
      log.warn({ event: 'source.trouble', connectionId, code: event.error.code, retryInMs: event.retryInMs }, event.error.message);
      keep(note('failing', event.error.message));
    } else if (event.kind === 'held-back') {
      office.metrics.count('heldBack', { by: 'source' });
      log.info({ event: 'source.held-back', connectionId }, 'nothing more is fetched until what waits has been worked on');
    } else if (event.kind === 'connected') {
      log.info({ event: 'source.connected', connectionId }, 'source connected');
      keep(note('running', null));
    }
  };
}

/**
 * `imaps://ana%40firm.example:secret@mail.firm.example/INBOX`; the path is the mailbox. `imap://` asks for STARTTLS,
 * except on this machine, where nobody can listen in.
 */
function imapAccountOf(
  address: string,
): ImapAccount & { readonly mailbox: string; readonly login: { readonly user: string; readonly password: string } } {
  const url = new URL(address);
  const isSecure = url.protocol === 'imaps:';
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return {
    host: url.hostname.replaceAll(/[[\]]/g, ''),
    port: url.port === '' ? (isSecure ? 993 : 143) : Number(url.port),
    encryption: isSecure ? 'tls' : isHere ? 'none' : 'starttls',
    login: { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
    mailbox: url.pathname.length > 1 ? decodeURIComponent(url.pathname.slice(1)) : 'INBOX',
  };
}
