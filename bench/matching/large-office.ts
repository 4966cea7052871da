import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { findDuplicates, matchInvoice, type Invoice, type PurchaseOrder } from '#domain/accounts-payable';
import { decimal, money } from '#domain/money';
import { createDatabase, createLog, migrate, startPostgres, type Database } from '#platform';
import { loadComparableInvoices } from '../../src/orchestration/activities/comparable-invoices.ts';
import { findOrders } from '../../src/orchestration/activities/find-orders.ts';
import { duration, percentile, printTable } from '../figures.ts';
import { chanceOf, type Chance } from './chance.ts';

/** How large the office is. */
export interface OfficeSize {
  readonly suppliers: number;
  readonly orders: number;
  readonly linesEach: number;
  readonly invoices: number;
  /** How many invoices are measured. */
  readonly measured: number;
}

/** Has work done in a Postgres of its own, filled with an office of this size. */
export async function inLargeOffice(size: OfficeSize, work: (database: Database, ownerUrl: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-bench-'));
  await chmod(folder, 0o711);
  const server = await startPostgres(folder, createLog({ level: 'error' }));
  try {
    const { urls } = await migrate(server.url, path.resolve(import.meta.dirname, '../../migrations'), 'a secret that only benches know');
    await fillOffice(server.url, size);
    const database = createDatabase(urls);
    await work(database, server.url).finally(() => database.close());
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * How long it takes to match one invoice, and to look for duplicates of it, in an office with many open orders: with the
 * database queries as the assessment does them, and the rules alone.
 */
export async function benchLargeOffice(size: OfficeSize, seed: number): Promise<void> {
  await inLargeOffice(size, async (database) => {
    const times = await measure(database, size, chanceOf(seed));
    printTable(
      `${size.orders * size.linesEach} open order lines, ${size.suppliers} suppliers, ${size.invoices} invoices; ${size.measured} measured`,
      ['', 'median', 'p95', 'CPU each'],
      times.map(({ what, wallMs, cpuMs }) => [
        what,
        duration(percentile(wallMs, 50)),
        duration(percentile(wallMs, 95)),
        duration(cpuMs / wallMs.length),
      ]),
    );
  });
}

/** Every order is fully received; nothing is billed on it. Each supplier has orders, and ten invoices of two years. */
async function fillOffice(url: string, { suppliers, orders, linesEach, invoices }: OfficeSize): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner
    .query(`
    insert into organizations (id, name, currency) values ('org1', 'Bench', 'EUR');
    insert into connections (id, organization_id, kind, name) values ('con1', 'org1', 'upload', 'Upload');
    insert into events (id, organization_id, connection_id, external_id, content_sha256, kind, file_name, size_bytes, status, received_at, created_at)
      select 'e' || n, 'org1', 'con1', n, md5(n::text) || md5(n::text), 'file', 'bench.pdf', 1, 'handled', now() - make_interval(days => n % 700), now() - make_interval(days => n % 700)
        from generate_series(0, ${invoices - 1}) n;
    insert into suppliers (id, organization_id, number, name, country, currency, terms)
      select 's' || n, 'org1', 'N-' || n, 'Supplier ' || md5(n::text), 'DE', 'EUR', '{"netDays":30,"discounts":[]}'
        from generate_series(0, ${suppliers - 1}) n;
    insert into purchase_orders (id, organization_id, number, supplier_id, currency, ordered_on, is_receipt_required)
      select 'o' || n, 'org1', 'PO-' || n, 's' || (n % ${suppliers}), 'EUR', '2026-02-01', true from generate_series(0, ${orders - 1}) n;
    insert into purchase_order_lines (id, organization_id, purchase_order_id, position, item_code, description, unit, quantity, unit_price)
      select 'o' || n || '-' || p, 'org1', 'o' || n, p, 'AB-' || (n * 7 + p), 'Part ' || md5((n * 31 + p)::text) || ' galvanised', 'C62', 10 + p, 2.5 * p
        from generate_series(0, ${orders - 1}) n, generate_series(1, ${linesEach}) p;
    insert into goods_receipts (id, organization_id, number, purchase_order_id, received_on)
      select 'g' || n, 'org1', 'GR-' || n, 'o' || n, '2026-02-15' from generate_series(0, ${orders - 1}) n;
    insert into goods_receipt_lines (goods_receipt_id, purchase_order_line_id, organization_id, quantity)
      select 'g' || n, 'o' || n || '-' || p, 'org1', 10 + p from generate_series(0, ${orders - 1}) n, generate_series(1, ${linesEach}) p;
    insert into documents (id, organization_id, event_id, position, sha256, file_name, size_bytes)
      select 'd' || n, 'org1', 'e' || n, 0, repeat('0', 64), 'bench.pdf', 1 from generate_series(0, ${invoices - 1}) n;
    insert into invoices (id, organization_id, document_id, kind, status, number, issued_on, supplier_id, supplier_name, po_number, currency,
                          net, tax, gross, assessment, created_at)
      select 'i' || n, 'org1', 'd' || n, 'invoice', 'paid', 'R-' || n, date '2026-02-20' - (n % 700), 's' || (n % ${suppliers}),
             'Supplier ' || md5((n % ${suppliers})::text), 'PO-' || (n % ${orders}), 'EUR', 100 + n * 0.01, 0, 100 + n * 0.01,
             '{"exceptions":[]}', now() - make_interval(days => n % 700)
        from generate_series(0, ${invoices - 1}) n;
    insert into invoice_lines (invoice_id, position, organization_id, description, quantity, unit_price, net_amount, tax_rate)
      select 'i' || n, 1, 'org1', 'Part ' || md5(n::text), 1, 100 + n * 0.01, 100 + n * 0.01, 0 from generate_series(0, ${invoices - 1}) n;
    analyze`)
    .finally(() => owner.end());
}

interface Times {
  readonly what: string;
  readonly wallMs: number[];
  cpuMs: number;
}

async function measure(database: Database, { orders, measured, invoices }: OfficeSize, chance: Chance): Promise<Times[]> {
  const [matching, pureMatch, searching, pureSearch] = [
    'match with its queries',
    'match, rules alone',
    'duplicate search with its queries',
    'duplicate search, rules alone',
  ].map((what): Times => ({ what, wallMs: [], cpuMs: 0 }));
  if (matching === undefined || pureMatch === undefined || searching === undefined || pureSearch === undefined) return [];
  const tolerance = { priceBasisPoints: 200, priceMinor: 500n, quantityBasisPoints: 0 };
  for (let turn = 0; turn < measured; turn += 1) {
    const id = `i${chance.whole(0, invoices - 1)}`;
    const number = `PO-${chance.whole(0, orders - 1)}`;
    await database.inOrganization('org1', async (transaction) => {
      const named = { id, po_number: number };
      // Read once to write the invoice; what is measured reads it again, as the assessment would.
      const [drawn] = await findOrders(transaction, named, null);
      if (drawn === undefined) return;
      const invoice = invoiceFor(drawn, id);
      await timed(matching, async () => {
        const [order = null, ...moreOrders] = await findOrders(transaction, named, null);
        matchInvoice({ invoice, order, moreOrders, tolerance });
      });
      await timed(pureMatch, () => matchInvoice({ invoice, order: drawn, tolerance }));
      const earlier = await timed(searching, async () => {
        const found = await loadComparableInvoices(transaction, invoice);
        findDuplicates(invoice, found);
        return found;
      });
      await timed(pureSearch, () => findDuplicates(invoice, earlier));
    });
  }
  return [matching, pureMatch, searching, pureSearch];
}

async function timed<T>(times: Times, work: () => T | Promise<T>): Promise<T> {
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  const done = await work();
  times.wallMs.push(performance.now() - startedAt);
  const { user, system } = process.cpuUsage(cpu);
  times.cpuMs += (user + system) / 1000;
  return done;
}

function invoiceFor(order: PurchaseOrder, id: string): Invoice {
  const lines = order.lines.map(({ description, quantity, unitPrice }, at) => ({
    position: at + 1,
    description,
    quantity,
    unitPrice,
    netAmount: money(quantity.times(unitPrice).round(2), 'EUR'),
    taxRate: decimal(0),
  }));
  const net = { minor: lines.reduce((total, line) => total + line.netAmount.minor, 0n), currency: 'EUR' };
  const tax = { minor: 0n, currency: 'EUR' };
  const named = { number: `N-${id}`, issuedOn: '2026-03-02', dueOn: null, supplierId: order.supplierId, supplierName: '', iban: null };
  return { id, kind: 'invoice', ...named, poNumber: order.number, net, tax, gross: net, lines };
}
