import {
  approvalsFor,
  isAutomatic,
  obstaclesTo,
  supplierStandingOf,
  whatIf,
  whyAsked,
  type AutomationFacts,
  type MatchException,
} from '#domain/accounts-payable';
import { decideByTable } from '#domain/policy';
import type { Actor, Role } from '#domain/identity';
import type { Assessment, KeyedException } from '../invoices/assessment.ts';
import { findCoverage } from '../agreements/load-agreements.ts';
import { findOrders } from '../activities/find-orders.ts';
import { loadCorrections, loadInvoice, toDomainInvoice, type LoadedInvoice } from '../invoices/invoices.ts';
import { proofStandingOf } from '../invoices/proof-standing.ts';
import { policyInForce } from '../policy/policy-in-force.ts';
import { todayOf } from '../today.ts';
import type { Office } from '../tasks/office.ts';
import { ask, type OfficeTransaction } from './ask.ts';
import { findPeople, personOf } from './rows/people.ts';
import type { Person } from './views.ts';

export interface WhyView {
  /** It went on, or would go on, without anybody. */
  isAutomatic: boolean;
  /** One sentence for each question that was put to a person. */
  asked: { taskId: string; title: string; who: Person | null; role: Role; isOpen: boolean; why: string }[];
  /** What kept it from going on by itself. */
  obstacles: string[];
  /** What would have made it automatic, least first; empty when it was, or nothing would have. */
  whatIf: string[];
  /** In place of those, where there are none. */
  note: string | null;
}

/**
 * Why people were asked about an invoice, why it did not go on by itself, and what would have been enough: the rules run
 * again, now, on what is known now.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND
 */
export async function getWhy(office: Office, actor: Actor, invoiceId: string): Promise<WhyView> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const loaded = await loadInvoice(transaction, invoiceId);
    const facts = await factsOf(office, transaction, loaded);
    const asked = await askedOf(transaction, loaded, facts);
    if (facts === null) return { isAutomatic: false, asked, obstacles: unread(loaded), whatIf: [], note: null };
    const went = isAutomatic(facts);
    const changes = whatIf(facts).map(({ sentence }) => sentence);
    return {
      isAutomatic: went,
      asked,
      obstacles: [...obstaclesTo(facts)],
      whatIf: changes,
      note: withAgreement(facts, noteOf(facts, went, changes, asked.length)),
    };
  });
}

/** What was agreed goes before what follows from it. */
function withAgreement({ agreement = null }: AutomationFacts, note: string | null): string | null {
  if (agreement === null || agreement.exceptions.length > 0) return note;
  return note === null ? agreement.sentence : `${agreement.sentence} ${note}`;
}

function noteOf(facts: AutomationFacts, went: boolean, changes: readonly string[], asked: number): string | null {
  if (went && asked > 0) return 'As things are now, it would need nobody: what was in question has been settled since.';
  if (went)
    return `It needed nobody: the ${facts.orders.length === 0 ? 'agreement covers it' : 'order agrees'}, every figure is proven, and the account is on file.`;
  if (changes.length > 0) return null;
  if (facts.invoice.kind === 'credit-note') return 'A credit note always goes to a person.';
  return 'No change of an order, a receipt or a limit alone would have let it through: a person had to look.';
}

/** What is asked about an invoice whose number, day or sums are not known yet. */
function unread({ row }: LoadedInvoice): string[] {
  return [...new Set(assessmentOf(row)?.exceptions.map(({ message }) => message))];
}

/** Older rows, and those that are looked at just now, lack parts of it. */
function assessmentOf(
  row: LoadedInvoice['row'],
): Pick<Assessment, 'bankAccount' | 'match' | 'exceptions' | 'claimedAt' | 'warnings'> | null {
  const stored = row.assessment as Partial<Assessment> | null;
  return stored === null ? null : { bankAccount: null, match: null, exceptions: [], claimedAt: null, ...stored };
}

/** Null while it was not looked at, or a value that the rules need is missing. */
async function factsOf(office: Office, transaction: OfficeTransaction, loaded: LoadedInvoice): Promise<AutomationFacts | null> {
  const { row } = loaded;
  const assessment = assessmentOf(row);
  const read = toDomainInvoice(loaded);
  if (read === null || assessment === null) return null;
  const { policy, tolerance } = await policyInForce(transaction, todayOf(office.clock));
  const supplier =
    row.supplier_id === null
      ? undefined
      : await transaction.selectFrom('suppliers').select('number').where('id', '=', row.supplier_id).executeTakeFirst();
  const invoice = { ...read, supplierId: row.supplier_id };
  const corrections = await loadCorrections(transaction, row.id);
  const orders = await findOrders(transaction, row, assessment.claimedAt, { isLooking: true });
  const ofMatch = new Set(assessment.match?.exceptions.map(keyOf));
  return {
    invoice,
    orders,
    agreement:
      orders.length > 0 ? null : await findCoverage(office, transaction, { invoice, loaded, corrections, claimedAt: assessment.claimedAt }),
    tolerance,
    approvals: (question) => decideByTable({ ...question, supplierNumber: supplier?.number ?? null }, policy),
    proofStanding: await proofStandingOf(transaction, loaded),
    // Nothing is paid for a credit note, so no account is asked for.
    supplierStanding:
      read.kind === 'credit-note' && row.supplier_id !== null
        ? 'account-on-file'
        : supplierStandingOf({ supplierId: row.supplier_id }, assessment.bankAccount),
    warnings: assessment.warnings ?? [],
    questions: assessment.exceptions.filter((exception: KeyedException) => !ofMatch.has(keyOf(exception))),
  };
}

function keyOf({ reason, line, message }: MatchException): string {
  return `${reason} ${line ?? ''} ${message}`;
}

async function askedOf(transaction: OfficeTransaction, { row }: LoadedInvoice, facts: AutomationFacts | null): Promise<WhyView['asked']> {
  const tasks = await transaction
    .selectFrom('tasks')
    .select(['id', 'kind', 'reason', 'title', 'role', 'member_id', 'decided_by', 'status'])
    .where('invoice_id', '=', row.id)
    .where('kind', 'in', ['exception', 'approval'])
    .where('status', '<>', 'cancelled')
    .orderBy('created_at')
    .execute();
  const people = await findPeople(
    transaction,
    tasks.flatMap((task) => [task.member_id, task.decided_by]),
  );
  const steps = facts === null ? [] : approvalsFor(facts).steps;
  const [order] = facts?.orders ?? [];
  return tasks.map((task) => ({
    taskId: task.id,
    title: task.title,
    who: personOf(people, task.decided_by ?? task.member_id),
    role: task.role as Role,
    isOpen: task.status === 'open',
    why: whyAsked({
      kind: task.kind,
      reason: task.reason,
      role: task.role as Role,
      isRequester: task.member_id !== null && task.member_id === order?.requesterId,
      orderNumber: order?.number ?? null,
      gross: facts?.invoice.gross ?? null,
      steps,
    }),
  }));
}
