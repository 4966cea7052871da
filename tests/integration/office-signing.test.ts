import { createPublicKey, verify, createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  beginSigningKey,
  confirmSigningKey,
  getPaymentRun,
  listSigningKeys,
  proposePaymentRun,
  releasePaymentRun,
  revokeSigningKey,
} from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers } from '../support/office-records.ts';
import { softwarePasskey, type SoftwarePasskey } from '../support/software-passkey.ts';

const site = { origin: 'http://localhost:3000', host: 'localhost' };
let office: TestOffice;
const laptop = softwarePasskey();

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => office.close());

const katrin = () => office.people.katrin;

async function addKey(key: SoftwarePasskey, approver?: SoftwarePasskey): Promise<string> {
  const question = await beginSigningKey(office.office, katrin(), { name: `key ${key.id}`, site });
  const approval = approver?.sign(question.approval as Record<string, unknown>, site);
  const answer = key.create(question.creation as Record<string, unknown>, site);
  await confirmSigningKey(office.office, katrin(), { signingKeyId: question.signingKeyId, answer, approval, site });
  return question.signingKeyId;
}

async function proposed(): Promise<{ readonly id: string; readonly digest: string; readonly question: Record<string, unknown> | null }> {
  const invoiceId = await cleanInvoice(office, { quantity: '10', price: '18.90' });
  const [payment] = await office.query<{ id: string }>('select id from payments where invoice_id = $1', [invoiceId]);
  const { paymentRunId: id } = await proposePaymentRun(office.office, office.people.ana, { paymentIds: [payment?.id ?? ''] });
  const { digest, signing } = await getPaymentRun(office.office, katrin(), id);
  return { id, digest: digest ?? '', question: signing };
}

test('without a passkey a run is released as before, and nobody is asked for a signature', async () => {
  const run = await proposed();
  expect(run.question).toBeNull();
  await releasePaymentRun(office.office, katrin(), { paymentRunId: run.id, digest: run.digest });
  expect(await getPaymentRun(office.office, katrin(), run.id)).toMatchObject({ status: 'released', signedWith: null });
});

test('a passkey signs exactly the payments that were shown, and a stranger can check it with the public key alone', async () => {
  await addKey(laptop);
  const run = await proposed();
  expect(Buffer.from(String(run.question?.['challenge']), 'base64url').toString('hex')).toBe(run.digest);
  const answer = laptop.sign(run.question ?? {}, site);
  await releasePaymentRun(office.office, katrin(), { paymentRunId: run.id, digest: run.digest, signature: { answer, site } });
  expect(await getPaymentRun(office.office, katrin(), run.id)).toMatchObject({
    status: 'released',
    signedWith: { kind: 'passkey', name: `key ${laptop.id}` },
  });
  const [kept] = await office.query<{ authenticator_data: Buffer; client_data: Buffer; signature: Buffer; public_key: Buffer }>(
    'select * from release_signatures join signing_keys on signing_keys.id = signing_key_id where payment_run_id = $1',
    [run.id],
  );
  if (kept === undefined) throw new Error('No signature was kept.');
  const signed = Buffer.concat([kept.authenticator_data, createHash('sha256').update(kept.client_data).digest()]);
  const [x, y] = [kept.public_key.subarray(-67, -35), kept.public_key.subarray(-32)].map((half) => half.toString('base64url'));
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, format: 'jwk' });
  expect(verify('sha256', signed, key, kept.signature)).toBe(true);
  expect(JSON.parse(kept.client_data.toString())).toMatchObject({ challenge: Buffer.from(run.digest, 'hex').toString('base64url') });
});

test('who has a passkey releases nothing without it, with another one, for other payments, from elsewhere, or unrecognised', async () => {
  const [run, other] = [await proposed(), await proposed()];
  const attempts: readonly (readonly [string, Record<string, unknown> | undefined])[] = [
    ['SIGNATURE_MISSING', undefined],
    ['SIGNATURE_INVALID', laptop.sign(other.question ?? {}, site)],
    ['SIGNATURE_INVALID', softwarePasskey().sign(run.question ?? {}, site)],
    ['SIGNATURE_INVALID', { ...softwarePasskey().sign(run.question ?? {}, site), id: laptop.id, rawId: laptop.id }],
    ['SIGNATURE_INVALID', laptop.sign(run.question ?? {}, { ...site, origin: 'https://evil.example' })],
    ['SIGNATURE_INVALID', laptop.sign(run.question ?? {}, { ...site, host: 'evil.example' })],
    ['SIGNATURE_INVALID', laptop.sign(run.question ?? {}, { ...site, isVerified: false })],
    ['SIGNATURE_INVALID', { id: laptop.id }],
  ];
  for (const [code, answer] of attempts) {
    const signature = answer === undefined ? {} : { signature: { answer, site } };
    await expect(
      releasePaymentRun(office.office, katrin(), { paymentRunId: run.id, digest: run.digest, ...signature }),
    ).rejects.toMatchObject({
      code: `DH_ORCHESTRATION_${code}`,
    });
  }
  expect(await getPaymentRun(office.office, katrin(), run.id)).toMatchObject({ status: 'proposed' });
});

test('the database refuses an unsigned release by somebody with a passkey, whatever door it came through', async () => {
  const run = await proposed();
  const release = office.query(
    `insert into stream_events (organization_id, stream_kind, stream_id, version, type, data, actor, at)
     values ($1, 'payment-run', $2, 99, 'payment-run.released', jsonb_build_object('release_digest', $3::text), $4, now())`,
    [katrin().organizationId, run.id, run.digest, katrin().memberId],
  );
  await expect(release).rejects.toMatchObject({ constraint: 'release_is_signed' });
});

test('a further passkey is signed for by one on file: a stolen session adds none', async () => {
  const phone = softwarePasskey();
  await expect(addKey(phone)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_SIGNATURE_MISSING' });
  await expect(addKey(phone, softwarePasskey())).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_SIGNATURE_INVALID' });
  await addKey(phone, laptop);
  const run = await proposed();
  await releasePaymentRun(office.office, katrin(), {
    paymentRunId: run.id,
    digest: run.digest,
    signature: { answer: phone.sign(run.question ?? {}, site), site },
  });
  expect(await getPaymentRun(office.office, katrin(), run.id)).toMatchObject({
    status: 'released',
    signedWith: { kind: 'passkey', name: `key ${phone.id}` },
  });
});

test('a passkey is taken away by a colleague with a reason, never by its holder; afterwards it signs nothing', async () => {
  const first = (await listSigningKeys(office.office, katrin())).find(({ name }) => name === `key ${laptop.id}`);
  if (first === undefined) throw new Error('There is no passkey.');
  const lost = { signingKeyId: first.id, reason: 'Lost on the train.' };
  await expect(revokeSigningKey(office.office, katrin(), lost)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_FOUR_EYES' });
  await expect(revokeSigningKey(office.office, office.people.ana, lost)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await expect(
    office.query('update signing_keys set revoked_at = now(), revoked_by = member_id, revoked_because = $2 where id = $1', [first.id, 'x']),
  ).rejects.toMatchObject({ constraint: 'signing_key_revoked_by_another' });
  await revokeSigningKey(office.office, { ...office.people.bo, roles: ['controller'] }, lost);
  const run = await proposed();
  await expect(
    releasePaymentRun(office.office, katrin(), {
      paymentRunId: run.id,
      digest: run.digest,
      signature: { answer: laptop.sign(run.question ?? {}, site), site },
    }),
  ).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_SIGNATURE_INVALID' });
});

test('devices keep passkeys for names only: an address of numbers is refused with what to do', async () => {
  const numbers = { origin: 'http://127.0.0.1:3000', host: '127.0.0.1' };
  await expect(beginSigningKey(office.office, katrin(), { name: 'laptop', site: numbers })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_VALUE_INVALID',
    message: expect.stringContaining('http://localhost') as string,
  });
  await expect(beginSigningKey(office.office, office.people.ana, { name: 'laptop', site })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_NOT_ALLOWED',
  });
});
