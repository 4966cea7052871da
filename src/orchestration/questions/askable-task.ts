import { languageOf } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import {
  draftQuestion,
  isAskable,
  type Difference,
  type QuestionDraft,
  type QuestionLanguage,
  type RecipientKind,
} from '#domain/questions';
import { orchestrationErrors } from '../errors.ts';
import type { Assessment } from '../invoices/assessment.ts';
import { loadInvoice, type LoadedInvoice } from '../invoices/invoices.ts';
import type { TaskFacts } from '../tasks/tasks.ts';
import type { Tables, Transaction } from '#platform';
import { sql, type Selectable } from 'kysely';

type Task = Selectable<Tables['tasks']>;

/** A question as it may be sent: whom, what, in which language. */
export interface QuestionDraftView {
  recipient: RecipientKind;
  toName: string;
  /** Null where none is known; a person looks it up. */
  toAddress: string | null;
  language: QuestionLanguage;
  subject: string;
  body: string;
}

/** Whether anybody may be asked by mail about this task. */
export function isAskableTask({ kind, reason, invoice_id: invoiceId }: Pick<Task, 'kind' | 'reason' | 'invoice_id'>): boolean {
  return invoiceId !== null && kind === 'exception' && isAskable(reason);
}

/** @returns the invoice that the task is about. @throws DH_ORCHESTRATION_VALUE_INVALID for what nobody is asked about by mail */
export function invoiceToAskAbout(task: Pick<Task, 'id' | 'kind' | 'reason' | 'invoice_id'>): string {
  if (task.invoice_id !== null && isAskableTask(task)) return task.invoice_id;
  throw new DeskhandError(
    orchestrationErrors.valueInvalid,
    'Nobody is asked about this by mail. A bank account or a suspected fraud is cleared up by a call to the number on file.',
    { details: { taskId: task.id } },
  );
}

/** A question with what is known of whoever is asked. */
export interface Drafted {
  readonly draft: QuestionDraftView;
  /** Who of the house is asked; null for the supplier. */
  readonly memberId: string | null;
  /** Of the supplier or the member, as this office keeps it; null where it keeps none. */
  readonly addressOnFile: string | null;
  readonly loaded: LoadedInvoice;
}

/**
 * Drafts a question about an exception with the facts of it.
 *
 * @param asker - whose name stands below it; null where no person asks.
 * @param language - of the supplier's country when left out; English inside the house.
 * @throws DH_ORCHESTRATION_VALUE_INVALID for what nobody is asked about by mail
 */
export async function draftFor(
  transaction: Transaction,
  task: Task,
  asker: string | null,
  wanted: { readonly recipient: RecipientKind; readonly language: QuestionLanguage | undefined },
): Promise<Drafted> {
  const loaded = await loadInvoice(transaction, invoiceToAskAbout(task));
  const supplier = await supplierOf(transaction, loaded);
  const { to, memberId, addressOnFile } = await recipientOf(transaction, wanted.recipient, loaded, supplier);
  const organization = await transaction.selectFrom('organizations').select('name').executeTakeFirstOrThrow();
  const language = wanted.language ?? (wanted.recipient === 'supplier' ? languageOf(supplier.country) : 'en');
  const facts = {
    recipient: wanted.recipient,
    recipientName: to.toName,
    askedBy: asker,
    organization: organization.name,
    supplierName: supplier.name,
    invoiceNumber: loaded.row.number ?? '—',
    issuedOn: loaded.row.issued_on,
    orderNumber: loaded.row.po_number,
    reason: task.reason,
    differences: differencesOf(loaded, task.facts as TaskFacts),
  };
  const draft: QuestionDraft = draftQuestion(facts, language);
  return { draft: { recipient: wanted.recipient, ...to, language, ...draft }, memberId, addressOnFile, loaded };
}

interface AskedSupplier {
  readonly name: string;
  readonly country: string;
  readonly email: string | null;
}

async function supplierOf(transaction: Transaction, { row }: LoadedInvoice): Promise<AskedSupplier> {
  const printed = { name: row.supplier_name ?? '', country: '', email: null };
  if (row.supplier_id === null) return printed;
  const known = transaction.selectFrom('suppliers').select(['name', 'country', 'email']).where('id', '=', row.supplier_id);
  return (await known.executeTakeFirst()) ?? printed;
}

/** The supplier by the address on file, else by the one that the invoice came from; who ordered; an office manager for the goods. */
async function recipientOf(
  transaction: Transaction,
  recipient: RecipientKind,
  { row, senderAddress }: LoadedInvoice,
  supplier: AskedSupplier,
): Promise<{ readonly to: Pick<QuestionDraftView, 'toName' | 'toAddress'> } & Pick<Drafted, 'memberId' | 'addressOnFile'>> {
  // As printed, it may run over lines.
  if (recipient === 'supplier') {
    const toName = supplier.name.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
    return { to: { toName, toAddress: supplier.email ?? senderAddress }, memberId: null, addressOnFile: supplier.email };
  }
  const members = transaction.selectFrom('members').select(['members.id', 'members.name', 'members.email']);
  const member =
    recipient === 'buyer'
      ? await members
          .innerJoin('purchase_orders', 'purchase_orders.requester_id', 'members.id')
          .where('purchase_orders.id', '=', row.purchase_order_id ?? '')
          .executeTakeFirst()
      : await members
          .where(sql<boolean>`'office-manager' = any(roles)`)
          .orderBy('members.id')
          .executeTakeFirst();
  const toAddress = member?.email ?? null;
  return { to: { toName: member?.name ?? '', toAddress }, memberId: member?.id ?? null, addressOnFile: toAddress };
}

/** Each exception that the task asks about, with what its line is. */
function differencesOf({ row, values }: LoadedInvoice, facts: TaskFacts): Difference[] {
  const exceptions = (row.assessment as Assessment | null)?.exceptions ?? [];
  const asked = exceptions.filter(({ key }) => facts.exceptionKeys?.includes(key) === true);
  return asked.map(({ line, expected, found: printed, difference }) => ({
    line,
    description: line === null ? null : (values.lines[line - 1]?.description.value ?? null),
    expected,
    found: printed,
    difference,
  }));
}
