import { lockMinutesAfter, triesLeftAfter, type Actor } from '#domain/identity';
import { DeskhandError, type ErrorDefinition } from '#domain/errors';
import { appendAudit, timeStepOf, type Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';

/** A code that was right: of which app, and of which 30 seconds. It counts once it is used. */
export interface CheckedCode {
  readonly signingKeyId: string;
  readonly timeStep: number;
}

/** What a code is given for. */
export interface CodeUse {
  /** Null where it is for a new passkey or app. */
  readonly paymentRunId: string | null;
  /** 64 hex digits: of the payments shown, or of the question about the new key. */
  readonly digest: string;
  readonly now: Date;
}

/** An authenticator app on file that counts. */
interface Authenticator {
  readonly id: string;
  /** The step of the code that confirmed it, which is used up. */
  readonly confirmedStep: number;
  readonly sealed: Uint8Array;
}

type Judgement = CheckedCode | { readonly refusal: DeskhandError };

/** The authenticator apps whose codes count today. */
export async function loadAuthenticators(transaction: Transaction, memberId: string): Promise<Authenticator[]> {
  const rows = await transaction
    .selectFrom('signing_keys')
    .innerJoin('authenticator_secrets as secret', 'secret.signing_key_id', 'signing_keys.id')
    .select(['signing_keys.id as id', 'signing_keys.uses as uses', 'secret.sealed as sealed'])
    .where('member_id', '=', memberId)
    .where('confirmed_at', 'is not', null)
    .where('revoked_at', 'is', null)
    .orderBy('signing_keys.created_at')
    .orderBy('signing_keys.id')
    .execute();
  return rows.map(({ id, uses, sealed }) => ({ id, confirmedStep: Number(uses), sealed }));
}

/**
 * Holds a code against the apps of who gives it. Has a transaction of its own, so that a wrong one is counted whatever
 * becomes of what it was given for; one check of a person follows the other, so that nobody guesses a thousand at once.
 *
 * @param paymentRunId - the run it is for: the same code for the same run again is a repeated request, no second use.
 * @throws DH_ORCHESTRATION_CODE_WRONG, DH_ORCHESTRATION_CODE_USED, DH_ORCHESTRATION_CODES_LOCKED,
 *   DH_ORCHESTRATION_SIGNATURE_INVALID for somebody without an app
 */
export async function checkCode(office: Office, actor: Actor, code: string, paymentRunId: string | null = null): Promise<CheckedCode> {
  const judgement = await office.database.inOrganization(actor.organizationId, (transaction) =>
    judge(office, transaction, actor, { code, paymentRunId }),
  );
  if ('refusal' in judgement) throw judgement.refusal;
  return judgement;
}

async function judge(
  office: Office,
  transaction: Transaction,
  actor: Actor,
  given: { readonly code: string; readonly paymentRunId: string | null },
): Promise<Judgement> {
  const now = office.clock.now();
  const { wrong, lockedUntil } = await lockAttempts(transaction, actor);
  if (lockedUntil !== null && lockedUntil > now) return lockedFor(lockedUntil, now);
  const authenticators = await loadAuthenticators(transaction, actor.memberId);
  if (authenticators.length === 0) {
    return refuse(orchestrationErrors.signatureInvalid, 'You have no authenticator app here that counts, so no code is taken from you.');
  }
  const found = authenticators
    .map(({ id, confirmedStep, sealed }) => ({ id, confirmedStep, timeStep: timeStepOf(given.code, office.sealing.open(sealed, id), now) }))
    .find(({ timeStep }) => timeStep !== null);
  if (found === undefined || found.timeStep === null) return await countWrong(transaction, actor, { wrong: wrong + 1, now });
  const { id: signingKeyId, timeStep } = found;
  const earlier = await transaction
    .selectFrom('signing_code_uses')
    .select('payment_run_id')
    .where('member_id', '=', actor.memberId)
    .where('time_step', '=', String(timeStep))
    .executeTakeFirst();
  const isRepeated = earlier !== undefined && earlier.payment_run_id !== null && earlier.payment_run_id === given.paymentRunId;
  if ((earlier !== undefined && !isRepeated) || timeStep <= found.confirmedStep) {
    await appendAudit(transaction, actor.organizationId, now, {
      actor: actor.memberId,
      action: 'signing-code.refused',
      subjects: [signingKeyId, actor.memberId],
      details: { reason: 'used-before', timeStep },
    });
    return { refusal: usedBefore() };
  }
  if (wrong > 0) await setAttempts(transaction, actor, 0, null);
  return { signingKeyId, timeStep };
}

/**
 * Lets a right code count, once: the key of the table refuses a second use of the same 30 seconds, whoever races whom.
 *
 * @throws DH_ORCHESTRATION_CODE_USED, DH_ORCHESTRATION_SIGNATURE_INVALID when its app was taken away in between
 */
export async function takeCode(
  transaction: Transaction,
  actor: Actor,
  { signingKeyId, timeStep }: CheckedCode,
  { paymentRunId, digest, now }: CodeUse,
): Promise<void> {
  const key = await transaction
    .selectFrom('signing_keys')
    .select('revoked_at')
    .where('id', '=', signingKeyId)
    .forShare()
    .executeTakeFirstOrThrow();
  if (key.revoked_at !== null) {
    throw new DeskhandError(orchestrationErrors.signatureInvalid, 'Your authenticator app was taken away just now. Nothing was done.');
  }
  const taken = await transaction
    .insertInto('signing_code_uses')
    .values({
      member_id: actor.memberId,
      time_step: timeStep,
      organization_id: actor.organizationId,
      signing_key_id: signingKeyId,
      purpose: paymentRunId === null ? 'new-key' : 'release',
      payment_run_id: paymentRunId,
      digest,
      used_at: now,
    })
    .onConflict((conflict) => conflict.columns(['member_id', 'time_step']).doNothing())
    .returning('time_step')
    .executeTakeFirst();
  if (taken === undefined) throw usedBefore();
}

/** Holds the count of a person's wrong codes until commit. */
async function lockAttempts(
  transaction: Transaction,
  actor: Actor,
): Promise<{ readonly wrong: number; readonly lockedUntil: Date | null }> {
  await transaction
    .insertInto('signing_code_attempts')
    .values({ member_id: actor.memberId, organization_id: actor.organizationId, wrong: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await transaction
    .selectFrom('signing_code_attempts')
    .select(['wrong', 'locked_until'])
    .where('member_id', '=', actor.memberId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { wrong: row.wrong, lockedUntil: row.locked_until };
}

async function setAttempts(transaction: Transaction, actor: Actor, wrong: number, lockedUntil: Date | null): Promise<void> {
  await transaction
    .updateTable('signing_code_attempts')
    .set({ wrong, locked_until: lockedUntil })
    .where('member_id', '=', actor.memberId)
    .execute();
}

async function countWrong(
  transaction: Transaction,
  actor: Actor,
  { wrong, now }: { readonly wrong: number; readonly now: Date },
): Promise<Judgement> {
  const minutes = lockMinutesAfter(wrong);
  const lockedUntil = minutes === 0 ? null : new Date(now.getTime() + minutes * 60_000);
  await setAttempts(transaction, actor, wrong, lockedUntil);
  const entry = { actor: actor.memberId, subjects: [actor.memberId] };
  await appendAudit(
    transaction,
    actor.organizationId,
    now,
    { ...entry, action: 'signing-code.refused', details: { reason: 'wrong', wrong } },
    ...(lockedUntil === null ? [] : [{ ...entry, action: 'signing-code.locked', details: { minutes, until: lockedUntil.toISOString() } }]),
  );
  if (lockedUntil !== null) return lockedFor(lockedUntil, now);
  const left = triesLeftAfter(wrong);
  return refuse(
    orchestrationErrors.codeWrong,
    `This is not the code that your app shows now; nothing was done. Type the newest one. If it fails again, let the phone set its clock by itself. ${left === 1 ? 'After one more wrong code' : `After ${left} more wrong codes`} none is taken for a while.`,
    { triesLeft: left },
  );
}

function lockedFor(until: Date, now: Date): Judgement {
  const minutes = Math.ceil((until.getTime() - now.getTime()) / 60_000);
  const wait = minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
  return refuse(
    orchestrationErrors.codesLocked,
    `Too many wrong codes in a row: for the next ${wait} none is taken from you, not even a right one. A passkey still signs, and another controller can release. If it was not you who typed them, change your password and tell your administrator.`,
    { lockedUntil: until.toISOString() },
  );
}

function usedBefore(): DeskhandError {
  return new DeskhandError(
    orchestrationErrors.codeUsed,
    'This code was used already, and each counts once. Wait for the next one in your app, 30 seconds at most.',
  );
}

function refuse(definition: ErrorDefinition, message: string, details: Readonly<Record<string, unknown>> = {}): Judgement {
  return { refusal: new DeskhandError(definition, message, { details }) };
}
