import pg from 'pg';

// While Postgres has no connection to spare, one is asked for this often: each refusal costs both sides a whole sign-in.
const askAgainMs = 1000;
const noneLeft = '53300';

/**
 * A pool that lives on what it has. pg's own fails a request when Postgres refuses another connection (53300), although
 * one of the others would be free in a moment; the more requests fail and come again, the less is done.
 *
 * @param lost - told of a connection that was cut, whether idle or in use; the pool replaces it.
 */
export function openPool(config: pg.PoolConfig & { readonly max: number }, lost: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool(config);
  const connected = new Set<pg.PoolClient>();
  // Told by the connection itself; without a listener here Node would end the process.
  pool.on('error', () => undefined);
  // One that is cut while somebody holds it tells nobody else.
  pool.on('connect', (client) => {
    connected.add(client);
    client.on('error', lost);
  });
  pool.on('remove', (client) => connected.delete(client));

  let timer: NodeJS.Timeout | undefined;
  let isAsking = false;
  const makeDo = (): void => {
    pool.options.max = Math.max(1, connected.size);
    timer ??= setTimeout(() => {
      timer = undefined;
      pool.options.max = config.max;
      void askForMore();
    }, askAgainMs).unref();
  };
  /** Those that wait are served when somebody lets go, so somebody has to come and let go. */
  const askForMore = async (): Promise<void> => {
    if (isAsking || pool.waitingCount === 0) return;
    isAsking = true;
    const client = await connectOrWait().catch(() => null);
    client?.release();
    isAsking = false;
  };

  const connect = pool.connect.bind(pool);
  const connectOrWait = async (): Promise<pg.PoolClient> => {
    for (;;) {
      try {
        return await connect();
      } catch (thrown) {
        if ((thrown as { code?: unknown }).code !== noneLeft) throw thrown;
        makeDo();
        if (connected.size === 0) throw thrown;
      }
    }
  };
  // pg's own queries ask by callback.
  const callBack = async (callback: Callback): Promise<void> => callback(...(await answer(connectOrWait())));
  const patient = (callback?: Callback): Promise<pg.PoolClient> | void =>
    callback === undefined ? connectOrWait() : void callBack(callback);
  pool.connect = patient as typeof pool.connect;
  return pool;
}

type Callback = (error: Error | undefined, client: pg.PoolClient | undefined, release: (error?: Error | boolean) => void) => void;

async function answer(connecting: Promise<pg.PoolClient>): Promise<Parameters<Callback>> {
  try {
    const client = await connecting;
    return [undefined, client, client.release.bind(client)];
  } catch (thrown) {
    return [thrown as Error, undefined, () => undefined];
  }
}
