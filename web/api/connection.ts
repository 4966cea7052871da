import { useSyncExternalStore } from 'react';

/** How often a lost server is asked whether it is back. */
const RETRY_MS = 2_000;

type Listener = () => void;

/** Whether the server answers. Any failed request reports it lost; from then on it is asked until it is back. */
class Connection {
  #isLost = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<Listener>();

  get isLost(): boolean {
    return this.#isLost;
  }

  lost(): void {
    if (this.#isLost) return;
    this.#set(true);
    this.#ask();
  }

  found(): void {
    if (!this.#isLost) return;
    clearTimeout(this.#timer);
    this.#set(false);
  }

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #ask(): void {
    this.#timer = setTimeout(() => {
      fetch('/readyz', { cache: 'no-store' }).then(
        (response) => (response.ok ? this.found() : this.#ask()),
        () => this.#ask(),
      );
    }, RETRY_MS);
  }

  #set(isLost: boolean): void {
    this.#isLost = isLost;
    for (const listener of this.#listeners) listener();
  }
}

export const connection = new Connection();

export function useIsConnectionLost(): boolean {
  return useSyncExternalStore(connection.subscribe, () => connection.isLost);
}
