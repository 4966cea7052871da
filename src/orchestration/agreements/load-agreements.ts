import {
  coverInvoice,
  type Agreement,
  type AgreementBill,
  type AgreementClaim,
  type AgreementCoverage,
  type Invoice,
} from '#domain/accounts-payable';
import { addDays } from '#domain/calendar';
import { decimal, roundTo } from '#domain/money';
import type { Tables, Transaction } from '#platform';
import { sql, type Selectable } from 'kysely';
import type { Assessment } from '../invoices/assessment.ts';
import type { Correction } from '../invoices/invoice-fields.ts';
import type { LoadedInvoice } from '../invoices/invoices.ts';
import { loadReading } from '../queries/rows/stored-documents.ts';
import type { Office } from '../tasks/office.ts';
import { dayOfOffice } from '../today.ts';

export type AgreementRow = Selectable<Tables['agreements']>;

/** As the rules take it. What was ended holds until the day, where the office stands, on which somebody ended it. */
export function toAgreement(row: AgreementRow): Agreement {
  const amount = (text: string): Agreement['amount'] => roundTo(decimal(text), row.currency);
  const endedOn = row.ended_at === null ? null : dayOfOffice(row.ended_at);
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
    // What was due, and its grace over, before it was confirmed was paid without us.
    countsFrom: row.confirmed_at === null ? row.first_on : addDays(dayOfOffice(row.confirmed_at), -row.grace_days),
  };
}

/** An invoice as it is held against agreements: with what was said of it, and what it holds since nothing was in question. */
export interface CoverageSubject {
  readonly invoice: Invoice;
  readonly loaded: LoadedInvoice;
  readonly corrections: readonly Correction[];
  /** Since when it holds its place, as it still is; null while it holds none. Later ones do not push it out. */
  readonly claimedAt: string | null;
}

/**
 * What was agreed with an invoice's supplier covers it, or does not; null where nothing is about it. Whoever decides by this
 * has taken the organization's turn, so that of two bills of one period the second sees the first.
 */
export async function findCoverage(
  office: Office,
  transaction: Transaction,
  { invoice, loaded, corrections, claimedAt }: CoverageSubject,
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
  const before = claimedAt === null ? null : ((loaded.row.assessment as Assessment | null)?.agreement ?? null);
  // Accepted as none of the bills: what came since does not ask again.
  if (before?.bills !== undefined) return before;
  const held: AgreementBill | null = before?.expectedOn == null ? null : { agreementId: before.agreementId, expectedOn: before.expectedOn };
  const said = corrections.findLast(({ field }) => field === 'agreementBill')?.value as AgreementBill | undefined;
  const claims = await loadClaims(transaction, { supplierIds: [invoice.supplierId], claimedBefore: claimedAt });
  return coverInvoice({
    invoice,
    agreements: rows.map(toAgreement),
    claims: claims.filter(({ invoiceId }) => invoiceId !== invoice.id),
    reading: await readingOf(office, transaction, loaded),
    bill: said ?? held,
  });
}

async function readingOf(office: Office, transaction: Transaction, { row }: LoadedInvoice): ReturnType<typeof loadReading> {
  const document = await transaction.selectFrom('documents').select('reading_sha256').where('id', '=', row.document_id).executeTakeFirst();
  return document === undefined ? null : await loadReading(office, document);
}

/**
 * Bills that came under an agreement and were not rejected; `isAsked` are those that took no place, because something about
 * them is still in question or they took theirs later.
 *
 * @param look.supplierIds - at least one; what finds them by index, as no JSON path can under row-level security.
 * @param look.claimedBefore - only what took its place before then holds it; null counts all.
 */
export async function loadClaims(
  transaction: Transaction,
  look: { readonly supplierIds: readonly string[]; readonly claimedBefore: string | null },
): Promise<AgreementClaim[]> {
  const rows = await transaction
    .selectFrom('invoices')
    .select(['id', 'number', 'gross', 'currency'])
    .select(sql<string>`assessment -> 'agreement' ->> 'agreementId'`.as('agreementId'))
    .select(sql<string | null>`assessment -> 'agreement' ->> 'expectedOn'`.as('expectedOn'))
    .select(sql<string | null>`assessment -> 'agreement' ->> 'servedFrom'`.as('servedFrom'))
    .select(sql<string | null>`assessment ->> 'claimedAt'`.as('claimedAt'))
    .where('supplier_id', 'in', [...new Set(look.supplierIds)])
    .where(sql<boolean>`assessment -> 'agreement' ->> 'expectedOn' is not null`)
    .where('status', '<>', 'rejected')
    .execute();
  return rows.flatMap(({ id, number, gross, currency, agreementId, expectedOn, servedFrom, claimedAt }) => {
    if (gross === null || currency === null || expectedOn === null) return [];
    const isAsked = claimedAt === null || (look.claimedBefore !== null && claimedAt >= look.claimedBefore);
    return [
      { agreementId, invoiceId: id, number: number ?? '', expectedOn, gross: roundTo(decimal(gross), currency), isAsked, servedFrom },
    ];
  });
}
