import {
  describeRhythm,
  missingBills,
  proposeAgreement,
  type AgreementClaim,
  type AgreementKind,
  type PastInvoice,
} from '#domain/accounts-payable';
import type { Actor } from '#domain/identity';
import { decimal, formatMoney, roundTo } from '#domain/money';
import type { Transaction } from '#platform';
import { ask, found } from '../queries/ask.ts';
import { findPeople, personOf, type People } from '../queries/rows/people.ts';
import type { Office } from '../tasks/office.ts';
import { todayOf } from '../today.ts';
import { loadClaims, toAgreement, type AgreementRow } from './load-agreements.ts';

interface PersonView {
  id: string;
  name: string;
}

/** An agreement with what came under it and what is missing. Amounts are decimal text in its currency. */
export interface AgreementView {
  id: string;
  supplier: PersonView;
  kind: AgreementKind;
  name: string;
  reference: string | null;
  rhythm: string;
  instalments: { dueOn: string; amount: string }[];
  amount: string;
  currency: string;
  bandAmount: string | null;
  bandPercent: string | null;
  total: string | null;
  firstOn: string;
  validUntil: string | null;
  graceDays: number;
  state: 'waiting' | 'active' | 'ended';
  createdBy: PersonView | null;
  confirmedBy: PersonView | null;
  endedBy: PersonView | null;
  endedBecause: string | null;
  bills: { invoiceId: string; number: string; expectedOn: string; amount: string; currency: string }[];
  missing: { expectedOn: string; label: string }[];
}

/** What looks like a recurring bill of a supplier and was not written down yet. */
export interface AgreementProposalView {
  supplier: PersonView;
  rhythm: 'months' | 'days';
  every: number;
  amount: string;
  currency: string;
  bandPercent: string;
  firstOn: string;
  reason: string;
}

/** Agreements by supplier and name, ended ones last; and what history suggests as further ones. */
export async function listAgreements(
  office: Office,
  actor: Actor,
  { supplierId }: { readonly supplierId?: string | undefined } = {},
): Promise<{ items: AgreementView[]; proposals: AgreementProposalView[] }> {
  return await ask(office, actor, 'master-data:read', async (transaction) => {
    const rows = await transaction
      .selectFrom('agreements')
      .selectAll()
      .$if(supplierId !== undefined, (query) => query.where('supplier_id', '=', supplierId ?? ''))
      .orderBy('name')
      .orderBy('id')
      .execute();
    const today = todayOf(office.clock);
    const items = await toViews(transaction, rows, today);
    const order = { waiting: 0, active: 1, ended: 2 };
    return {
      items: items.toSorted((one, other) => order[one.state] - order[other.state]),
      proposals: await propose(transaction, rows, { supplierId, today }),
    };
  });
}

/** @throws DH_ORCHESTRATION_NOT_FOUND */
export async function getAgreement(office: Office, actor: Actor, agreementId: string): Promise<AgreementView> {
  return await ask(office, actor, 'master-data:read', async (transaction) => {
    const row = found(
      await transaction.selectFrom('agreements').selectAll().where('id', '=', agreementId).executeTakeFirst(),
      'agreement',
      agreementId,
    );
    const [view] = await toViews(transaction, [row], todayOf(office.clock));
    return found(view, 'agreement', agreementId);
  });
}

async function toViews(transaction: Transaction, rows: readonly AgreementRow[], today: string): Promise<AgreementView[]> {
  if (rows.length === 0) return [];
  const claims = await loadClaims(transaction, { supplierIds: rows.map((row) => row.supplier_id), claimedBefore: null });
  const claimsOf = Map.groupBy(claims, ({ agreementId }) => agreementId);
  const people = await findPeople(
    transaction,
    rows.flatMap((row) => [row.created_by, row.confirmed_by, row.ended_by]),
  );
  const suppliers = await namesOf(
    transaction,
    rows.map((row) => row.supplier_id),
  );
  return rows.map((row) => toView(row, { claims: claimsOf.get(row.id) ?? [], people, suppliers, today }));
}

interface ViewFacts {
  readonly claims: readonly AgreementClaim[];
  readonly people: People;
  readonly suppliers: ReadonlyMap<string, string>;
  readonly today: string;
}

function toView(row: AgreementRow, { claims, people, suppliers, today }: ViewFacts): AgreementView {
  const agreement = toAgreement(row);
  const { confirmed_at: confirmedAt, ended_at: endedAt, grace_days: graceDays } = row;
  const isOver = endedAt !== null || (row.valid_until !== null && row.valid_until < today);
  const seen = {
    arrivedFor: claims.map(({ expectedOn }) => expectedOn),
    today,
    graceDays,
  };
  const bills = claims.toSorted((one, other) => other.expectedOn.localeCompare(one.expectedOn));
  return {
    id: row.id,
    supplier: { id: row.supplier_id, name: suppliers.get(row.supplier_id) ?? '' },
    kind: row.kind,
    name: row.name,
    reference: row.reference,
    rhythm: describeRhythm(agreement.rhythm),
    instalments: agreement.rhythm.unit === 'dates' ? agreement.rhythm.instalments.map(toInstalment) : [],
    amount: formatMoney(agreement.amount),
    currency: row.currency,
    bandAmount: row.band_amount === null ? null : formatMoney(roundTo(decimal(row.band_amount), row.currency)),
    bandPercent: row.band_percent === null ? null : decimal(row.band_percent).toFixed(),
    total: agreement.total === null ? null : formatMoney(agreement.total),
    firstOn: row.first_on,
    validUntil: agreement.validUntil,
    graceDays,
    state: isOver ? 'ended' : confirmedAt === null ? 'waiting' : 'active',
    createdBy: personOf(people, row.created_by),
    confirmedBy: personOf(people, row.confirmed_by),
    endedBy: personOf(people, row.ended_by),
    endedBecause: row.ended_because,
    bills: bills.map(({ invoiceId, number, expectedOn, gross }) => ({
      invoiceId,
      number,
      expectedOn,
      amount: formatMoney(gross),
      currency: gross.currency,
    })),
    missing: confirmedAt === null ? [] : missingBills(agreement, seen).map(({ expectedOn, label }) => ({ expectedOn, label })),
  };
}

function toInstalment({ dueOn, amount }: { readonly dueOn: string; readonly amount: Parameters<typeof formatMoney>[0] }): {
  dueOn: string;
  amount: string;
} {
  return { dueOn, amount: formatMoney(amount) };
}

async function namesOf(transaction: Transaction, supplierIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (supplierIds.length === 0) return new Map();
  const rows = await transaction
    .selectFrom('suppliers')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(supplierIds)])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const lookBackDays = 1100;

/** Of suppliers with which nothing is agreed: what their settled invoices without an order look like. */
async function propose(
  transaction: Transaction,
  known: readonly AgreementRow[],
  { supplierId, today }: { readonly supplierId: string | undefined; readonly today: string },
): Promise<AgreementProposalView[]> {
  const agreed = new Set(known.filter((row) => row.ended_at === null).map((row) => row.supplier_id));
  const since = new Date(Date.parse(today) - lookBackDays * 86_400_000).toISOString().slice(0, 10);
  const rows = await transaction
    .selectFrom('invoices')
    .select(['supplier_id', 'number', 'issued_on', 'gross', 'currency'])
    .$if(supplierId !== undefined, (query) => query.where('supplier_id', '=', supplierId ?? ''))
    .where('status', 'in', ['approved', 'scheduled', 'paid'])
    .where('kind', '=', 'invoice')
    .where('purchase_order_id', 'is', null)
    .where('po_number', 'is', null)
    .where('issued_on', '>=', since)
    .execute();
  const past = rows.flatMap((row) =>
    row.supplier_id === null || row.issued_on === null || row.gross === null || row.currency === null || agreed.has(row.supplier_id)
      ? []
      : [{ supplierId: row.supplier_id, invoice: toPast(row.number, row.issued_on, row.gross, row.currency) }],
  );
  const bySupplier = Map.groupBy(past, (one) => one.supplierId);
  const suppliers = await namesOf(transaction, [...bySupplier.keys()]);
  return [...bySupplier].flatMap(([id, own]) => {
    const proposal = proposeAgreement(
      own.map(({ invoice }) => invoice),
      today,
    );
    if (proposal === null) return [];
    const { rhythm, amount, basisPoints, firstOn, reason } = proposal;
    return [
      {
        supplier: { id, name: suppliers.get(id) ?? '' },
        rhythm: rhythm.unit,
        every: rhythm.every,
        amount: formatMoney(amount),
        currency: amount.currency,
        bandPercent: String(basisPoints / 100),
        firstOn,
        reason,
      },
    ];
  });
}

function toPast(number: string | null, issuedOn: string, gross: string, currency: string): PastInvoice {
  return { number: number ?? '', issuedOn, gross: roundTo(decimal(gross), currency), isSettled: true, isOrdered: false };
}
