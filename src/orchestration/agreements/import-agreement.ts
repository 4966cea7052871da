import type { Actor } from '#domain/identity';
import type { AgreementRecord, RecordFault } from '#domain/ports';
import type { Transaction } from '#platform';
import { agreementFault, insertAgreement } from './create-agreement.ts';

/** Writes down an agreement of an imported file, by whoever imports it; a second person confirms it like any other. */
export async function writeAgreement(
  transaction: Transaction,
  actor: Actor,
  { supplierNumber, graceDays, ...record }: AgreementRecord,
  { line, now }: { readonly line: number; readonly now: Date },
): Promise<RecordFault | null> {
  const fault = (column: string | null, value: string | null, message: string): RecordFault => ({ line, column, value, message });
  const supplier = await transaction.selectFrom('suppliers').select('id').where('number', '=', supplierNumber).executeTakeFirst();
  if (supplier === undefined)
    return fault(
      'supplierNumber',
      supplierNumber,
      `supplierNumber ${supplierNumber}: no supplier has this number; import suppliers first.`,
    );
  const draft = { ...record, supplierId: supplier.id, graceDays: graceDays ?? undefined };
  const wrong = agreementFault(draft);
  if (wrong !== null) return fault(null, null, wrong);
  const known = await transaction
    .selectFrom('agreements')
    .select('id')
    .where('supplier_id', '=', supplier.id)
    .where('name', '=', record.name.trim())
    .where('ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (known !== undefined)
    return fault(
      'name',
      record.name,
      `name ${record.name}: supplier ${supplierNumber} has an agreement of this name already; its terms are not changed. End it first, or give this one another name.`,
    );
  await insertAgreement(transaction, actor, draft, now);
  return null;
}
