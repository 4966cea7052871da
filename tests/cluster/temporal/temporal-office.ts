import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../../src/orchestration/engines/temporal/bundle.ts';
import { openChaosOffice, type ChaosOffice } from '../../chaos/chaos-office.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { testSecret } from '../../support/postgres-server.ts';
import { startTemporal } from './temporal-server.ts';

export interface TemporalOffice {
  readonly office: ChaosOffice;
  readonly database: TestDatabase;
  /** Of the Temporal server. */
  readonly address: string;
  close(): Promise<void>;
}

/** An office whose server processes carry their work on a real Temporal server. @param invoices - how many may be dropped. */
export async function openTemporalOffice(invoices: number): Promise<TemporalOffice> {
  const database = await createTestDatabase();
  const server = await startTemporal();
  const folder = await mkdtemp(path.join(tmpdir(), 'deskhand-bundle-'));
  const bundlePath = path.join(folder, 'workflows.js');
  const { code } = await bundle(fileURLToPath(new URL('quick-workflows.ts', import.meta.url)));
  await writeFile(bundlePath, code);
  const engine = { kind: 'temporal', address: server.address, bundlePath, secret: testSecret } as const;
  const office = await openChaosOffice(database, {}, invoices, null, engine);
  return {
    office,
    database,
    address: server.address,
    async close() {
      await office.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
      await database.drop();
    },
  };
}
