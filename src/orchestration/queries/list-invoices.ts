import type { Actor } from '#domain/identity';
import { sql, type RawBuilder } from 'kysely';
import type { Office } from '../tasks/office.ts';
import { ask, type OfficeTransaction } from './ask.ts';
import { membersOf, type FigureName } from './figures/figure-members.ts';
import { figureWindow } from './get-numbers.ts';
import { selectInvoices, toInvoiceSummary } from './rows/invoice-rows.ts';
import { afterCursor, cutPage, limitOf, type PageRequest } from './rows/paging.ts';
import type { InvoiceStatus, InvoiceSummaryView, PageOf } from './views.ts';

export interface InvoiceFilter extends PageRequest {
  readonly status?: InvoiceStatus | undefined;
  readonly supplierId?: string | undefined;
  /** Part of a number, a supplier's name, an order number, or an amount. */
  readonly q?: string | undefined;
  /** Those that a figure of a period counts, with `reason` those asked about for just that. */
  readonly figure?: FigureName | undefined;
  readonly period?: string | undefined;
  readonly reason?: string | undefined;
}

/** Invoices, newest first. */
export async function listInvoices(office: Office, actor: Actor, filter: InvoiceFilter): Promise<PageOf<InvoiceSummaryView>> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const limit = limitOf(filter);
    const after = await afterCursor(transaction, 'invoices', ['invoices.created_at', 'invoices.id'], 'descending', filter.cursor);
    let query = selectInvoices(transaction).where(after);
    if (filter.status !== undefined) query = query.where('invoices.status', '=', filter.status);
    if (filter.supplierId !== undefined) query = query.where('invoices.supplier_id', '=', filter.supplierId);
    if (filter.figure !== undefined) query = query.where(await isCounted(transaction, { ...filter, figure: filter.figure }));
    const words = filter.q?.trim() ?? '';
    if (words !== '') {
      const pattern = `%${words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
      query = query.where(
        sql<boolean>`(invoices.id = ${words} or concat_ws(' ', invoices.number, invoices.supplier_name, suppliers.name, invoices.po_number,
          trim_scale(invoices.gross)::text, round(invoices.gross, 2)::text) ilike ${pattern})`,
      );
    }
    const rows = await query
      .orderBy('invoices.created_at', 'desc')
      .orderBy('invoices.id', 'desc')
      .limit(limit + 1)
      .execute();
    return cutPage(rows, limit, toInvoiceSummary);
  });
}

async function isCounted(
  transaction: OfficeTransaction,
  { figure, period, reason }: { readonly figure: FigureName; readonly period?: string | undefined; readonly reason?: string | undefined },
): Promise<RawBuilder<boolean>> {
  const members = membersOf(figure, await figureWindow(transaction, period ?? ''));
  const only = figure === 'asked' && reason !== undefined ? sql`where m.reason = ${reason}` : sql``;
  return sql<boolean>`invoices.id in (select m.invoice_id from (${members}) m ${only})`;
}
