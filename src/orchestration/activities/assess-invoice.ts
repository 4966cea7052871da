import { createHash } from 'node:crypto';
import {
  checkBankAccount,
  routeException,
  type AgreementCoverage,
  type BankAccountCheck,
  type ExceptionChoice,
  type Invoice,
  type PurchaseOrder,
  type Supplier,
} from '#domain/accounts-payable';
import { formatMoney } from '#domain/money';
import { findCoverage } from '../agreements/load-agreements.ts';
import { appendAudit, settleWork, type Transaction } from '#platform';
import {
  assess,
  identifySupplier,
  nextQuestions,
  type Assessment,
  type AssessmentFacts,
  type KeyedException,
} from '../invoices/assessment.ts';
import type { ActivityContext } from '../flow.ts';
import { lastSaid } from '../invoices/coding.ts';
import { loadCodeLists, loadCodingModel } from '../invoices/coding-history.ts';
import { loadFraudFacts } from '../invoices/fraud-facts.ts';
import { loadTaxFacts } from '../invoices/tax-facts.ts';
import { loadCorrections, loadInvoice, loadSuppliers, toDomainInvoice, type LoadedInvoice } from '../invoices/invoices.ts';
import { lockInvoice, takeTurn } from '../locks.ts';
import type { Office } from '../tasks/office.ts';
import { keepMatching } from '../policy/decision-facts.ts';
import { policyInForce } from '../policy/policy-in-force.ts';
import { todayOf } from '../today.ts';
import { cancelOpenTasks, openTask } from '../tasks/tasks.ts';
import { titleOf } from '../wording.ts';
import { append } from '../streams/append.ts';
import { loadComparableInvoices } from './comparable-invoices.ts';
import { findOrders } from './find-orders.ts';
import { once } from './once.ts';

interface Input {
  readonly organizationId: string;
  readonly invoiceId: string;
}
export interface AssessOutcome {
  /** `approved`: it was, and its payment is still to be scheduled. */
  readonly outcome: 'clean' | 'asking' | 'approved' | 'closed';
}

const settled = new Set(['rejected', 'scheduled', 'paid']);

/**
 * Looks at an invoice with everything known now: whose it is, whether it repeats another, whether it matches its order,
 * where the money would go. What a person must decide becomes tasks; questions that no longer stand are taken back.
 */
export async function assessInvoice(
  office: Office,
  context: ActivityContext,
  { organizationId, invoiceId }: Input,
): Promise<AssessOutcome> {
  return once(office, context, organizationId, async (transaction) => {
    await lockInvoice(transaction, invoiceId);
    const loaded = await loadInvoice(transaction, invoiceId);
    const end = settled.has(loaded.row.status) ? 'closed' : loaded.row.status === 'approved' ? 'approved' : null;
    if (end !== null) {
      await settleWork(transaction, context.workflowId);
      return { outcome: end };
    }
    await takeTurn(transaction, organizationId);
    const { assessment, order, supplier } = await assessNow(office, transaction, organizationId, loaded);
    const supplierId = supplier?.id ?? null;
    const questions = nextQuestions(assessment.exceptions);
    await store(transaction, loaded, { assessment, order, supplierId });
    const work = {
      organizationId,
      workflowId: context.workflowId,
      bankAccount: assessment.bankAccount,
      bills: assessment.agreement?.bills ?? [],
      supplier,
    };
    const asked = await ask(transaction, work, loaded, questions, order);
    // An approval that waits belongs to the next step, which keeps or replaces it itself.
    if (questions.length > 0) await cancelOpenTasks(transaction, invoiceId, asked);
    else await cancelQuestions(transaction, invoiceId);
    await settleWork(transaction, context.workflowId);
    await appendAudit(transaction, organizationId, office.clock.now(), {
      actor: 'deskhand',
      action: 'invoice.assessed',
      subjects: [invoiceId, loaded.row.document_id],
      details: {
        outcome: questions.length === 0 ? 'clean' : 'asking',
        match: assessment.match?.kind ?? null,
        purchaseOrderId: order?.id ?? null,
        supplierId,
        ...(assessment.match?.coveredBy === undefined ? {} : { coveredBy: assessment.match.coveredBy }),
        reasons: [...new Set(questions.map((question) => question.reason))],
      },
    });
    return { outcome: questions.length === 0 ? 'clean' : 'asking' };
  });
}

async function assessNow(
  office: Office,
  transaction: Transaction,
  organizationId: string,
  loaded: LoadedInvoice,
): Promise<{ assessment: Assessment; order: PurchaseOrder | null; supplier: Supplier | null }> {
  const corrections = await loadCorrections(transaction, loaded.row.id);
  const chosen = corrections.findLast((correction) => correction.field === 'supplierId');
  const chosenSupplierId = chosen === undefined ? null : String(chosen.value);
  const suppliers = await loadSuppliers(transaction);
  const { supplierId } = identifySupplier({ loaded, suppliers, chosenSupplierId });
  const invoice = withSupplier(toDomainInvoice(loaded), supplierId);
  const claimedAt = heldClaim(loaded);
  const [order = null, ...moreOrders] = await findOrders(transaction, loaded.row, claimedAt);
  const agreement =
    invoice === null || order !== null ? null : await findCoverage(office, transaction, { invoice, loaded, corrections, claimedAt });
  const supplier = suppliers.find((candidate) => candidate.id === supplierId) ?? null;
  const inForce = await policyInForce(transaction, todayOf(office.clock));
  const facts = {
    loaded,
    invoice,
    suppliers,
    chosenSupplierId,
    order,
    moreOrders,
    agreement,
    earlier: invoice === null ? [] : await loadComparableInvoices(transaction, invoice),
    tolerance: inForce.tolerance,
    coding: await loadCoding(transaction, organizationId, loaded, corrections),
    accepted: await loadAccepted(transaction, loaded.row.id),
    tax: invoice === null ? null : await loadTaxFacts(transaction, loaded, supplier),
    fraud:
      supplier === null || invoice?.kind !== 'invoice'
        ? null
        : await loadFraudFacts(transaction, loaded, invoice, {
            own: supplier,
            all: suppliers,
            isAccountVerified: checkBankAccount(loaded.row.iban, supplier).accountId !== null,
            policy: inForce.policy,
          }),
  };
  if (invoice !== null)
    await keepMatching(
      transaction,
      organizationId,
      loaded.row.id,
      { invoice, order, moreOrders, agreement, tolerance: inForce.tolerance },
      office.clock.now(),
    );
  const found = assess(facts);
  const isClean = nextQuestions(found.exceptions).length === 0;
  const claim = isClean ? (claimedAt ?? new Date().toISOString()) : null;
  const assessment = { ...found, automation: [], requiredSteps: [], version: loaded.row.version, claimedAt: claim };
  return { assessment, order, supplier };
}

/** What its lines are coded by; null where the organization keeps no accounts here. */
async function loadCoding(
  transaction: Transaction,
  organizationId: string,
  { row }: LoadedInvoice,
  corrections: Parameters<typeof lastSaid>[0],
): Promise<AssessmentFacts['coding']> {
  const lists = await loadCodeLists(transaction);
  if (lists === null) return null;
  const earlier = row.assessment as Assessment | null;
  const before = earlier?.version === row.version ? (earlier.coding ?? []) : [];
  return { lists, model: await loadCodingModel(transaction, organizationId), said: lastSaid(corrections), before };
}

/** Since when this invoice, as it still is, takes its share of the order: later ones do not push it out. */
function heldClaim({ row }: LoadedInvoice): string | null {
  const earlier = row.assessment as Assessment | null;
  return earlier?.version === row.version ? (earlier.claimedAt ?? null) : null;
}

function withSupplier(invoice: Invoice | null, supplierId: string | null): Invoice | null {
  return invoice === null ? null : { ...invoice, supplierId };
}

/** What people accepted of this invoice, by exception key. */
async function loadAccepted(transaction: Transaction, invoiceId: string): Promise<Map<string, string>> {
  const tasks = await transaction
    .selectFrom('tasks')
    .select(['facts', 'decided_by'])
    .where('invoice_id', '=', invoiceId)
    .where('kind', '=', 'exception')
    .where('status', '=', 'done')
    .where('decision', 'in', ['accept', 'keep-on-file'])
    .execute();
  return new Map(
    tasks.flatMap((task) =>
      ((task.facts as { exceptionKeys?: string[] }).exceptionKeys ?? []).map((key) => [key, task.decided_by ?? ''] as const),
    ),
  );
}

async function store(
  transaction: Transaction,
  { row }: LoadedInvoice,
  found: { assessment: Assessment; order: PurchaseOrder | null; supplierId: string | null },
): Promise<void> {
  const { assessment, order, supplierId } = found;
  const stored: unknown = JSON.parse(
    JSON.stringify(assessment, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
  );
  const allocations = (assessment.match?.allocations ?? []).map((allocation) => ({
    invoice_line: allocation.invoiceLine,
    purchase_order_line_id: allocation.purchaseOrderLineId,
    quantity: allocation.quantity.toFixed(),
    amount: formatMoney(allocation.amount),
    reason: allocation.reason,
  }));
  const data = {
    assessment: stored,
    supplier_id: supplierId,
    purchase_order_id: order?.id ?? null,
    allocations,
    isInQuestion: assessment.claimedAt === null,
  };
  await append(transaction, { kind: 'invoice', id: row.id, actor: 'deskhand', events: [{ type: 'invoice.assessed', data }] });
}

/** One task for all exceptions of one reason: Ana decides "three prices are higher" once. @returns the ids of the tasks that stand. */
async function ask(
  transaction: Transaction,
  work: {
    readonly organizationId: string;
    readonly workflowId: string;
    readonly bankAccount: BankAccountCheck | null;
    readonly bills: NonNullable<AgreementCoverage['bills']>;
    readonly supplier: Supplier | null;
  },
  { row, eventId }: LoadedInvoice,
  questions: readonly KeyedException[],
  order: PurchaseOrder | null,
): Promise<string[]> {
  const asked: string[] = [];
  for (const [reason, exceptions] of Map.groupBy(questions, (question) => question.reason)) {
    const [first] = exceptions;
    if (first === undefined) continue;
    const route = routeException(first, { order });
    const { taskId } = await openTask(transaction, work.organizationId, {
      workflowId: work.workflowId,
      key: `${row.id}:${digestOf(exceptions)}`,
      kind: 'exception',
      reason,
      title: titleOf(reason, { ...row, supplier_name: work.supplier?.name ?? row.supplier_name }, exceptions.length),
      question: `${exceptions.map((exception) => exception.message).join(' ')} ${route.question}`,
      choices: choicesOf(first, route.choices, work.bankAccount),
      role: route.role,
      memberId: route.memberId,
      invoiceId: row.id,
      documentId: row.document_id,
      eventId,
      facts: {
        expected: first.expected,
        found: first.found,
        difference: first.difference,
        line: first.line,
        field: first.field ?? null,
        otherInvoiceId: first.otherInvoiceId ?? null,
        ...(reason === 'agreement-bill' ? { bills: work.bills } : {}),
        iban: isAboutAccount(reason) ? row.iban : null,
        phone: isAboutAccount(reason) ? (work.supplier?.phone ?? null) : null,
        phoneSince: isAboutAccount(reason) ? (work.supplier?.phoneSince ?? null) : null,
        exceptionKeys: exceptions.map((exception) => exception.key),
        why: exceptions.map((exception) => exception.message),
      },
    });
    asked.push(taskId);
  }
  return asked;
}

function digestOf(exceptions: readonly KeyedException[]): string {
  return createHash('sha256')
    .update(JSON.stringify(exceptions.map((exception) => exception.key)))
    .digest('hex')
    .slice(0, 32);
}

/** Only an account that can be one may be verified; "the one on file" means something where there is exactly one. */
function choicesOf(
  exception: KeyedException,
  choices: readonly ExceptionChoice[],
  bankAccount: BankAccountCheck | null,
): readonly ExceptionChoice[] {
  if (!isAboutAccount(exception.reason) || bankAccount === null) return choices;
  const cannot = new Set<ExceptionChoice>([
    ...(bankAccount.onFile.length === 1 ? [] : (['keep-on-file'] as const)),
    ...(bankAccount.outcome === 'changed' ? [] : (['called'] as const)),
  ]);
  return choices.filter((choice) => !cannot.has(choice));
}

function isAboutAccount(reason: string): boolean {
  return reason === 'bank-account-changed' || reason === 'bank-account-called';
}

async function cancelQuestions(transaction: Transaction, invoiceId: string): Promise<void> {
  await transaction
    .updateTable('tasks')
    .set({ status: 'cancelled' })
    .where('invoice_id', '=', invoiceId)
    .where('kind', '=', 'exception')
    .where('status', '=', 'open')
    .execute();
}
