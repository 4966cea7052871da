import { createHash, randomBytes } from 'node:crypto';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, askForPasskey, newId, readNewPasskey, type DeviceAnswer, type SigningSite } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { checkCode } from '../payments/signing-codes.ts';
import { approveNewKey, askForApproval, loadSigningKeys, type ApprovalQuestion } from '../payments/signing-keys.ts';
import type { Office } from '../tasks/office.ts';
import { requireRight } from './require-right.ts';

/** Time for a person to find their device and touch it. */
export const answerWithinMs = 10 * 60_000;

/** What the page asks the device with. */
export interface KeyQuestion extends ApprovalQuestion {
  readonly signingKeyId: string;
  readonly creation: object;
}

/** What came back from the device. */
export interface KeyAnswer {
  readonly signingKeyId: string;
  readonly answer: DeviceAnswer;
  /** By a key that is on file, over the new key's challenge. */
  readonly approval?: DeviceAnswer | undefined;
  /** Instead: of an authenticator app that is on file. */
  readonly approvalCode?: string | undefined;
  readonly site: SigningSite;
}

/**
 * Begins a new passkey of the one who asks. Who has a passkey or an authenticator app already answers for the next with it:
 * a stolen session is not enough.
 *
 * @throws DH_ORCHESTRATION_NOT_ALLOWED for somebody who releases nothing, DH_ORCHESTRATION_VALUE_INVALID
 */
export async function beginSigningKey(
  office: Office,
  actor: Actor,
  { name, site }: { readonly name: string; readonly site: SigningSite },
): Promise<KeyQuestion> {
  requireRight(actor, 'payment-runs:release');
  if (/^[\d.]+$|:/.test(site.host)) {
    throw new DeskhandError(
      orchestrationErrors.valueInvalid,
      `Devices keep passkeys for names, not for the address ${site.host}. Open Deskhand by its name: http://localhost on this machine, or DESKHAND_PUBLIC_URL.`,
    );
  }
  return await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const known = await loadSigningKeys(transaction, actor.memberId);
    const challenge = randomBytes(32).toString('base64url');
    const signingKeyId = newId('sgk');
    await transaction
      .insertInto('signing_keys')
      .values({
        id: signingKeyId,
        organization_id: actor.organizationId,
        member_id: actor.memberId,
        name,
        site: site.host,
        challenge,
        uses: 0,
        created_at: office.clock.now(),
      })
      .execute();
    const creation = await askForPasskey({ site, person: { id: actor.memberId, name: actor.name }, challenge, known });
    return { signingKeyId, creation, ...(await askForApproval(transaction, actor, { challenge, host: site.host })) };
  });
}

/**
 * Takes the device's answer: from now on what this person releases is signed.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_SIGNATURE_MISSING, DH_ORCHESTRATION_SIGNATURE_INVALID,
 *   DH_ORCHESTRATION_CODE_WRONG, DH_ORCHESTRATION_CODE_USED, DH_ORCHESTRATION_CODES_LOCKED
 */
export async function confirmSigningKey(office: Office, actor: Actor, input: KeyAnswer): Promise<void> {
  requireRight(actor, 'payment-runs:release');
  const code = input.approvalCode === undefined ? undefined : await checkCode(office, actor, input.approvalCode);
  const now = office.clock.now();
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const row = await transaction
      .selectFrom('signing_keys')
      .selectAll()
      .where('id', '=', input.signingKeyId)
      .where('member_id', '=', actor.memberId)
      .where('kind', '=', 'passkey')
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw new DeskhandError(orchestrationErrors.notFound, 'There is no such passkey of yours. Begin again.');
    if (row.confirmed_at !== null) return;
    const signature = input.approval === undefined ? undefined : { answer: input.approval, site: input.site };
    await approveNewKey(transaction, actor, { challenge: row.challenge, signature, code, now });
    const isLate = now.getTime() - row.created_at.getTime() > answerWithinMs;
    const site = { origin: input.site.origin, host: row.site };
    const passkey = isLate ? null : await readNewPasskey(input.answer, { challenge: row.challenge, site });
    if (passkey === null) {
      throw new DeskhandError(
        orchestrationErrors.signatureInvalid,
        'The device’s answer came too late or is not to our question. Begin again.',
      );
    }
    await transaction
      .updateTable('signing_keys')
      .set({
        credential_id: passkey.credentialId,
        public_key: passkey.publicKey,
        transports: [...passkey.transports],
        uses: passkey.uses,
        confirmed_at: now,
      })
      .where('id', '=', row.id)
      .execute();
    await appendAudit(transaction, actor.organizationId, now, {
      actor: actor.memberId,
      action: 'signing-key.added',
      subjects: [row.id, actor.memberId],
      details: {
        kind: row.kind,
        name: row.name,
        site: row.site,
        publicKeySha256: createHash('sha256').update(passkey.publicKey).digest('hex'),
      },
    });
  });
}

/**
 * A passkey or app that counts no more, lost with its device for example. By another person than its holder, with a reason:
 * whoever holds a session must not do away with the need to sign. What a passkey signed stays checkable; an app's secret goes.
 *
 * @throws DH_ORCHESTRATION_NOT_ALLOWED, DH_ORCHESTRATION_FOUR_EYES, DH_ORCHESTRATION_NOT_FOUND
 */
export async function revokeSigningKey(
  office: Office,
  actor: Actor,
  { signingKeyId, reason }: { readonly signingKeyId: string; readonly reason: string },
): Promise<void> {
  requireRight(actor, 'delegations:manage');
  const now = office.clock.now();
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const row = await transaction.selectFrom('signing_keys').selectAll().where('id', '=', signingKeyId).forUpdate().executeTakeFirst();
    if (row === undefined) throw new DeskhandError(orchestrationErrors.notFound, 'There is no such passkey or authenticator app.');
    if (row.member_id === actor.memberId) {
      throw new DeskhandError(
        orchestrationErrors.fourEyes,
        'A passkey or app is taken away by somebody other than its holder: ask a colleague.',
      );
    }
    if (row.revoked_at !== null) return;
    await transaction
      .updateTable('signing_keys')
      .set({ revoked_at: now, revoked_by: actor.memberId, revoked_because: reason })
      .where('id', '=', signingKeyId)
      .execute();
    await transaction.deleteFrom('authenticator_secrets').where('signing_key_id', '=', signingKeyId).execute();
    await appendAudit(transaction, actor.organizationId, now, {
      actor: actor.memberId,
      action: 'signing-key.revoked',
      subjects: [signingKeyId, row.member_id],
      details: { kind: row.kind, reason },
    });
  });
}
