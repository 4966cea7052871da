import { createHash } from 'node:crypto';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, askForPasskey, readNewPasskey, type DeviceAnswer, type SigningSite } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { beginKey, confirmKey, type NewKeyAnswer } from '../payments/new-signing-key.ts';
import { askForApproval, loadSigningKeys, type ApprovalQuestion } from '../payments/signing-keys.ts';
import type { Office } from '../tasks/office.ts';
import { requireRight } from './require-right.ts';

/** What the page asks the device with. */
export interface KeyQuestion extends ApprovalQuestion {
  readonly signingKeyId: string;
  readonly creation: object;
}

/** What came back from the device. */
export interface KeyAnswer extends NewKeyAnswer {
  readonly answer: DeviceAnswer;
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
    const { signingKeyId, challenge } = await beginKey(transaction, actor, { kind: 'passkey', name, site, now: office.clock.now() });
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
  const missing = (): DeskhandError => new DeskhandError(orchestrationErrors.notFound, 'There is no such passkey of yours. Begin again.');
  await confirmKey(office, actor, { kind: 'passkey', input, missing }, async (transaction, row, { isLate, now }) => {
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
