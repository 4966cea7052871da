import type { Invoice, InvoiceLine, PurchaseOrder, ReceiptLine, Supplier } from '#domain/accounts-payable';
import type { Extraction, FieldName } from '#domain/documents';
import { DeskhandError } from '#domain/errors';
import { decimal, isCurrency, roundTo } from '#domain/money';
import type { Tables, Transaction } from '#platform';
import { sql, type Selectable } from 'kysely';
import { orchestrationErrors } from '../errors.ts';
import { loadAccountCalls } from '../payments/account-calls.ts';
import { currentValues, type Correction, type CurrentValues } from './invoice-fields.ts';
import type { InvoiceLineRow } from '../streams/events.ts';

export type InvoiceRow = Selectable<Tables['invoices']>;

/** An invoice with everything that is known of it: its row, its values with their grounds, the document it came from. */
export interface LoadedInvoice {
  readonly row: InvoiceRow;
  readonly values: CurrentValues;
  readonly extraction: Extraction | null;
  readonly eventId: string;
  readonly fileName: string;
  readonly senderAddress: string | null;
}

/** @throws DH_ORCHESTRATION_NOT_FOUND */
export async function loadInvoice(transaction: Transaction, invoiceId: string): Promise<LoadedInvoice> {
  const found = await transaction
    .selectFrom('invoices')
    .innerJoin('documents', 'documents.id', 'invoices.document_id')
    .innerJoin('events', 'events.id', 'documents.event_id')
    .selectAll('invoices')
    .select([
      'documents.extraction as extraction',
      'documents.event_id as eventId',
      'documents.file_name as fileName',
      'events.sender_address as senderAddress',
    ])
    .where('invoices.id', '=', invoiceId)
    .executeTakeFirst();
  if (found === undefined) {
    throw new DeskhandError(orchestrationErrors.notFound, `There is no invoice ${invoiceId}.`, { details: { invoiceId } });
  }
  const { extraction, eventId, fileName, senderAddress, ...row } = found;
  const corrections = await loadCorrections(transaction, invoiceId);
  const typed = extraction as Extraction | null;
  return { row, values: currentValues(typed, corrections), extraction: typed, eventId, fileName, senderAddress };
}

export async function loadCorrections(transaction: Transaction, invoiceId: string): Promise<Correction[]> {
  const rows = await transaction.selectFrom('corrections').selectAll().where('invoice_id', '=', invoiceId).orderBy('id').execute();
  return rows.map((row) => ({ field: row.field, value: row.value, memberId: row.member_id }));
}

/** Columns of `invoices` that mirror the current values; what is no valid value of its kind stays empty and in doubt. */
export function columnsOf(
  values: CurrentValues,
): Pick<
  InvoiceRow,
  | 'number'
  | 'issued_on'
  | 'due_on'
  | 'supplier_name'
  | 'supplier_tax_id'
  | 'iban'
  | 'buyer_name'
  | 'po_number'
  | 'currency'
  | 'net'
  | 'tax'
  | 'gross'
> {
  const text = (name: FieldName): string | null => values.fields[name].value;
  const currency = text('currency');
  return {
    number: text('invoiceNumber'),
    issued_on: dayOf(text('issueDate')),
    due_on: dayOf(text('dueDate')),
    supplier_name: text('supplierName'),
    supplier_tax_id: text('supplierTaxId'),
    iban: text('iban')?.replaceAll(/\s/g, '').toUpperCase() ?? null,
    buyer_name: text('buyerName'),
    po_number: text('poNumber'),
    currency: currency !== null && isCurrency(currency) ? currency : null,
    net: amountOf(text('netTotal')),
    tax: amountOf(text('taxTotal')),
    gross: amountOf(text('grossTotal')),
  };
}

/** The line rows that mirror the current values. */
export function lineRows(values: CurrentValues): InvoiceLineRow[] {
  return values.lines.map((line, index) => ({
    position: index + 1,
    description: line.description.value,
    quantity: amountOf(line.quantity.value),
    unit_price: amountOf(line.unitPrice.value),
    net_amount: amountOf(line.netAmount.value),
    tax_rate: amountOf(line.taxRate.value),
  }));
}

/** The invoice as the domain's rules take it; null while a value without which no rule can speak is missing. */
export function toDomainInvoice({ row, values }: Pick<LoadedInvoice, 'row' | 'values'>): Invoice | null {
  const { number, issued_on: issuedOn, currency, gross } = row;
  if (number === null || issuedOn === null || currency === null || gross === null) return null;
  // Some issuers print a credit note in negative figures; `kind` carries the sign, so the amounts are turned.
  const isTurned = row.kind === 'credit-note' && decimal(gross).lt(0);
  const amount = (text: string): Invoice['gross'] => roundTo(isTurned ? decimal(text).neg() : decimal(text), currency);
  const tax = row.tax ?? (row.net === null ? '0' : decimal(gross).minus(row.net).toFixed());
  const net = row.net ?? decimal(gross).minus(tax).toFixed();
  return {
    id: row.id,
    kind: row.kind,
    number,
    issuedOn,
    dueOn: row.due_on,
    supplierId: row.supplier_id,
    supplierName: row.supplier_name ?? '',
    iban: row.iban,
    poNumber: row.po_number,
    net: amount(net),
    tax: amount(tax),
    gross: amount(gross),
    lines: values.lines.flatMap((line, index) => toDomainLine(line, index + 1, amount)),
  };
}

function toDomainLine(line: CurrentValues['lines'][number], position: number, amount: (text: string) => Invoice['gross']): InvoiceLine[] {
  const netAmount = amountOf(line.netAmount.value);
  if (netAmount === null) return [];
  const number = (text: string | null): InvoiceLine['quantity'] => {
    const valid = amountOf(text);
    return valid === null ? null : decimal(valid);
  };
  return [
    {
      position,
      description: line.description.value ?? '',
      quantity: number(line.quantity.value),
      unitPrice: number(line.unitPrice.value),
      netAmount: amount(netAmount),
      taxRate: number(line.taxRate.value),
    },
  ];
}

/** All suppliers of the organization with their accounts. */
export async function loadSuppliers(transaction: Transaction): Promise<Supplier[]> {
  const suppliers = await transaction.selectFrom('suppliers').selectAll().orderBy('id').execute();
  const accounts = await transaction.selectFrom('supplier_bank_accounts').selectAll().orderBy('created_at').execute();
  const accountsOf = Map.groupBy(accounts, (account) => account.supplier_id);
  const calls = await loadAccountCalls(transaction);
  return suppliers.map((row) => ({
    id: row.id,
    number: row.number,
    name: row.name,
    aliases: row.aliases,
    vatId: row.vat_id,
    country: row.country,
    chargesForeignTax: row.charges_foreign_tax,
    emailDomains: row.email_domains,
    currency: row.currency,
    terms: row.terms as Supplier['terms'],
    phone: row.phone,
    phoneSince: row.phone_since?.toISOString() ?? null,
    bankAccounts: (accountsOf.get(row.id) ?? []).map(({ id, iban, bic, status, ...account }) => ({
      id,
      iban,
      bic,
      status,
      proposedBy: account.proposed_by,
      payableFrom: account.payable_from?.toISOString() ?? null,
      calls: calls.get(id) ?? [],
    })),
  }));
}

/**
 * An order with what was received and what other invoices took of it. An invoice that is still in question takes nothing.
 *
 * @param look.claimedBefore - counts only what was taken before then; null counts all.
 */
export async function loadPurchaseOrder(
  transaction: Transaction,
  orderId: string,
  look: { readonly exceptInvoiceId: string; readonly claimedBefore: string | null },
): Promise<PurchaseOrder> {
  const claimedAt = sql<string | null>`invoices.assessment ->> 'claimedAt'`;
  const order = await transaction.selectFrom('purchase_orders').selectAll().where('id', '=', orderId).executeTakeFirstOrThrow();
  const lines = await transaction
    .selectFrom('purchase_order_lines as line')
    .selectAll('line')
    .select((expression) => [
      expression
        .selectFrom('goods_receipt_lines as receipt')
        .select(({ fn }) => fn.coalesce(fn.sum<string>('receipt.quantity'), expression.lit(0)).as('sum'))
        .whereRef('receipt.purchase_order_line_id', '=', 'line.id')
        .as('received'),
      expression
        .selectFrom('allocations as allocation')
        .innerJoin('invoices', 'invoices.id', 'allocation.invoice_id')
        .select(({ fn }) => fn.coalesce(fn.sum<string>('allocation.quantity'), expression.lit(0)).as('sum'))
        .whereRef('allocation.purchase_order_line_id', '=', 'line.id')
        .where('allocation.invoice_id', '<>', look.exceptInvoiceId)
        .where(claimedAt, 'is not', null)
        .$if(look.claimedBefore !== null, (query) => query.where(claimedAt, '<', look.claimedBefore))
        .where('invoices.status', '<>', 'rejected')
        .where('invoices.kind', '=', 'invoice')
        .as('invoiced'),
      expression
        .selectFrom('allocations as allocation')
        .innerJoin('invoices', 'invoices.id', 'allocation.invoice_id')
        .select(({ fn }) => fn.coalesce(fn.sum<string>('allocation.amount'), expression.lit(0)).as('sum'))
        .whereRef('allocation.purchase_order_line_id', '=', 'line.id')
        .where('allocation.invoice_id', '<>', look.exceptInvoiceId)
        .where(claimedAt, 'is not', null)
        .$if(look.claimedBefore !== null, (query) => query.where(claimedAt, '<', look.claimedBefore))
        .where('invoices.status', '<>', 'rejected')
        .where('invoices.kind', '=', 'invoice')
        .where('invoices.currency', '=', order.currency)
        .as('invoicedAmount'),
    ])
    .where('line.purchase_order_id', '=', orderId)
    .orderBy('line.position')
    .execute();
  const receipts = await loadReceipts(transaction, orderId);
  return {
    id: order.id,
    number: order.number,
    supplierId: order.supplier_id,
    currency: order.currency,
    orderedOn: order.ordered_on,
    requesterId: order.requester_id,
    isReceiptRequired: order.is_receipt_required,
    lines: lines.map((line) => ({
      id: line.id,
      position: line.position,
      itemCode: line.item_code,
      description: line.description,
      unit: line.unit,
      quantity: decimal(line.quantity),
      unitPrice: decimal(line.unit_price),
      receivedQuantity: decimal(String(line.received ?? 0)),
      invoicedQuantity: decimal(String(line.invoiced ?? 0)),
      invoicedAmount: roundTo(decimal(String(line.invoicedAmount ?? 0)), order.currency),
      receipts: receipts.get(line.id) ?? [],
    })),
  };
}

/** What arrived of each line of an order, delivery by delivery, oldest first. */
async function loadReceipts(transaction: Transaction, orderId: string): Promise<Map<string, ReceiptLine[]>> {
  const rows = await transaction
    .selectFrom('goods_receipts as receipt')
    .innerJoin('goods_receipt_lines as line', 'line.goods_receipt_id', 'receipt.id')
    .select(['receipt.id', 'receipt.number', 'receipt.received_on', 'line.purchase_order_line_id', 'line.quantity'])
    .where('receipt.purchase_order_id', '=', orderId)
    .orderBy('receipt.received_on')
    .orderBy('receipt.id')
    .execute();
  const lines = rows.map((row) => ({
    orderLineId: row.purchase_order_line_id,
    receipt: { receiptId: row.id, number: row.number, receivedOn: row.received_on, quantity: decimal(row.quantity) },
  }));
  return new Map(
    [...Map.groupBy(lines, ({ orderLineId }) => orderLineId)].map(([id, ofLine]) => [id, ofLine.map(({ receipt }) => receipt)]),
  );
}

// numeric(18, 4) and (18, 6): what has more digits before the point than the column is no amount on an invoice.
const amountPattern = /^-?\d{1,12}(\.\d+)?$/;

export function amountOf(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return amountPattern.test(trimmed) ? trimmed : null;
}

export function dayOf(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text) ? text : null;
}
