import { randomBytes } from 'node:crypto';
import type { Actor } from '#domain/identity';
import { newId, type DeviceAnswer, type SigningSite, type Tables, type Transaction } from '#platform';
import type { Selectable } from 'kysely';
import type { Office } from '../tasks/office.ts';
import { checkCode } from './signing-codes.ts';
import { approveNewKey } from './signing-keys.ts';

type SigningKeyRow = Selectable<Tables['signing_keys']>;

/** Time for a person to find their device, or their telephone, and answer. */
const answerWithinMs = 10 * 60_000;

/** What whoever adds a key answers with, beside what the new key itself says. */
export interface NewKeyAnswer {
  readonly signingKeyId: string;
  /** By a passkey that is on file, over the new key's challenge. */
  readonly approval?: DeviceAnswer | undefined;
  /** Instead: of an authenticator app that is on file. */
  readonly approvalCode?: string | undefined;
  readonly site: SigningSite;
}

/** Writes down a passkey or an app that counts once it is confirmed. @returns its id, and its challenge, base64url. */
export async function beginKey(
  transaction: Transaction,
  actor: Actor,
  { kind, name, site, now }: Pick<SigningKeyRow, 'kind' | 'name'> & { readonly site: SigningSite; readonly now: Date },
): Promise<{ readonly signingKeyId: string; readonly challenge: string }> {
  const challenge = randomBytes(32).toString('base64url');
  const signingKeyId = newId('sgk');
  await transaction
    .insertInto('signing_keys')
    .values({
      id: signingKeyId,
      organization_id: actor.organizationId,
      member_id: actor.memberId,
      kind,
      name,
      site: site.host,
      challenge,
      uses: 0,
      created_at: now,
    })
    .execute();
  return { signingKeyId, challenge };
}

/**
 * Finds what somebody began, and confirms it if a key that is on file answers for it and `confirm` finds the new one's answer
 * right. One that was confirmed before stays as it is.
 *
 * @param confirm - told whether the answer came too late.
 * @param missing - what is thrown where there is none.
 * @throws DH_ORCHESTRATION_SIGNATURE_MISSING, DH_ORCHESTRATION_SIGNATURE_INVALID, DH_ORCHESTRATION_CODE_WRONG,
 *   DH_ORCHESTRATION_CODE_USED, DH_ORCHESTRATION_CODES_LOCKED
 */
export async function confirmKey(
  office: Office,
  actor: Actor,
  { kind, input, missing }: { readonly kind: SigningKeyRow['kind']; readonly input: NewKeyAnswer; readonly missing: () => Error },
  confirm: (transaction: Transaction, row: SigningKeyRow, facts: { readonly isLate: boolean; readonly now: Date }) => Promise<void>,
): Promise<void> {
  const { approval, approvalCode, site, signingKeyId } = input;
  const code = approvalCode === undefined ? undefined : await checkCode(office, actor, approvalCode);
  const now = office.clock.now();
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const row = await transaction
      .selectFrom('signing_keys')
      .selectAll()
      .where('id', '=', signingKeyId)
      .where('member_id', '=', actor.memberId)
      .where('kind', '=', kind)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw missing();
    if (row.confirmed_at !== null) return;
    const signature = approval === undefined ? undefined : { answer: approval, site };
    await approveNewKey(transaction, actor, { challenge: row.challenge, signature, code, now });
    await confirm(transaction, row, { isLate: now.getTime() - row.created_at.getTime() > answerWithinMs, now });
  });
}
