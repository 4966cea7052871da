import type { OfficeTransaction } from '../ask.ts';
import type { Person } from '../views.ts';

export type People = ReadonlyMap<string, Person>;

/** Names of members by id, in one query for a whole list. */
export async function findPeople(transaction: OfficeTransaction, ids: Iterable<string | null | undefined>): Promise<People> {
  const wanted = [...new Set(ids)].filter((id) => typeof id === 'string');
  if (wanted.length === 0) return new Map();
  const rows = await transaction.selectFrom('members').select(['id', 'name']).where('id', 'in', wanted).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export function personOf(people: People, id: string | null | undefined): Person | null {
  const person = id === null || id === undefined ? undefined : people.get(id);
  return person === undefined ? null : { id: person.id, name: person.name };
}
