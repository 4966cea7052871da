import { createHash } from 'node:crypto';
import { isSameAccount, normalizeIban, reconcileEntries, type EntryFinding } from '#domain/accounts-payable';
import { formatMoney } from '#domain/money';
import type { AccountReport, BookedEntry, BookedReport } from '#domain/ports';
import { newId, type Transaction } from '#platform';
import { failuresOf, noteOf, type Effect, type Outcome } from './bank-news.ts';
import { loadBankPayments, type BankPayment } from './bank-orders.ts';
import { askAboutEntry, askAboutFailure, askAboutSupplierDebit, askAboutUnexplained, type BankQuestion } from './bank-tasks.ts';

/** A movement with what makes it itself. */
interface Identified {
  readonly entry: BookedEntry;
  readonly identity: string;
}

export interface Bookings extends Outcome {
  /** Movements that no message told of before, with what was found. */
  readonly fresh: readonly (Identified & { readonly finding: EntryFinding })[];
  /** How many were told of before. */
  readonly known: number;
}

/**
 * Holds what the bank booked on our account against what was released. What is stored already is left out.
 *
 * @param account - of the organization, as an IBAN.
 */
export async function readBankBookings(transaction: Transaction, report: BookedReport, account: string): Promise<Bookings> {
  const own = report.accounts.filter((part) => isSameAccount(part.account, account));
  const all = own.flatMap((part) => identified(report, part));
  const stored = await storedIdentities(transaction, all);
  const news = all.filter(({ identity }) => !stored.has(identity));
  const entries = news.map(({ entry }) => entry);
  const payments = await loadBankPayments(
    transaction,
    entries.flatMap(({ endToEndId }) => endToEndId ?? []),
  );
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  const findings = reconcileEntries(entries, payments);
  const fresh = news.map((one, index) => ({
    ...one,
    finding: findings[index] ?? { outcome: 'unexplained' as const, paymentIds: [], message: '' },
  }));
  const about = ({ paymentIds }: EntryFinding): BankPayment[] => paymentIds.flatMap((id) => byId.get(id) ?? []);
  const effects = fresh.flatMap(({ entry, finding }) => about(finding).flatMap((payment) => effectOf(entry, finding, payment)));
  const suppliers = await suppliersByAccount(transaction, entries);
  return {
    fresh,
    known: all.length - news.length,
    effects,
    questions: [...failuresOf(effects).map(askAboutFailure), ...questionsOf(fresh, about, suppliers)],
    problems: own.flatMap(({ problems }) => problems),
  };
}

function effectOf(entry: BookedEntry, { outcome, message }: EntryFinding, payment: BankPayment): Effect[] {
  const common = { payment, on: entry.bookedOn };
  if (outcome === 'settled') return [{ ...common, type: 'payment.settled', note: message, reason: null }];
  if (outcome === 'returned') return [{ ...common, type: 'payment.bank-returned', note: noteOf(entry.reason), reason: entry.reason }];
  return [];
}

function questionsOf(
  fresh: Bookings['fresh'],
  about: (finding: EntryFinding) => BankPayment[],
  suppliers: ReadonlyMap<string, string>,
): BankQuestion[] {
  const questions: BankQuestion[] = [];
  const unexplained: EntryFinding[] = [];
  for (const { entry, finding } of fresh) {
    if (quiet.has(finding.outcome)) continue;
    const supplier = suppliers.get(normalizeIban(entry.counterpartyAccount ?? ''));
    if (finding.outcome !== 'unexplained') questions.push(askAboutEntry(entry, finding, about(finding)));
    else if (supplier !== undefined) questions.push(askAboutSupplierDebit(entry, supplier, finding));
    else unexplained.push(finding);
  }
  return unexplained.length === 0 ? questions : [...questions, askAboutUnexplained(unexplained)];
}

const quiet: ReadonlySet<EntryFinding['outcome']> = new Set(['settled', 'returned', 'told-again', 'credit']);

/** Whose accounts the money went to, as far as they are on file in any standing. */
async function suppliersByAccount(transaction: Transaction, entries: readonly BookedEntry[]): Promise<ReadonlyMap<string, string>> {
  const accounts = [...new Set(entries.map(({ counterpartyAccount }) => normalizeIban(counterpartyAccount ?? '')))].filter(
    (one) => one !== '',
  );
  if (accounts.length === 0) return new Map();
  const rows = await transaction
    .selectFrom('supplier_bank_accounts as account')
    .innerJoin('suppliers', 'suppliers.id', 'account.supplier_id')
    .select(['account.iban', 'suppliers.name'])
    .execute();
  const wanted = new Set(accounts);
  return new Map(rows.map(({ iban, name }) => [normalizeIban(iban), name] as const).filter(([iban]) => wanted.has(iban)));
}

/**
 * By the bank's own reference, which notification and statement share; without one by its place in this message, so that
 * two alike are never taken for one. What a second message tells then is seen by its payment and day.
 */
function identified(report: BookedReport, part: AccountReport): Identified[] {
  const seen = new Map<string, number>();
  return part.entries.map((entry) => {
    const { bankReference, endToEndId, amount, direction } = entry;
    const content = [part.account, direction, formatMoney(amount), amount.currency, endToEndId];
    const key = bankReference === null ? [...content, report.kind, report.messageId, entry.position] : [...content, bankReference];
    const text = JSON.stringify(key);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return { entry, identity: createHash('sha256').update(`${text}#${count}`).digest('hex') };
  });
}

async function storedIdentities(transaction: Transaction, all: readonly Identified[]): Promise<ReadonlySet<string>> {
  if (all.length === 0) return new Set();
  const rows = await transaction
    .selectFrom('bank_entries')
    .select('identity')
    .where(
      'identity',
      'in',
      all.map(({ identity }) => identity),
    )
    .execute();
  return new Set(rows.map(({ identity }) => identity));
}

/** Keeps the movements of a message with what was found. */
export async function storeEntries(
  transaction: Transaction,
  fresh: Bookings['fresh'],
  message: { readonly id: string; readonly organizationId: string },
): Promise<void> {
  const rows = fresh.map(({ entry, identity, finding }) => ({
    id: newId('ent'),
    organization_id: message.organizationId,
    bank_message_id: message.id,
    identity,
    position: entry.position,
    direction: entry.direction,
    amount: formatMoney(entry.amount),
    currency: entry.amount.currency,
    booked_on: entry.bookedOn,
    end_to_end_id: entry.endToEndId,
    bank_reference: entry.bankReference,
    counterparty_name: entry.counterpartyName,
    counterparty_account: entry.counterpartyAccount,
    remittance: entry.remittance,
    reason_code: entry.reason?.code ?? null,
    outcome: finding.outcome,
    finding: finding.message,
    payment_ids: [...finding.paymentIds],
  }));
  // Postgres takes 65,535 values a statement.
  for (let at = 0; at < rows.length; at += 1000)
    await transaction
      .insertInto('bank_entries')
      .values(rows.slice(at, at + 1000))
      .execute();
}
