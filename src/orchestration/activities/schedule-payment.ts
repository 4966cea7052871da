import { choosePaymentDate, resolveDueDate, workingDays, type Supplier } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import { decimal, formatMoney, roundTo, subtract } from '#domain/money';
import { appendAudit, newId, type Transaction } from '#platform';
import { isApproved } from '../approval-digest.ts';
import type { Assessment } from '../assessment.ts';
import { digestOf } from '../payment-runs.ts';
import { orchestrationErrors } from '../errors.ts';
import type { ActivityContext } from '../flow.ts';
import { loadInvoice, loadSuppliers, type LoadedInvoice } from '../invoices.ts';
import { lockInvoice } from '../locks.ts';
import type { Office } from '../office.ts';
import { once } from './once.ts';

interface Input {
  readonly organizationId: string;
  readonly invoiceId: string;
}

/** Puts an approved invoice on the calendar of payments, to the verified account on file; a credit note is only kept. */
export async function schedulePayment(
  office: Office,
  context: ActivityContext,
  { organizationId, invoiceId }: Input,
): Promise<{ paymentId: string | null }> {
  return once(office, context, organizationId, async (transaction) => {
    await lockInvoice(transaction, invoiceId);
    const loaded = await loadInvoice(transaction, invoiceId);
    const existing = await transaction.selectFrom('payments').select('id').where('invoice_id', '=', invoiceId).executeTakeFirst();
    if (existing !== undefined) return { paymentId: existing.id };
    if (loaded.row.status !== 'approved' || !(await isApproved(transaction, loaded)))
      throw notReady(invoiceId, 'it is not approved as it stands');
    if (loaded.row.kind === 'credit-note') return { paymentId: null };
    const planned = await plan(office, transaction, loaded);
    const paymentId = newId('pay');
    await transaction
      .insertInto('payments')
      .values({
        id: paymentId,
        organization_id: organizationId,
        invoice_id: invoiceId,
        status: 'scheduled',
        payment_run_id: null,
        ...planned,
      })
      .execute();
    await transaction.updateTable('invoices').set({ status: 'scheduled', updated_at: new Date() }).where('id', '=', invoiceId).execute();
    await appendAudit(transaction, organizationId, office.clock.now(), {
      actor: 'deskhand',
      action: 'payment.scheduled',
      subjects: [invoiceId, loaded.row.document_id, paymentId],
      details: {
        amount: planned.amount,
        discount: planned.discount,
        currency: planned.currency,
        executeOn: planned.execute_on,
        reason: planned.reason,
        digest: planned.digest,
        bankAccountId: planned.bank_account_id,
      },
    });
    return { paymentId };
  });
}

async function plan(office: Office, transaction: Transaction, loaded: LoadedInvoice) {
  const { row } = loaded;
  const { supplier, account } = await payee(transaction, loaded);
  const { issued_on: issuedOn, gross, currency, number } = row;
  if (issuedOn === null || gross === null || currency === null || number === null) throw notReady(row.id, 'a value it needs is missing');
  const due = resolveDueDate({ issuedOn, printedDueOn: row.due_on, terms: supplier.terms });
  const total = roundTo(decimal(gross), currency);
  const today = office.clock.now().toISOString().slice(0, 10);
  const date = choosePaymentDate({ issuedOn, dueOn: due.dueOn, terms: supplier.terms, gross: total, today, paymentDays: workingDays });
  const digest = digestOf({
    supplierId: supplier.id,
    supplierAccountId: account.id,
    iban: account.iban,
    amount: date.amount,
    invoiceIds: [row.id],
  });
  return {
    supplier_id: supplier.id,
    bank_account_id: account.id,
    amount: formatMoney(date.amount),
    discount: formatMoney(subtract(total, date.amount)),
    currency,
    execute_on: date.payOn,
    valid_until: date.discount?.deadline ?? null,
    reason: `${due.reason} ${date.reason}`,
    reference: number.slice(0, 140),
    digest,
  };
}

async function payee(
  transaction: Transaction,
  { row }: LoadedInvoice,
): Promise<{ supplier: Supplier; account: Supplier['bankAccounts'][number] }> {
  const supplier = (await loadSuppliers(transaction)).find((candidate) => candidate.id === row.supplier_id);
  if (supplier === undefined) throw notReady(row.id, 'its supplier is not on file');
  const verified = supplier.bankAccounts.filter((account) => account.status === 'verified');
  const named = (row.assessment as Assessment).bankAccount?.accountId;
  const account = verified.find((candidate) => candidate.id === named) ?? (verified.length === 1 ? verified[0] : undefined);
  if (account === undefined) throw notReady(row.id, `${supplier.name} has no verified bank account that is clearly meant`);
  return { supplier, account };
}

function notReady(invoiceId: string, why: string): DeskhandError {
  return new DeskhandError(orchestrationErrors.paymentNotReady, `The payment could not be scheduled: ${why}.`, { details: { invoiceId } });
}
