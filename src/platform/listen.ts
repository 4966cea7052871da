import pg from 'pg';
import { isConnectionLost } from './database-away.ts';

/** Subscribes to a channel. @returns a function that ends the subscription. */
export type Listen = (channel: string, heard: (payload: string) => void) => Promise<() => void>;

interface Listener {
  readonly listen: Listen;
  close(): Promise<void>;
}

// Between a lost connection and the next try: short enough that a page feels live, long enough not to hammer a starting server.
const reconnectMs = 500;

/**
 * One connection that listens on all channels in use. While the database is away it goes on trying: a subscription that
 * was made meanwhile holds from when it is back.
 */
export function createListener(url: string, onError: ((error: Error) => void) | undefined): Listener {
  const subscribers = new Map<string, Set<(payload: string) => void>>();
  let connection: Promise<pg.Client> | null = null;
  let timer: NodeJS.Timeout | null = null;
  // A connection takes one query at a time.
  let subscribing: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url, application_name: 'deskhand-listen', keepAlive: true });
    client.on('notification', ({ channel, payload }) => {
      for (const heard of subscribers.get(channel) ?? []) heard(payload ?? '');
    });
    client.on('error', (error) => onError?.(error));
    try {
      await client.connect();
      for (const channel of subscribers.keys()) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (thrown) {
      await client.end();
      throw thrown;
    }
    client.once('end', lost);
    return client;
  }

  function open(): Promise<pg.Client> {
    connection = connect();
    connection.catch(lost);
    return connection;
  }

  function lost(reason?: unknown): void {
    connection = null;
    if (reason instanceof Error) onError?.(reason);
    if (isClosed || timer !== null) return;
    timer = setTimeout(reconnect, reconnectMs).unref();
  }

  function reconnect(): void {
    timer = null;
    if (isClosed || connection !== null || subscribers.size === 0) return;
    const tellAll = (): void => {
      for (const group of subscribers.values()) for (const heard of group) heard('');
    };
    // A failure is told by `lost`, which also tries again.
    open().then(tellAll, () => undefined);
  }

  /** Waits for the first connection, or for its failure, after which it goes on by itself. */
  async function subscribe(channel: string, isNewChannel: boolean): Promise<void> {
    if (connection === null) {
      if (timer === null) await open();
      return;
    }
    const client = await connection;
    if (!isNewChannel) return;
    const ask = (): Promise<unknown> => client.query(`listen ${pg.escapeIdentifier(channel)}`);
    subscribing = subscribing.then(ask, ask);
    await subscribing;
  }

  return {
    async listen(channel, heard) {
      const group = subscribers.get(channel) ?? new Set();
      const isNewChannel = !subscribers.has(channel);
      subscribers.set(channel, group.add(heard));
      try {
        await subscribe(channel, isNewChannel);
      } catch (thrown) {
        if (!isConnectionLost(thrown)) throw thrown;
      }
      return () => group.delete(heard);
    },
    async close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      const client = await connection?.catch(() => null);
      await client?.end();
    },
  };
}
