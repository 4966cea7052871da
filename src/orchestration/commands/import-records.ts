import type { Actor } from '#domain/identity';
import type { GoodsReceiptRecord, PurchaseOrderRecord, RecordFault, RecordKind, RecordsByKind, SupplierRecord } from '#domain/ports';
import { appendAudit, newId, type Transaction } from '#platform';
import type { Office } from '../tasks/office.ts';
import { wakeInvoices } from '../invoices/wake-invoices.ts';
import { writeAgreement } from '../agreements/import-agreement.ts';
import { writeCode, writePastBooking } from './import-coding.ts';
import { requireRight } from './require-right.ts';

export interface ImportInput {
  readonly kind: RecordKind;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly dryRun: boolean;
}
export interface ImportOutcome {
  readonly imported: number;
  readonly dryRun: boolean;
  readonly faults: readonly RecordFault[];
}

/** What a record refers to was not found; carries the place in the file. */
type Finding = RecordFault | null;
type Writer<Record> = (
  transaction: Transaction,
  organizationId: string,
  record: Record,
  line: number,
  by: { readonly actor: Actor; readonly now: Date },
) => Promise<Finding>;

const teachesCoding: ReadonlySet<RecordKind> = new Set(['accounts', 'cost-centres', 'projects', 'tax-codes', 'past-bookings']);

/**
 * Takes records of one kind, such as suppliers or accounts, from a file: all of them, or none and every fault by line.
 * Importing the same file again changes nothing but names, terms and addresses.
 */
export async function importRecords(office: Office, actor: Actor, input: ImportInput): Promise<ImportOutcome> {
  requireRight(actor, 'master-data:import');
  if (input.kind === 'agreements') requireRight(actor, 'agreements:edit');
  const parsed = office.records.parse(input.kind, input);
  if (!parsed.ok) return { imported: 0, dryRun: input.dryRun, faults: parsed.faults };
  const faults: RecordFault[] = [];
  const write = writers[input.kind] as Writer<RecordsByKind[RecordKind]>;
  await office.database
    .inOrganization(actor.organizationId, async (transaction) => {
      faults.length = 0;
      const by = { actor, now: office.clock.now() };
      for (const [index, record] of parsed.records.entries()) {
        const fault = await write(transaction, actor.organizationId, record, parsed.lines[index] ?? index + 1, by);
        if (fault !== null) faults.push(fault);
      }
      if (faults.length > 0 || input.dryRun) throw new NothingImported();
      if (input.kind === 'suppliers') await wakeInvoices(transaction, actor.organizationId, { lacking: 'supplier_id' });
      if (input.kind === 'purchase-orders') await wakeInvoices(transaction, actor.organizationId, { lacking: 'purchase_order_id' });
      if (teachesCoding.has(input.kind)) await wakeInvoices(transaction, actor.organizationId, { all: 'in-review' });
      await appendAudit(transaction, actor.organizationId, office.clock.now(), {
        actor: actor.memberId,
        action: 'master-data.imported',
        subjects: [],
        details: { kind: input.kind, records: parsed.records.length },
      });
    })
    .catch((thrown: unknown) => {
      if (!(thrown instanceof NothingImported)) throw thrown;
    });
  return { imported: faults.length > 0 ? 0 : parsed.records.length, dryRun: input.dryRun, faults };
}

/** Rolls the transaction back; never leaves this file. */
class NothingImported extends Error {}

const writers: { readonly [Kind in RecordKind]: Writer<RecordsByKind[Kind]> } = {
  suppliers: writeSupplier,
  'purchase-orders': writePurchaseOrder,
  'goods-receipts': writeGoodsReceipt,
  accounts: writeCode('account'),
  'cost-centres': writeCode('costCentre'),
  projects: writeCode('project'),
  'tax-codes': writeCode('taxCode'),
  'past-bookings': writePastBooking,
  agreements: (transaction, _organizationId, record, line, { actor, now }) => writeAgreement(transaction, actor, record, { line, now }),
};

async function writeSupplier(transaction: Transaction, organizationId: string, record: SupplierRecord): Promise<Finding> {
  const columns = {
    name: record.name,
    aliases: [...record.aliases],
    vat_id: record.vatId,
    country: record.country,
    email_domains: [...record.emailDomains],
    currency: record.currency,
    terms: JSON.stringify({ netDays: record.netDays, discounts: record.discounts }),
    ...(record.email == null ? {} : { email: record.email }),
    ...(record.chargesForeignTax == null ? {} : { charges_foreign_tax: record.chargesForeignTax }),
  };
  const known = await transaction.selectFrom('suppliers').select(['id', 'phone']).where('number', '=', record.number).executeTakeFirst();
  const { id } = await transaction
    .insertInto('suppliers')
    .values({ id: newId('sup'), organization_id: organizationId, number: record.number, ...columns })
    .onConflict((conflict) => conflict.columns(['organization_id', 'number']).doUpdateSet(columns))
    .returning('id')
    .executeTakeFirstOrThrow();
  const phone = record.phone ?? null;
  if (phone !== null && phone !== known?.phone)
    await transaction.updateTable('suppliers').set({ phone, phone_since: new Date() }).where('id', '=', id).execute();
  if (record.iban !== null)
    await addAccount(transaction, organizationId, id, { ...record, iban: record.iban, isNewSupplier: known === undefined });
  return null;
}

/** The account of a new supplier counts as verified by whoever keeps the master data; one added later is only proposed. */
async function addAccount(
  transaction: Transaction,
  organizationId: string,
  supplierId: string,
  { iban, bic, isNewSupplier }: { readonly iban: string; readonly bic: string | null; readonly isNewSupplier: boolean },
): Promise<void> {
  const status = isNewSupplier ? 'verified' : 'proposed';
  await transaction
    .insertInto('supplier_bank_accounts')
    .values({
      id: newId('acc'),
      organization_id: organizationId,
      supplier_id: supplierId,
      iban,
      bic,
      status,
      decided_by: null,
      decided_at: null,
      evidence: status === 'verified' ? 'Imported with the supplier.' : 'Imported as a change; not verified.',
    })
    .onConflict((conflict) => conflict.columns(['supplier_id', 'iban']).doNothing())
    .execute();
}

async function writePurchaseOrder(
  transaction: Transaction,
  organizationId: string,
  record: PurchaseOrderRecord,
  line: number,
): Promise<Finding> {
  const supplier = await transaction.selectFrom('suppliers').select('id').where('number', '=', record.supplierNumber).executeTakeFirst();
  if (supplier === undefined)
    return missing(line, 'supplierNumber', record.supplierNumber, 'no supplier has this number; import suppliers first');
  const requester =
    record.requesterEmail === null
      ? null
      : await transaction.selectFrom('members').select('id').where('email', '=', record.requesterEmail).executeTakeFirst();
  if (requester === undefined) return missing(line, 'requesterEmail', record.requesterEmail, 'no member has this address');
  const known = await transaction.selectFrom('purchase_orders').select('id').where('number', '=', record.number).executeTakeFirst();
  if (known !== undefined)
    return missing(line, 'number', record.number, 'this purchase order is here already; orders are not changed by import');
  const orderId = newId('po');
  await transaction
    .insertInto('purchase_orders')
    .values({
      id: orderId,
      organization_id: organizationId,
      number: record.number,
      supplier_id: supplier.id,
      currency: record.currency,
      ordered_on: record.orderedOn,
      requester_id: requester?.id ?? null,
      is_receipt_required: record.isReceiptRequired,
    })
    .execute();
  await transaction
    .insertInto('purchase_order_lines')
    .values(
      record.lines.map((item) => ({
        id: newId('pol'),
        organization_id: organizationId,
        purchase_order_id: orderId,
        position: item.position,
        item_code: item.itemCode,
        description: item.description,
        unit: item.unit,
        quantity: item.quantity,
        unit_price: item.unitPrice,
      })),
    )
    .execute();
  return null;
}

async function writeGoodsReceipt(
  transaction: Transaction,
  organizationId: string,
  record: GoodsReceiptRecord,
  line: number,
): Promise<Finding> {
  const order = await transaction
    .selectFrom('purchase_orders')
    .select('id')
    .where('number', '=', record.purchaseOrderNumber)
    .executeTakeFirst();
  if (order === undefined) return missing(line, 'purchaseOrderNumber', record.purchaseOrderNumber, 'no purchase order has this number');
  const known = await transaction.selectFrom('goods_receipts').select('id').where('number', '=', record.number).executeTakeFirst();
  if (known !== undefined) return missing(line, 'number', record.number, 'this goods receipt is here already');
  const orderLines = await transaction
    .selectFrom('purchase_order_lines')
    .select(['id', 'position'])
    .where('purchase_order_id', '=', order.id)
    .execute();
  const unknown = record.lines.find((item) => !orderLines.some((candidate) => candidate.position === item.position));
  if (unknown !== undefined)
    return missing(line, 'position', String(unknown.position), `order ${record.purchaseOrderNumber} has no such position`);
  const receiptId = newId('rcp');
  await transaction
    .insertInto('goods_receipts')
    .values({
      id: receiptId,
      organization_id: organizationId,
      number: record.number,
      purchase_order_id: order.id,
      received_on: record.receivedOn,
    })
    .execute();
  await transaction
    .insertInto('goods_receipt_lines')
    .values(
      record.lines.flatMap((item) => {
        const orderLine = orderLines.find((candidate) => candidate.position === item.position);
        return orderLine === undefined
          ? []
          : [
              {
                goods_receipt_id: receiptId,
                purchase_order_line_id: orderLine.id,
                organization_id: organizationId,
                quantity: item.quantity,
              },
            ];
      }),
    )
    .execute();
  await wakeInvoices(transaction, organizationId, { orderId: order.id });
  return null;
}

function missing(line: number, column: string, value: string | null, why: string): RecordFault {
  return { line, column, value, message: `${column} ${value ?? ''}: ${why}.` };
}
