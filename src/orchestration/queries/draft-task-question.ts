import { languageOf } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { draftQuestion, isAskable, type Difference, type QuestionLanguage, type RecipientKind } from '#domain/questions';
import { orchestrationErrors } from '../errors.ts';
import type { Assessment } from '../invoices/assessment.ts';
import { loadInvoice, type LoadedInvoice } from '../invoices/invoices.ts';
import type { Office } from '../tasks/office.ts';
import type { TaskFacts } from '../tasks/tasks.ts';
import { ask, found, type OfficeTransaction } from './ask.ts';

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

export interface DraftRequest {
  readonly taskId: string;
  readonly recipient: RecipientKind;
  /** @default of the supplier's country; English inside the house */
  readonly language?: QuestionLanguage | undefined;
}

/**
 * Drafts a question about an exception with the facts of it. Nothing is stored or sent.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_VALUE_INVALID for what nobody is asked about by mail
 */
export async function draftTaskQuestion(office: Office, actor: Actor, request: DraftRequest): Promise<QuestionDraftView> {
  return await ask(office, actor, 'tasks:read', async (transaction) => {
    const row = await transaction.selectFrom('tasks').selectAll().where('id', '=', request.taskId).executeTakeFirst();
    const task = found(row, 'task', request.taskId);
    if (task.invoice_id === null || task.kind !== 'exception' || !isAskable(task.reason)) {
      throw new DeskhandError(
        orchestrationErrors.valueInvalid,
        'Nobody is asked about this by mail. A bank account or a suspected fraud is cleared up by a call to the number on file.',
        { details: { taskId: task.id } },
      );
    }
    const loaded = await loadInvoice(transaction, task.invoice_id);
    const supplier = await supplierOf(transaction, loaded);
    const to = await recipientOf(transaction, request.recipient, loaded, supplier.name);
    const organization = await transaction.selectFrom('organizations').select('name').executeTakeFirstOrThrow();
    const language = request.language ?? (request.recipient === 'supplier' ? languageOf(supplier.country) : 'en');
    const facts = {
      recipient: request.recipient,
      recipientName: to.toName,
      askedBy: actor.name,
      organization: organization.name,
      supplierName: supplier.name,
      invoiceNumber: loaded.row.number ?? '—',
      issuedOn: loaded.row.issued_on,
      orderNumber: loaded.row.po_number,
      reason: task.reason,
      differences: differencesOf(loaded, task.facts as TaskFacts),
    };
    return { recipient: request.recipient, ...to, language, ...draftQuestion(facts, language) };
  });
}

async function supplierOf(transaction: OfficeTransaction, { row }: LoadedInvoice): Promise<{ name: string; country: string }> {
  const printed = { name: row.supplier_name ?? '', country: '' };
  if (row.supplier_id === null) return printed;
  const known = await transaction.selectFrom('suppliers').select(['name', 'country']).where('id', '=', row.supplier_id).executeTakeFirst();
  return known ?? printed;
}

/** The supplier by the address that the invoice came from; who ordered; an office manager for the goods. */
async function recipientOf(
  transaction: OfficeTransaction,
  recipient: RecipientKind,
  { row, senderAddress }: LoadedInvoice,
  supplierName: string,
): Promise<Pick<QuestionDraftView, 'toName' | 'toAddress'>> {
  if (recipient === 'supplier') return { toName: supplierName, toAddress: senderAddress };
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
