import { createHash } from 'node:crypto';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import {
  askForSignature,
  readSignature,
  type DeviceAnswer,
  type Passkey,
  type PasskeySignature,
  type SigningSite,
  type Transaction,
} from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { loadAuthenticators, takeCode, type CheckedCode } from './signing-codes.ts';

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

/** How a person showed that it is them, as the audit log keeps it: a passkey signed the digest, or a code was given for it. */
export type StepUp =
  | { readonly signedWith: 'passkey'; readonly signingKeyId: string }
  | { readonly signedWith: 'authenticator'; readonly signingKeyId: string; readonly timeStep: number };

/** What somebody gives for a digest: one of the two, or neither; of both the signature counts. */
export interface GivenProof {
  readonly signature: GivenSignature | undefined;
  readonly code: CheckedCode | undefined;
}

/** The passkeys with which a member signs today. */
export async function loadSigningKeys(transaction: Transaction, memberId: string): Promise<SigningKey[]> {
  const rows = await transaction
    .selectFrom('signing_keys')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('kind', '=', 'passkey')
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
 * Keeps what a release was signed with; nothing to keep for somebody without passkey and app. The database refuses a
 * release by somebody who has one and gave nothing.
 *
 * @returns null where nothing was needed.
 * @throws DH_ORCHESTRATION_SIGNATURE_MISSING, DH_ORCHESTRATION_SIGNATURE_INVALID, DH_ORCHESTRATION_CODE_USED
 */
export async function signRelease(
  transaction: Transaction,
  actor: Actor,
  release: GivenProof & { readonly paymentRunId: string; readonly digest: string; readonly now: Date },
): Promise<StepUp | null> {
  const { paymentRunId, digest, now } = release;
  if (release.code !== undefined && release.signature === undefined) {
    await takeCode(transaction, actor, release.code, { paymentRunId, digest, now });
    return { signedWith: 'authenticator', ...release.code };
  }
  const keys = await loadSigningKeys(transaction, actor.memberId);
  const hasApp = (await loadAuthenticators(transaction, actor.memberId)).length > 0;
  if (keys.length === 0 && !hasApp) return null;
  const { key, signature } = await checkSignature(keys, { hasApp, digest }, release.signature);
  await transaction
    .insertInto('release_signatures')
    .values({
      payment_run_id: paymentRunId,
      digest,
      organization_id: actor.organizationId,
      signing_key_id: key.id,
      member_id: actor.memberId,
      authenticator_data: signature.authenticatorData,
      client_data: signature.clientData,
      signature: signature.signature,
      signed_at: now,
    })
    .execute();
  await transaction.updateTable('signing_keys').set({ uses: signature.uses }).where('id', '=', key.id).execute();
  return { signedWith: 'passkey', signingKeyId: key.id };
}

/** What a person who has a passkey or an app already is asked for before another is added: either of the two. */
export interface ApprovalQuestion {
  readonly approval: object | null;
  readonly asksForCode: boolean;
}

/** @param challenge - of the new key, base64url. */
export async function askForApproval(
  transaction: Transaction,
  actor: Actor,
  { challenge, host }: { readonly challenge: string; readonly host: string },
): Promise<ApprovalQuestion> {
  const keys = await loadSigningKeys(transaction, actor.memberId);
  const authenticators = await loadAuthenticators(transaction, actor.memberId);
  return {
    approval: keys.length === 0 ? null : await askForSignature(digestOf(challenge), keys, host),
    asksForCode: authenticators.length > 0,
  };
}

/**
 * Lets a new passkey or app in only with a word of one that is on file: a stolen session is not enough.
 *
 * @throws DH_ORCHESTRATION_SIGNATURE_MISSING, DH_ORCHESTRATION_SIGNATURE_INVALID, DH_ORCHESTRATION_CODE_USED
 */
export async function approveNewKey(
  transaction: Transaction,
  actor: Actor,
  given: GivenProof & { readonly challenge: string; readonly now: Date },
): Promise<void> {
  const digest = digestOf(given.challenge);
  if (given.code !== undefined && given.signature === undefined)
    return takeCode(transaction, actor, given.code, { paymentRunId: null, digest, now: given.now });
  const keys = await loadSigningKeys(transaction, actor.memberId);
  const hasApp = (await loadAuthenticators(transaction, actor.memberId)).length > 0;
  if (keys.length > 0 || hasApp) await checkSignature(keys, { hasApp, digest }, given.signature);
}

/** Holds a signature against the passkeys of who gives it. */
async function checkSignature(
  keys: readonly SigningKey[],
  { hasApp, digest }: { readonly hasApp: boolean; readonly digest: string },
  given: GivenSignature | undefined,
): Promise<{ readonly key: SigningKey; readonly signature: PasskeySignature }> {
  if (given === undefined) throw new DeskhandError(orchestrationErrors.signatureMissing, missingWords(keys.length > 0, hasApp));
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

function missingWords(hasPasskey: boolean, hasApp: boolean): string {
  const signs = 'You have a passkey, so this is signed with it. Open it in the web app and sign there';
  if (!hasApp) return `${signs}.`;
  return hasPasskey ? `${signs}, or give a code of your authenticator app.` : 'You have an authenticator app, so this needs its code.';
}

function digestOf(challenge: string): string {
  return createHash('sha256').update(`add-signing-key ${challenge}`).digest('hex');
}
