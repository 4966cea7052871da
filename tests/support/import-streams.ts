import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TestDatabase } from './database.ts';

/** Gives rows that were written directly the events that migration 0005 gives to rows from before there were streams. */
export async function importStreams(database: TestDatabase): Promise<number> {
  const migration = readFileSync(path.resolve(import.meta.dirname, '../../migrations/0005_event_streams.sql'), 'utf8');
  const imports = migration.match(/^insert into stream_events[^;]+;/gm) ?? [];
  for (const statement of imports) await database.query(statement);
  return imports.length;
}
