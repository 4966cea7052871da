import pg from 'pg';
import type { Actor } from '#domain/identity';
import { systemClock, type Database } from '#platform';
import { getInvoice } from '../src/orchestration/queries/get-invoice.ts';
import { getNumbers } from '../src/orchestration/queries/get-numbers.ts';
import { getOverview } from '../src/orchestration/queries/get-overview.ts';
import { getSupplier } from '../src/orchestration/queries/get-supplier.ts';
import { getTimeline } from '../src/orchestration/queries/get-timeline.ts';
import { listInvoices } from '../src/orchestration/queries/list-invoices.ts';
import { listMessages } from '../src/orchestration/queries/list-messages.ts';
import { listPayments } from '../src/orchestration/queries/list-payments.ts';
import { listPurchaseOrders } from '../src/orchestration/queries/list-purchase-orders.ts';
import { listSuppliers } from '../src/orchestration/queries/list-suppliers.ts';
import { listTasks } from '../src/orchestration/queries/list-tasks.ts';
import type { Office } from '../src/orchestration/tasks/office.ts';
import { duration, percentile, printTable } from './figures.ts';
import { inLargeOffice, type OfficeSize } from './matching/large-office.ts';
import type { BenchOptions } from './run.ts';

const large: OfficeSize = { suppliers: 10_000, orders: 20_000, linesEach: 5, invoices: 100_000, measured: 20 };
const small: OfficeSize = { suppliers: 100, orders: 200, linesEach: 5, invoices: 1_000, measured: 5 };

/** How long the pages of an office take that has handled many invoices: each query as the API asks it, one after the other. */
export async function benchPages({ isSmoke }: Pick<BenchOptions, 'isSmoke'>): Promise<void> {
  const size = isSmoke ? small : large;
  await inLargeOffice(size, async (database, ownerUrl) => {
    await fillHistory(ownerUrl, size);
    const rows: string[][] = [];
    for (const [page, read] of pagesOf(database)) {
      const times: number[] = [];
      for (let turn = 0; turn < size.measured; turn += 1) {
        const startedAt = performance.now();
        await read();
        times.push(performance.now() - startedAt);
      }
      rows.push([page, duration(percentile(times, 50)), duration(percentile(times, 95))]);
    }
    printTable(`Pages of an office with ${size.invoices} invoices, each read ${size.measured} times`, ['', 'median', 'p95'], rows);
  });
}

function pagesOf(database: Database): readonly (readonly [string, () => Promise<unknown>])[] {
  // Reading needs nothing else of an office.
  const office = {
    database,
    clock: systemClock,
    holidays: { knows: () => true, of: () => [], timeZoneOf: () => 'UTC' },
  } as unknown as Office;
  const actor = { kind: 'member', memberId: 'm0', organizationId: 'org1', roles: ['office-manager', 'controller'] } as unknown as Actor;
  const year = String(new Date().getUTCFullYear());
  return [
    ['overview', () => getOverview(office, actor)],
    ['tasks', () => listTasks(office, actor, { view: 'all' })],
    ['messages', () => listMessages(office, actor, {})],
    ['invoices', () => listInvoices(office, actor, {})],
    ['invoices in review', () => listInvoices(office, actor, { status: 'in-review' })],
    ['invoices of a supplier', () => listInvoices(office, actor, { supplierId: 's7' })],
    ['invoices, searched by number', () => listInvoices(office, actor, { q: 'R-4711' })],
    ['invoices, searched in vain', () => listInvoices(office, actor, { q: 'nothing has this' })],
    ['invoice', () => getInvoice(office, actor, 'i700')],
    ['its timeline', () => getTimeline(office, actor, 'i700')],
    ['suppliers', () => listSuppliers(office, actor, {})],
    ['supplier', () => getSupplier(office, actor, 's7')],
    ['orders', () => listPurchaseOrders(office, actor, {})],
    ['payments', () => listPayments(office, actor, {})],
    ['numbers of a year', () => getNumbers(office, actor, year)],
  ];
}

/** Each invoice was approved and paid; one in three was asked about; of the newest, some wait for people. */
async function fillHistory(url: string, { invoices, suppliers }: OfficeSize): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  // The guards of payments and accounts ask for a history that nobody reads here.
  await owner
    .query(`
    set session_replication_role = replica;
    insert into members (id, organization_id, name, email, roles) values ('m0', 'org1', 'Ana', 'ana@example.org', '{office-manager,controller}');
    insert into supplier_bank_accounts (id, organization_id, supplier_id, iban, status)
      select 'b' || n, 'org1', 's' || n, 'DE' || n, 'verified' from generate_series(0, ${suppliers - 1}) n;
    insert into approvals (organization_id, invoice_id, step, role, member_id, decision, digest, policy_version)
      select 'org1', 'i' || n, 1, 'approver', case when n % 3 = 0 then 'm0' end, case when n % 3 = 0 then 'approved' else 'automatic' end, repeat('0', 64), 1
        from generate_series(0, ${invoices - 1}) n;
    insert into tasks (id, organization_id, workflow_id, key, kind, reason, title, question, choices, role, invoice_id, status, decision, decided_by, decided_at, created_at)
      select 't' || n, 'org1', 'w' || n, 'k', 'exception', 'price', 'A price differs', 'Is it right?', '{accept,reject}', 'office-manager', 'i' || n,
             case when n < 300 then 'open' else 'done' end, case when n < 300 then null else 'accept' end, case when n < 300 then null else 'm0' end,
             case when n < 300 then null else now() - make_interval(days => n % 700) end, now() - make_interval(days => n % 700)
        from generate_series(0, ${invoices - 1}, 3) n;
    insert into payments (id, organization_id, invoice_id, supplier_id, bank_account_id, amount, currency, execute_on, reason, reference, digest, status, created_at)
      select 'p' || n, 'org1', 'i' || n, 's' || (n % ${suppliers}), 'b' || (n % ${suppliers}), 100, 'EUR', current_date - (n % 700), '', 'R-' || n, repeat('0', 64),
             'released', now() - make_interval(days => n % 700) from generate_series(0, ${invoices - 1}) n;
    analyze`)
    .finally(() => owner.end());
}
