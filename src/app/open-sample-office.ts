import { untilWelcome } from '#connectors';
import type { RecordKind, RecordsByKind } from '#domain/ports';
import type { Actor } from '#domain/identity';
import type { Auth, SampleMember } from '#interfaces';
import { importRecords, mayTake, openConnection, receiveMessage, type Office } from '#orchestration';
import { untilDatabaseCame, type Database, type Log } from '#platform';
import { createOrganization } from './create-organization.ts';

interface SampleOptions {
  readonly office: Office;
  readonly auth: Auth;
  readonly log: Log;
  readonly progress: (line: string) => void;
}

/** Where feeding the mailbox stands: kept with the connection, so that a restart goes on. */
interface SampleCursor {
  readonly today: string;
  readonly delivered: number;
}

/** The same for everyone, and shown on the sign-in page: nothing real is behind it, and it listens on this machine. */
const samplePassword = 'monday-morning';
const seed = 1;

/** Loaded only where it is needed: drawing documents brings much code along. */
// oxlint-disable-next-line typescript/explicit-function-return-type -- the module's own type, which only import() can name
const loadSample = () => import('./sample-office/index.ts');

/** People whom the sign-in page offers; none unless the sample office is here. */
export async function sampleMembers(database: Database): Promise<readonly SampleMember[]> {
  const organization = await findSampleOffice(database);
  if (organization === undefined) return [];
  const { sampleOffice } = await loadSample();
  return sampleOffice(day(new Date())).members.map(({ name, email, roles }) => ({ name, email, roles, password: samplePassword }));
}

/**
 * On the first start of an empty installation: sets up the sample office and lets its mail arrive, in the background.
 * Later starts go on where the mail stopped. @returns null when this installation has an organization of its own.
 */
export async function openSampleOffice(options: SampleOptions): Promise<{ stop(): Promise<void> } | null> {
  const { office, log, progress } = options;
  const existing = await office.database.inSystem((transaction) =>
    transaction.selectFrom('organizations').select('id').limit(1).executeTakeFirst(),
  );
  const sample = await findSampleOffice(office.database);
  if (existing !== undefined && sample === undefined) return null;
  if (sample === undefined) progress('Setting up the sample office');
  const organizationId = sample?.id ?? (await createSampleOffice(options));
  await importMasterData(office, organizationId);
  const stopper = new AbortController();
  const say = (line: string): void => log.warn({ event: 'sample-office.waits' }, line);
  const patience = { say, signal: stopper.signal, patienceMs: Number.POSITIVE_INFINITY };
  const feeding = untilDatabaseCame(() => feed(office, organizationId, stopper.signal), patience).catch((thrown: unknown) => {
    log.error({ event: 'sample-office.mail-stopped' }, thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  });
  return {
    async stop() {
      stopper.abort();
      await feeding;
    },
  };
}

function findSampleOffice(database: Database): Promise<{ readonly id: string } | undefined> {
  return database.inSystem((transaction) =>
    transaction.selectFrom('organizations').select('id').where('is_sample', '=', true).executeTakeFirst(),
  );
}

async function createSampleOffice({ office, auth }: SampleOptions): Promise<string> {
  const { sampleOffice } = await loadSample();
  const { organization, members } = sampleOffice(day(office.clock.now()));
  const { organizationId } = await createOrganization(office.database, auth, {
    name: organization.name,
    currency: organization.currency,
    iban: organization.iban,
    bic: organization.bic,
    address: organization.address,
    country: organization.country,
    vatId: organization.vatId,
    isSample: true,
    members: members.map(({ name, email, roles }) => ({ name, email, roles, password: samplePassword })),
  });
  return organizationId;
}

/** Suppliers, orders and receipts go in by the same command as anyone's; each kind once. */
async function importMasterData(office: Office, organizationId: string): Promise<void> {
  const actor = await anOfficeManager(office.database, organizationId);
  const { sampleOffice } = await loadSample();
  const records = sampleOffice(day(office.clock.now()));
  const isThere = await office.database.inOrganization(organizationId, async (transaction) => ({
    suppliers: (await transaction.selectFrom('suppliers').select('id').limit(1).executeTakeFirst()) !== undefined,
    'purchase-orders': (await transaction.selectFrom('purchase_orders').select('id').limit(1).executeTakeFirst()) !== undefined,
    'goods-receipts': (await transaction.selectFrom('goods_receipts').select('id').limit(1).executeTakeFirst()) !== undefined,
  }));
  if (!isThere.suppliers) await take(office, actor, 'suppliers', records.suppliers);
  if (!isThere['purchase-orders']) await take(office, actor, 'purchase-orders', records.purchaseOrders);
  if (!isThere['goods-receipts']) await take(office, actor, 'goods-receipts', records.goodsReceipts);
}

async function take<Kind extends RecordKind>(
  office: Office,
  actor: Actor,
  kind: Kind,
  records: readonly RecordsByKind[Kind][],
): Promise<void> {
  const parse = () => ({ ok: true, records, lines: records.map((_record, index) => index + 1) }) as never;
  const { faults } = await importRecords({ ...office, records: { parse } }, actor, {
    kind,
    fileName: 'sample-office',
    bytes: new Uint8Array(),
    dryRun: false,
  });
  if (faults.length > 0) throw new TypeError(`The sample office does not fit: ${faults.map((fault) => fault.message).join(' ')}`);
}

async function anOfficeManager(database: Database, organizationId: string): Promise<Actor> {
  const members = await database.inOrganization(organizationId, (transaction) => transaction.selectFrom('members').selectAll().execute());
  const ana = members.find((member) => member.roles.includes('office-manager'));
  if (ana === undefined) throw new TypeError('The sample office has no office manager.');
  return { memberId: ana.id, organizationId, name: ana.name, roles: ['office-manager'] };
}

async function feed(office: Office, organizationId: string, signal: AbortSignal): Promise<void> {
  const { mailboxSize, sampleMailbox } = await loadSample();
  const connectionId = await openConnection(office, organizationId, 'sample', 'Invoice mailbox');
  const stored = await office.database.inOrganization(organizationId, (transaction) =>
    transaction.selectFrom('connections').select('cursor').where('id', '=', connectionId).executeTakeFirstOrThrow(),
  );
  const cursor = (stored.cursor as SampleCursor | null) ?? { today: day(office.clock.now()), delivered: 0 };
  const options = { seed, today: cursor.today };
  if (cursor.delivered >= mailboxSize(options)) return;
  let delivered = 0;
  for await (const { message } of sampleMailbox(options)) {
    if (signal.aborted) return;
    delivered += 1;
    if (delivered <= cursor.delivered) continue;
    await untilWelcome(
      () => mayTake(office, { organizationId, connectionId }),
      () => office.metrics.count('heldBack', { by: 'source' }),
      signal,
    );
    if (signal.aborted) return;
    await receiveMessage(office, { organizationId, connectionId, message });
    await office.database.inOrganization(organizationId, (transaction) =>
      transaction
        .updateTable('connections')
        .set({ cursor: JSON.stringify({ today: cursor.today, delivered } satisfies SampleCursor), last_seen_at: office.clock.now() })
        .where('id', '=', connectionId)
        .execute(),
    );
  }
}

function day(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
