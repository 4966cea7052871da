import { describeMoney, sum, type Money } from '#domain/money';
import { normalizeIban } from './iban.ts';
import { isPayableAccount } from './us-account.ts';
import type { Supplier } from '../types.ts';
import { quoted } from '../wording.ts';

/** One transfer to one supplier account, for one invoice or several. */
export interface Payment {
  readonly id: string;
  readonly supplierId: string;
  readonly supplierAccountId: string;
  readonly iban: string;
  readonly amount: Money;
  readonly invoiceIds: readonly string[];
  readonly payOn: string;
  /** Last day on which this amount is right, because a discount ends; null when it does not change. */
  readonly validUntil: string | null;
  readonly status: 'scheduled' | 'in-run' | 'released' | 'cancelled';
  /** Digest of what was approved; null before approval. */
  readonly approvalDigest: string | null;
}

/** A payment as it stood when the run was put together. */
export interface PaymentRunItem {
  readonly paymentId: string;
  readonly amount: Money;
  /** Day the bank is asked to execute it: its own day, or the day of the proposal when that has passed. */
  readonly executeOn: string;
  readonly approvalDigest: string;
}

/** One bank file per currency. */
export interface PaymentGroup {
  readonly currency: string;
  readonly items: readonly PaymentRunItem[];
  readonly total: Money;
}

export type ReleaseRefusalCode =
  | 'empty-run'
  | 'payment-missing'
  | 'payment-not-in-run'
  | 'paid-twice'
  | 'not-approved'
  | 'changed-since-approval'
  | 'amount-changed'
  | 'amount-invalid'
  | 'discount-ended'
  | 'supplier-missing'
  | 'account-missing'
  | 'account-changed'
  | 'account-not-verified'
  | 'account-cooling-off'
  | 'total-wrong';

export interface ReleaseRefusal {
  readonly code: ReleaseRefusalCode;
  /** Null when it is about the run. */
  readonly paymentId: string | null;
  /** One plain sentence. */
  readonly message: string;
}

export interface ReleaseCheck {
  readonly outcome: 'allowed' | 'refused';
  readonly refusals: readonly ReleaseRefusal[];
  /** One plain sentence. */
  readonly message: string;
}

/**
 * Puts payments together to one run, in groups of one currency, each payment on its own day or today when that has
 * passed.
 */
export function assemblePaymentRun(payments: readonly Payment[], today: string): readonly PaymentGroup[] {
  const items = payments
    .toSorted((one, other) => one.payOn.localeCompare(other.payOn) || one.id.localeCompare(other.id))
    .map((payment) => ({
      paymentId: payment.id,
      amount: payment.amount,
      executeOn: payment.payOn < today ? today : payment.payOn,
      approvalDigest: payment.approvalDigest ?? '',
    }));
  return [...Map.groupBy(items, (item) => item.amount.currency)]
    .map(([currency, own]) => ({
      currency,
      items: own,
      total: sum(
        own.map((item) => item.amount),
        currency,
      ),
    }))
    .toSorted((one, other) => one.currency.localeCompare(other.currency));
}

/**
 * The text of what an approval covers, the same for the same payment always: supplier, account, amount, currency and
 * invoices. JSON keeps the parts apart, whatever they hold. The platform hashes it.
 */
export function paymentDigest(payment: Pick<Payment, 'supplierId' | 'supplierAccountId' | 'iban' | 'amount' | 'invoiceIds'>): string {
  return JSON.stringify([
    'deskhand-payment-1',
    payment.supplierId,
    payment.supplierAccountId,
    normalizeIban(payment.iban),
    payment.amount.minor.toString(),
    payment.amount.currency,
    payment.invoiceIds.toSorted(),
  ]);
}

/**
 * The last check before money leaves: each payment is still exactly what was approved, goes to a verified account on
 * file, and leaves once (G2).
 *
 * @param payments - as stored now.
 * @param options.digestOf - how approval digests were made: a hash over `paymentDigest`. @default the text itself
 * @param options.now - RFC 3339; an account that was verified just before is not paid yet. @default no cooling-off is looked at
 * @param options.today - a run released later than proposed may have lost a discount. @default the days of the run
 */
export function checkRelease(
  run: { readonly groups: readonly PaymentGroup[] },
  payments: readonly Payment[],
  suppliers: readonly Supplier[],
  options: { readonly digestOf?: (payment: Payment) => string; readonly today?: string; readonly now?: string } = {},
): ReleaseCheck {
  const { digestOf = paymentDigest, today = '', now = null } = options;
  const items = run.groups.flatMap((group) => group.items);
  const paymentById = new Map(payments.map((payment) => [payment.id, payment]));
  const supplierById = new Map(suppliers.map((supplier) => [supplier.id, supplier]));
  const refusals = [
    ...(items.length === 0 ? [refusal('empty-run', null, 'The run holds no payment.')] : []),
    ...run.groups.flatMap(checkTotal),
    ...checkOnce(items, paymentById),
    ...items.flatMap((item) => checkItem(item, today, paymentById.get(item.paymentId), supplierById, digestOf)),
    ...(now === null ? [] : items.flatMap((item) => checkCooling(paymentById.get(item.paymentId), supplierById, now))),
  ];
  const message =
    refusals.length === 0
      ? `${items.length === 1 ? 'The payment is' : `All ${items.length} payments are`} exactly as approved.`
      : `The run cannot be released: ${refusals.length} ${refusals.length === 1 ? 'reason' : 'reasons'} against it.`;
  return { outcome: refusals.length === 0 ? 'allowed' : 'refused', refusals, message };
}

function checkTotal(group: PaymentGroup): ReleaseRefusal[] {
  const isOneCurrency = group.items.every((item) => item.amount.currency === group.currency) && group.total.currency === group.currency;
  if (!isOneCurrency) return [refusal('total-wrong', null, `The ${group.currency} part of the run holds other currencies.`)];
  const expected = sum(
    group.items.map((item) => item.amount),
    group.currency,
  );
  if (expected.minor === group.total.minor) return [];
  return [
    refusal('total-wrong', null, `The run says ${describeMoney(group.total)}, but its payments add up to ${describeMoney(expected)}.`),
  ];
}

/** No payment and no invoice twice in one run. */
function checkOnce(items: readonly PaymentRunItem[], paymentById: ReadonlyMap<string, Payment>): ReleaseRefusal[] {
  const seen = new Set<string>();
  const refusals: ReleaseRefusal[] = [];
  for (const { paymentId } of items) {
    const keys = [`payment ${paymentId}`, ...(paymentById.get(paymentId)?.invoiceIds ?? []).map((invoiceId) => `invoice ${invoiceId}`)];
    const again = keys.find((key) => seen.has(key));
    if (again !== undefined) refusals.push(refusal('paid-twice', paymentId, `The run would pay ${again} twice.`));
    for (const key of keys) seen.add(key);
  }
  return refusals;
}

function checkItem(
  item: PaymentRunItem,
  today: string,
  payment: Payment | undefined,
  supplierById: ReadonlyMap<string, Supplier>,
  digestOf: (payment: Payment) => string,
): ReleaseRefusal[] {
  if (payment === undefined) return [refusal('payment-missing', item.paymentId, `Payment ${item.paymentId} is not on file any more.`)];
  return [
    ...checkState(item, today, payment),
    ...checkApproval(item, payment, digestOf),
    ...checkAccount(payment, supplierById.get(payment.supplierId)),
  ];
}

function checkState(item: PaymentRunItem, today: string, payment: Payment): ReleaseRefusal[] {
  const executeOn = item.executeOn < today ? today : item.executeOn;
  const refusals: ReleaseRefusal[] = [];
  if (payment.status === 'released') refusals.push(refusal('paid-twice', payment.id, `Payment ${payment.id} was released before.`));
  if (payment.status === 'cancelled') refusals.push(refusal('payment-not-in-run', payment.id, `Payment ${payment.id} was cancelled.`));
  if (payment.validUntil !== null && payment.validUntil < executeOn) {
    refusals.push(
      refusal('discount-ended', payment.id, `The discount in ${describeMoney(payment.amount)} ended on ${payment.validUntil}.`),
    );
  }
  if (payment.amount.minor <= 0n)
    refusals.push(refusal('amount-invalid', payment.id, `${describeMoney(payment.amount)} is not an amount to pay.`));
  if (payment.amount.minor !== item.amount.minor || payment.amount.currency !== item.amount.currency) {
    const change = `${describeMoney(item.amount)} in the run, ${describeMoney(payment.amount)} now`;
    refusals.push(refusal('amount-changed', payment.id, `The amount changed since the run was put together: ${change}.`));
  }
  return refusals;
}

function checkApproval(item: PaymentRunItem, payment: Payment, digestOf: (payment: Payment) => string): ReleaseRefusal[] {
  if (payment.approvalDigest === null || payment.approvalDigest === '')
    return [refusal('not-approved', payment.id, `Payment ${payment.id} is not approved.`)];
  if (payment.approvalDigest === digestOf(payment) && payment.approvalDigest === item.approvalDigest) return [];
  return [
    refusal(
      'changed-since-approval',
      payment.id,
      `Payment ${payment.id} is not what was approved: supplier, account, amount or invoices changed since.`,
    ),
  ];
}

function checkAccount(payment: Payment, supplier: Supplier | undefined): ReleaseRefusal[] {
  if (supplier === undefined)
    return [refusal('supplier-missing', payment.id, `The supplier of payment ${payment.id} is not on file any more.`)];
  const name = quoted(supplier.name);
  const account = supplier.bankAccounts.find(({ id }) => id === payment.supplierAccountId);
  if (account === undefined) return [refusal('account-missing', payment.id, `The account to be paid is not one of ${name} any more.`)];
  const refusals: ReleaseRefusal[] = [];
  if (account.status !== 'verified')
    refusals.push(refusal('account-not-verified', payment.id, `The account of ${name} is not verified (${account.status}).`));
  if (normalizeIban(account.iban) !== normalizeIban(payment.iban) || !isPayableAccount(payment.iban)) {
    refusals.push(refusal('account-changed', payment.id, `The account to be paid is not the one on file for ${name}.`));
  }
  return refusals;
}

function checkCooling(payment: Payment | undefined, supplierById: ReadonlyMap<string, Supplier>, now: string): ReleaseRefusal[] {
  const supplier = supplierById.get(payment?.supplierId ?? '');
  const account = supplier?.bankAccounts.find(({ id }) => id === payment?.supplierAccountId);
  const from = account?.payableFrom ?? null;
  if (payment === undefined || supplier === undefined || from === null || Date.parse(from) <= Date.parse(now)) return [];
  const when = `${from.slice(0, 10)} ${from.slice(11, 16)} UTC`;
  return [
    refusal(
      'account-cooling-off',
      payment.id,
      `The account of ${quoted(supplier.name)} was verified just before: it may be paid from ${when} on.`,
    ),
  ];
}

function refusal(code: ReleaseRefusalCode, paymentId: string | null, message: string): ReleaseRefusal {
  return { code, paymentId, message };
}
