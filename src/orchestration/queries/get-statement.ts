import {
  recogniseSupplier,
  reconcileStatement,
  type OwnItem,
  type OwnPayment,
  type StatementFindingKind,
  type Supplier,
} from '#domain/accounts-payable';
import type { Extraction } from '#domain/documents';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { absolute, decimal, formatMoney, isCurrency, roundTo, type Money } from '#domain/money';
import { orchestrationErrors } from '../errors.ts';
import { loadSuppliers } from '../invoices/invoices.ts';
import type { Office } from '../tasks/office.ts';
import { ask, found, type OfficeTransaction } from './ask.ts';
import type { MoneyView, Person } from './views.ts';

/** A supplier's statement of account against our books, row by row. */
export interface StatementView {
  documentId: string;
  fileName: string;
  /** Null while nobody knows whose it is: nothing is compared then. */
  supplier: Person | null;
  /** What is said of whose it is. */
  supplierReason: string;
  statedOn: string;
  findings: {
    kind: StatementFindingKind;
    row: number | null;
    number: string | null;
    on: string | null;
    theirs: MoneyView;
    ours: MoneyView;
    invoiceId: string | null;
    message: string;
  }[];
  balance: {
    stated: MoneyView | null;
    rows: MoneyView;
    ours: MoneyView;
    difference: MoneyView;
    unexplained: MoneyView | null;
  } | null;
  /** Rows with money that a person reads: they are in no sum here. */
  unread: string[];
}

/**
 * Compares a statement of account with what is here now; nothing is stored, so that it is right again after each payment.
 *
 * @param input.supplierId - whose it is, where a person says so; else it is recognised as an invoice is.
 * @throws DH_ORCHESTRATION_NOT_FOUND, also for a document that is no statement
 */
export async function getStatement(
  office: Office,
  actor: Actor,
  input: { readonly documentId: string; readonly supplierId?: string | undefined },
): Promise<StatementView> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const { documentId } = input;
    const document = found(await findDocument(transaction, documentId), 'document', documentId);
    const extraction = document.extraction as Extraction | null;
    if (extraction?.statement === undefined) {
      throw new DeskhandError(
        orchestrationErrors.notFound,
        `Document ${documentId} is no statement of account, or was read before these were compared. Hand it in again.`,
        { details: { documentId } },
      );
    }
    const suppliers = await loadSuppliers(transaction);
    const { supplierId, reason } = whose(extraction, document.senderAddress, suppliers, input.supplierId);
    const supplier = suppliers.find(({ id }) => id === supplierId) ?? null;
    const statedOn = dayOf(extraction, document.receivedAt.toISOString().slice(0, 10));
    const head = { documentId, fileName: document.fileName, supplierReason: reason, statedOn, unread: [...extraction.statement.unread] };
    if (supplier === null) return { ...head, supplier: null, findings: [], balance: null };
    const named = extraction.fields.currency.value;
    const { findings, balance } = reconcileStatement({
      supplierName: supplier.name,
      currency: named !== null && isCurrency(named) ? named : supplier.currency,
      statedOn,
      reading: extraction.statement,
      ...(await loadBooks(transaction, supplier.id)),
    });
    return {
      ...head,
      supplier: { id: supplier.id, name: supplier.name },
      findings: findings.map(({ theirs, ours, ...finding }) => ({ ...finding, theirs: viewOf(theirs), ours: viewOf(ours) })),
      balance: {
        stated: balance.stated === null ? null : viewOf(balance.stated),
        rows: viewOf(balance.rows),
        ours: viewOf(balance.ours),
        difference: viewOf(balance.difference),
        unexplained: balance.unexplained === null ? null : viewOf(balance.unexplained),
      },
    };
  });
}

/** No statement is older than its newest row: a day that is was read from the table. */
function dayOf({ fields, statement }: Extraction, receivedOn: string): string {
  const newest =
    (statement?.rows ?? [])
      .flatMap(({ on }) => on ?? [])
      .toSorted()
      .at(-1) ?? '';
  const stated = [fields.issueDate.value, receivedOn].find((day) => day !== null && day >= newest);
  return stated ?? newest;
}

function viewOf(value: Money): MoneyView {
  return { amount: formatMoney(value), currency: value.currency };
}

async function findDocument(transaction: OfficeTransaction, documentId: string) {
  return await transaction
    .selectFrom('documents')
    .innerJoin('events', 'events.id', 'documents.event_id')
    .select(['documents.file_name as fileName', 'documents.extraction as extraction'])
    .select(['events.sender_address as senderAddress', 'events.received_at as receivedAt'])
    .where('documents.id', '=', documentId)
    .executeTakeFirst();
}

function whose(
  { fields }: Extraction,
  senderAddress: string | null,
  suppliers: readonly Supplier[],
  said: string | undefined,
): { readonly supplierId: string | null; readonly reason: string } {
  if (said !== undefined) return { supplierId: said, reason: 'A person said so.' };
  const senderDomain = senderAddress?.split('@')[1]?.toLowerCase() ?? null;
  const clues = { name: fields.supplierName.value, vatId: fields.supplierTaxId.value, iban: fields.iban.value, senderDomain };
  return recogniseSupplier(clues, suppliers);
}

/** All invoices of the supplier with the day they were paid, and every payment that left. */
async function loadBooks(
  transaction: OfficeTransaction,
  supplierId: string,
): Promise<{ readonly items: readonly OwnItem[]; readonly payments: readonly OwnPayment[] }> {
  const paid = await transaction
    .selectFrom('payments')
    .innerJoin('invoices', 'invoices.id', 'payments.invoice_id')
    .select(['payments.invoice_id as invoiceId', 'invoices.number', 'payments.amount', 'payments.currency'])
    .select(['payments.settled_on as settledOn', 'payments.execute_on as executeOn'])
    .where('payments.supplier_id', '=', supplierId)
    .where('payments.status', '=', 'released')
    .where((expression) =>
      expression.or([expression('payments.bank_state', 'is', null), expression('payments.bank_state', 'not in', ['rejected', 'returned'])]),
    )
    .execute();
  const payments = paid.map(({ amount, currency, settledOn, executeOn, number, invoiceId }) => ({
    invoiceId,
    invoiceNumber: number ?? '',
    amount: roundTo(decimal(amount), currency),
    paidOn: settledOn ?? executeOn,
  }));
  const paidOn = new Map(payments.map((payment) => [payment.invoiceId, payment.paidOn]));
  const invoices = await transaction
    .selectFrom('invoices')
    .select(['id', 'kind', 'number', 'issued_on', 'gross', 'currency', 'status'])
    .where('supplier_id', '=', supplierId)
    .orderBy('issued_on')
    .orderBy('id')
    .execute();
  const items = invoices.flatMap(({ id, kind, number, issued_on: issuedOn, gross, currency, status }) =>
    number === null || issuedOn === null || gross === null || currency === null
      ? []
      : [
          {
            invoiceId: id,
            kind,
            number,
            issuedOn,
            gross: absolute(roundTo(decimal(gross), currency)),
            isRejected: status === 'rejected',
            paidOn: paidOn.get(id) ?? null,
          },
        ],
  );
  return { items, payments };
}
