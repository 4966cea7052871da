import { useSyncExternalStore } from 'react';

/** How often a lost server is asked whether it is back. */
const RETRY_MS = 2_000;

type Listener = () => void;

/** What does not answer: the server, or the database behind it. */
export type Away = 'server' | 'database';

/** Whether the server and its database answer. Any failed request reports it lost; from then on it is asked until it is back. */
class Connection {
  #away: Away | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<Listener>();

  get away(): Away | null {
    return this.#away;
  }

  get isLost(): boolean {
    return this.#away !== null;
  }

  lost(what: Away): void {
    const wasLost = this.isLost;
    this.#set(what);
    if (!wasLost) this.#ask();
  }

  found(): void {
    if (!this.isLost) return;
    clearTimeout(this.#timer);
    this.#set(null);
  }

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #ask(): void {
    this.#timer = setTimeout(() => {
      void fetch('/readyz', { cache: 'no-store' })
        .then(awayBy)
        .catch((): Away => 'server')
        .then((away) => {
          if (away === null) return this.found();
          this.#set(away);
          return this.#ask();
        });
    }, RETRY_MS);
  }

  #set(away: Away | null): void {
    if (this.#away === away) return;
    this.#away = away;
    for (const listener of this.#listeners) listener();
  }
}

export const connection = new Connection();

export function useAway(): Away | null {
  return useSyncExternalStore(connection.subscribe, () => connection.away);
}

/** Codes by which the server says that it is there and its database is not. */
const databaseAwayCodes: readonly string[] = ['DH_PLATFORM_DATABASE_AWAY', 'DH_INTERFACES_NOT_READY'];

export function saysDatabaseAway(code: string): boolean {
  return databaseAwayCodes.includes(code);
}

/** Reads an answer for what it says of server and database; a proxy that has nobody behind it answers without a code. */
export async function awayBy(response: Response): Promise<Away | null> {
  if (![502, 503, 504].includes(response.status)) return null;
  const code = /"code":"(DH_[A-Z_]+)"/.exec(await response.text())?.[1];
  if (code === undefined) return 'server';
  return saysDatabaseAway(code) ? 'database' : null;
}
