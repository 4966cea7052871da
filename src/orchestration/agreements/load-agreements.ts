import { coverInvoice, type Agreement, type AgreementClaim, type AgreementCoverage, type Invoice } from '#domain/accounts-payable';
import { decimal, roundTo } from '#domain/money';
import type { Tables, Transaction } from '#platform';
import { sql, type Selectable } from 'kysely';

export type AgreementRow = Selectable<Tables['agreements']>;

/** As the rules take it. What was ended holds until the day on which somebody ended it. */
export function toAgreement(row: AgreementRow): Agreement {
  const amount = (text: string): Agreement['amount'] => roundTo(decimal(text), row.currency);
  const endedOn = row.ended_at?.toISOString().slice(0, 10) ?? null;
  const ends = [row.valid_until, endedOn].filter((day) => day !== null).toSorted();
  return {
    id: row.id,
    supplierId: row.supplier_id,
    kind: row.kind,
    name: row.name,
    reference: row.reference,
    rhythm:
      row.rhythm === 'dates'
        ? { unit: 'dates', instalments: row.instalments.map(({ dueOn, amount: own }) => ({ dueOn, amount: amount(own) })) }
        : { unit: row.rhythm, every: row.every ?? 1 },
    amount: amount(row.amount),
    band: {
      minor: row.band_amount === null ? null : amount(row.band_amount).minor,
      basisPoints: row.band_percent === null ? null : Math.round(Number(row.band_percent) * 100),
    },
    firstOn: row.first_on,
    validUntil: ends[0] ?? null,
    total: row.total === null ? null : amount(row.total),
  };
}

/**
 * What was agreed with an invoice's supplier covers it, or does not; null where nothing is about it. Whoever decides by this
 * has taken the organization's turn, so that of two bills of one period the second sees the first.
 *
 * @param claimedBefore - counts only bills that took their place before then; null counts all.
 */
export async function findCoverage(
  transaction: Transaction,
  invoice: Invoice,
  claimedBefore: string | null,
): Promise<AgreementCoverage | null> {
  if (invoice.supplierId === null || invoice.kind !== 'invoice') return null;
  const rows = await transaction
    .selectFrom('agreements')
    .selectAll()
    .where('supplier_id', '=', invoice.supplierId)
    .where('confirmed_by', 'is not', null)
    .orderBy('id')
    .execute();
  if (rows.length === 0) return null;
  const claims = await loadClaims(transaction, { supplierId: invoice.supplierId, claimedBefore });
  return coverInvoice({ invoice, agreements: rows.map(toAgreement), claims: claims.filter(({ invoiceId }) => invoiceId !== invoice.id) });
}

/**
 * Bills that took their place under an agreement, and were not rejected.
 *
 * @param look.isArrived - those too that something is still in question about.
 */
export async function loadClaims(
  transaction: Transaction,
  look: { readonly supplierId?: string | undefined; readonly claimedBefore: string | null; readonly isArrived?: boolean },
): Promise<AgreementClaim[]> {
  const claimedAt = sql<string | null>`assessment ->> 'claimedAt'`;
  const rows = await transaction
    .selectFrom('invoices')
    .select(['id', 'number', 'gross', 'currency'])
    .select(sql<string>`assessment -> 'agreement' ->> 'agreementId'`.as('agreementId'))
    .select(sql<string | null>`assessment -> 'agreement' ->> 'expectedOn'`.as('expectedOn'))
    .$if(look.supplierId !== undefined, (query) => query.where('supplier_id', '=', look.supplierId ?? ''))
    .where(sql<boolean>`assessment -> 'agreement' ->> 'expectedOn' is not null`)
    .where('status', '<>', 'rejected')
    .$if(look.isArrived !== true, (query) => query.where(claimedAt, 'is not', null))
    .$if(look.claimedBefore !== null, (query) => query.where(claimedAt, '<', look.claimedBefore))
    .execute();
  return rows.flatMap(({ id, number, gross, currency, agreementId, expectedOn }) =>
    gross === null || currency === null || expectedOn === null
      ? []
      : [{ agreementId, invoiceId: id, number: number ?? '', expectedOn, gross: roundTo(decimal(gross), currency) }],
  );
}
