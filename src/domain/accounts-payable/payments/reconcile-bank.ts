import { addDays } from '#domain/calendar';
import { describeMoney, sum, type Money } from '#domain/money';
import type { BookedEntry } from '#domain/ports';
import { shortIban } from './iban.ts';
import { isSameAccount } from './us-account.ts';

/** How a payment stands at the bank. Null: nothing was heard of it. */
export type BankState = 'accepted' | 'rejected' | 'settled' | 'returned';

/** A payment as it was ordered from the bank; also one that is not on its way, so that a movement can be told from it. */
export interface OrderedPayment {
  readonly id: string;
  /** Of the bank file that ordered it; null where there is none. */
  readonly messageId: string | null;
  /** In our file, and on the statement. */
  readonly endToEndId: string;
  /** What binds it to its release, where the file carried it. */
  readonly instructionId: string | null;
  readonly supplierName: string;
  readonly amount: Money;
  readonly iban: string;
  /** `YYYY-MM-DD`, the day the bank was asked to execute it. */
  readonly executeOn: string;
  /** What the supplier reads. */
  readonly reference: string;
  /** Whether the bank was ever told to pay it, as things stand. */
  readonly isReleased: boolean;
  readonly state: BankState | null;
  /** Of its debit, when it is settled or came back after that. */
  readonly settledOn: string | null;
}

/**
 * `settled`: exactly what was ordered. `returned`: it came back whole. The others need a person: another amount, another
 * account, a debit after one that was booked already, one of a payment that was never released, several payments that it
 * could be, nothing that explains it. `told-again`: a booking that another message told of before. `credit`: money that
 * came and has nothing to do with our payments.
 */
export type EntryOutcome =
  | 'settled'
  | 'returned'
  | 'amount-differs'
  | 'account-differs'
  | 'debited-again'
  | 'not-released'
  | 'ambiguous'
  | 'unexplained'
  | 'return-differs'
  | 'told-again'
  | 'credit';

export interface EntryFinding {
  readonly outcome: EntryOutcome;
  /** What it settles, returns or is about. */
  readonly paymentIds: readonly string[];
  /** One plain sentence. */
  readonly message: string;
}

/**
 * Holds what the bank booked against what was ordered, to the cent: by our end-to-end or instruction id; without one by amount, account
 * and day; a collective booking by our file's id and its sum. Entries are taken in their order, and each payment is
 * settled by one of them.
 *
 * @returns a finding for each entry, in the same order.
 */
export function reconcileEntries(entries: readonly BookedEntry[], payments: readonly OrderedPayment[]): readonly EntryFinding[] {
  const now = new Map(payments.map((payment) => [payment.id, payment]));
  const byEndToEndId = new Map(payments.map((payment) => [payment.endToEndId, payment.id]));
  const byInstruction = new Map(
    payments.flatMap(({ id, instructionId }) => (instructionId === null ? [] : [[instructionId, id] as const])),
  );
  return entries.map((entry) => {
    const id = byEndToEndId.get((entry.endToEndId ?? '').toUpperCase()) ?? byInstruction.get((entry.instructionId ?? '').toUpperCase());
    const named = id === undefined ? undefined : now.get(id);
    const finding =
      entry.direction === 'credit'
        ? ofCredit(entry, named)
        : named === undefined
          ? ofUnnamed(entry, [...now.values()])
          : ofNamed(entry, named);
    if (finding.outcome === 'settled' || finding.outcome === 'returned') {
      for (const paymentId of finding.paymentIds) {
        const payment = now.get(paymentId);
        if (payment !== undefined)
          now.set(paymentId, {
            ...payment,
            state: finding.outcome,
            settledOn: finding.outcome === 'settled' ? entry.bookedOn : payment.settledOn,
          });
      }
    }
    return finding;
  });
}

/** A debit that carries the end-to-end id of one of our payments. */
function ofNamed(entry: BookedEntry, payment: OrderedPayment): EntryFinding {
  const about = (outcome: EntryOutcome, message: string): EntryFinding => ({ outcome, paymentIds: [payment.id], message });
  const taken = paidIn(entry, payment.amount.currency);
  const what = `${describeMoney(taken)} to ${payment.supplierName} on ${entry.bookedOn}`;
  const isSameAmount = equal(taken, payment.amount);
  if (!payment.isReleased) return about('not-released', `The bank booked ${what}, but this payment is not released.`);
  if (entry.bookedOn < addDays(payment.executeOn, -window.before))
    return about('not-released', `The bank booked ${what}, before the day it was ordered for, ${payment.executeOn}.`);
  if (payment.state === 'settled' || payment.state === 'returned') {
    return isSameAmount && payment.settledOn === entry.bookedOn
      ? about('told-again', `The booking of ${what} was told of before.`)
      : about('debited-again', `The bank booked ${what}, but this payment was booked already on ${payment.settledOn ?? 'another day'}.`);
  }
  if (!isSameAmount) return about('amount-differs', `The bank booked ${what}; released were ${describeMoney(payment.amount)}.`);
  if (entry.counterpartyAccount !== null && !isSameAccount(entry.counterpartyAccount, payment.iban)) {
    const [went, released] = [shortIban(entry.counterpartyAccount), shortIban(payment.iban)];
    return about('account-differs', `The bank booked ${what}, to the account ${went}; released was the account ${released}.`);
  }
  return about('settled', `Booked on ${entry.bookedOn}, to the cent.`);
}

/** A debit without an end-to-end id of ours. */
function ofUnnamed(entry: BookedEntry, payments: readonly OrderedPayment[]): EntryFinding {
  const open = payments.filter((payment) => payment.isReleased && payment.state !== 'settled' && payment.state !== 'returned');
  // Somebody else's end-to-end id says that it is not ours.
  const candidates = entry.endToEndId === null ? (collective(entry, open) ?? alike(entry, open)) : [];
  const [first] = candidates;
  if (
    first !== undefined &&
    (candidates.length === 1 ||
      equal(
        sum(
          candidates.map(({ amount }) => amount),
          entry.amount.currency,
        ),
        entry.amount,
      ))
  ) {
    const how = candidates.length === 1 ? 'found by amount, account and day' : `${candidates.length} payments in one booking`;
    return { outcome: 'settled', paymentIds: candidates.map(({ id }) => id), message: `Booked on ${entry.bookedOn}, to the cent; ${how}.` };
  }
  const what = `${describeMoney(entry.amount)} ${toWhom(entry)} on ${entry.bookedOn}`;
  if (first === undefined)
    return { outcome: 'unexplained', paymentIds: [], message: `The bank booked ${what}; no released payment explains it.` };
  return {
    outcome: 'ambiguous',
    paymentIds: candidates.map(({ id }) => id),
    message: `The bank booked ${what} without our reference; ${candidates.length} released payments are of this amount and account.`,
  };
}

/** All payments of one file or of one day in it, where the sum is exactly what was booked. */
function collective(entry: BookedEntry, open: readonly OrderedPayment[]): readonly OrderedPayment[] | null {
  const part = entry.paymentInformationId ?? entry.messageId;
  if (part === null) return null;
  // A part of our file is called as the file, with a number behind it.
  const own = open.filter(
    ({ amount, messageId }) =>
      amount.currency === entry.amount.currency && messageId !== null && (part === messageId || part.startsWith(`${messageId}-`)),
  );
  const groups = [own, ...Map.groupBy(own, ({ executeOn }) => executeOn).values()];
  return (
    groups.find(
      (group) =>
        group.length > 0 &&
        equal(
          sum(
            group.map(({ amount }) => amount),
            entry.amount.currency,
          ),
          entry.amount,
        ),
    ) ?? null
  );
}

// Banks may book a day before (cut-off in another time zone) and, over holidays, some days after the day that was ordered.
const window = { before: 1, after: 10 };

/** Same amount and account, near the day; of several, the one whose reference the booking shows. */
function alike(entry: BookedEntry, open: readonly OrderedPayment[]): readonly OrderedPayment[] {
  if (entry.counterpartyAccount === null) return [];
  const { counterpartyAccount: account } = entry;
  const same = open.filter(
    (payment) =>
      equal(paidIn(entry, payment.amount.currency), payment.amount) &&
      isSameAccount(account, payment.iban) &&
      entry.bookedOn >= addDays(payment.executeOn, -window.before) &&
      entry.bookedOn <= addDays(payment.executeOn, window.after),
  );
  const shown = same.filter(({ reference }) => holds(entry.remittance, reference));
  return shown.length === 1 ? shown : same;
}

/** The reference as a whole word, whatever spaces and signs the bank left of it. */
function holds(remittance: string, reference: string): boolean {
  const bare = (text: string): string =>
    text
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]+/g, ' ')
      .trim();
  return bare(reference) !== '' && ` ${bare(remittance)} `.includes(` ${bare(reference)} `);
}

/** Money that came: one of our payments that is back, or nothing of ours. */
function ofCredit(entry: BookedEntry, payment: OrderedPayment | undefined): EntryFinding {
  if (payment === undefined || !payment.isReleased) {
    return { outcome: 'credit', paymentIds: [], message: `${describeMoney(entry.amount)} came in on ${entry.bookedOn}.` };
  }
  const back = paidIn(entry, payment.amount.currency);
  if (payment.state === 'returned') return { outcome: 'told-again', paymentIds: [payment.id], message: 'This return was told of before.' };
  if (equal(back, payment.amount)) {
    return { outcome: 'returned', paymentIds: [payment.id], message: `It came back whole on ${entry.bookedOn}.` };
  }
  return {
    outcome: 'return-differs',
    paymentIds: [payment.id],
    message: `Of ${describeMoney(payment.amount)} to ${payment.supplierName}, ${describeMoney(back)} came back on ${entry.bookedOn}.`,
  };
}

/** What moved, in the currency that was ordered where the bank says it. */
function paidIn({ amount, instructed }: BookedEntry, currency: string): Money {
  return amount.currency !== currency && instructed !== null && instructed.currency === currency ? instructed : amount;
}

function equal(one: Money, other: Money): boolean {
  return one.currency === other.currency && one.minor === other.minor;
}

function toWhom({ counterpartyName, counterpartyAccount, remittance }: BookedEntry): string {
  const name = counterpartyName ?? (counterpartyAccount === null ? null : shortIban(counterpartyAccount));
  if (name !== null) return `to ${name}`;
  return remittance === '' ? 'without saying to whom' : `(“${remittance.slice(0, 80)}”)`;
}
