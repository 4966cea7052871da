import pg from 'pg';

/** What is in a database, as its owner sees it. */
export interface DatabaseInspection {
  readonly rows: Readonly<Record<string, number>>;
  readonly organizations: readonly string[];
  /** Hashes of all blobs that rows speak of. */
  readonly blobs: readonly string[];
  /** Head of each organization's audit log. */
  readonly heads: readonly AuditHead[];
  /** When the newest transaction was committed that wrote to the audit log, as the entry says. */
  readonly newestEntryAt: string | null;
}

export interface AuditHead {
  readonly organizationId: string;
  readonly sequence: string;
  readonly hash: string;
}

/** All in one transaction, so that its parts speak of the same moment. @param url - of a superuser, whom row-level security lets see all. */
export async function inspectDatabase(url: string): Promise<DatabaseInspection> {
  return withClient(url, async (client) => {
    await client.query('begin isolation level repeatable read read only');
    const texts = async (text: string): Promise<string[]> => (await client.query<{ value: string }>(text)).rows.map(({ value }) => value);
    const rows: Record<string, number> = {};
    for (const table of await texts(`select tablename as value from pg_tables where schemaname = 'public' order by 1`)) {
      rows[table] = Number((await texts(`select count(*) as value from public.${pg.escapeIdentifier(table)}`))[0]);
    }
    const { rows: heads } = await client.query<AuditHead>(
      `select organization_id as "organizationId", sequence::text, hash from audit_heads order by 1`,
    );
    return {
      rows,
      organizations: await texts('select id as value from organizations order by 1'),
      blobs: await texts(
        `select content_sha256 as value from events union select sha256 from documents
         union select reading_sha256 from documents where reading_sha256 is not null
         union select file_sha256 from payment_runs where file_sha256 is not null`,
      ),
      heads,
      newestEntryAt:
        (await client.query<{ at: Date | null }>('select max(at) as at from audit_entries')).rows[0]?.at?.toISOString() ?? null,
    };
  });
}

/** Those of the heads that are no entry of this database's audit log: it went another way. */
export async function headsNotIn(url: string, heads: readonly AuditHead[]): Promise<readonly AuditHead[]> {
  return withClient(url, async (client) => {
    const missing: AuditHead[] = [];
    for (const head of heads) {
      const { rowCount } = await client.query('select from audit_entries where organization_id = $1 and sequence = $2 and hash = $3', [
        head.organizationId,
        head.sequence,
        head.hash,
      ]);
      if (rowCount === 0 && head.sequence !== '0') missing.push(head);
    }
    return missing;
  });
}

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
