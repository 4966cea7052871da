import { randomBytes } from 'node:crypto';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, authenticatorUri, newAuthenticatorSecret, newId, timeStepOf, type DeviceAnswer, type SigningSite } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { checkCode } from '../payments/signing-codes.ts';
import { approveNewKey, askForApproval, type ApprovalQuestion } from '../payments/signing-keys.ts';
import type { Office } from '../tasks/office.ts';
import { requireRight } from './require-right.ts';
import { answerWithinMs } from './signing-keys.ts';

/** What the app needs; said once, to its holder, and never again. */
export interface AuthenticatorQuestion extends ApprovalQuestion {
  readonly signingKeyId: string;
  /** Base32, to type in. */
  readonly secret: string;
  /** `otpauth://`, to scan. */
  readonly uri: string;
}

export interface AuthenticatorAnswer {
  readonly signingKeyId: string;
  /** That the new app shows. */
  readonly code: string;
  /** By a passkey that is on file, over the new app's challenge. */
  readonly approval?: DeviceAnswer | undefined;
  /** Instead: of an app that is on file. */
  readonly approvalCode?: string | undefined;
  readonly site: SigningSite;
}

/**
 * Begins an authenticator app of the one who asks; one that was begun before and not confirmed is forgotten.
 *
 * @throws DH_ORCHESTRATION_NOT_ALLOWED for somebody who releases nothing
 */
export async function beginAuthenticator(
  office: Office,
  actor: Actor,
  { name, site }: { readonly name: string; readonly site: SigningSite },
): Promise<AuthenticatorQuestion> {
  requireRight(actor, 'payment-runs:release');
  const secret = newAuthenticatorSecret();
  return await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const unconfirmed = transaction
      .selectFrom('signing_keys')
      .select('id')
      .where('member_id', '=', actor.memberId)
      .where('confirmed_at', 'is', null);
    await transaction.deleteFrom('authenticator_secrets').where('signing_key_id', 'in', unconfirmed).execute();
    const challenge = randomBytes(32).toString('base64url');
    const signingKeyId = newId('sgk');
    await transaction
      .insertInto('signing_keys')
      .values({
        id: signingKeyId,
        organization_id: actor.organizationId,
        member_id: actor.memberId,
        kind: 'authenticator',
        name,
        site: site.host,
        challenge,
        uses: 0,
        created_at: office.clock.now(),
      })
      .execute();
    await transaction
      .insertInto('authenticator_secrets')
      .values({
        signing_key_id: signingKeyId,
        organization_id: actor.organizationId,
        sealed: office.sealing.seal(secret, signingKeyId),
      })
      .execute();
    const uri = authenticatorUri({ secret, label: `${actor.name} at ${site.host}` });
    return { signingKeyId, secret, uri, ...(await askForApproval(transaction, actor, { challenge, host: site.host })) };
  });
}

/**
 * Takes the first code of the new app: from now on what this person releases needs a code of it, or a passkey. That code
 * is used up by it.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_CODE_WRONG, DH_ORCHESTRATION_CODE_USED,
 *   DH_ORCHESTRATION_CODES_LOCKED, DH_ORCHESTRATION_SIGNATURE_MISSING, DH_ORCHESTRATION_SIGNATURE_INVALID
 */
export async function confirmAuthenticator(office: Office, actor: Actor, input: AuthenticatorAnswer): Promise<void> {
  requireRight(actor, 'payment-runs:release');
  const now = office.clock.now();
  const approvalCode = input.approvalCode === undefined ? undefined : await checkCode(office, actor, input.approvalCode);
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const row = await transaction
      .selectFrom('signing_keys')
      .selectAll()
      .where('id', '=', input.signingKeyId)
      .where('member_id', '=', actor.memberId)
      .where('kind', '=', 'authenticator')
      .forUpdate()
      .executeTakeFirst();
    const secret = await transaction
      .selectFrom('authenticator_secrets')
      .select('sealed')
      .where('signing_key_id', '=', input.signingKeyId)
      .executeTakeFirst();
    if (row === undefined || secret === undefined) {
      throw new DeskhandError(orchestrationErrors.notFound, 'There is no such authenticator app of yours. Begin again.');
    }
    if (row.confirmed_at !== null) return;
    const signature = input.approval === undefined ? undefined : { answer: input.approval, site: input.site };
    await approveNewKey(transaction, actor, { challenge: row.challenge, signature, code: approvalCode, now });
    if (now.getTime() - row.created_at.getTime() > answerWithinMs) {
      throw new DeskhandError(orchestrationErrors.codeWrong, 'That took more than ten minutes. Begin again with a new square.');
    }
    const timeStep = timeStepOf(input.code, office.sealing.open(secret.sealed, row.id), now);
    if (timeStep === null) {
      throw new DeskhandError(
        orchestrationErrors.codeWrong,
        'This is not the code that the new app shows now. Type the newest one; if it fails again, let the phone set its clock by itself.',
      );
    }
    await transaction.updateTable('signing_keys').set({ uses: timeStep, confirmed_at: now }).where('id', '=', row.id).execute();
    await appendAudit(transaction, actor.organizationId, now, {
      actor: actor.memberId,
      action: 'signing-key.added',
      subjects: [row.id, actor.memberId],
      details: { kind: row.kind, name: row.name, site: row.site },
    });
  });
}
