import pg from 'pg';

/** Subscribes to a channel. @returns a function that ends the subscription. */
export type Listen = (channel: string, heard: (payload: string) => void) => Promise<() => void>;

interface Listener {
  readonly listen: Listen;
  close(): Promise<void>;
}

// Between a lost connection and the next try: short enough that a page feels live, long enough not to hammer a starting server.
const reconnectMs = 500;

/** One connection that listens on all channels in use. */
export function createListener(url: string, onError: ((error: Error) => void) | undefined): Listener {
  const subscribers = new Map<string, Set<(payload: string) => void>>();
  let connection: Promise<pg.Client> | null = null;
  // A connection takes one query at a time.
  let subscribing: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url, application_name: 'deskhand-listen', keepAlive: true });
    client.on('notification', ({ channel, payload }) => {
      for (const heard of subscribers.get(channel) ?? []) heard(payload ?? '');
    });
    client.on('error', (error) => onError?.(error));
    client.once('end', () => {
      connection = null;
      if (!isClosed) setTimeout(reconnect, reconnectMs).unref();
    });
    await client.connect();
    for (const channel of subscribers.keys()) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    return client;
  }

  function reconnect(): void {
    if (isClosed || connection !== null || subscribers.size === 0) return;
    connection = connect();
    connection.then(
      () => {
        for (const group of subscribers.values()) for (const heard of group) heard('');
      },
      (error: unknown) => {
        connection = null;
        if (error instanceof Error) onError?.(error);
        setTimeout(reconnect, reconnectMs).unref();
      },
    );
  }

  return {
    async listen(channel, heard) {
      const group = subscribers.get(channel) ?? new Set();
      const isNewChannel = !subscribers.has(channel);
      subscribers.set(channel, group.add(heard));
      if (connection === null) connection = connect();
      else if (isNewChannel) {
        const client = await connection;
        const subscribe = (): Promise<unknown> => client.query(`listen ${pg.escapeIdentifier(channel)}`);
        subscribing = subscribing.then(subscribe, subscribe);
        await subscribing;
      }
      await connection;
      return () => group.delete(heard);
    },
    async close() {
      isClosed = true;
      const client = await connection?.catch(() => null);
      await client?.end();
    },
  };
}
