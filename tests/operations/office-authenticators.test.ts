import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPaymentFiles } from '#connectors';
import type { FolderManifest } from '#domain/audit-folder';
import type { Actor } from '#domain/identity';
import { createApi, createAuth, runProgram, type CliHandlers, type Terminal } from '#interfaces';
import {
  beginAuthenticator,
  beginSigningKey,
  confirmAuthenticator,
  confirmSigningKey,
  getPaymentRun,
  getTimeline,
  listSigningKeys,
  proposePaymentRun,
  releasePaymentRun,
  revokeSigningKey,
} from '#orchestration';
import { callAs } from '../support/api-caller.ts';
import { testPassword } from '../support/api-office.ts';
import { inspectFolder, writeFolder } from '../support/audit-folder.ts';
import { codeShown, wrongCode } from '../support/authenticator-app.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers } from '../support/office-records.ts';
import { softwarePasskey } from '../support/software-passkey.ts';

const site = { origin: 'http://localhost:3000', host: 'localhost' };
const paymentFiles = createPaymentFiles();
/** Waited for before a bank file is written, which is after a code was taken and before the release is committed. */
let beforeFile: () => Promise<void> = () => Promise.resolve();
let office: TestOffice;
let scratch: string;
let now = Date.parse('2026-03-02T09:00:00Z');
let secret: string;
let keyId: string;
let secondSecret: string;

beforeAll(async () => {
  office = await openTestOffice({
    paymentFiles: {
      write: async (order) => {
        await beforeFile();
        return await paymentFiles.write(order);
      },
    },
  });
  await importSuppliers(office);
  scratch = await mkdtemp(path.join(tmpdir(), 'deskhand-codes-'));
});
afterAll(async () => {
  await office.close();
  await rm(scratch, { recursive: true, force: true });
});

const katrin = (): Actor => office.people.katrin;
const kim = (): Actor => office.people.kim;
const code = (of = secret): string => codeShown(of, new Date(now));
const refusedAs = (name: string): object => ({ code: `DH_ORCHESTRATION_${name}` });

/** Time goes on, so that the app shows another code. */
function wait(seconds: number): void {
  now += seconds * 1000;
  office.setTime(new Date(now).toISOString());
}

async function proposed(proposer = office.people.ana): Promise<{ readonly paymentRunId: string; readonly digest: string }> {
  const invoiceId = await cleanInvoice(office, { quantity: '10', price: '18.90' });
  const [payment] = await office.query<{ id: string }>('select id from payments where invoice_id = $1', [invoiceId]);
  const { paymentRunId } = await proposePaymentRun(office.office, proposer, { paymentIds: [payment?.id ?? ''] });
  const { digest } = await getPaymentRun(office.office, katrin(), paymentRunId);
  return { paymentRunId, digest: digest ?? '' };
}

test('an app counts from its first right code on, which is used up by that; its secret is sealed', async () => {
  await expect(beginAuthenticator(office.office, office.people.ana, { name: 'phone', site })).rejects.toMatchObject(
    refusedAs('NOT_ALLOWED'),
  );
  const first = await beginAuthenticator(office.office, katrin(), { name: 'phone', site });
  const question = await beginAuthenticator(office.office, katrin(), { name: 'phone', site });
  ({ secret, signingKeyId: keyId } = question);
  expect(question).toMatchObject({ approval: null, asksForCode: false, uri: expect.stringContaining(`secret=${secret}`) as string });
  await expect(
    confirmAuthenticator(office.office, katrin(), { signingKeyId: first.signingKeyId, code: code(first.secret), site }),
  ).rejects.toMatchObject(refusedAs('NOT_FOUND'));
  const confirm = (actor: Actor, digits: string): Promise<void> =>
    confirmAuthenticator(office.office, actor, { signingKeyId: keyId, code: digits, site });
  await expect(confirm(katrin(), wrongCode(secret, new Date(now)))).rejects.toMatchObject(refusedAs('CODE_WRONG'));
  await expect(confirm(kim(), code())).rejects.toMatchObject(refusedAs('NOT_FOUND'));
  expect(await listSigningKeys(office.office, katrin())).toEqual([]);
  const run = await proposed();
  expect(await getPaymentRun(office.office, katrin(), run.paymentRunId)).toMatchObject({ asksForCode: false, signing: null });
  await confirm(katrin(), code());
  expect(await listSigningKeys(office.office, katrin())).toMatchObject([
    { kind: 'authenticator', name: 'phone', holder: { name: 'katrin' } },
  ]);
  const [kept] = await office.query<{ sealed: Buffer }>('select sealed from authenticator_secrets');
  expect(kept?.sealed.toString('latin1')).not.toContain(secret);
  await expect(releasePaymentRun(office.office, katrin(), { ...run, code: code() })).rejects.toMatchObject(refusedAs('CODE_USED'));
});

test('a release takes a code for exactly what was shown, and keeps who, which app, which 30 seconds and which digest', async () => {
  const [run, other] = [await proposed(), await proposed()];
  expect(await getPaymentRun(office.office, katrin(), run.paymentRunId)).toMatchObject({ asksForCode: true });
  expect(await getPaymentRun(office.office, kim(), run.paymentRunId)).toMatchObject({ asksForCode: false });
  wait(60);
  const { paymentRunId, digest } = run;
  const release = (given: { digest?: string; code?: string }, actor = katrin()): Promise<void> =>
    releasePaymentRun(office.office, actor, { paymentRunId, ...given });
  await expect(release({ digest })).rejects.toMatchObject(refusedAs('SIGNATURE_MISSING'));
  await expect(release({ code: code() })).rejects.toMatchObject(refusedAs('VALUE_INVALID'));
  await expect(release({ digest: other.digest, code: code() })).rejects.toMatchObject(refusedAs('RUN_NOT_READY'));
  await expect(release({ digest, code: code() }, kim())).rejects.toMatchObject(refusedAs('SIGNATURE_INVALID'));
  expect(await getPaymentRun(office.office, katrin(), paymentRunId)).toMatchObject({ status: 'proposed', signedWith: null });
  await release({ digest, code: code() });
  // The answer was lost and the page asks again: the same, once.
  await release({ digest, code: code() });
  const timeStep = Math.floor(now / 30_000);
  expect(await getPaymentRun(office.office, kim(), paymentRunId)).toMatchObject({
    status: 'released',
    signedWith: { kind: 'authenticator', name: 'phone' },
  });
  expect(await office.query('select * from signing_code_uses')).toMatchObject([
    { member_id: katrin().memberId, time_step: String(timeStep), signing_key_id: keyId, payment_run_id: paymentRunId, digest },
  ]);
  const entries = await office.query(
    `select actor, details from audit_entries where action = 'payment-run.released' and subjects @> array[$1]`,
    [paymentRunId],
  );
  expect(entries).toMatchObject([
    { actor: katrin().memberId, details: { digest, isAsShown: true, signedWith: 'authenticator', signingKeyId: keyId, timeStep } },
  ]);
  const [payment] = await office.query<{ invoice_id: string }>('select invoice_id from payments where payment_run_id = $1', [paymentRunId]);
  const told = await getTimeline(office.office, katrin(), payment?.invoice_id ?? '');
  expect(JSON.stringify(told)).toContain('katrin gave a code of an authenticator app for what was shown and released the payment run');
});

test('a code counts once: given again for another run it is refused, and that is on record', async () => {
  const run = await proposed();
  await expect(releasePaymentRun(office.office, katrin(), { ...run, code: code() })).rejects.toMatchObject(refusedAs('CODE_USED'));
  const entries = await office.query(
    `select details from audit_entries where action = 'signing-code.refused' order by sequence desc limit 1`,
  );
  expect(entries).toMatchObject([{ details: { reason: 'used-before' } }]);
  await expect(
    office.query(
      `insert into signing_code_uses select member_id, time_step, organization_id, signing_key_id, purpose, 'run_other', digest, now() from signing_code_uses`,
    ),
  ).rejects.toMatchObject({ constraint: 'signing_code_uses_pkey' });
});

test('of two releases that race with one code, one goes through: the second waits for the first and is refused', async () => {
  const runs = [await proposed(), await proposed()];
  wait(60);
  beforeFile = async () => {
    beforeFile = () => Promise.resolve();
    await expect
      .poll(async () => await office.query(`select 1 from pg_locks where not granted and locktype = 'transactionid'`), { timeout: 10_000 })
      .toHaveLength(1);
  };
  const outcomes = await Promise.allSettled(runs.map((run) => releasePaymentRun(office.office, katrin(), { ...run, code: code() })));
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refusedAs('CODE_USED') });
  const states = await Promise.all(runs.map(({ paymentRunId }) => getPaymentRun(office.office, katrin(), paymentRunId)));
  expect(states.map(({ status }) => status).toSorted()).toEqual(['proposed', 'released']);
});

test('five wrong codes lock, however many come at once; the lock ends by itself, and what happened is on record', async () => {
  const run = await proposed();
  wait(60);
  const guess = (): Promise<void> => releasePaymentRun(office.office, katrin(), { ...run, code: wrongCode(secret, new Date(now)) });
  const guesses = await Promise.allSettled(Array.from({ length: 9 }, guess));
  const codes = guesses.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as { code: string }).code : 'released'));
  expect(codes.filter((one) => one === 'DH_ORCHESTRATION_CODE_WRONG')).toHaveLength(4);
  expect(codes.filter((one) => one === 'DH_ORCHESTRATION_CODES_LOCKED')).toHaveLength(5);
  await expect(releasePaymentRun(office.office, katrin(), { ...run, code: code() })).rejects.toMatchObject({
    ...refusedAs('CODES_LOCKED'),
    message: expect.stringContaining('for the next 15 minutes') as string,
  });
  const actions = await office.query<{ action: string; details: object }>(
    `select action, details from audit_entries where action like 'signing-code.%' and details ->> 'reason' is distinct from 'used-before' order by sequence`,
  );
  expect(actions.map(({ action }) => action)).toEqual([...Array<string>(5).fill('signing-code.refused'), 'signing-code.locked']);
  expect(actions.at(-1)).toMatchObject({ details: { minutes: 15 } });
  wait(15 * 60 - 1);
  await expect(releasePaymentRun(office.office, katrin(), { ...run, code: code() })).rejects.toMatchObject(refusedAs('CODES_LOCKED'));
  wait(1);
  await expect(guess()).rejects.toMatchObject({ ...refusedAs('CODE_WRONG'), message: expect.stringContaining('After 4 more') as string });
  await releasePaymentRun(office.office, katrin(), { ...run, code: code() });
  expect(await office.query('select wrong, locked_until from signing_code_attempts where member_id = $1', [katrin().memberId])).toEqual([
    { wrong: 0, locked_until: null },
  ]);
});

test('a code makes nobody two people, and the database refuses a release past the code', async () => {
  const both: Actor = { ...katrin(), roles: ['office-manager', 'controller'] };
  const run = await proposed(both);
  wait(60);
  await expect(releasePaymentRun(office.office, both, { ...run, code: code() })).rejects.toMatchObject(refusedAs('FOUR_EYES'));
  const past = office.query(
    `insert into stream_events (organization_id, stream_kind, stream_id, version, type, data, actor, at)
     values ($1, 'payment-run', $2, 99, 'payment-run.released', jsonb_build_object('release_digest', $3::text), $4, now())`,
    [katrin().organizationId, run.paymentRunId, run.digest, katrin().memberId],
  );
  await expect(past).rejects.toMatchObject({ constraint: 'release_is_signed' });
});

test('an app answers for a new passkey and a passkey for a new app: a stolen session adds neither', async () => {
  wait(60);
  const laptop = softwarePasskey();
  const question = await beginSigningKey(office.office, katrin(), { name: 'laptop', site });
  expect(question).toMatchObject({ approval: null, asksForCode: true });
  const addLaptop = (approvalCode?: string): Promise<void> =>
    confirmSigningKey(office.office, katrin(), {
      signingKeyId: question.signingKeyId,
      answer: laptop.create(question.creation as Record<string, unknown>, site),
      approvalCode,
      site,
    });
  await expect(addLaptop()).rejects.toMatchObject(refusedAs('SIGNATURE_MISSING'));
  await expect(addLaptop(wrongCode(secret, new Date(now)))).rejects.toMatchObject(refusedAs('CODE_WRONG'));
  await addLaptop(code());
  const app = await beginAuthenticator(office.office, katrin(), { name: 'second phone', site });
  secondSecret = app.secret;
  const addApp = (approval?: Record<string, unknown>): Promise<void> =>
    confirmAuthenticator(office.office, katrin(), { signingKeyId: app.signingKeyId, code: code(app.secret), approval, site });
  await expect(addApp()).rejects.toMatchObject(refusedAs('SIGNATURE_MISSING'));
  await expect(addApp(softwarePasskey().sign(app.approval as Record<string, unknown>, site))).rejects.toMatchObject(
    refusedAs('SIGNATURE_INVALID'),
  );
  await addApp(laptop.sign(app.approval as Record<string, unknown>, site));
  expect((await listSigningKeys(office.office, katrin())).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'authenticator phone',
    'passkey laptop',
    'authenticator second phone',
  ]);
});

/** The API on the office, with Kim able to sign in. */
async function openApi(): Promise<{ readonly url: string; readonly email: string; close(): Promise<void> }> {
  const { testDatabase } = office;
  const auth = createAuth({ databaseUrl: testDatabase.urls.signIn, secret: 'a secret that only tests know, of some length' });
  const api = await createApi({ office: office.office, auth, log: office.office.log, webRoot: path.join(scratch, 'no-web') });
  const email = 'kim@office.example';
  const userId = await auth.addUser({ name: 'Kim', email, password: testPassword });
  await office.query('update members set auth_user_id = $1 where id = $2', [userId, kim().memberId]);
  const url = await api.listen({ host: '127.0.0.1', port: 0 });
  const close = async (): Promise<void> => {
    await api.close();
    await auth.close();
  };
  return { url, email, close };
}

/** `deskhand pay --release …` as Kim. */
async function pay(api: { readonly url: string; readonly email: string }, args: readonly string[]) {
  const said = { out: '', notes: '' };
  const terminal: Terminal = {
    write: (text) => void (said.out += text),
    note: (text) => void (said.notes += text),
    isInteractive: false,
    isRead: false,
    hasColor: false,
    ask: () => Promise.resolve(''),
    readInput: () => Promise.resolve(Buffer.from('')),
  };
  const handlers = { version: '1', dataFolder: scratch, url: api.url, credentials: { email: api.email, password: testPassword } };
  const status = await runProgram(['pay', '--yes', ...args], handlers as Partial<CliHandlers> as CliHandlers, terminal);
  return { status, ...said };
}

test('over the API and on the command line it is the same, and the secret is kept in no answer', async () => {
  const api = await openApi();
  const caller = await callAs(api.url, api.email);
  const { status, headers, body } = await caller.post('/v1/authenticators', { name: 'phone' }, { 'idempotency-key': 'app' });
  expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
  const app = body as { readonly signingKeyId: string; readonly secret: string };
  const confirm = (digits: string) => caller.post(`/v1/authenticators/${app.signingKeyId}/confirm`, { code: digits });
  expect((await confirm(`${code(app.secret)} `)).status).toBe(422);
  expect((await confirm(code(app.secret))).status).toBe(200);
  expect(JSON.stringify(await office.query('select body from idempotency_keys'))).not.toContain(app.secret);
  const { paymentRunId } = await proposed();
  wait(60);
  expect(await pay(api, ['--release', paymentRunId])).toMatchObject({
    status: 3,
    notes: expect.stringContaining('add its code with --code') as string,
  });
  expect(await pay(api, ['--release', paymentRunId, '--code', wrongCode(app.secret, new Date(now))])).toMatchObject({
    status: 1,
    notes: expect.stringContaining('This is not the code that your app shows now') as string,
  });
  const shown = code(app.secret);
  expect(await pay(api, ['--release', paymentRunId, '--code', `${shown.slice(0, 3)} ${shown.slice(3)}`])).toMatchObject({
    status: 0,
    out: expect.stringContaining('<CtrlSum>') as string,
  });
  await api.close();
});

test('an app is taken away by a colleague, with its secret; its codes count no more, those of another do', async () => {
  const run = await proposed();
  wait(60);
  const lost = { signingKeyId: keyId, reason: 'Lost on the train.' };
  await expect(revokeSigningKey(office.office, katrin(), lost)).rejects.toMatchObject(refusedAs('FOUR_EYES'));
  await revokeSigningKey(office.office, kim(), lost);
  expect(await office.query('select 1 from authenticator_secrets where signing_key_id = $1', [keyId])).toEqual([]);
  await expect(releasePaymentRun(office.office, katrin(), { ...run, code: code() })).rejects.toMatchObject(refusedAs('CODE_WRONG'));
  await releasePaymentRun(office.office, katrin(), { ...run, code: code(secondSecret) });
  expect(await getPaymentRun(office.office, kim(), run.paymentRunId)).toMatchObject({
    signedWith: { kind: 'authenticator', name: 'second phone' },
  });
  expect((await listSigningKeys(office.office, kim())).at(-1)).toMatchObject({ name: 'phone', revoked: { reason: 'Lost on the train.' } });
});

test('the auditor’s folder names the kind of each release, and misses a code that was taken out of it', async () => {
  const folder = path.join(scratch, 'march');
  await writeFolder(office, '2026-03', folder);
  expect(await inspectFolder(folder)).toMatchObject({ isIntact: true, faults: [] });
  const [use] = await office.query<{ run: string }>(
    'select payment_run_id as run from signing_code_uses where payment_run_id is not null limit 1',
  );
  const name = `payment-runs/${use?.run ?? ''}/run.json`;
  const text = await readFile(path.join(folder, name), 'utf8');
  const run = JSON.parse(text) as { codes: object[]; signingKeys: object[] };
  expect(run).toMatchObject({ codes: [{ signing_key_id: keyId }], signingKeys: [{ id: keyId, kind: 'authenticator', name: 'phone' }] });
  expect(text).not.toMatch(/sealed|secret/);
  const forged = JSON.stringify({ ...run, codes: [] });
  await writeFile(path.join(folder, name), forged);
  const list = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as FolderManifest;
  const own = { path: name, sizeBytes: Buffer.byteLength(forged), sha256: createHash('sha256').update(forged).digest('hex') };
  const files = list.files.map((file) => (file.path === name ? own : file));
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify({ ...list, files }));
  expect((await inspectFolder(folder)).faults).toEqual([
    { path: name, message: expect.stringContaining('lacks the code of an authenticator app') as string },
  ]);
});
