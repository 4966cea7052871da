import {
  domainOf,
  type FraudPolicy,
  type FraudQuestion,
  type Invoice,
  type MailClues,
  type PastInvoice,
  type Supplier,
} from '#domain/accounts-payable';
import { decimal, roundTo } from '#domain/money';
import { limitsIn, type CompiledPolicy } from '#domain/policy';
import type { Transaction } from '#platform';
import type { LoadedInvoice } from './invoices.ts';
import { loadPolicy } from './policies.ts';

/** Who let a held invoice pass, by the key of what was held; with their reasons. */
type GatePasses = ReadonlyMap<string, readonly { readonly memberId: string; readonly name: string; readonly reason: string }[]>;

/** What fraud gates are asked about one invoice. */
export interface FraudFacts {
  readonly question: FraudQuestion;
  readonly policy: FraudPolicy;
  readonly passes: GatePasses;
}

/** As many as show a habit; older ones no longer do. */
const mostPast = 200;
/** More payments say no more about an office. */
const mostPayments = 1000;

/** What the office knows of a supplier, its mail and its payments; of the account, whether it is a verified one. */
export async function loadFraudFacts(
  transaction: Transaction,
  loaded: LoadedInvoice,
  invoice: Invoice,
  suppliers: {
    readonly own: Supplier;
    readonly all: readonly Supplier[];
    readonly isAccountVerified: boolean;
    readonly policy: CompiledPolicy;
  },
): Promise<FraudFacts> {
  const { own, all, isAccountVerified } = suppliers;
  const { past, earlierSenders } = await loadPast(transaction, loaded.row.id, own.id);
  const policy = (await loadPolicy(transaction, 'fraud')).content;
  const question: FraudQuestion = {
    supplier: own,
    knownDomains: all.flatMap(({ name, emailDomains }) => emailDomains.map((domain) => ({ domain, supplierName: name }))),
    mail: await loadMail(transaction, loaded),
    ownDomains: await loadOwnDomains(transaction),
    invoice: { ...invoice, isOrdered: loaded.row.po_number !== null },
    isAccountVerified,
    past,
    earlierSenders,
    paid: await countPaid(transaction, own.id),
    limits: { currency: invoice.gross.currency, limitsMinor: limitsIn(suppliers.policy, invoice.gross.currency) },
    today: loaded.row.created_at.toISOString().slice(0, 10),
  };
  return { question, policy, passes: await loadPasses(transaction, loaded.row.id) };
}

async function loadPast(
  transaction: Transaction,
  invoiceId: string,
  supplierId: string,
): Promise<{ readonly past: readonly PastInvoice[]; readonly earlierSenders: readonly string[] }> {
  const rows = await transaction
    .selectFrom('invoices')
    .select(['document_id', 'number', 'issued_on', 'gross', 'currency', 'status', 'po_number'])
    .where('supplier_id', '=', supplierId)
    .where('id', '<>', invoiceId)
    .where('kind', '=', 'invoice')
    .where('status', '<>', 'rejected')
    .orderBy('created_at', 'desc')
    .limit(mostPast)
    .execute();
  const isSettled = (status: string): boolean => status === 'approved' || status === 'scheduled' || status === 'paid';
  const past = rows.flatMap(({ number, issued_on: issuedOn, gross, currency, status, po_number: order }) =>
    number === null || issuedOn === null || gross === null || currency === null
      ? []
      : [{ number, issuedOn, gross: roundTo(decimal(gross), currency), isSettled: isSettled(status), isOrdered: order !== null }],
  );
  const settled = rows.filter(({ status }) => isSettled(status)).map((row) => row.document_id);
  const mails = new Map((await loadSenders(transaction, settled)).map((row) => [row.id, row.sender_address]));
  return { past, earlierSenders: [...mails.values()].filter((address) => address !== null) };
}

/** By their keys: joined with all invoices, a database without statistics read every mail for each of them. */
async function loadSenders(
  transaction: Transaction,
  documentIds: readonly string[],
): Promise<readonly { readonly id: string; readonly sender_address: string | null }[]> {
  if (documentIds.length === 0) return [];
  const documents = await transaction
    .selectFrom('documents')
    .select('event_id')
    .where('id', 'in', [...documentIds])
    .execute();
  const eventIds = documents.map((row) => row.event_id);
  return await transaction.selectFrom('events').select(['id', 'sender_address']).where('id', 'in', eventIds).execute();
}

async function loadMail(transaction: Transaction, { eventId, senderAddress }: LoadedInvoice): Promise<MailClues | null> {
  const event = await transaction
    .selectFrom('events')
    .select(['kind', 'reply_to', 'authentication_results'])
    .where('id', '=', eventId)
    .executeTakeFirstOrThrow();
  if (event.kind !== 'mail') return null;
  return { sender: senderAddress, replyTo: event.reply_to, authenticationResults: event.authentication_results };
}

async function loadOwnDomains(transaction: Transaction): Promise<readonly string[]> {
  const members = await transaction.selectFrom('members').select('email').execute();
  return [...new Set(members.flatMap(({ email }) => domainOf(email) ?? []))];
}

async function countPaid(transaction: Transaction, supplierId: string): Promise<FraudQuestion['paid']> {
  const released = transaction.selectFrom('payments').select('id').where('status', '=', 'released');
  const inAll = await released.limit(mostPayments).execute();
  const toSupplier = await released.where('supplier_id', '=', supplierId).limit(1).execute();
  return { toSupplier: toSupplier.length, inAll: inAll.length };
}

async function loadPasses(transaction: Transaction, invoiceId: string): Promise<GatePasses> {
  const rows = await transaction
    .selectFrom('gate_passes')
    .innerJoin('members', 'members.id', 'gate_passes.member_id')
    .select(['gate_passes.exception_key as key', 'gate_passes.reason', 'members.id as memberId', 'members.name'])
    .where('gate_passes.invoice_id', '=', invoiceId)
    .orderBy('gate_passes.id')
    .execute();
  return Map.groupBy(rows, ({ key }) => key);
}
