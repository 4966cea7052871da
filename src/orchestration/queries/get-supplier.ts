import { describeCall } from '#domain/accounts-payable';
import type { Actor } from '#domain/identity';
import type { Tables } from '#platform';
import type { Selectable } from 'kysely';
import type { Office } from '../tasks/office.ts';
import { ask, found, type OfficeTransaction } from './ask.ts';
import { selectInvoices, toInvoiceSummary } from './rows/invoice-rows.ts';
import { findPeople, personOf } from './rows/people.ts';
import { selectPurchaseOrders, toPurchaseOrders } from './purchase-order-rows.ts';
import { selectSuppliers, toSupplierSummary } from './rows/supplier-rows.ts';
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
      email: row.email,
      phone: row.phone,
      phoneSince: row.phone_since?.toISOString() ?? null,
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
  const history = await findHistory(
    transaction,
    rows.map((row) => row.id),
  );
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
    payableFrom: row.payable_from?.toISOString() ?? null,
    history: history.get(row.id) ?? [],
  }));
}

const happened: Readonly<Record<string, string>> = { proposed: 'Proposed', verified: 'Verified', refused: 'Refused' };

/** Everything that ever happened to each account, oldest first, in sentences. */
async function findHistory(
  transaction: OfficeTransaction,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, BankAccountView['history']>> {
  if (accountIds.length === 0) return new Map();
  const rows = await transaction
    .selectFrom('bank_account_steps as step')
    .leftJoin('members', 'members.id', 'step.member_id')
    .selectAll('step')
    .select('members.name as member_name')
    .where('step.bank_account_id', 'in', [...accountIds])
    .orderBy('step.id')
    .execute();
  const entries = rows.map((row) => ({ accountId: row.bank_account_id, at: row.recorded_at.toISOString(), sentence: sentenceOf(row) }));
  return new Map(
    [...Map.groupBy(entries, ({ accountId }) => accountId)].map(([id, own]) => [id, own.map(({ at, sentence }) => ({ at, sentence }))]),
  );
}

function sentenceOf(row: Selectable<Tables['bank_account_steps']> & { readonly member_name: string | null }): string {
  const { step, member_name: memberName, outcome, called_at: calledAt } = row;
  if (step === 'called' && outcome !== null && calledAt !== null)
    return describeCall({
      memberId: row.member_id ?? '',
      memberName: memberName ?? 'Somebody',
      spokeWith: row.spoke_with,
      outcome,
      phone: row.phone ?? '',
      phoneSource: row.phone_source ?? '',
      calledAt: calledAt.toISOString(),
    });
  const who = memberName === null ? '' : ` by ${memberName}`;
  return `${happened[step] ?? step}${who}.${step === 'verified' || row.note === '' ? '' : ` ${row.note}`}`;
}
