import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { callAs, send, type Caller } from '../support/api-caller.ts';
import { openApiOffice, seedOrganization, testPassword, type ApiOffice, type SeededOrganization } from '../support/api-office.ts';

let api: ApiOffice;
let north: SeededOrganization;
let manager: Caller;
let database: string;

beforeAll(async () => {
  api = await openApiOffice();
  north = await seedOrganization(api, 'north');
  manager = await callAs(api.url, north.people['office-manager'].email);
  database = new URL(api.testDatabase.url).pathname.slice(1);
});
afterEach(() => comeBack());
afterAll(() => api.close());

/** Nobody of the product gets in, and who was in is thrown out: for it, the database is away. */
async function goAway(): Promise<void> {
  await api.testDatabase.query(`alter database ${database} connection limit 0`);
  await api.testDatabase.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename like 'deskhand\\_%' and pid <> pg_backend_pid()
      and usename <> current_user`,
  );
}

async function comeBack(): Promise<void> {
  await api.testDatabase.query(`alter database ${database} connection limit -1`);
}

const signIn = (): ReturnType<typeof send> =>
  send(api.url, '/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: north.people.approver.email, password: testPassword }),
  });

test('while the database is away every door says so and when to ask again; then all goes on without a restart', async () => {
  await goAway();
  const [tasks, upload, signedIn, ready, live] = await Promise.all([
    manager.get('/v1/tasks'),
    manager.post('/v1/payment-runs', { paymentIds: [north.freePaymentId] }),
    signIn(),
    send(api.url, '/readyz'),
    send(api.url, '/livez'),
  ]);
  for (const answer of [tasks, upload, signedIn]) {
    expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'DH_PLATFORM_DATABASE_AWAY', '2']);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  }
  expect([ready.status, ready.body.code, ready.headers.get('retry-after')]).toEqual([503, 'DH_INTERFACES_NOT_READY', '1']);
  expect(live.status).toBe(200);
  await comeBack();
  expect((await manager.get('/v1/tasks')).status).toBe(200);
  expect((await signIn()).status).toBe(200);
  expect((await send(api.url, '/readyz')).status).toBe(200);
});

test('who asks during a restart of a second is answered late and not refused', async () => {
  await goAway();
  const asked = Promise.all([manager.get('/v1/tasks'), signIn()]);
  await new Promise((resume) => setTimeout(resume, 700));
  await comeBack();
  expect((await asked).map(({ status }) => status)).toEqual([200, 200]);
});
