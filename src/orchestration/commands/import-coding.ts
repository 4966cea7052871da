import type { CodeKind } from '#domain/accounts-payable';
import type { CodeRecord, PastBookingRecord, RecordFault } from '#domain/ports';
import type { Transaction } from '#platform';
import { takeTurn } from '../locks.ts';

type Writer<Record> = (transaction: Transaction, organizationId: string, record: Record, line: number) => Promise<RecordFault | null>;

/** Puts a number on a list, or gives it its new name, rate and whether it is in use. */
export function writeCode(kind: CodeKind): Writer<CodeRecord> {
  return async (transaction, organizationId, { number, name, isActive, taxRate }) => {
    const columns = { name, is_active: isActive, tax_rate: taxRate };
    await transaction
      .insertInto('codes')
      .values({ organization_id: organizationId, kind, number, ...columns })
      .onConflict((conflict) => conflict.columns(['organization_id', 'kind', 'number']).doUpdateSet(columns))
      .execute();
    return null;
  };
}

/** Adds a line to what was booked; one that is there already stays as it is. Its numbers need not be in use any more. */
export const writePastBooking: Writer<PastBookingRecord> = async (transaction, organizationId, record, line) => {
  const supplier = await transaction.selectFrom('suppliers').select('id').where('number', '=', record.supplierNumber).executeTakeFirst();
  if (supplier === undefined) {
    const message = `supplierNumber ${record.supplierNumber}: no supplier has this number; import suppliers first.`;
    return { line, column: 'supplierNumber', value: record.supplierNumber, message };
  }
  // Bookings are learned from in the order of their ids, so that only one transaction adds some at a time.
  await takeTurn(transaction, organizationId);
  await transaction
    .insertInto('past_bookings')
    .values({
      organization_id: organizationId,
      supplier_id: supplier.id,
      reference: record.invoiceNumber,
      line: record.line,
      description: record.description,
      tax_rate: record.taxRate,
      account: record.account,
      cost_centre: record.costCentre,
      project: record.project,
      tax_code: record.taxCode,
      booked_on: record.bookedOn,
    })
    .onConflict((conflict) => conflict.constraint('past_booking_once').doNothing())
    .execute();
  return null;
};
