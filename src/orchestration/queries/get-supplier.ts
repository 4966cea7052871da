import type { Actor } from '#domain/identity';
import type { Office } from '../office.ts';
import { ask, found, type OfficeTransaction } from './ask.ts';
import { selectInvoices, toInvoiceSummary } from './invoice-rows.ts';
import { findPeople, personOf } from './people.ts';
import { selectPurchaseOrders, toPurchaseOrders } from './purchase-order-rows.ts';
import { selectSuppliers, toSupplierSummary } from './supplier-rows.ts';
import type { BankAccountView, SupplierDetailView } from './views.ts';

// As many as one page shows without scrolling far; the lists with a supplier filter have the rest.
const recentCount = 20;

/** @throws DH_ORCHESTRATION_NOT_FOUND */
export async function getSupplier(office: Office, actor: Actor, supplierId: string): Promise<SupplierDetailView> {
  return await ask(office, actor, 'master-data:read', async (transaction) => {
    const row = found(await selectSuppliers(transaction).where('id', '=', supplierId).executeTakeFirst(), 'supplier', supplierId);
    const orders = await selectPurchaseOrders(transaction)
      .where('purchase_orders.supplier_id', '=', supplierId)
      .orderBy('purchase_orders.ordered_on', 'desc')
      .orderBy('purchase_orders.id', 'desc')
      .limit(recentCount)
      .execute();
    const invoices = await selectInvoices(transaction)
      .where('invoices.supplier_id', '=', supplierId)
      .orderBy('invoices.created_at', 'desc')
      .limit(recentCount)
      .execute();
    return {
      ...toSupplierSummary(row),
      aliases: row.aliases,
      emailDomains: row.email_domains,
      bankAccounts: await findBankAccounts(transaction, supplierId),
      purchaseOrders: await toPurchaseOrders(transaction, orders),
      recentInvoices: invoices.map(toInvoiceSummary),
    };
  });
}

async function findBankAccounts(transaction: OfficeTransaction, supplierId: string): Promise<BankAccountView[]> {
  const rows = await transaction
    .selectFrom('supplier_bank_accounts')
    .selectAll()
    .where('supplier_id', '=', supplierId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const people = await findPeople(
    transaction,
    rows.map((row) => row.decided_by),
  );
  return rows.map((row) => ({
    id: row.id,
    iban: row.iban,
    bic: row.bic,
    status: row.status,
    decidedBy: personOf(people, row.decided_by),
    decidedAt: row.decided_at?.toISOString() ?? null,
    evidence: row.evidence,
  }));
}
