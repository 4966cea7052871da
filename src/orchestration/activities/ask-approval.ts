import { mayApprove, supplierStandingOf, type ApprovalStep, type RequiredApprovals } from '#domain/accounts-payable';
import { decideByTable, type PolicyQuestion } from '#domain/policy';
import { DeskhandError, domainErrors } from '#domain/errors';
import type { Role } from '#domain/identity';
import { decimal, describeMoney, roundTo } from '#domain/money';
import { appendAudit, type Transaction } from '#platform';
import { approvalDigest } from '../invoices/approval-digest.ts';
import { approvalHistory } from '../invoices/approval-history.ts';
import { proofStandingOf } from '../invoices/proof-standing.ts';
import type { Assessment } from '../invoices/assessment.ts';
import type { ActivityContext } from '../flow.ts';
import { loadInvoice, type LoadedInvoice } from '../invoices/invoices.ts';
import { teachBooking } from '../invoices/coding-history.ts';
import { lockInvoice, takeTurn } from '../locks.ts';
import type { Office } from '../tasks/office.ts';
import { keepApproval } from '../policy/decision-facts.ts';
import { policyAskedUnder } from '../policy/policy-asked-under.ts';
import { cancelOpenTasks, openTask } from '../tasks/tasks.ts';
import { describeInvoice } from '../wording.ts';
import { append, reserveIds } from '../streams/append.ts';
import type { NewEvent } from '../streams/events.ts';
import { once } from './once.ts';

interface Input {
  readonly organizationId: string;
  readonly invoiceId: string;
}
export interface ApprovalOutcome {
  /** `closed`: somebody ended it meanwhile. */
  readonly outcome: 'approved' | 'waiting' | 'closed';
}

/** Approves by policy, or asks the next person in the chain; once all have said yes to these very facts it is approved. */
export async function askApproval(
  office: Office,
  context: ActivityContext,
  { organizationId, invoiceId }: Input,
): Promise<ApprovalOutcome> {
  return once(office, context, organizationId, async (transaction) => {
    await lockInvoice(transaction, invoiceId);
    const loaded = await loadInvoice(transaction, invoiceId);
    const { status, version } = loaded.row;
    if (status === 'approved') return { outcome: 'approved' };
    if (status !== 'in-review' && status !== 'awaiting-approval') return { outcome: 'closed' };
    // Changed since it was found clean: the news of the change is on its way and everything is looked at again.
    if ((loaded.row.assessment as Assessment).version !== version) return { outcome: 'waiting' };
    const digest = approvalDigest(loaded);
    const { required, policyVersion } = await requirementsOf(office, transaction, organizationId, loaded, digest);
    const given = await transaction
      .selectFrom('approvals')
      .select(['step', 'member_id'])
      .where('invoice_id', '=', invoiceId)
      .where('digest', '=', digest)
      .where('decision', '=', 'approved')
      .execute();
    const subject = { office, transaction, context, organizationId, loaded, digest, policyVersion, required };
    if (required.automatic) return approve(subject, 'automatic');
    const step = required.steps[given.length];
    if (step === undefined) return approve(subject, 'people');
    const { role, memberId } = await whoIsAsked(transaction, loaded, step, digest);
    await openStep(subject, given.length + 1, role, memberId);
    return { outcome: 'waiting' };
  });
}

interface Subject {
  readonly office: Office;
  readonly transaction: Transaction;
  readonly context: ActivityContext;
  readonly organizationId: string;
  readonly loaded: LoadedInvoice;
  readonly digest: string;
  readonly policyVersion: number;
  readonly required: RequiredApprovals;
}

async function requirementsOf(
  office: Office,
  transaction: Transaction,
  organizationId: string,
  loaded: LoadedInvoice,
  digest: string,
): Promise<{ required: RequiredApprovals; policyVersion: number }> {
  const { policy, version } = await policyAskedUnder(office, transaction, loaded.row.id, digest);
  const question = await questionOf(transaction, loaded);
  await keepApproval(transaction, organizationId, loaded.row.id, { question, version, at: office.clock.now() });
  return { required: decideByTable(question, policy), policyVersion: version };
}

async function questionOf(transaction: Transaction, loaded: LoadedInvoice): Promise<PolicyQuestion> {
  const { row } = loaded;
  const assessment = row.assessment as Assessment;
  const { gross, currency } = row;
  if (gross === null || currency === null)
    throw new DeskhandError(domainErrors.impossible, 'A clean invoice has no total.', { details: { invoiceId: row.id } });
  const supplier = await supplierOf(transaction, row.supplier_id);
  const { outcome, exceptions, coveredBy } = assessment.match ?? { outcome: 'exception' as const, exceptions: [] };
  return {
    gross: roundTo(decimal(gross), currency),
    match: { outcome, exceptions, ...(coveredBy === undefined ? {} : { coveredBy }) },
    proofStanding: await proofStandingOf(transaction, loaded),
    supplierStanding: supplierStandingOf({ supplierId: row.supplier_id }, assessment.bankAccount),
    warnings: assessment.warnings ?? [],
    supplierNumber: supplier?.number ?? null,
  };
}

async function approve(subject: Subject, how: 'automatic' | 'people'): Promise<ApprovalOutcome> {
  const { office, transaction, organizationId, loaded, digest, policyVersion, required } = subject;
  const { row } = loaded;
  const [id = ''] = how === 'automatic' ? await reserveIds(transaction, 'approvals', 1) : [];
  const byPolicy: NewEvent = {
    type: 'approval.decided',
    data: {
      id,
      step: 0,
      role: 'automatic',
      member_id: null,
      decision: 'automatic',
      digest,
      policy_version: policyVersion,
      note: required.reasons.join(' '),
    },
  };
  const approved: NewEvent = { type: 'invoice.approved', data: { assessment: assessmentOf(subject) } };
  await tell(subject, ...(how === 'automatic' ? [byPolicy, approved] : [approved]));
  await cancelOpenTasks(transaction, row.id);
  await teach(subject, how === 'people');
  await appendAudit(transaction, organizationId, office.clock.now(), {
    actor: 'deskhand',
    action: 'invoice.approved',
    subjects: [row.id, row.document_id],
    details: { how, digest, policyVersion: required.policyVersion, reasons: required.reasons },
  });
  return { outcome: 'approved' };
}

/** How its lines are booked is learned from, now that it is approved. */
async function teach({ transaction, organizationId, loaded }: Subject, byPeople: boolean): Promise<void> {
  const { coding } = loaded.row.assessment as Assessment;
  if (coding == null) return;
  await takeTurn(transaction, organizationId);
  await teachBooking(transaction, organizationId, loaded, { lines: coding, byPeople });
}

async function openStep(subject: Subject, step: number, role: Role, memberId: string | null): Promise<void> {
  const { office, transaction, context, organizationId, loaded, digest, required, policyVersion } = subject;
  const { row, eventId } = loaded;
  const key = `${row.id}:approval:${step}:${digest.slice(0, 16)}`;
  const total = describeMoney(roundTo(decimal(row.gross ?? '0'), row.currency ?? 'EUR'));
  const payee = await supplierName(subject);
  await tell(subject, { type: 'approval.asked', data: { assessment: assessmentOf(subject) } });
  const { taskId, isNew } = await openTask(transaction, organizationId, {
    workflowId: context.workflowId,
    key,
    kind: 'approval',
    reason: 'approval',
    title: `Approve ${total} · ${describeInvoice({ ...row, supplier_name: payee })}`,
    question: row.kind === 'credit-note' ? `May the credit of ${total} by ${payee} be kept?` : `May ${total} be paid to ${payee}?`,
    choices: ['approve', 'reject'],
    role,
    memberId,
    invoiceId: row.id,
    documentId: row.document_id,
    eventId,
    dueOn: row.due_on,
    facts: {
      step,
      digest,
      policyVersion,
      why: required.reasons,
      warnings: (loaded.row.assessment as Assessment).warnings ?? [],
      ifYes: ifYes(row.kind, step, required),
    },
  });
  await cancelOpenTasks(transaction, row.id, [taskId]);
  if (!isNew) return;
  await appendAudit(transaction, organizationId, office.clock.now(), {
    actor: 'deskhand',
    action: 'approval.asked',
    subjects: [row.id, row.document_id, taskId],
    details: { step, of: required.steps.length, role, digest },
  });
}

/** As on file: the page may print a brand, the money goes to the supplier. */
async function supplierName({ transaction, loaded: { row } }: Subject): Promise<string> {
  return (await supplierOf(transaction, row.supplier_id))?.name ?? row.supplier_name ?? 'this supplier';
}

async function supplierOf(transaction: Transaction, id: string | null): Promise<{ readonly name: string; readonly number: string } | null> {
  if (id === null) return null;
  return await transaction.selectFrom('suppliers').select(['name', 'number']).where('id', '=', id).executeTakeFirstOrThrow();
}

function ifYes(kind: string, step: number, required: RequiredApprovals): string {
  if (step < required.steps.length) return 'A second person is asked; then the payment is scheduled.';
  if (kind === 'credit-note') return 'It is kept as a credit; nothing is paid.';
  return 'The payment is scheduled to the account on file. Money leaves only when the controller releases a payment run.';
}

async function tell({ transaction, context, loaded }: Subject, ...events: readonly NewEvent[]): Promise<void> {
  await append(transaction, { kind: 'invoice', id: loaded.row.id, actor: 'deskhand', causedBy: context.idempotencyKey, events });
}

/** As stored, with what was asked of people and why. */
function assessmentOf({ loaded, required }: Subject): Assessment {
  return {
    ...(loaded.row.assessment as Assessment),
    automation: required.reasons,
    requiredSteps: required.steps.map((step) => step.role),
  };
}

/** The person the policy names, while they may; when everyone of the role corrected the amount or approved a step, the next role up. */
async function whoIsAsked(
  transaction: Transaction,
  { row }: LoadedInvoice,
  { role, email }: ApprovalStep,
  digest: string,
): Promise<{ readonly role: Role; readonly memberId: string | null }> {
  const members = await transaction.selectFrom('members').select(['id', 'roles', 'email']).execute();
  const history = await approvalHistory(transaction, row.id, digest);
  const mayAs = (wanted: Role) => (member: (typeof members)[number]) =>
    mayApprove({ memberId: member.id, roles: member.roles as Role[] }, { role: wanted }, history).allowed;
  const named = members.find((member) => member.email.toLowerCase() === email?.toLowerCase());
  if (named !== undefined && mayAs(role)(named)) return { role, memberId: named.id };
  const upwards: readonly Role[] = ['office-manager', 'approver', 'controller'];
  const candidates = [role, ...upwards.slice(upwards.indexOf(role) + 1)];
  const possible = candidates.find((candidate) => members.some((member) => member.roles.includes(candidate) && mayAs(candidate)(member)));
  return { role: possible ?? role, memberId: null };
}
