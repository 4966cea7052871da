import { sql } from 'kysely';
import { enqueue, type Transaction } from '#platform';
import { documentWorkflowId } from '../workflows/names.ts';

/** Which waiting invoices may see things differently now. */
type Affected =
  | { readonly orderId: string }
  | { readonly supplierId: string }
  /** Those that are asked about because of this one, or share its order. */
  | { readonly neighboursOf: string }
  /** Those whose supplier, or whose order, is not on file. */
  | { readonly lacking: 'supplier_id' | 'purchase_order_id' }
  | { readonly all: 'in-review' };

/** Something that invoices wait for happened: those in question look again by themselves. */
export async function wakeInvoices(transaction: Transaction, organizationId: string, affected: Affected): Promise<void> {
  let query = transaction.selectFrom('invoices').select(['id', 'document_id']).where('status', '=', 'in-review').orderBy('id');
  if ('orderId' in affected) query = query.where('purchase_order_id', '=', affected.orderId);
  else if ('supplierId' in affected) query = query.where('supplier_id', '=', affected.supplierId);
  else if ('all' in affected) query = query.where('status', '=', affected.all);
  else if ('lacking' in affected) query = query.where(affected.lacking, 'is', null);
  else {
    const naming = JSON.stringify({ exceptions: [{ otherInvoiceId: affected.neighboursOf }] });
    query = query
      .where('id', '<>', affected.neighboursOf)
      .where((where) =>
        where.or([
          where(
            'purchase_order_id',
            '=',
            where.selectFrom('invoices as one').select('one.purchase_order_id').where('one.id', '=', affected.neighboursOf),
          ),
          sql<boolean>`assessment @> ${naming}::jsonb`,
        ]),
      );
  }
  for (const invoice of await query.execute()) {
    await enqueue(transaction, organizationId, {
      kind: 'signal',
      workflowId: documentWorkflowId(invoice.document_id),
      signal: 'news',
      payload: { about: invoice.id },
    });
  }
}
