import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask } from './ask.ts';
import { afterCursor, cutPage, limitOf, type PageRequest } from './rows/paging.ts';
import { selectSuppliers, toSupplierSummary } from './rows/supplier-rows.ts';
import type { PageOf, SupplierSummaryView } from './views.ts';

/** Suppliers by name. */
export async function listSuppliers(office: Office, actor: Actor, request: PageRequest): Promise<PageOf<SupplierSummaryView>> {
  return await ask(office, actor, 'master-data:read', async (transaction) => {
    const limit = limitOf(request);
    const rows = await selectSuppliers(transaction)
      .where(await afterCursor(transaction, 'suppliers', ['suppliers.name', 'suppliers.id'], 'ascending', request.cursor))
      .orderBy('suppliers.name')
      .orderBy('suppliers.id')
      .limit(limit + 1)
      .execute();
    return cutPage(rows, limit, toSupplierSummary);
  });
}
