import { codeKinds, learnBooking, newCodingModel, type CodingModel } from '#domain/accounts-payable';
import type { Transaction } from '#platform';
import type { CodedLine, CodeLists } from './coding.ts';
import type { LoadedInvoice } from './invoices.ts';

/** So many of the newest bookings are learned from when a process begins; some 2 s of work. */
const most = 3000;
/** Organizations whose model is kept at hand. */
const mostModels = 16;

interface KeptModel {
  readonly model: CodingModel;
  readonly lastId: string;
}
const kept = new Map<string, KeptModel>();

/**
 * What this organization's bookings teach. Kept between calls and taken on with what was booked since.
 * The caller has the organization's turn, so that ids come in the order in which they were committed.
 */
export async function loadCodingModel(transaction: Transaction, organizationId: string): Promise<CodingModel> {
  const { model, lastId } = kept.get(organizationId) ?? { model: newCodingModel(), lastId: '0' };
  const rows = await transaction
    .selectFrom('past_bookings')
    .selectAll()
    .where('id', '>', lastId)
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
  for (const row of rows.toReversed()) {
    const { supplier_id: supplierId, tax_rate: taxRate, cost_centre: costCentre, tax_code: taxCode, booked_on: bookedOn, ...same } = row;
    const { description, account, project, reference } = same;
    learnBooking(model, { supplierId, taxRate, costCentre, taxCode, bookedOn, description, account, project, reference });
  }
  kept.delete(organizationId);
  kept.set(organizationId, { model, lastId: rows[0]?.id ?? lastId });
  const [oldest] = kept.keys();
  if (kept.size > mostModels && oldest !== undefined) kept.delete(oldest);
  return model;
}

/** The numbers in use, by kind; null while the organization keeps no accounts here, so that nothing is coded. */
export async function loadCodeLists(transaction: Transaction): Promise<CodeLists | null> {
  const rows = await transaction.selectFrom('codes').select(['kind', 'number']).where('is_active', '=', true).execute();
  const lists = new Map(codeKinds.map((kind) => [kind, new Set(rows.filter((row) => row.kind === kind).map(({ number }) => number))]));
  return lists.get('account')?.size === 0 ? null : (Object.fromEntries(lists) as unknown as CodeLists);
}

/**
 * Teaches how an approved invoice was coded. What Deskhand predicted and no person looked at teaches nothing: it would only
 * confirm itself.
 */
export async function teachBooking(
  transaction: Transaction,
  organizationId: string,
  { row }: LoadedInvoice,
  approved: { readonly lines: readonly CodedLine[]; readonly byPeople: boolean },
): Promise<void> {
  const { supplier_id: supplierId, number, issued_on: bookedOn, id } = row;
  if (supplierId === null || number === null || bookedOn === null || row.kind !== 'invoice') return;
  const confirmed = approved.lines.filter(({ by }) => approved.byPeople || by !== 'history');
  const values = confirmed.flatMap(({ line, description, taxRate, parts }) =>
    parts.flatMap(({ account, costCentre, project, taxCode }, index) =>
      account === null
        ? []
        : [
            {
              organization_id: organizationId,
              supplier_id: supplierId,
              reference: number,
              line,
              part: index + 1,
              description,
              tax_rate: taxRate,
              account,
              cost_centre: costCentre,
              project,
              tax_code: taxCode,
              booked_on: bookedOn,
              invoice_id: id,
            },
          ],
    ),
  );
  if (values.length === 0) return;
  await transaction
    .insertInto('past_bookings')
    .values(values)
    .onConflict((conflict) => conflict.constraint('past_booking_once').doNothing())
    .execute();
}
