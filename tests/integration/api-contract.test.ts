import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callAs, send, type Caller } from '../support/api-caller.ts';
import { openApiOffice, seedOrganization, type ApiOffice, type SeededOrganization } from '../support/api-office.ts';
import { allowDirectWrites } from '../support/database.ts';

let api: ApiOffice;
let north: SeededOrganization;
let ana: Caller;
let controller: Caller;
let approver: Caller;

beforeAll(async () => {
  api = await openApiOffice();
  north = await seedOrganization(api, 'north');
  ana = await callAs(api.url, north.people['office-manager'].email);
  controller = await callAs(api.url, north.people.controller.email);
  approver = await callAs(api.url, north.people.approver.email);
});
afterAll(() => api.close());

test('OpenAPI is valid 3.1 and lists every route of the server', async () => {
  const { body, status } = await send(api.url, '/openapi.json');
  expect([status, body.openapi]).toEqual([200, '3.1.0']);
  const result = await new Validator().validate(structuredClone(body));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(Object.keys(body.paths as object).toSorted()).toMatchInlineSnapshot(`
    [
      "/api/auth/get-session",
      "/api/auth/sign-in/email",
      "/api/auth/sign-out",
      "/livez",
      "/metrics",
      "/readyz",
      "/v1/agreements",
      "/v1/agreements/{id}",
      "/v1/agreements/{id}/confirmation",
      "/v1/agreements/{id}/end",
      "/v1/audit/export",
      "/v1/audit/verification",
      "/v1/authenticators",
      "/v1/authenticators/{id}/confirm",
      "/v1/automation",
      "/v1/automation/resume",
      "/v1/automation/stop",
      "/v1/bank-files",
      "/v1/bank-files/{id}",
      "/v1/changes",
      "/v1/codes",
      "/v1/connections/{id}/pause",
      "/v1/connections/{id}/resume",
      "/v1/delegations",
      "/v1/delegations/{id}",
      "/v1/documents",
      "/v1/documents/{id}",
      "/v1/documents/{id}/original",
      "/v1/documents/{id}/pages/{page}/image",
      "/v1/documents/{id}/pages/{page}/words",
      "/v1/documents/{id}/statement",
      "/v1/imports/{kind}",
      "/v1/invoices",
      "/v1/invoices/{id}",
      "/v1/invoices/{id}/coding",
      "/v1/invoices/{id}/corrections",
      "/v1/invoices/{id}/proof",
      "/v1/invoices/{id}/timeline",
      "/v1/invoices/{id}/why",
      "/v1/language-model",
      "/v1/me",
      "/v1/members",
      "/v1/memory",
      "/v1/memory/{id}",
      "/v1/messages",
      "/v1/messages/{id}",
      "/v1/numbers",
      "/v1/overview",
      "/v1/payment-runs",
      "/v1/payment-runs/{id}",
      "/v1/payment-runs/{id}/cancel",
      "/v1/payment-runs/{id}/file",
      "/v1/payment-runs/{id}/release",
      "/v1/payment-runs/{id}/remittance-advices",
      "/v1/payments",
      "/v1/payments/advice",
      "/v1/pipeline-steps/{key}",
      "/v1/policies",
      "/v1/policies/{version}",
      "/v1/policies/{version}/activation",
      "/v1/policies/{version}/backtest",
      "/v1/policies/{version}/jdm",
      "/v1/purchase-orders",
      "/v1/purchase-orders/{id}",
      "/v1/question-answers/{id}/settlement",
      "/v1/questions/{id}/reminder",
      "/v1/questions/{id}/sent",
      "/v1/runs",
      "/v1/runs/{id}",
      "/v1/runs/{id}/cancel",
      "/v1/runs/{id}/fork",
      "/v1/runs/{id}/resume",
      "/v1/sign-in-options",
      "/v1/signing-keys",
      "/v1/signing-keys/{id}/confirm",
      "/v1/signing-keys/{id}/revoke",
      "/v1/suppliers",
      "/v1/suppliers/{id}",
      "/v1/tasks",
      "/v1/tasks/decide",
      "/v1/tasks/{id}",
      "/v1/tasks/{id}/assign",
      "/v1/tasks/{id}/claim",
      "/v1/tasks/{id}/decision",
      "/v1/tasks/{id}/question-draft",
      "/v1/tasks/{id}/questions",
      "/v1/tasks/{id}/release",
      "/v1/tasks/{id}/resume",
      "/v1/tasks/{id}/waiting",
      "/v1/tax-identity",
    ]
  `);
  for (const operations of Object.values(body.paths as Record<string, Record<string, { summary?: string }>>)) {
    for (const operation of Object.values(operations)) expect(operation.summary).toMatch(/\w/);
  }
});

test('the same Idempotency-Key gets the same answer, and the effect happens once', async () => {
  const headers = { 'idempotency-key': 'propose-1' };
  const body = { paymentIds: [north.freePaymentId] };
  await makeReleasable(north.freePaymentId);
  const first = await ana.post('/v1/payment-runs', body, headers);
  const second = await ana.post('/v1/payment-runs', body, headers);
  expect([first.status, first.text.slice(0, 200)]).toEqual([201, expect.stringContaining('proposed')]);
  expect([second.status, second.body.id]).toEqual([201, first.body.id]);
  expect(second.headers.get('idempotency-replayed')).toBe('true');
  const other = await ana.post('/v1/payment-runs', { paymentIds: [north.paymentId] }, headers);
  expect([other.status, other.body.code]).toEqual([422, 'DH_INTERFACES_IDEMPOTENCY_KEY_REUSED']);
});

test('an Idempotency-Key belongs to one member', async () => {
  const path = `/v1/tasks/${north.taskId}/decision`;
  const refused = await approver.post(path, { decision: 'accept' }, { 'idempotency-key': 'decide-1' });
  expect(refused.status).toBe(403);
  const [one, two] = await Promise.all([
    ana.post(path, { decision: 'accept' }, { 'idempotency-key': 'decide-1' }),
    ana.post(path, { decision: 'accept' }, { 'idempotency-key': 'decide-1' }),
  ]);
  const statuses = [one.status, two.status].toSorted((left, right) => left - right);
  expect([statuses.join(), '200,200', '200,409']).toContain(statuses.join());
  expect(statuses[0]).toBe(200);
  const entries = await api.testDatabase.query("select count(*)::int as count from audit_entries where action = 'task.decided'");
  expect(entries).toEqual([{ count: 1 }]);
});

test('a failed effect frees its key', async () => {
  const headers = { 'idempotency-key': 'release-1', 'content-type': 'application/json' };
  const path = `/v1/payment-runs/${north.paymentRunId}/release`;
  expect((await ana.post(path, {}, headers)).body.code).toBe('DH_ORCHESTRATION_NOT_ALLOWED');
  expect((await ana.post(path, {}, headers)).body.code).toBe('DH_ORCHESTRATION_NOT_ALLOWED');
});

test('a correction names the version it was made on', async () => {
  const path = `/v1/invoices/${north.invoiceId}`;
  const shown = await ana.get(path);
  expect(shown.headers.get('etag')).toBe('"1"');
  expect(shown.body.fields.grossTotal).toMatchObject({ value: '119.00', evidence: { page: 1, box: [1, 2, 3, 4], text: '119.00' } });
  expect(shown.body.match.exceptions[0]).toMatchObject({ reason: 'price', acceptedBy: { name: 'office-manager of north' } });
  expect(shown.body.match.allocations[0]).toMatchObject({
    quantity: '10',
    receivedQuantity: '10',
    amount: { amount: '100.00', currency: 'EUR' },
  });
  const correction = { fields: { dueDate: '2026-12-24' } };
  const blind = await ana.post(`${path}/corrections`, correction);
  expect([blind.status, blind.body.code]).toEqual([428, 'DH_INTERFACES_VERSION_REQUIRED']);
  const corrected = await ana.post(`${path}/corrections`, correction, { 'if-match': '"1"' });
  expect([corrected.status, corrected.headers.get('etag'), corrected.body.fields.dueDate]).toMatchObject([
    200,
    '"2"',
    { value: '2026-12-24', origin: 'person', correctedBy: { name: 'office-manager of north' } },
  ]);
  const late = await ana.post(`${path}/corrections`, correction, { 'if-match': '"1"' });
  expect([late.status, late.body.code]).toEqual([412, 'DH_ORCHESTRATION_INVOICE_CHANGED']);
});

test('a refused request is a problem that names its places by JSON Pointer', async () => {
  const { status, headers, body } = await ana.post('/v1/payment-runs', { paymentIds: [1], extra: true });
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect({ status, ...body }).toMatchObject({
    status: 422,
    code: 'DH_INTERFACES_REQUEST_INVALID',
    type: '/docs/errors#DH_INTERFACES_REQUEST_INVALID',
    title: expect.any(String),
    errors: expect.arrayContaining([expect.objectContaining({ pointer: '#/paymentIds/0' })]),
  });
  const page = await send(api.url, '/docs/errors');
  expect(page.text).toContain('id="DH_INTERFACES_REQUEST_INVALID"');
});

test('every other refusal is a problem too', async () => {
  const refusals = [
    [await ana.get('/v1/nothing'), 404, 'DH_INTERFACES_ROUTE_MISSING'],
    [await ana.get('/v1/invoices/unknown'), 404, 'DH_ORCHESTRATION_NOT_FOUND'],
    [await ana.post('/v1/payment-runs', '{"paymentIds":'), 400, 'DH_INTERFACES_REQUEST_UNREADABLE'],
    [await ana.post('/v1/payment-runs', 'x', { 'content-type': 'text/plain' }), 415, 'DH_INTERFACES_MEDIA_TYPE_UNSUPPORTED'],
    [await ana.post('/v1/payment-runs', JSON.stringify({ paymentIds: ['x'.repeat(1_100_000)] })), 413, 'DH_INTERFACES_TOO_LARGE'],
    [await approver.post('/v1/payment-runs', { paymentIds: ['x'] }), 403, 'DH_ORCHESTRATION_NOT_ALLOWED'],
    [await ana.get('/v1/invoices?limit=0'), 422, 'DH_INTERFACES_REQUEST_INVALID'],
    [await ana.get('/v1/invoices?cursor=nonsense'), 422, 'DH_ORCHESTRATION_CURSOR_INVALID'],
    [await ana.get(`/v1/payment-runs/${north.paymentRunId}/file`), 404, 'DH_ORCHESTRATION_NOT_FOUND'],
    [await ana.get(`/v1/documents/${north.documentId}/pages/2/image`), 404, 'DH_ORCHESTRATION_NOT_FOUND'],
  ] as const;
  for (const [answer, status, code] of refusals) {
    expect([answer.status, answer.body?.code, answer.headers.get('content-type')]).toEqual([
      status,
      code,
      expect.stringContaining('application/problem+json'),
    ]);
  }
});

test('lists are cut by cursor, without a gap and without a repeat', async () => {
  const whole = await ana.get('/v1/invoices');
  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const page = await ana.get(`/v1/invoices?limit=1${next === '' ? '' : `&cursor=${next}`}`);
    expect(page.body.items).toHaveLength(1);
    seen.push(page.body.items[0].id as string);
    next = page.body.next as string | null;
  }
  expect(seen).toEqual(whole.body.items.map((invoice: { id: string }) => invoice.id));
  expect(seen).toHaveLength(3);
});

test('invoices are found by number, supplier and amount', async () => {
  for (const q of ['1002', 'supplier of', '119.00', 'po-1']) expect((await ana.get(`/v1/invoices?q=${q}`)).body.items).not.toEqual([]);
  for (const q of ['nobody', '%', '_']) expect((await ana.get(`/v1/invoices?q=${encodeURIComponent(q)}`)).body.items).toEqual([]);
});

test('an order shows what came and what was invoiced', async () => {
  const { body } = await ana.get(`/v1/purchase-orders/${north.purchaseOrderId}`);
  expect(body).toMatchObject({
    status: 'invoiced',
    total: { amount: '100.00', currency: 'EUR' },
    orderLines: [{ receivedQuantity: '10', invoicedQuantity: '10' }],
  });
});

test('a supplier says its terms in words and what is open', async () => {
  const { body } = await ana.get(`/v1/suppliers/${north.supplierId}`);
  expect(body).toMatchObject({ terms: '2 % within 10 days, 30 days net', openAmount: { amount: '357.00', currency: 'EUR' }, invoices: 3 });
});

test('the timeline tells in sentences what happened to the invoice', async () => {
  const { body } = await ana.get(`/v1/invoices/${north.invoiceId}/timeline`);
  expect(body.items[0]).toMatchObject({ actor: 'Deskhand', sentence: 'A mail arrived and was kept as it came.' });
  expect(body.items[1]).toMatchObject({ actor: 'office-manager of north', sentence: 'office-manager of north corrected due date.' });
});

test('uploads are stored once and answered before they are read', async () => {
  const upload = async (content: string): Promise<{ status: number; body: { messages: { isNew: boolean; messageId: string }[] } }> => {
    const form = new FormData();
    form.append('file', new Blob([content]), 'Rechnung März.pdf');
    const answer = await fetch(`${api.url}/v1/documents`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${ana.token}` },
    });
    return { status: answer.status, body: (await answer.json()) as never };
  };
  const first = await upload('%PDF-1.7 new');
  const again = await upload('%PDF-1.7 new');
  expect([first.status, first.body]).toMatchObject([202, { messages: [{ fileName: 'Rechnung März.pdf', isNew: true }] }]);
  expect(again.body.messages[0]).toMatchObject({ isNew: false, messageId: first.body.messages[0]?.messageId });
});

test('an upload without a file, or in another shape, is refused', async () => {
  const none = await fetch(`${api.url}/v1/documents`, {
    method: 'POST',
    body: new FormData(),
    headers: { authorization: `Bearer ${ana.token}` },
  });
  expect(none.status).toBe(422);
  expect((await ana.post('/v1/documents', {})).status).toBe(415);
});

test('originals are downloads that no browser opens by itself', async () => {
  const { headers, text } = await ana.get(`/v1/documents/${north.documentId}/original`);
  expect(text).toBe('%PDF of north');
  expect(headers.get('content-disposition')).toBe('attachment; filename="RE-1001.pdf"; filename*=UTF-8\'\'RE-1001.pdf');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-type')).toBe('application/octet-stream');
});

test('an import answers every fault by its line', async () => {
  const administrator = await callAs(api.url, north.people.administrator.email);
  const answer = await administrator.post('/v1/imports/suppliers?dry_run=true', 'number,name\n,Muster\n', { 'content-type': 'text/csv' });
  expect([answer.status, answer.body]).toEqual([
    200,
    { imported: 0, dryRun: true, faults: [{ line: 2, column: 'number', value: '', message: 'A supplier needs a number.' }] },
  ]);
});

test('a run is released by another person than who proposed it, and then has its bank file', async () => {
  await makeReleasable(north.paymentId);
  const before = await controller.get(`/v1/payment-runs/${north.paymentRunId}`);
  expect([before.body.obstacles, before.body.mayRelease]).toEqual([[], true]);
  expect((await ana.get(`/v1/payment-runs/${north.paymentRunId}`)).body.mayRelease).toBe(false);
  const released = await controller.post(`/v1/payment-runs/${north.paymentRunId}/release`);
  expect([released.status, released.body.status, released.body.payments?.[0]?.status]).toEqual([200, 'released', 'released']);
  const file = await controller.get(`/v1/payment-runs/${north.paymentRunId}/file`);
  expect([file.status, file.text]).toEqual([200, '<Document/>']);
});

test('health and metrics answer this machine without a session', async () => {
  expect((await send(api.url, '/livez')).body).toEqual({ status: 'ok' });
  expect((await send(api.url, '/readyz')).body).toEqual({ status: 'ok' });
  const metrics = await send(api.url, '/metrics');
  expect(metrics.text).toContain('deskhand_http_request_seconds_bucket');
  expect(metrics.text).not.toContain(north.invoiceId);
  const proxied = await send(api.url, '/metrics', { headers: { 'x-forwarded-for': '203.0.113.7' } });
  expect(proxied.status).toBe(401);
});

/** Gives a seeded payment what scheduling would have given it: its digest and its invoice's approval. */
async function makeReleasable(paymentId: string): Promise<void> {
  const { approvalDigest } = await import('../../src/orchestration/invoices/approval-digest.ts');
  const { loadInvoice } = await import('../../src/orchestration/invoices/invoices.ts');
  const { digestOf, loadPayments } = await import('../../src/orchestration/payments/payment-runs.ts');
  await api.office.database.inOrganization(north.organizationId, async (transaction) => {
    await allowDirectWrites(transaction);
    const [payment] = await loadPayments(transaction, { paymentIds: [paymentId] });
    if (payment === undefined) throw new Error('no such payment');
    const invoiceId = payment.invoiceIds[0] ?? '';
    await transaction
      .updateTable('payments')
      .set({ digest: digestOf(payment) })
      .where('id', '=', paymentId)
      .execute();
    await transaction
      .insertInto('approvals')
      .values({
        organization_id: north.organizationId,
        invoice_id: invoiceId,
        step: 1,
        role: 'approver',
        member_id: north.people.approver.memberId,
        decision: 'approved',
        digest: approvalDigest(await loadInvoice(transaction, invoiceId)),
        policy_version: 0,
        note: null,
      })
      .execute();
  });
}
