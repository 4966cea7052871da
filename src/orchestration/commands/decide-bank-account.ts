import {
  describeCall,
  isValidIban,
  lastAnswer,
  mayConfirmAccount,
  normalizeIban,
  printsNumber,
  type CallReport,
  type Supplier,
  type SupplierBankAccount,
} from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, newId, type Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { loadSuppliers } from '../invoices/invoices.ts';
import type { Office } from '../tasks/office.ts';
import { loadReading } from '../queries/rows/stored-documents.ts';
import { wakeInvoices } from '../invoices/wake-invoices.ts';
import { requireRight } from './require-right.ts';
import type { TaskRow } from './task-decision.ts';

/** The account of a task as it stands: what the invoice prints, and what is on file of it. */
interface Subject {
  readonly supplier: Supplier;
  readonly iban: string;
  readonly account: SupplierBankAccount | null;
}

/**
 * "I called them": the call is on record for ever. A yes is only half of it, a second person confirms; a no refuses the
 * account.
 *
 * @throws DH_ORCHESTRATION_DECISION_INCOMPLETE when something about the call is missing, or its number is one that the
 *   paper or its mail gives.
 */
export async function recordCall(
  office: Office,
  transaction: Transaction,
  actor: Actor,
  task: TaskRow,
  report: CallReport | undefined,
): Promise<void> {
  requireRight(actor, 'bank-accounts:call');
  const { supplier, iban, account } = await subjectOf(transaction, task);
  if (report === undefined) throw incomplete('Say whom you spoke with, when, and what they said (call).');
  const now = office.clock.now();
  const calledAt = new Date(report.calledAt);
  if (Number.isNaN(calledAt.getTime()) || calledAt.getTime() > now.getTime() + 60_000)
    throw incomplete('Say when you called (calledAt); it can not be in the future.');
  if (report.outcome !== 'not-reached' && report.spokeWith.trim() === '') throw incomplete('Say whom you spoke with (spokeWith).');
  // Refused once, and theirs after all: it is proposed anew, and the second person decides.
  if (report.outcome === 'confirmed' && account?.status === 'refused') await proposeAnew(transaction, account.id);
  const number = await numberCalled(office, transaction, task, supplier, report);
  const accountId = account?.id ?? (await propose(transaction, actor.organizationId, supplier.id, iban, task));
  const call = {
    ...number,
    spoke_with: report.spokeWith.trim() === '' ? null : report.spokeWith.trim(),
    outcome: report.outcome,
    called_at: calledAt,
  };
  const own = { organization_id: actor.organizationId, bank_account_id: accountId, member_id: actor.memberId };
  await transaction
    .insertInto('bank_account_steps')
    .values({ ...own, step: 'called', ...call })
    .execute();
  if (report.outcome === 'denied') await refuse(transaction, actor, accountId, now, 'The supplier says that it is not theirs.');
  await wakeInvoices(transaction, actor.organizationId, { supplierId: supplier.id });
  await tell(office, transaction, actor, task, 'bank-account.called', { supplierId: supplier.id, bankAccountId: accountId, ...call });
}

/**
 * The second person's yes: from then on the account cools off, and may be paid. The database holds to it as well.
 *
 * @throws DH_ORCHESTRATION_FOUR_EYES when it is the one who called or proposed it.
 */
export async function confirmAccount(
  office: Office,
  transaction: Transaction,
  actor: Actor,
  task: TaskRow,
  note: string | undefined,
): Promise<void> {
  requireRight(actor, 'bank-accounts:verify');
  const { supplier, account } = await subjectOf(transaction, task);
  const call = lastAnswer(account?.calls);
  if (account === null || call?.outcome !== 'confirmed')
    throw incomplete('Nobody has called the supplier about this account yet: record the call first.');
  const permission = mayConfirmAccount(actor.memberId, account);
  if (!permission.allowed) throw new DeskhandError(orchestrationErrors.fourEyes, permission.reason);
  const evidence = [describeCall(call), `Confirmed by ${actor.name}.`, note ?? ''].filter((part) => part !== '').join(' ');
  const { payable_from: payableFrom } = await transaction
    .updateTable('supplier_bank_accounts')
    .set({ status: 'verified', decided_by: actor.memberId, decided_at: office.clock.now(), evidence })
    .where('id', '=', account.id)
    .returning('payable_from')
    .executeTakeFirstOrThrow();
  await wakeInvoices(transaction, actor.organizationId, { supplierId: supplier.id });
  const details = { supplierId: supplier.id, bankAccountId: account.id, calledBy: call.memberId, payableFrom: payableFrom?.toISOString() };
  await tell(office, transaction, actor, task, 'bank-account.verified', details);
}

/** "It is not theirs": nothing is ever paid to it, unless somebody calls again. One person is enough for a no. */
export async function refuseAccount(
  office: Office,
  transaction: Transaction,
  actor: Actor,
  task: TaskRow,
  note: string | undefined,
): Promise<void> {
  requireRight(actor, 'bank-accounts:verify');
  const { supplier, account } = await subjectOf(transaction, task);
  if (account === null) throw incomplete('This account is not on file; keep to the one that is, or reject the invoice.');
  if (note === undefined || note.trim() === '') throw incomplete('Say why you refuse the account (note).');
  await refuse(transaction, actor, account.id, office.clock.now(), note);
  await wakeInvoices(transaction, actor.organizationId, { supplierId: supplier.id });
  await tell(office, transaction, actor, task, 'bank-account.refused', { supplierId: supplier.id, bankAccountId: account.id });
}

async function subjectOf(transaction: Transaction, task: TaskRow): Promise<Subject> {
  const { supplier_id: supplierId, iban } = await transaction
    .selectFrom('invoices')
    .select(['supplier_id', 'iban'])
    .where('id', '=', task.invoice_id ?? '')
    .executeTakeFirstOrThrow();
  const supplier = (await loadSuppliers(transaction)).find(({ id }) => id === supplierId);
  if (supplier === undefined || iban === null || iban !== task.facts.iban) {
    throw new DeskhandError(
      orchestrationErrors.invoiceChanged,
      'The account on the invoice changed since this was asked. Reload and look again.',
    );
  }
  if (!isValidIban(iban))
    throw incomplete('The account on the invoice is no valid IBAN, so no payment can go there. Correct it, or reject the invoice.');
  const account = supplier.bankAccounts.find((one) => normalizeIban(one.iban) === normalizeIban(iban)) ?? null;
  return { supplier, iban, account };
}

/** The number on file; where there is none, one that is known from elsewhere than this paper. */
async function numberCalled(
  office: Office,
  transaction: Transaction,
  task: TaskRow,
  supplier: Supplier,
  report: CallReport,
): Promise<{ readonly phone: string; readonly phone_source: string }> {
  if (supplier.phone != null) {
    const since = supplier.phoneSince == null ? 'on file' : `on file since ${supplier.phoneSince.slice(0, 10)}`;
    return { phone: supplier.phone, phone_source: since };
  }
  const [phone, source] = [report.phone?.trim() ?? '', report.phoneSource?.trim() ?? ''];
  if (phone === '' || source === '')
    throw incomplete(
      `No number of ${supplier.name} is on file: say which one you called (phone), and where you have it from (phoneSource).`,
    );
  if (printsNumber(await textAround(office, transaction, task), phone))
    throw incomplete(`${phone} is the number that this paper gives: whoever forged the account answers it. Take one from elsewhere.`);
  return { phone, phone_source: source };
}

/** What the document and its mail say. */
async function textAround(office: Office, transaction: Transaction, task: TaskRow): Promise<string> {
  const row = await transaction
    .selectFrom('documents')
    .innerJoin('events', 'events.id', 'documents.event_id')
    .select(['documents.reading_sha256', 'events.body'])
    .where('documents.id', '=', task.document_id ?? '')
    .executeTakeFirst();
  if (row === undefined) return '';
  const reading = await loadReading(office, row);
  const pages = (reading?.pages ?? []).map((page) => page.words.map((word) => word.text).join(' '));
  return [row.body ?? '', ...pages].join('\n');
}

async function propose(transaction: Transaction, organizationId: string, supplierId: string, iban: string, task: TaskRow): Promise<string> {
  const id = newId('acc');
  const { number } = await transaction
    .selectFrom('invoices')
    .select('number')
    .where('id', '=', task.invoice_id ?? '')
    .executeTakeFirstOrThrow();
  await transaction
    .insertInto('supplier_bank_accounts')
    .values({
      id,
      organization_id: organizationId,
      supplier_id: supplierId,
      iban: normalizeIban(iban),
      bic: null,
      status: 'proposed',
      decided_by: null,
      decided_at: null,
      evidence: `Printed on invoice ${number ?? 'without a number'}; not verified.`,
    })
    .execute();
  return id;
}

async function refuse(transaction: Transaction, actor: Actor, accountId: string, now: Date, evidence: string): Promise<void> {
  await transaction
    .updateTable('supplier_bank_accounts')
    .set({ status: 'refused', decided_by: actor.memberId, decided_at: now, evidence })
    .where('id', '=', accountId)
    .execute();
}

async function proposeAnew(transaction: Transaction, accountId: string): Promise<void> {
  await transaction
    .updateTable('supplier_bank_accounts')
    .set({ status: 'proposed', decided_by: null, decided_at: null })
    .where('id', '=', accountId)
    .execute();
}

async function tell(
  office: Office,
  transaction: Transaction,
  actor: Actor,
  task: TaskRow,
  action: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await appendAudit(transaction, actor.organizationId, office.clock.now(), {
    actor: actor.memberId,
    action,
    subjects: [task.invoice_id, task.document_id].filter((id) => id !== null),
    details: JSON.parse(JSON.stringify(details)) as Record<string, unknown>,
  });
}

function incomplete(message: string): DeskhandError {
  return new DeskhandError(orchestrationErrors.decisionIncomplete, message);
}
