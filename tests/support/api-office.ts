import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { headerFieldNames, type Extraction, type ExtractedField, type Reading } from '#domain/documents';
import type { Role } from '#domain/identity';
import { createApi, createAuth, type ApiOptions, type Auth } from '#interfaces';
import type { Office } from '#orchestration';
import { appendAudit, createFileBlobs, createLog, createMetrics, createOutsideCalls, createSealing, newId, systemClock } from '#platform';
import { allowDirectWrites, createTestDatabase, type TestDatabase } from './database.ts';

/** The API on a real Postgres, without engine, readers and sources: what it answers is what the tables hold. */
export interface ApiOffice {
  readonly url: string;
  readonly office: Office;
  readonly auth: Auth;
  readonly testDatabase: TestDatabase;
  close(): Promise<void>;
}

const never = (): never => {
  throw new Error('No test of the API needs this port.');
};

/** A page of one pixel, so that no renderer is needed. */
const picture = { bytes: Buffer.from('RIFFpicture'), mediaType: 'image/webp', widthPx: 1, heightPx: 1 } as const;

export async function openApiOffice(options: Partial<ApiOptions> & { readonly signInsPerMinute?: number } = {}): Promise<ApiOffice> {
  const testDatabase = await createTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'deskhand-api-'));
  const log = createLog({ level: 'error' });
  const office: Office = {
    database: testDatabase.database,
    engine: never,
    blobs: createFileBlobs(path.join(folder, 'blobs')),
    sealing: createSealing(['a secret that only tests know']),
    clock: systemClock,
    log,
    metrics: createMetrics(),
    unpacker: { unpack: never },
    triage: { classify: never },
    reader: { read: never },
    renderer: { render: (_, page) => Promise.resolve(page === 1 ? picture : null) },
    paymentChannel: null,
    bankFiles: { read: never },
    paymentFiles: { write: () => Promise.resolve('<Document/>') },
    calls: createOutsideCalls({ metrics: createMetrics() }),
    callbacks: { refusal: () => null, send: never },
    records: { parse: () => ({ ok: false, faults: [{ line: 2, column: 'number', value: '', message: 'A supplier needs a number.' }] }) },
    optimizer: { choose: never },
    holidays: { knows: () => true, of: () => [], timeZoneOf: () => 'Europe/Berlin' },
  };
  const auth = createAuth({
    databaseUrl: testDatabase.urls.signIn,
    secret: 'a secret that only tests know, of some length',
    signInsPerMinute: options.signInsPerMinute ?? 1000,
  });
  const api = await createApi({ office, auth, log, webRoot: path.join(folder, 'no-web'), ...options });
  const url = await api.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    office,
    auth,
    testDatabase,
    async close() {
      await api.close();
      await auth.close();
      await testDatabase.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ids of one of everything that an organization may have. */
export interface SeededOrganization {
  readonly organizationId: string;
  readonly people: Readonly<Record<Role, { readonly memberId: string; readonly email: string }>>;
  readonly supplierId: string;
  readonly purchaseOrderId: string;
  readonly messageId: string;
  readonly documentId: string;
  readonly invoiceId: string;
  readonly taskId: string;
  readonly paymentId: string;
  readonly freePaymentId: string;
  readonly paymentRunId: string;
}

export const testPassword = 'correct horse battery';
const memberRoles = ['office-manager', 'approver', 'controller', 'administrator'] as const;

/** Fills an organization with one of everything, an invoice in review and a payment run to release among it. */
export async function seedOrganization(api: ApiOffice, name: string): Promise<SeededOrganization> {
  const organizationId = newId('org');
  const people = Object.fromEntries(
    memberRoles.map((role) => [role, { memberId: newId('mem'), email: `${role}@${name}.example` }]),
  ) as SeededOrganization['people'];
  const users = new Map<Role, string>();
  for (const role of memberRoles) {
    users.set(role, await api.auth.addUser({ name: `${role} of ${name}`, email: people[role].email, password: testPassword }));
  }
  const reading = await api.office.blobs.put(Buffer.from(JSON.stringify(readingOf(name))));
  const original = await api.office.blobs.put(Buffer.from(`%PDF of ${name}`));
  const ids = {
    supplierId: newId('sup'),
    purchaseOrderId: newId('po'),
    messageId: newId('evt'),
    documentId: newId('doc'),
    invoiceId: newId('inv'),
    taskId: newId('tsk'),
    paymentId: newId('pay'),
    freePaymentId: newId('pay'),
    paymentRunId: newId('run'),
  };
  const own = { organization_id: organizationId };
  await api.office.database.inOrganization(organizationId, async (transaction) => {
    const insert = transaction.insertInto.bind(transaction);
    await allowDirectWrites(transaction);
    await insert('organizations')
      .values({ id: organizationId, name, currency: 'EUR', iban: 'DE89370400440532013000', bic: null })
      .execute();
    for (const role of memberRoles) {
      const { memberId, email } = people[role];
      await insert('members')
        .values({ ...own, id: memberId, auth_user_id: users.get(role) ?? null, name: `${role} of ${name}`, email, roles: [role] })
        .execute();
    }
    const connectionId = newId('con');
    await insert('connections')
      .values({ ...own, id: connectionId, kind: 'upload', name: 'Upload', cursor: null, last_error: null, last_seen_at: null })
      .execute();
    await insert('suppliers')
      .values({
        ...own,
        id: ids.supplierId,
        number: '70001',
        name: `Supplier of ${name}`,
        vat_id: null,
        country: 'DE',
        currency: 'EUR',
        terms: JSON.stringify({ netDays: 30, discounts: [{ days: 10, basisPoints: 200 }] }),
      })
      .execute();
    const accountId = newId('acc');
    await insert('supplier_bank_accounts')
      .values({
        ...own,
        id: accountId,
        supplier_id: ids.supplierId,
        iban: 'DE89370400440532013000',
        bic: null,
        status: 'verified',
        decided_by: null,
        decided_at: null,
      })
      .execute();
    await insert('purchase_orders')
      .values({
        ...own,
        id: ids.purchaseOrderId,
        number: 'PO-1',
        supplier_id: ids.supplierId,
        currency: 'EUR',
        ordered_on: '2026-10-01',
        requester_id: people.approver.memberId,
        is_receipt_required: true,
      })
      .execute();
    const orderLineId = newId('pol');
    await insert('purchase_order_lines')
      .values({
        ...own,
        id: orderLineId,
        purchase_order_id: ids.purchaseOrderId,
        position: 1,
        item_code: 'A-1',
        description: 'Paper',
        unit: 'C62',
        quantity: '10',
        unit_price: '10',
      })
      .execute();
    const receiptId = newId('rcp');
    await insert('goods_receipts')
      .values({ ...own, id: receiptId, number: 'GR-1', purchase_order_id: ids.purchaseOrderId, received_on: '2026-10-05' })
      .execute();
    await insert('goods_receipt_lines')
      .values({ ...own, goods_receipt_id: receiptId, purchase_order_line_id: orderLineId, quantity: '10' })
      .execute();
    const now = new Date();
    await insert('events')
      .values({
        ...own,
        id: ids.messageId,
        connection_id: connectionId,
        external_id: ids.messageId,
        content_sha256: original.sha256,
        kind: 'mail',
        file_name: 'mail.eml',
        size_bytes: 1,
        sequence: null,
        received_at: now,
        trace_parent: null,
        message_id: null,
        subject: `Invoice for ${name}`,
        sender_name: 'Supplier',
        sender_address: 'billing@supplier.example',
        body: 'See attached.',
        classification: 'invoice',
      })
      .execute();
    await addInvoice(ids.documentId, ids.invoiceId, 0, 'RE-1001', 'in-review');
    const paidInvoiceId = newId('inv');
    const freeInvoiceId = newId('inv');
    await addInvoice(newId('doc'), paidInvoiceId, 1, 'RE-1002', 'scheduled');
    await addInvoice(newId('doc'), freeInvoiceId, 2, 'RE-1003', 'scheduled');
    await insert('allocations')
      .values({
        ...own,
        invoice_id: ids.invoiceId,
        invoice_line: 1,
        purchase_order_line_id: orderLineId,
        quantity: '10',
        amount: '100',
        reason: 'same item code',
      })
      .execute();
    await insert('tasks')
      .values({
        ...own,
        id: ids.taskId,
        workflow_id: `document:${ids.documentId}`,
        key: 'price',
        kind: 'exception',
        reason: 'price',
        title: `Price differs on RE-1001 of ${name}`,
        question: 'Is the price right?',
        choices: ['accept', 'reject'],
        role: 'office-manager',
        facts: JSON.stringify({ expected: '10.00', found: '11.00', secretOfTheWorkflow: 1 }),
        member_id: null,
        event_id: ids.messageId,
        document_id: ids.documentId,
        invoice_id: ids.invoiceId,
        decision: null,
        note: null,
        decided_by: null,
        decided_at: null,
        reminded_at: null,
        due_on: '2026-12-01',
      })
      .execute();
    await insert('payment_runs')
      .values({
        ...own,
        id: ids.paymentRunId,
        status: 'proposed',
        created_by: people['office-manager'].memberId,
        released_by: null,
        released_at: null,
        file_sha256: null,
        message_id: ids.paymentRunId.toUpperCase(),
      })
      .execute();
    for (const [paymentId, invoiceId, runId] of [
      [ids.paymentId, paidInvoiceId, ids.paymentRunId],
      [ids.freePaymentId, freeInvoiceId, null],
    ] as const) {
      await insert('payments')
        .values({
          ...own,
          id: paymentId,
          invoice_id: invoiceId,
          supplier_id: ids.supplierId,
          bank_account_id: accountId,
          amount: '119',
          currency: 'EUR',
          execute_on: '2026-12-01',
          valid_until: null,
          reason: 'Due on 2026-12-01',
          reference: 'RE-1002',
          digest: 'f'.repeat(64),
          status: runId === null ? 'scheduled' : 'in-run',
          payment_run_id: runId,
        })
        .execute();
    }
    await appendAudit(
      transaction,
      organizationId,
      now,
      { actor: 'deskhand', action: 'message.received', subjects: [ids.messageId], details: { kind: 'mail' } },
      {
        actor: people['office-manager'].memberId,
        action: 'invoice.corrected',
        subjects: [ids.invoiceId, ids.documentId],
        details: { fields: ['dueDate'] },
      },
    );

    async function addInvoice(
      documentId: string,
      invoiceId: string,
      position: number,
      number: string,
      status: 'in-review' | 'scheduled',
    ): Promise<void> {
      await insert('documents')
        .values({
          ...own,
          id: documentId,
          event_id: ids.messageId,
          position,
          sha256: original.sha256,
          file_name: `${number}.pdf`,
          size_bytes: 12,
          status: 'read',
          media_type: 'application/pdf',
          page_count: 1,
          document_type: 'invoice',
          reading_sha256: reading.sha256,
          extraction: JSON.stringify(extractionOf(number)),
          read_ms: 5,
        })
        .execute();
      await insert('invoices')
        .values({
          ...own,
          id: invoiceId,
          document_id: documentId,
          kind: 'invoice',
          status,
          number,
          issued_on: '2026-11-01',
          due_on: '2026-12-01',
          supplier_id: ids.supplierId,
          supplier_name: 'Supplier',
          supplier_tax_id: null,
          iban: null,
          buyer_name: null,
          po_number: 'PO-1',
          purchase_order_id: ids.purchaseOrderId,
          currency: 'EUR',
          net: '100',
          tax: '19',
          gross: '119',
          assessment: JSON.stringify({
            supplier: { supplierId: ids.supplierId, confidence: 0.99, reason: 'Same VAT id.' },
            match: { kind: 'three-way', outcome: 'exception', allocations: [], exceptions: [] },
            exceptions: [
              {
                reason: 'price',
                line: 1,
                expected: '10.00',
                found: '11.00',
                difference: '1.00',
                message: 'The price differs.',
                key: 'price:1',
                acceptedBy: people['office-manager'].memberId,
              },
            ],
            automation: ['The price differs.'],
            requiredSteps: ['approver'],
          }),
        })
        .execute();
    }
  });
  return { organizationId, people, ...ids };
}

function readingOf(name: string): Reading {
  const words = [{ id: 0, text: name, box: [1, 2, 3, 4], confidence: 1 }] as const;
  return {
    mediaType: 'application/pdf',
    source: 'text-layer',
    pages: [{ number: 1, width: 595, height: 842, rotation: 0, words }],
    structuredXml: null,
    problems: [],
  };
}

function extractionOf(number: string): Extraction {
  const values: Readonly<Record<string, string>> = {
    invoiceNumber: number,
    issueDate: '2026-11-01',
    currency: 'EUR',
    grossTotal: '119.00',
  };
  const fields = Object.fromEntries(headerFieldNames.map((name) => [name, fieldOf(values[name] ?? null)])) as Extraction['fields'];
  return {
    documentType: 'invoice',
    documentTypeConfidence: 0.99,
    fields,
    lines: [
      {
        description: fieldOf('Paper'),
        quantity: fieldOf('10'),
        unitPrice: fieldOf('10.00'),
        netAmount: fieldOf('100.00'),
        taxRate: fieldOf('19'),
      },
    ],
    proof: {
      equations: [
        {
          rule: 'net+tax=gross',
          text: '100.00 + 19.00 = 119.00',
          holds: true,
          fields: ['netTotal', 'taxTotal', 'grossTotal'],
          wordIds: [0],
        },
      ],
    },
    problems: [],
    language: 'de',
    extractorVersion: 'test-1',
  };
}

function fieldOf(value: string | null): ExtractedField {
  const evidence = value === null ? null : { page: 1, box: [1, 2, 3, 4] as const, wordIds: [0], text: value };
  return {
    value,
    confidence: value === null ? 0 : 0.95,
    standing: 'proven',
    origin: 'grammar',
    evidence,
    reason: 'Test.',
    alternatives: [],
  };
}
