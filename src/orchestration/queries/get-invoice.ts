import type { MatchException, MatchResult } from '#domain/accounts-payable';
import type { Equation, ExtractedField, ExtractedLine, Extraction, FieldName } from '#domain/documents';
import type { Actor, Role } from '#domain/identity';
import type { CodedLine } from '../invoices/coding.ts';
import { loadInvoice, type LoadedInvoice } from '../invoices/invoices.ts';
import type { Office } from '../tasks/office.ts';
import { stepBack, type Moment } from '../streams/step-back.ts';
import { ask, found, type OfficeTransaction } from './ask.ts';
import { codersOf, toCodedLines } from './rows/coding-rows.ts';
import { toProblems } from './rows/document-rows.ts';
import { correctorsOf, toFieldViews, toLineViews } from './rows/field-views.ts';
import { findInvoices } from './rows/invoice-rows.ts';
import { moneyView, plainDecimal } from './numbers.ts';
import { findOrderLines } from './rows/order-line-rows.ts';
import { selectPayments, toPayments } from './rows/payment-rows.ts';
import { findPeople, personOf, type People } from './rows/people.ts';
import { toTasks } from './rows/task-rows.ts';
import type { AllocationView, ApprovalView, EquationView, InvoiceDetailView, MatchView } from './views.ts';

/** What the invoice workflow writes into `invoices.assessment`, as far as it is shown. */
interface StoredAssessment {
  readonly supplier: { readonly supplierId: string | null; readonly confidence: number; readonly reason: string } | null;
  readonly match: Pick<MatchResult, 'kind' | 'outcome' | 'coveredBy'> | null;
  readonly exceptions: readonly (MatchException & { readonly acceptedBy: string | null })[];
  readonly coding?: readonly CodedLine[] | null;
  readonly automation: readonly string[];
  readonly requiredSteps: readonly Role[];
}

const notAssessed: StoredAssessment = { supplier: null, match: null, exceptions: [], automation: [], requiredSteps: [] };

/**
 * One invoice with everything its review page shows: values with their grounds, the match, approvals, tasks, payment.
 *
 * @param moment - shows it as it was then; its tasks are left out, because they keep no past.
 * @throws DH_ORCHESTRATION_NOT_FOUND
 */
export async function getInvoice(
  office: Office,
  actor: Actor,
  invoiceId: string,
  moment: Moment | null = null,
): Promise<InvoiceDetailView> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const seen = moment === null ? null : await stepBack(transaction, invoiceId, moment);
    const loaded = await loadInvoice(transaction, invoiceId);
    const summary = found((await findInvoices(transaction, [invoiceId])).get(invoiceId), 'invoice', invoiceId);
    const assessment: StoredAssessment = { ...notAssessed, ...(loaded.row.assessment as Partial<StoredAssessment> | null) };
    const approvals = await transaction.selectFrom('approvals').selectAll().where('invoice_id', '=', invoiceId).orderBy('id').execute();
    const people = await findPeople(transaction, [
      ...correctorsOf(loaded.values),
      ...assessment.exceptions.map((exception) => exception.acceptedBy),
      ...approvals.map((approval) => approval.member_id),
      ...codersOf(assessment.coding ?? []),
    ]);
    const events = await eventsOfApprovals(transaction, invoiceId);
    const tasks =
      seen === null
        ? await transaction.selectFrom('tasks').selectAll().where('invoice_id', '=', invoiceId).orderBy('created_at').execute()
        : [];
    const payments = await selectPayments(transaction).where('payments.invoice_id', '=', invoiceId).execute();
    const [payment = null] = await toPayments(transaction, payments);
    return {
      ...summary,
      version: loaded.row.version,
      fields: toFieldViews(loaded.values, people),
      lines: toLineViews(loaded.values, people),
      equations: equationsOf(loaded),
      problems: toProblems(loaded.extraction?.problems),
      language: loaded.extraction?.language ?? null,
      extractorVersion: loaded.extraction?.extractorVersion ?? null,
      consultation: consultationOf(loaded),
      supplier: supplierOf(assessment, summary),
      purchaseOrderId: loaded.row.purchase_order_id,
      match: await toMatch(transaction, loaded, assessment, people),
      coding: assessment.coding == null ? null : toCodedLines(assessment.coding, people),
      automation: [...assessment.automation],
      approvals: approvals.map((approval) => toApproval(approval, people, events.get(approval.id) ?? null)),
      requiredSteps: [...assessment.requiredSteps],
      payment,
      tasks: await toTasks(office, transaction, actor, tasks),
      messageId: loaded.eventId,
      seen,
    };
  });
}

/** The event of each approval, to look at the invoice as it was then. Older approvals have none of their own. */
async function eventsOfApprovals(transaction: OfficeTransaction, invoiceId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await transaction
    .selectFrom('stream_events')
    .select(['sequence', 'data'])
    .where('stream_id', '=', invoiceId)
    .where('type', '=', 'approval.decided')
    .execute();
  return new Map(rows.map(({ sequence, data }) => [(data as { id: string }).id, Number(sequence)]));
}

function consultationOf({ extraction }: LoadedInvoice): InvoiceDetailView['consultation'] {
  const told = extraction?.consultation;
  return told === undefined ? null : { ...told, asked: [...told.asked] };
}

function equationsOf({ extraction }: LoadedInvoice): InvoiceDetailView['equations'] {
  const equations = extraction?.proof.equations ?? [];
  return equations.map((equation) => ({
    rule: equation.rule,
    text: equation.text,
    holds: equation.holds,
    fields: [...equation.fields],
    places: placesOf(equation, extraction),
    tolerance: equation.rounding === undefined || equation.rounding.kind === 'none' ? null : equation.rounding.tolerance,
  }));
}

/** Where the figures are printed: those of the card, or, for check digits and older cards, the places of the fields it speaks about. */
function placesOf({ operands, result, fields }: Equation, extraction: Extraction | null): EquationView['places'] {
  const figures = result === undefined ? [] : [...(operands ?? []), result];
  const shown = figures.flatMap((figure) => figure.parts ?? figure).flatMap(({ place }) => place ?? []);
  const named = fields.flatMap((name) => fieldNamed(extraction, name)?.evidence ?? []);
  return (shown.length > 0 ? shown : named).map(({ page, box }) => ({ page, box: [...box] }));
}

function fieldNamed(extraction: Extraction | null, name: string): ExtractedField | undefined {
  const [, index, column] = /^lines\.(\d+)\.(\w+)$/.exec(name) ?? [];
  if (index === undefined) return extraction?.fields[name as FieldName];
  return extraction?.lines[Number(index)]?.[column as keyof ExtractedLine];
}

function supplierOf(
  { supplier }: StoredAssessment,
  { supplierId, supplierName }: Pick<InvoiceDetailView, 'supplierId' | 'supplierName'>,
): InvoiceDetailView['supplier'] {
  if (supplierId === null) return null;
  const isRecognised = supplier?.supplierId === supplierId;
  return {
    id: supplierId,
    name: supplierName ?? supplierId,
    reason: isRecognised ? supplier.reason : 'A person said so.',
    confidence: isRecognised ? supplier.confidence : 1,
  };
}

async function toMatch(
  transaction: OfficeTransaction,
  { row }: LoadedInvoice,
  { match, exceptions }: StoredAssessment,
  people: People,
): Promise<MatchView | null> {
  if (match === null && exceptions.length === 0) return null;
  return {
    kind: match?.kind ?? 'none',
    outcome: match?.outcome ?? 'exception',
    coveredBy: match?.coveredBy ?? null,
    allocations: match === null ? [] : await findAllocations(transaction, row.id, row.currency ?? ''),
    exceptions: exceptions.map(({ reason, line, expected, found: actual, difference, message, acceptedBy }) => ({
      reason,
      line,
      expected,
      found: actual,
      difference,
      message,
      acceptedBy: personOf(people, acceptedBy),
    })),
  };
}

async function findAllocations(transaction: OfficeTransaction, invoiceId: string, currency: string): Promise<AllocationView[]> {
  const rows = await transaction
    .selectFrom('allocations')
    .selectAll()
    .where('invoice_id', '=', invoiceId)
    .orderBy('invoice_line')
    .orderBy('purchase_order_line_id')
    .execute();
  const orderLines = await findOrderLines(transaction, { lineIds: rows.map((row) => row.purchase_order_line_id) }, invoiceId);
  const byId = new Map(orderLines.map((line) => [line.id, line]));
  return rows.flatMap((row) => {
    const line = byId.get(row.purchase_order_line_id);
    if (line === undefined) return [];
    const { id, position, description, unit } = line;
    return {
      invoiceLine: row.invoice_line,
      orderLine: { id, position, description, unit, quantity: plainDecimal(line.quantity), unitPrice: plainDecimal(line.unit_price) },
      receivedQuantity: plainDecimal(line.received),
      invoicedQuantity: plainDecimal(line.invoiced),
      quantity: plainDecimal(row.quantity),
      amount: moneyView(row.amount, currency),
      reason: row.reason,
    };
  });
}

function toApproval(
  row: {
    readonly step: number;
    readonly role: string;
    readonly decision: ApprovalView['decision'];
    readonly member_id: string | null;
    readonly created_at: Date;
    readonly note: string | null;
  },
  people: People,
  event: number | null,
): ApprovalView {
  return {
    step: row.step,
    role: row.role as Role,
    decision: row.decision,
    member: personOf(people, row.member_id),
    at: row.created_at.toISOString(),
    note: row.note,
    event,
  };
}
