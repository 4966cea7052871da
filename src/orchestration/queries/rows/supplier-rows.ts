import type { PaymentTerms } from '#domain/accounts-payable';
import { decimal } from '#domain/money';
import type { Tables } from '#platform';
import { sql, type Selectable, type SelectQueryBuilder } from 'kysely';
import type { OfficeTransaction } from '../ask.ts';
import { moneyView } from '../numbers.ts';
import type { SupplierSummaryView } from '../views.ts';

export type SupplierRow = Selectable<Tables['suppliers']> & { invoice_count: number; open_amount: string };

/** Open is what is neither paid nor rejected, in the supplier's own currency; credit notes lower it. */
export function selectSuppliers(transaction: OfficeTransaction): SelectQueryBuilder<Pick<Tables, 'suppliers'>, 'suppliers', SupplierRow> {
  const own = sql`from invoices where invoices.supplier_id = suppliers.id`;
  return transaction
    .selectFrom('suppliers')
    .selectAll('suppliers')
    .select([
      sql<number>`(select count(*)::int ${own})`.as('invoice_count'),
      sql<string>`(select coalesce(sum(case when invoices.kind = 'credit-note' then -invoices.gross else invoices.gross end), 0) ${own}
        and invoices.currency = suppliers.currency and invoices.status not in ('paid', 'rejected'))`.as('open_amount'),
    ]);
}

export function toSupplierSummary(row: SupplierRow): SupplierSummaryView {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    vatId: row.vat_id,
    country: row.country,
    currency: row.currency,
    terms: describeTerms(row.terms as PaymentTerms),
    invoices: row.invoice_count,
    openAmount: moneyView(row.open_amount, row.currency),
  };
}

/** `2 % within 10 days, 30 days net`. */
export function describeTerms(terms: PaymentTerms): string {
  const discounts = terms.discounts.map(
    ({ days, basisPoints }) => `${decimal(basisPoints).div(100).toFixed()} % within ${countDays(days)}`,
  );
  const net = terms.netDays === 0 ? 'due at once' : `${countDays(terms.netDays)} net`;
  return [...discounts, net].join(', ');
}

function countDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
