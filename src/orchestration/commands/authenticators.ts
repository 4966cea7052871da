import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, authenticatorUri, newAuthenticatorSecret, timeStepOf, type SigningSite } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { beginKey, confirmKey, type NewKeyAnswer } from '../payments/new-signing-key.ts';
import { askForApproval, type ApprovalQuestion } from '../payments/signing-keys.ts';
import type { Office } from '../tasks/office.ts';
import { requireRight } from './require-right.ts';

/** What the app needs; said once, to its holder, and never again. */
export interface AuthenticatorQuestion extends ApprovalQuestion {
  readonly signingKeyId: string;
  /** Base32, to type in. */
  readonly secret: string;
  /** `otpauth://`, to scan. */
  readonly uri: string;
}

export interface AuthenticatorAnswer extends NewKeyAnswer {
  /** That the new app shows. */
  readonly code: string;
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
    const { signingKeyId, challenge } = await beginKey(transaction, actor, { kind: 'authenticator', name, site, now: office.clock.now() });
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
  const missing = (): DeskhandError =>
    new DeskhandError(orchestrationErrors.notFound, 'There is no such authenticator app of yours. Begin again.');
  await confirmKey(office, actor, { kind: 'authenticator', input, missing }, async (transaction, row, { isLate, now }) => {
    const secret = await transaction
      .selectFrom('authenticator_secrets')
      .select('sealed')
      .where('signing_key_id', '=', row.id)
      .executeTakeFirst();
    if (secret === undefined) throw missing();
    if (isLate) throw new DeskhandError(orchestrationErrors.codeWrong, 'That took more than ten minutes. Begin again with a new square.');
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
