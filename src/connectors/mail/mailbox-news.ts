import type { ImapFlow } from 'imapflow';
import { DeskhandError } from '#domain/errors';
import { connectorErrors } from '../errors.ts';
import { pause } from '../message-source.ts';

/** Waits for new mail on an open mailbox. */
export interface MailboxNews {
  reset(): void;
  /** Returns at new mail or after the time; throws when the connection is gone. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** Listens from now on, so that mail that arrives while a pass is under way is not overlooked. */
export function listenForNews(client: ImapFlow): MailboxNews {
  let hasNews = false;
  let wake = new AbortController();
  client.on('exists', () => {
    hasNews = true;
    wake.abort();
  });
  client.on('close', () => wake.abort());
  return {
    reset() {
      hasNews = false;
      wake = new AbortController();
    },
    async wait(ms, signal) {
      if (hasNews) return;
      // Idles until the next command breaks it off; where the server has no IDLE the poll interval does the work.
      client.idle().catch(() => wake.abort());
      if (client.usable) await pause(ms, AbortSignal.any([signal, wake.signal]));
      if (!client.usable && !signal.aborted)
        throw new DeskhandError(connectorErrors.mailboxUnreachable, 'The mail server closed the connection.');
    },
  };
}
