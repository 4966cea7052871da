import type { Database } from '#platform';

/** Hands on which tables changed, to the members of the organization whose rows they are. */
export interface ChangeFeed {
  /** @param heard - gets the table's name, or `*` when some changes may have been missed. @returns how to stop. */
  subscribe(organizationId: string, heard: (table: string) => void): () => void;
  close(): void;
}

/** One LISTEN for the whole process, fanned out in memory. */
export async function createChangeFeed(database: Pick<Database, 'listen'>): Promise<ChangeFeed> {
  const listeners = new Map<string, Set<(table: string) => void>>();
  const stop = await database.listen('deskhand_changes', (payload) => {
    if (payload === '') {
      for (const group of listeners.values()) for (const heard of group) heard('*');
      return;
    }
    const { organizationId, table } = JSON.parse(payload) as { organizationId: string; table: string };
    for (const heard of listeners.get(organizationId) ?? []) heard(table);
  });
  return {
    subscribe(organizationId, heard) {
      const group = listeners.get(organizationId) ?? new Set();
      listeners.set(organizationId, group.add(heard));
      return () => {
        group.delete(heard);
        if (group.size === 0) listeners.delete(organizationId);
      };
    },
    close: stop,
  };
}
