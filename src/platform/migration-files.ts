import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** One file of `migrations/`. */
export interface Migration {
  readonly name: string;
  readonly sha256: string;
  readonly text: string;
  /**
   * A contract-phase migration takes something away: versions that know this number or a later one can do without it.
   * Null for one that only adds, beside which any older version works on.
   */
  readonly worksSince: string | null;
  /** Null: it runs whole in one transaction. Otherwise statement by statement, each of which may be repeated. */
  readonly statements: readonly string[] | null;
}

const contractLine = /^-- contract-phase: after (\d{4}), \S.*$/m;
const outsideLine = /^-- outside-transaction: \S.*$/m;

/** In the order they run. */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_-]+\.sql$/.test(name)).toSorted();
  return Promise.all(
    names.map(async (name) => {
      // Line ends by checkout (Windows) are not an edit.
      const text = (await readFile(path.join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return {
        name,
        text,
        sha256: createHash('sha256').update(text).digest('hex'),
        worksSince: contractLine.exec(text)?.[1] ?? null,
        statements: outsideLine.test(text) ? statementsOf(text) : null,
      };
    }),
  );
}

/** The number that orders migrations. */
export function numberOf(name: string): string {
  return name.slice(0, 4);
}

/** Each ends with a semicolon at the end of a line; tests/architecture/migrations.test.ts holds them to that. */
function statementsOf(text: string): readonly string[] {
  return text
    .replaceAll(/^\s*--.*$/gm, '')
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
