import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { readSignature, type DeviceAnswer, type Passkey, type PasskeySignature, type SigningSite, type Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';

/** A signature as it comes from a page: what the device said, and where the page was. */
export interface GivenSignature {
  readonly answer: DeviceAnswer;
  readonly site: SigningSite;
}

/** A passkey on file that counts. */
export interface SigningKey extends Passkey {
  readonly id: string;
  readonly host: string;
}

/** The keys with which a member signs today. */
export async function loadSigningKeys(transaction: Transaction, memberId: string): Promise<SigningKey[]> {
  const rows = await transaction
    .selectFrom('signing_keys')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('confirmed_at', 'is not', null)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.flatMap(({ id, site, credential_id: credentialId, public_key: publicKey, transports, uses }) =>
    credentialId === null || publicKey === null
      ? []
      : [{ id, host: site, credentialId, publicKey, transports: transports ?? [], uses: Number(uses) }],
  );
}

/**
 * Holds a signature against the keys of who gives it.
 *
 * @param digest - 64 hex digits of what was shown.
 * @throws DH_ORCHESTRATION_SIGNATURE_MISSING, DH_ORCHESTRATION_SIGNATURE_INVALID
 */
export async function checkSignature(
  keys: readonly SigningKey[],
  digest: string,
  given: GivenSignature | undefined,
): Promise<{ readonly key: SigningKey; readonly signature: PasskeySignature }> {
  if (given === undefined) {
    throw new DeskhandError(
      orchestrationErrors.signatureMissing,
      'You have a passkey, so this is signed with it. Open it in the web app and sign there.',
    );
  }
  const key = keys.find(({ credentialId }) => credentialId === given.answer['id']);
  const site = { origin: given.site.origin, host: key?.host ?? given.site.host };
  const signature = key === undefined ? null : await readSignature(given.answer, { digest, key, site });
  if (key === undefined || signature === null) {
    throw new DeskhandError(
      orchestrationErrors.signatureInvalid,
      'This signature is not one of yours over what is shown here. Nothing was done. Reload the page, look again, and sign what you see.',
    );
  }
  return { key, signature };
}

/**
 * Keeps the signature of a release; nothing to keep for somebody without a passkey. The database refuses a release by
 * somebody who has one and did not sign.
 *
 * @returns the id of the key, null where none was needed.
 * @throws DH_ORCHESTRATION_SIGNATURE_MISSING, DH_ORCHESTRATION_SIGNATURE_INVALID
 */
export async function signRelease(
  transaction: Transaction,
  actor: Actor,
  release: { readonly paymentRunId: string; readonly digest: string; readonly now: Date; readonly signature: GivenSignature | undefined },
): Promise<string | null> {
  const keys = await loadSigningKeys(transaction, actor.memberId);
  if (keys.length === 0) return null;
  const { key, signature } = await checkSignature(keys, release.digest, release.signature);
  await transaction
    .insertInto('release_signatures')
    .values({
      payment_run_id: release.paymentRunId,
      digest: release.digest,
      organization_id: actor.organizationId,
      signing_key_id: key.id,
      member_id: actor.memberId,
      authenticator_data: signature.authenticatorData,
      client_data: signature.clientData,
      signature: signature.signature,
      signed_at: release.now,
    })
    .execute();
  await transaction.updateTable('signing_keys').set({ uses: signature.uses }).where('id', '=', key.id).execute();
  return key.id;
}
