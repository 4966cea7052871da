import type { StatementRow } from '#domain/documents';
import { absolute, decimal, describeMoney, negate, roundTo, subtract, type Money } from '#domain/money';
import { normalizeInvoiceNumber } from '../find-duplicates.ts';
import type { OwnItem, OwnPayment, StatementFinding, StatementFindingKind, StatementQuestion } from './statement-types.ts';

/** What is still without a row. Rows take from it, each item once. */
interface Books {
  readonly question: StatementQuestion;
  /** It shows payments: everything that moved is compared, not only what is open. */
  readonly isAccount: boolean;
  readonly from: string;
  readonly taken: Set<OwnItem | OwnPayment>;
}

/** One finding for each row, in its order, then one for each item of ours that no row names. */
export function findingsOf(question: StatementQuestion): StatementFinding[] {
  const { rows } = question.reading;
  const days = rows.flatMap(({ on }) => on ?? []).toSorted();
  const isAccount = rows.some(({ kind }) => kind === 'payment');
  const books: Books = { question, isAccount, from: isAccount ? (days[0] ?? question.statedOn) : '', taken: new Set() };
  const answered = rows.map((row, index) => ({ row: index + 1, number: row.number, on: row.on, ...answer(row, books) }));
  return [...answered, ...missingItems(books), ...missingPayments(books)];
}

type Answer = Pick<StatementFinding, 'kind' | 'theirs' | 'ours' | 'invoiceId' | 'message'>;

function answer(row: StatementRow, books: Books): Answer {
  const theirs = amountOf(row, books);
  if (row.kind === 'carried') {
    const message = `${describeMoney(theirs)} is carried over from before; what it is made of is not on this statement.`;
    return { kind: 'not-compared', theirs, ours: nothing(books), invoiceId: null, message };
  }
  return row.kind === 'payment' ? answerPayment(row, theirs, books) : answerItem(row, theirs, books);
}

/** On an account, what moved; on a list of open items, what is open. */
function amountOf({ amount, open }: StatementRow, { question: { currency }, isAccount }: Books): Money {
  const text = (isAccount ? (amount ?? open) : (open ?? amount)) ?? '0';
  return roundTo(decimal(text), currency);
}

function nothing({ question: { currency } }: Books): Money {
  return { minor: 0n, currency };
}

function answerItem(row: StatementRow, theirs: Money, books: Books): Answer {
  const item = findItem(row, theirs, books);
  const name = row.number === null ? `A paper of ${row.on ?? 'no date'}` : row.number;
  if (item === null) {
    const isTwice = row.number !== null && books.question.items.some((one) => isNumber(one, row.number));
    const message = isTwice
      ? `${name} stands on the statement more than once, and is here only once.`
      : `${name} over ${describeMoney(theirs)} is not here. Ask ${books.question.supplierName} for a copy.`;
    return { kind: isTwice ? 'listed-twice' : 'unknown-here', theirs, ours: nothing(books), invoiceId: null, message };
  }
  books.taken.add(item);
  const ours = balanceOf(item, books);
  return { theirs, ours, invoiceId: item.invoiceId, ...verdict(name, item, theirs, ours, books) };
}

function verdict(name: string, item: OwnItem, theirs: Money, ours: Money, books: Books): { kind: StatementFindingKind; message: string } {
  const [there, here] = [describeMoney(theirs), describeMoney(ours)];
  if (item.isRejected)
    return { kind: 'rejected-here', message: `${name} was rejected here, and they still count ${there}. Tell them why.` };
  const isPaid = isPaidOn(item, books);
  if (theirs.minor === ours.minor) {
    return isPaid || item.paidOn !== null
      ? { kind: 'agrees-paid', message: `${name} agrees: ${there}, paid on ${item.paidOn ?? ''}.` }
      : { kind: 'agrees-open', message: `${name} agrees: ${there}, still open here.` };
  }
  if (!books.isAccount && isPaid)
    return {
      kind: 'payment-not-booked',
      message: `${name} was paid on ${item.paidOn ?? ''}, and they still show ${there} as open. Send them the proof.`,
    };
  if (!books.isAccount && theirs.minor === 0n)
    return {
      kind: 'paid-there-only',
      message: `${name} is settled on their books, and ${here} is still open here. Was it paid another way?`,
    };
  const difference = describeMoney(absolute(subtract(theirs, ours)));
  return { kind: 'other-amount', message: `${name} is ${there} on the statement and ${here} here: ${difference} apart.` };
}

/** What an item comes to by our books, on the statement's day. */
function balanceOf(item: OwnItem, books: Books): Money {
  if (item.isRejected || (!books.isAccount && isPaidOn(item, books))) return nothing(books);
  return item.kind === 'credit-note' ? negate(item.gross) : item.gross;
}

function isPaidOn({ paidOn }: OwnItem, { question: { statedOn } }: Books): boolean {
  return paidOn !== null && paidOn <= statedOn;
}

/** By its number; of several the one with the same amount. Without a number, by amount and day alone, if only one fits. */
function findItem(row: StatementRow, theirs: Money, books: Books): OwnItem | null {
  const free = itemsOf(books).filter((item) => !books.taken.has(item));
  const isAlike = (item: OwnItem): boolean => item.gross.minor === absolute(theirs).minor;
  if (row.number !== null) {
    const named = free.filter((item) => isNumber(item, row.number));
    return named.find(isAlike) ?? named[0] ?? null;
  }
  const alike = free.filter((item) => isAlike(item) && item.issuedOn === row.on);
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

function itemsOf({ question: { items, currency } }: Books): readonly OwnItem[] {
  return items.filter(({ gross }) => gross.currency === currency);
}

function isNumber(item: OwnItem, number: string | null): boolean {
  return number !== null && normalizeInvoiceNumber(item.number) === normalizeInvoiceNumber(number);
}

function answerPayment(row: StatementRow, theirs: Money, books: Books): Answer {
  const { payments, currency } = books.question;
  const free = payments.filter((payment) => payment.amount.currency === currency && !books.taken.has(payment));
  const alike = free
    .filter(({ amount }) => amount.minor === absolute(theirs).minor)
    .toSorted((one, other) => apart(one, row) - apart(other, row));
  const [payment] = alike;
  if (payment === undefined) {
    const message = `They booked a payment of ${describeMoney(absolute(theirs))}${row.on === null ? '' : ` on ${row.on}`} that is not here. Was it paid another way?`;
    return { kind: 'payment-unknown-here', theirs, ours: nothing(books), invoiceId: null, message };
  }
  books.taken.add(payment);
  const message = `The payment of ${describeMoney(payment.amount)} for ${payment.invoiceNumber} agrees.`;
  return { kind: 'payment-agrees', theirs, ours: negate(payment.amount), invoiceId: null, message };
}

function apart({ paidOn }: OwnPayment, { on }: StatementRow): number {
  return on === null ? 0 : Math.abs(Date.parse(paidOn) - Date.parse(on));
}

/** Ours that the statement should list by its day, and does not. */
function missingItems(books: Books): StatementFinding[] {
  const { statedOn } = books.question;
  return itemsOf(books)
    .filter((item) => !books.taken.has(item) && !item.isRejected && item.issuedOn >= books.from && item.issuedOn <= statedOn)
    .filter((item) => books.isAccount || !isPaidOn(item, books))
    .map((item) => {
      if (isCopy(item, books)) {
        const message = `${item.number} over ${describeMoney(item.gross)} is here more than once; it counts once. Say which of them is a copy.`;
        return {
          ...gap(item.number, item.issuedOn, nothing(books), books),
          kind: 'copy-here' as const,
          invoiceId: item.invoiceId,
          message,
        };
      }
      const ours = balanceOf(item, books);
      const message = `${item.number} over ${describeMoney(ours)} stands here, and the statement does not name it.`;
      return { ...gap(item.number, item.issuedOn, ours, books), kind: 'missing-there' as const, invoiceId: item.invoiceId, message };
    });
}

/** The same paper again, of which another one answered a row or comes first. */
function isCopy(item: OwnItem, books: Books): boolean {
  const items = itemsOf(books);
  return items.some(
    (other, index) =>
      other !== item &&
      !other.isRejected &&
      (books.taken.has(other) || index < items.indexOf(item)) &&
      other.kind === item.kind &&
      other.gross.minor === item.gross.minor &&
      isNumber(other, item.number),
  );
}

/** Payments that an account should show by its day, and does not. */
function missingPayments(books: Books): StatementFinding[] {
  const { statedOn, payments, currency } = books.question;
  if (!books.isAccount) return [];
  return payments
    .filter((payment) => payment.amount.currency === currency && !books.taken.has(payment))
    .filter(({ paidOn }) => paidOn >= books.from && paidOn <= statedOn)
    .map((payment) => {
      const message = `We paid ${describeMoney(payment.amount)} for ${payment.invoiceNumber} on ${payment.paidOn}, and they have not booked it. Send them the proof.`;
      const where = gap(payment.invoiceNumber, payment.paidOn, negate(payment.amount), books);
      return { ...where, kind: 'payment-not-booked' as const, invoiceId: null, message };
    });
}

function gap(number: string, on: string, ours: Money, books: Books): Pick<StatementFinding, 'row' | 'number' | 'on' | 'theirs' | 'ours'> {
  return { row: null, number, on, theirs: nothing(books), ours };
}
