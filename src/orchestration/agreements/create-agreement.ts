import type { AgreementKind } from '#domain/accounts-payable';
import { isCalendarDay } from '#domain/calendar';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { currencyDigits, decimal, isCurrency } from '#domain/money';
import { appendAudit, newId, type Transaction } from '#platform';
import { requireRight } from '../commands/require-right.ts';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';

/** What a person writes down; amounts are decimal text in its currency, gross. */
export interface AgreementDraft {
  readonly supplierId: string;
  readonly kind: AgreementKind;
  readonly name: string;
  readonly reference?: string | null | undefined;
  readonly rhythm: 'months' | 'days' | 'dates';
  /** Of months and days. */
  readonly every?: number | null | undefined;
  /** Of dates. */
  readonly instalments?: readonly { readonly dueOn: string; readonly amount: string }[] | undefined;
  /** Left out where instalments say it. */
  readonly amount?: string | null | undefined;
  readonly currency: string;
  readonly bandAmount?: string | null | undefined;
  readonly bandPercent?: string | null | undefined;
  readonly total?: string | null | undefined;
  /** Left out where instalments say it. */
  readonly firstOn?: string | null | undefined;
  readonly validUntil?: string | null | undefined;
  readonly graceDays?: number | undefined;
}

/** Post takes a while, and holidays take another. */
const usualGraceDays = 7;

/**
 * Writes down what is paid without an order. Nothing comes of it until a second person confirms it.
 *
 * @throws DH_ORCHESTRATION_NOT_ALLOWED, DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_VALUE_INVALID with what to write instead.
 */
export async function createAgreement(office: Office, actor: Actor, draft: AgreementDraft): Promise<{ readonly agreementId: string }> {
  requireRight(actor, 'agreements:edit');
  const fault = agreementFault(draft);
  if (fault !== null) throw new DeskhandError(orchestrationErrors.valueInvalid, fault);
  return office.database.inOrganization(actor.organizationId, async (transaction) => {
    const supplier = await transaction.selectFrom('suppliers').select('id').where('id', '=', draft.supplierId).executeTakeFirst();
    if (supplier === undefined)
      throw new DeskhandError(orchestrationErrors.notFound, `There is no supplier ${draft.supplierId} in your organization.`);
    return { agreementId: await insertAgreement(transaction, actor, draft, office.clock.now()) };
  });
}

/** What is wrong with it, in words with what to write instead; null when nothing is. */
export function agreementFault(draft: AgreementDraft): string | null {
  return faultOf(draft, termsOf(draft));
}

/** Puts it on file and on record, waiting for a second person. Its supplier exists, and nothing is wrong with it. @returns its id. */
export async function insertAgreement(transaction: Transaction, actor: Actor, draft: AgreementDraft, now: Date): Promise<string> {
  const { instalments, firstOn, amount } = termsOf(draft);
  const agreementId = newId('agr');
  await transaction
    .insertInto('agreements')
    .values({
      id: agreementId,
      organization_id: actor.organizationId,
      supplier_id: draft.supplierId,
      kind: draft.kind,
      name: draft.name.trim(),
      reference: draft.reference?.trim() || null,
      rhythm: draft.rhythm,
      every: draft.rhythm === 'dates' ? null : (draft.every ?? null),
      instalments: JSON.stringify(instalments),
      amount,
      currency: draft.currency,
      band_amount: draft.bandAmount ?? null,
      band_percent: draft.bandPercent ?? null,
      // A plan never pays more than its instalments.
      total: draft.total ?? totalOf(instalments),
      first_on: firstOn,
      valid_until: draft.validUntil ?? null,
      grace_days: draft.graceDays ?? usualGraceDays,
      created_by: actor.memberId,
      created_at: now,
    })
    .execute();
  await appendAudit(transaction, actor.organizationId, now, {
    actor: actor.memberId,
    action: 'agreement.written',
    subjects: [agreementId, draft.supplierId],
    details: { ...draft },
  });
  return agreementId;
}

interface Terms {
  readonly instalments: Instalments;
  readonly firstOn: string;
  readonly amount: string;
}

/** The first instalment says when it begins and over how much. */
function termsOf(draft: AgreementDraft): Terms {
  const instalments = (draft.rhythm === 'dates' ? (draft.instalments ?? []) : []).toSorted((one, other) =>
    one.dueOn.localeCompare(other.dueOn),
  );
  const [first] = instalments;
  return { instalments, firstOn: first?.dueOn ?? draft.firstOn ?? '', amount: first?.amount ?? draft.amount ?? '' };
}

type Instalments = readonly { readonly dueOn: string; readonly amount: string }[];

function totalOf(instalments: Instalments): string | null {
  if (instalments.length === 0) return null;
  return instalments.reduce((total, { amount }) => total.plus(amount), decimal(0)).toFixed();
}

function faultOf(draft: AgreementDraft, terms: Terms): string | null {
  const { currency, rhythm, every = null, validUntil = null } = draft;
  if (draft.name.trim() === '') return 'Give it a name, such as “Office rent”.';
  if (!isCurrency(currency)) return `“${currency}” is no currency. Write it like EUR.`;
  if (rhythm === 'dates' && terms.instalments.length === 0) return 'Name at least one instalment with its day and amount.';
  if (rhythm !== 'dates' && (every === null || every < 1)) return `Say how many ${rhythm} lie between two bills, 1 or more.`;
  const amounts = [terms.amount, ...terms.instalments.map(({ amount }) => amount), draft.total ?? '1'];
  const wrong = amounts.find((amount) => !isAmount(amount, currency) || decimal(amount).lte(0));
  if (wrong !== undefined) return `“${wrong}” is no amount to pay in ${currency}. Write it like 480.00.`;
  if (draft.bandAmount != null && !isAmount(draft.bandAmount, currency)) return `“${draft.bandAmount}” is no amount. Write it like 20.00.`;
  const days = [terms.firstOn, ...terms.instalments.map(({ dueOn }) => dueOn), ...(validUntil === null ? [] : [validUntil])];
  const badDay = days.find((day) => !isCalendarDay(day));
  if (badDay !== undefined) return `“${badDay}” is no day. Write it like 2026-03-31.`;
  if (new Set(terms.instalments.map(({ dueOn }) => dueOn)).size < terms.instalments.length)
    return 'Two instalments are on the same day. Add them up.';
  if (validUntil !== null && validUntil < terms.firstOn) return `It ends on ${validUntil}, before its first bill on ${terms.firstOn}.`;
  return null;
}

function isAmount(text: string, currency: string): boolean {
  const decimals = currencyDigits(currency);
  return /^\d{1,12}(\.\d+)?$/.test(text) && (text.split('.')[1] ?? '').length <= decimals;
}
