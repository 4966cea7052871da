import { normalizeIban, type AgreementBill } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { newId, type Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { takeTurn } from '../locks.ts';
import { wakeInvoices } from '../invoices/wake-invoices.ts';
import { recordCorrections } from './record-corrections.ts';
import { requireRight } from './require-right.ts';
import type { NewSupplier, TaskRow } from './task-decision.ts';

/** "It is this supplier": sets it and learns the printed name as an alias. */
export async function assignSupplier(
  transaction: Transaction,
  actor: Actor,
  invoiceId: string,
  supplierId: string | undefined,
): Promise<void> {
  requireRight(actor, 'invoices:correct');
  if (supplierId === undefined) throw incomplete('Say which supplier it is (supplierId).');
  const supplier = await transaction
    .selectFrom('suppliers')
    .select(['id', 'name', 'aliases'])
    .where('id', '=', supplierId)
    .executeTakeFirst();
  if (supplier === undefined) throw new DeskhandError(orchestrationErrors.notFound, `There is no supplier ${supplierId}.`);
  await setSupplier(transaction, actor, invoiceId, supplierId);
  const printed = await transaction.selectFrom('invoices').select('supplier_name').where('id', '=', invoiceId).executeTakeFirstOrThrow();
  const alias = printed.supplier_name;
  if (alias !== null && alias !== supplier.name && !supplier.aliases.includes(alias)) {
    await transaction
      .updateTable('suppliers')
      .set({ aliases: [...supplier.aliases, alias] })
      .where('id', '=', supplierId)
      .execute();
    await wakeInvoices(transaction, actor.organizationId, { lacking: 'supplier_id' });
  }
}

/** "Put it on file": a new supplier whose account stays proposed until a controller verifies it. */
export async function createSupplier(
  transaction: Transaction,
  actor: Actor,
  invoiceId: string,
  draft: NewSupplier | undefined,
): Promise<void> {
  requireRight(actor, 'master-data:import');
  if (draft === undefined) throw incomplete('Say what to put on file (newSupplier).');
  const invoice = await transaction.selectFrom('invoices').select('currency').where('id', '=', invoiceId).executeTakeFirstOrThrow();
  const supplierId = newId('sup');
  await transaction
    .insertInto('suppliers')
    .values({
      id: supplierId,
      organization_id: actor.organizationId,
      number: await nextSupplierNumber(transaction, actor.organizationId),
      name: draft.name,
      vat_id: draft.vatId,
      country: draft.country.toUpperCase(),
      currency: invoice.currency ?? 'EUR',
      terms: JSON.stringify({ netDays: draft.netDays, discounts: [] }),
    })
    .execute();
  if (draft.iban !== null) {
    await transaction
      .insertInto('supplier_bank_accounts')
      .values({
        id: newId('acc'),
        organization_id: actor.organizationId,
        supplier_id: supplierId,
        iban: normalizeIban(draft.iban),
        bic: null,
        status: 'proposed',
        decided_by: null,
        decided_at: null,
        evidence: 'From the first invoice; not verified.',
        proposed_by: actor.memberId,
      })
      .execute();
  }
  await setSupplier(transaction, actor, invoiceId, supplierId);
  await wakeInvoices(transaction, actor.organizationId, { lacking: 'supplier_id' });
}

/** `N-0001` and up, for those that came without a number of the books. */
async function nextSupplierNumber(transaction: Transaction, organizationId: string): Promise<string> {
  await takeTurn(transaction, organizationId);
  const taken = await transaction.selectFrom('suppliers').select('number').where('number', 'like', 'N-%').execute();
  const highest = Math.max(0, ...taken.map(({ number }) => Number(/^N-(\d+)$/.exec(number)?.[1] ?? 0)));
  return `N-${String(highest + 1).padStart(4, '0')}`;
}

export async function assignPurchaseOrder(
  transaction: Transaction,
  actor: Actor,
  invoiceId: string,
  purchaseOrderId: string | undefined,
): Promise<void> {
  requireRight(actor, 'invoices:correct');
  if (purchaseOrderId === undefined) throw incomplete('Say which purchase order it belongs to (purchaseOrderId).');
  const order = await transaction
    .selectFrom('purchase_orders')
    .select(['id', 'number'])
    .where('id', '=', purchaseOrderId)
    .executeTakeFirst();
  if (order === undefined) throw new DeskhandError(orchestrationErrors.notFound, `There is no purchase order ${purchaseOrderId}.`);
  await recordCorrections(transaction, actor, invoiceId, {
    corrections: [{ field: 'poNumber', previous: null, value: order.number }],
    columns: { po_number: order.number, purchase_order_id: order.id },
    lines: null,
  });
}

/** "It is this bill": one of those that the question names. */
export async function assignBill(
  transaction: Transaction,
  actor: Actor,
  { invoice_id: invoiceId, facts }: Pick<TaskRow, 'invoice_id' | 'facts'>,
  said: AgreementBill | undefined,
): Promise<void> {
  requireRight(actor, 'invoices:correct');
  const bill = facts.bills?.find(({ agreementId, expectedOn }) => agreementId === said?.agreementId && expectedOn === said.expectedOn);
  if (bill === undefined || invoiceId === null) throw incomplete('Say which of the bills in question it is (bill).');
  const { agreementId, expectedOn } = bill;
  await recordCorrections(transaction, actor, invoiceId, {
    corrections: [{ field: 'agreementBill', previous: null, value: { agreementId, expectedOn } }],
    columns: {},
    lines: null,
  });
}

async function setSupplier(transaction: Transaction, actor: Actor, invoiceId: string, supplierId: string): Promise<void> {
  await recordCorrections(transaction, actor, invoiceId, {
    corrections: [{ field: 'supplierId', previous: null, value: supplierId }],
    columns: { supplier_id: supplierId },
    lines: null,
  });
}

function incomplete(message: string): DeskhandError {
  return new DeskhandError(orchestrationErrors.decisionIncomplete, message);
}
