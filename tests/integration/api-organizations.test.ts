import { afterAll, beforeAll, expect, test } from 'vitest';
import { callAs, send, type Caller } from '../support/api-caller.ts';
import { openApiOffice, seedOrganization, type ApiOffice, type SeededOrganization } from '../support/api-office.ts';

let api: ApiOffice;
let north: SeededOrganization;
let south: SeededOrganization;
let ana: Caller;
let otherAna: Caller;

beforeAll(async () => {
  api = await openApiOffice();
  north = await seedOrganization(api, 'north');
  south = await seedOrganization(api, 'south');
  ana = await callAs(api.url, north.people['office-manager'].email);
  otherAna = await callAs(api.url, south.people['office-manager'].email);
});
afterAll(() => api.close());

const lists = [
  '/v1/me',
  '/v1/overview',
  '/v1/numbers?period=2026',
  '/v1/tasks?view=all',
  '/v1/tasks?view=mine',
  '/v1/tasks?view=done',
  '/v1/invoices',
  '/v1/messages',
  '/v1/suppliers',
  '/v1/purchase-orders',
  '/v1/payments',
  '/v1/payments?status=scheduled',
  '/v1/payment-runs',
  '/v1/members',
  '/v1/delegations',
  '/v1/memory',
  '/v1/audit/verification',
];

function ownPaths(own: SeededOrganization): string[] {
  return [
    `/v1/tasks/${own.taskId}`,
    `/v1/invoices/${own.invoiceId}`,
    `/v1/invoices/${own.invoiceId}/proof`,
    `/v1/invoices/${own.invoiceId}/why`,
    `/v1/invoices/${own.invoiceId}/timeline`,
    `/v1/messages/${own.messageId}`,
    `/v1/documents/${own.documentId}`,
    `/v1/documents/${own.documentId}/original`,
    `/v1/documents/${own.documentId}/pages/1/image`,
    `/v1/documents/${own.documentId}/pages/1/words`,
    `/v1/suppliers/${own.supplierId}`,
    `/v1/purchase-orders/${own.purchaseOrderId}`,
    `/v1/payment-runs/${own.paymentRunId}`,
  ];
}

test('every route that shows something shows it to its own organization', async () => {
  for (const path of [...lists, ...ownPaths(north)]) {
    const answer = await ana.get(path);
    expect([path, answer.status, answer.text.slice(0, 300)]).toEqual([path, 200, expect.any(String)]);
  }
});

test('no list holds anything of another organization', async () => {
  const foreign = [south.organizationId, 'south', ...Object.values(south).filter((value) => typeof value === 'string')];
  for (const path of lists) {
    const { text } = await ana.get(path);
    for (const trace of foreign) expect([path, text]).not.toEqual([path, expect.stringContaining(trace)]);
  }
});

test('whatever belongs to another organization does not exist', async () => {
  for (const path of [...ownPaths(south), `/v1/payment-runs/${south.paymentRunId}/file`]) {
    const answer = await ana.get(path);
    expect([path, answer.status, answer.body?.code]).toEqual([path, 404, 'DH_ORCHESTRATION_NOT_FOUND']);
  }
});

test('nothing of another organization can be decided, corrected or paid', async () => {
  const controller = await callAs(api.url, north.people.controller.email);
  const tries = [
    ana.post(`/v1/tasks/${south.taskId}/decision`, { decision: 'accept' }),
    ana.post(`/v1/invoices/${south.invoiceId}/corrections`, { fields: { dueDate: '2026-12-24' } }, { 'if-match': '"1"' }),
    ana.post(`/v1/tasks/${south.taskId}/claim`),
    ana.post(`/v1/tasks/${south.taskId}/release`),
    ana.post(`/v1/tasks/${south.taskId}/assign`, { memberId: north.people.controller.memberId }),
    ana.post(`/v1/tasks/${south.taskId}/waiting`, { waitingFor: 'x', reason: 'y' }),
    ana.post(`/v1/tasks/${south.taskId}/resume`),
    ana.post('/v1/tasks/decide', { taskIds: [south.taskId], decision: 'accept', mode: 'each', sums: [] }),
    ana.post('/v1/delegations', { toMemberId: south.people.controller.memberId, startsOn: '2099-01-01', endsOn: '2099-01-02' }),
    controller.post(`/v1/payment-runs/${south.paymentRunId}/release`),
    controller.post(`/v1/payment-runs/${south.paymentRunId}/cancel`),
  ];
  for (const answer of await Promise.all(tries)) expect([answer.status, answer.body.code]).toEqual([404, 'DH_ORCHESTRATION_NOT_FOUND']);
  const proposed = await ana.post('/v1/payment-runs', { paymentIds: [south.freePaymentId] });
  expect(proposed.status).toBe(409);
  const task = await otherAna.get(`/v1/tasks/${south.taskId}`);
  expect(task.body.status).toBe('open');
});

test('a cursor of another organization is refused', async () => {
  const cursor = Buffer.from(south.invoiceId).toString('base64url');
  const answer = await ana.get(`/v1/invoices?cursor=${cursor}`);
  expect([answer.status, answer.body.code]).toEqual([422, 'DH_ORCHESTRATION_CURSOR_INVALID']);
});

test('live changes are told to the organization whose rows changed, and to no other', async () => {
  const heard = await Promise.all([listenOnce(ana), listenOnce(otherAna)]);
  await otherAna.post(`/v1/tasks/${south.taskId}/decision`, { decision: 'accept' });
  await new Promise((resume) => setTimeout(resume, 700));
  const [own, others] = await Promise.all(heard.map((stream) => stream.stop()));
  expect(others).toContain('data: {"table":"tasks"}');
  expect(own).not.toContain('data:');
});

test('every route of the contract wants a session', async () => {
  const document = (await send(api.url, '/openapi.json')).body as { paths: Record<string, Record<string, { security?: unknown[] }>> };
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (operation.security?.length === 0 || path === '/metrics') continue;
      const answer = await send(api.url, path.replaceAll(/\{\w+\}/g, '1'), { method: method.toUpperCase() });
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  }
});

async function listenOnce(caller: Caller): Promise<{ stop(): Promise<string> }> {
  const stopper = new AbortController();
  const response = await fetch(`${api.url}/v1/changes`, { headers: { authorization: `Bearer ${caller.token}` }, signal: stopper.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  })().catch((thrown: unknown) => {
    if (!stopper.signal.aborted) throw thrown;
  });
  return {
    async stop() {
      stopper.abort();
      await reading;
      return text;
    },
  };
}
