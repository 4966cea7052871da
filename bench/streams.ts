import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { rebuildProjections } from '#orchestration';
import { createDatabase, createLog, migrate, startPostgres, type Database } from '#platform';
import { append, reserveIds } from '../src/orchestration/streams/append.ts';
import type { NewEvent } from '../src/orchestration/streams/events.ts';
import type { BenchOptions } from './run.ts';

const eventsEach = 8;

/** How long it takes to write 100,000 events with their projections, and to rebuild and compare all tables from them. */
export async function benchStreams({ isSmoke }: BenchOptions): Promise<void> {
  const invoices = (isSmoke ? 1000 : 100_000) / eventsEach;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-bench-'));
  await chmod(folder, 0o711);
  const server = await startPostgres(folder, createLog({ level: 'error' }));
  try {
    const { urls } = await migrate(server.url, path.resolve(import.meta.dirname, '../migrations'), 'a secret that only benches know');
    await fillOffice(server.url, invoices);
    const database = createDatabase(urls);
    const writtenMs = await timed(() => writeHistories(database, invoices));
    const startedAt = performance.now();
    const finding = await rebuildProjections(database, { isApplied: false });
    const rebuiltMs = performance.now() - startedAt;
    await database.close();
    process.stdout.write(`events written with projections  ${finding.events} in ${(writtenMs / 1000).toFixed(1)} s\n`);
    process.stdout.write(`rebuild and compare              ${(rebuiltMs / 1000).toFixed(1)} s, equal: ${finding.isEqual}\n`);
    process.stdout.write(`memory after                     ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB\n`);
    for (const { table, rows, rebuiltSha256 } of finding.tables) process.stdout.write(`  ${table} ${rows} ${rebuiltSha256}\n`);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function fillOffice(url: string, invoices: number): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query(`
    insert into organizations (id, name, currency) values ('org1', 'Bench', 'EUR');
    insert into members (id, organization_id, name, email, roles) values ('mem1', 'org1', 'Bo', 'bo@bench.example', '{approver}');
    insert into connections (id, organization_id, kind, name) values ('con1', 'org1', 'upload', 'Upload');
    insert into events (id, organization_id, connection_id, external_id, content_sha256, kind, file_name, size_bytes, received_at)
      values ('evt1', 'org1', 'con1', '1', repeat('0', 64), 'file', 'bench.pdf', 1, now());
    insert into documents (id, organization_id, event_id, position, sha256, file_name, size_bytes)
      select 'doc' || n, 'org1', 'evt1', n, repeat('0', 64), 'bench.pdf', 1 from generate_series(0, ${invoices - 1}) n`);
  await owner.end();
}

async function writeHistories(database: Database, invoices: number): Promise<void> {
  const perTransaction = 100;
  for (let first = 0; first < invoices; first += perTransaction) {
    const numbers = Array.from({ length: Math.min(perTransaction, invoices - first) }, (_, index) => first + index);
    await database.inOrganization('org1', async (transaction) => {
      const corrections = await reserveIds(transaction, 'corrections', numbers.length);
      const approvals = await reserveIds(transaction, 'approvals', numbers.length);
      const entries = numbers.map((number, index) => ({
        kind: 'invoice' as const,
        id: `inv${number}`,
        actor: 'mem1',
        events: historyOf(number, corrections[index] ?? '', approvals[index] ?? ''),
      }));
      await append(transaction, ...entries);
    });
  }
}

function historyOf(number: number, correctionId: string, approvalId: string): NewEvent[] {
  const assessment = { exceptions: [], automation: ['A reason that says why a person has to look at it.'.repeat(20)], requiredSteps: [] };
  const gross = `${number}.5`;
  const lines = [1, 2, 3].map((position) => ({
    position,
    description: `Paper of kind ${position}`,
    quantity: '1.5',
    unit_price: '3',
    net_amount: gross,
    tax_rate: '19',
  }));
  const assessed: NewEvent = {
    type: 'invoice.assessed',
    data: { assessment, supplier_id: null, purchase_order_id: null, allocations: [], isInQuestion: false },
  };
  const approval = { step: 1, role: 'approver', member_id: 'mem1', decision: 'approved', policy_version: 1, note: null } as const;
  return [
    { type: 'invoice.recorded', data: { document_id: `doc${number}`, columns: { kind: 'invoice', number: `RE-${number}`, gross }, lines } },
    assessed,
    {
      type: 'invoice.corrected',
      data: { corrections: [{ id: correctionId, field: 'grossTotal', previous: gross, value: '7' }], columns: { gross: '7' }, lines },
    },
    assessed,
    { type: 'approval.asked', data: { assessment } },
    { type: 'approval.decided', data: { id: approvalId, ...approval, digest: 'a'.repeat(64) } },
    { type: 'invoice.approved', data: { assessment } },
    { type: 'invoice.scheduled', data: {} },
  ];
}
