import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAuth, createSignIn } from '#interfaces';
import { callAs, send } from '../support/api-caller.ts';
import { openApiOffice, seedOrganization, testPassword, type ApiOffice, type SeededOrganization } from '../support/api-office.ts';

let api: ApiOffice;
let north: SeededOrganization;

beforeAll(async () => {
  api = await openApiOffice({
    signInsPerMinute: 8,
    sampleMembers: () => Promise.resolve([{ name: 'Ana', email: 'ana@sample.example', roles: ['office-manager'], password: 'sample' }]),
  });
  north = await seedOrganization(api, 'north');
});
afterAll(() => api.close());

const signIn = (email: string, password: string, headers: Record<string, string> = {}): ReturnType<typeof send> =>
  send(api.url, '/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ email, password }),
  });

test('a session cookie is out of reach of scripts and of other sites', async () => {
  const answer = await signIn(north.people.approver.email, testPassword, { origin: api.url });
  const cookie = answer.headers.getSetCookie().find((line) => line.includes('session_token')) ?? '';
  expect(answer.status).toBe(200);
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Strict/i);
  const value = cookie.split(';', 1)[0] ?? '';
  const me = await send(api.url, '/v1/me', { headers: { cookie: value } });
  expect(me.body).toMatchObject({ email: north.people.approver.email, roles: ['approver'], organization: { name: 'north' } });

  const run = { method: 'POST', body: '{"paymentIds":["x"]}' };
  const fromElsewhere = { cookie: value, 'content-type': 'application/json', origin: 'https://evil.example' };
  const foreign = await send(api.url, '/v1/payment-runs', { ...run, headers: fromElsewhere });
  expect([foreign.status, foreign.body.code]).toEqual([403, 'DH_INTERFACES_ORIGIN_REFUSED']);
  const own = await send(api.url, '/v1/payment-runs', { ...run, headers: { ...fromElsewhere, origin: api.url } });
  expect(own.body.code).toBe('DH_ORCHESTRATION_NOT_ALLOWED');
  const out = await send(api.url, '/api/auth/sign-out', { method: 'POST', headers: { cookie: value, origin: api.url } });
  expect(out.status).toBe(200);
  expect((await send(api.url, '/v1/me', { headers: { cookie: value } })).status).toBe(401);
});

test('an unknown address and a wrong password get the same answer', async () => {
  const [wrong, unknown] = [
    await signIn(north.people.approver.email, 'wrong password'),
    await signIn('nobody@north.example', 'wrong password'),
  ];
  expect([wrong.status, wrong.body]).toEqual([401, unknown.body]);
  expect(wrong.body.code).toBe('DH_INTERFACES_SIGN_IN_REFUSED');
});

test('nobody can sign up by themselves', async () => {
  const answer = await send(api.url, '/api/auth/sign-up/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(answer.status).toBe(404);
});

test('a made-up token, and a user who is no member, get nothing', async () => {
  expect((await send(api.url, '/v1/me', { headers: { authorization: 'Bearer made.up' } })).status).toBe(401);
  await createSignIn(api.auth, { name: 'Stranger', email: 'stranger@north.example', password: testPassword });
  const stranger = await callAs(api.url, 'stranger@north.example');
  const answer = await stranger.get('/v1/me');
  expect([answer.status, answer.body.code]).toEqual([403, 'DH_INTERFACES_NOT_A_MEMBER']);
});

test('the sample office offers its members', async () => {
  expect((await send(api.url, '/v1/sign-in-options')).body.sampleMembers).toMatchObject([{ email: 'ana@sample.example' }]);
});

test('roles of people and programs never reach passwords and sessions', async () => {
  const asApp = api.office.database.inOrganization(north.organizationId, (transaction) =>
    transaction
      .withSchema('sign_in')
      .selectFrom('accounts' as never)
      .selectAll()
      .execute(),
  );
  await expect(asApp).rejects.toThrow(/permission denied/);
  const asSystem = api.office.database.inSystem((transaction) =>
    transaction
      .withSchema('sign_in')
      .selectFrom('sessions' as never)
      .selectAll()
      .execute(),
  );
  await expect(asSystem).rejects.toThrow(/permission denied/);
});

test('making the same sign-in again finds it', async () => {
  const auth = createAuth({ databaseUrl: api.testDatabase.urls.signIn, secret: 'another secret of thirty-two letters' });
  const draft = { name: 'Ben', email: 'Ben@North.example', password: testPassword };
  const first = await createSignIn(auth, draft);
  expect(await createSignIn(auth, draft)).toBe(first);
  await auth.close();
});

test('too many tries from one address have to wait', async () => {
  const statuses: number[] = [];
  let last = await signIn('nobody@north.example', 'wrong password');
  for (let count = 0; count < 10 && last.status !== 429; count += 1) {
    statuses.push(last.status);
    // A value that the caller chose must not give it a fresh allowance.
    last = await signIn('nobody@north.example', 'wrong password', {
      'x-deskhand-client-address': `203.0.113.${count}`,
      'x-forwarded-for': `203.0.113.${count}`,
    });
  }
  expect([last.status, last.body.code]).toEqual([429, 'DH_INTERFACES_TOO_MANY_REQUESTS']);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
});
