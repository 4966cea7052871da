import pg from 'pg';
import { DeskhandError } from '#domain/errors';
import type { Log } from '#platform';
import { orchestrationErrors } from '../../errors.ts';
import { channel } from './waits.ts';

/** A connection that says "this server lives" by a lock Postgres lets go of with it, and that hears the others. */
export interface Presence {
  close(): Promise<void>;
}

export interface PresenceOptions {
  readonly databaseUrl: string;
  readonly executorId: string;
  readonly log: Log;
  /** Also called, with `wake`, after a connection was lost: something may have been said meanwhile. */
  readonly heard: (message: string) => void;
}

/** First key of the advisory locks that stand for living servers; the second comes from the server's id. */
export const executorLock = 33_754_264;

/** Shared by all who carry work, and held alone by the one that moves it from one engine to the other. */
export const moveLock = 33_754_266;

const reconnectMs = 500;

/** @throws DH_ORCHESTRATION_ENGINE_MOVING */
async function mayCarry(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ free: boolean; open: string }>(
    `select pg_try_advisory_lock_shared($1) as free, (select count(*) from engine.moves where state <> 'started') as open`,
    [moveLock],
  );
  if (rows[0]?.free === true && rows[0].open === '0') return;
  throw new DeskhandError(
    orchestrationErrors.engineMoving,
    rows[0]?.free === true
      ? `A move of work to another engine was broken off with ${rows[0].open} runs on neither. Run deskhand migrate-engine again, then start.`
      : 'deskhand migrate-engine moves work to another engine right now. Start once it has ended.',
  );
}

export async function openPresence(options: PresenceOptions): Promise<Presence> {
  let isClosed = false;
  let current: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;

  const connect = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: options.databaseUrl, application_name: 'deskhand-presence', keepAlive: true });
    client.on('error', (error) => options.log.info({ event: 'engine.presence-lost' }, error.message));
    client.on('notification', ({ payload }) => options.heard(payload ?? ''));
    client.once('end', () => {
      if (current === client) current = null;
      again();
    });
    current = client;
    await client.connect();
    // Waits for a backend of this very server that Postgres has not yet noticed to be gone.
    await client.query('select pg_advisory_lock($1, hashtext($2))', [executorLock, options.executorId]);
    await mayCarry(client);
    await client.query(`listen ${channel}`);
  };
  const again = (): void => {
    if (isClosed || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      void reconnect();
    }, reconnectMs);
  };
  const reconnect = async (): Promise<void> => {
    try {
      await connect();
      options.heard('wake');
    } catch (thrown) {
      options.log.info({ event: 'engine.presence-lost' }, (thrown as Error).message);
      await current?.end();
      again();
    }
  };

  const close = async (): Promise<void> => {
    isClosed = true;
    if (timer !== null) clearTimeout(timer);
    await current?.end();
  };
  try {
    await connect();
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return { close };
}
