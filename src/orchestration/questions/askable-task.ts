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
import type { Selectable } from 'kysely';

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

/**
 * Drafts a question about an exception with the facts of it.
 *
 * @param language - of the supplier's country when left out; English inside the house.
 * @throws DH_ORCHESTRATION_VALUE_INVALID for what nobody is asked about by mail
 */
export async function draftFor(
  transaction: Transaction,
  task: Task,
  asker: string,
  wanted: { readonly recipient: RecipientKind; readonly language: QuestionLanguage | undefined },
): Promise<QuestionDraftView> {
  const loaded = await loadInvoice(transaction, invoiceToAskAbout(task));
  const supplier = await supplierOf(transaction, loaded);
  const to = await recipientOf(transaction, wanted.recipient, loaded, supplier.name);
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
  return { recipient: wanted.recipient, ...to, language, ...draft };
}

async function supplierOf(transaction: Transaction, { row }: LoadedInvoice): Promise<{ name: string; country: string }> {
  const printed = { name: row.supplier_name ?? '', country: '' };
  if (row.supplier_id === null) return printed;
  const known = await transaction.selectFrom('suppliers').select(['name', 'country']).where('id', '=', row.supplier_id).executeTakeFirst();
  return known ?? printed;
}

/** The supplier by the address that the invoice came from; who ordered; an office manager for the goods. */
async function recipientOf(
  transaction: Transaction,
  recipient: RecipientKind,
  { row, senderAddress }: LoadedInvoice,
  supplierName: string,
): Promise<Pick<QuestionDraftView, 'toName' | 'toAddress'>> {
  // As printed, it may run over lines.
  if (recipient === 'supplier') return { toName: supplierName.replaceAll(/\s+/g, ' ').trim().slice(0, 200), toAddress: senderAddress };
  const members = transaction.selectFrom('members').select(['members.name', 'members.email']);
  const member =
    recipient === 'buyer'
      ? await members
          .innerJoin('purchase_orders', 'purchase_orders.requester_id', 'members.id')
          .where('purchase_orders.id', '=', row.purchase_order_id ?? '')
          .executeTakeFirst()
      : await members.where('roles', '@>', ['office-manager']).orderBy('members.id').executeTakeFirst();
  return { toName: member?.name ?? '', toAddress: member?.email ?? null };
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
