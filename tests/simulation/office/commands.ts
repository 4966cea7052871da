import { mayApprove } from '#domain/accounts-payable';
import type { Actor } from '#domain/identity';
import type { Mistakes } from '../plan.ts';
import { documentWorkflowId } from '../../../src/orchestration/workflows/names.ts';
import { isApproved } from './approvals.ts';
import {
  cancelTasks,
  digestOf,
  enqueue,
  nextId,
  organizationId,
  row,
  tellNews,
  type EventRow,
  type InvoiceRow,
  type Records,
  type RunRow,
  type SeenFacts,
  type TaskRow,
} from './records.ts';
import { recordAnswer, releaseObstacles } from './runs.ts';

const undecided: ReadonlySet<string> = new Set(['in-review', 'awaiting-approval']);

/** Someone at the office. */
export type Person = Pick<Actor, 'memberId' | 'roles'>;

/** What a person does on a page, as the commands of the product do it: whole or refused. @returns why it was refused; null when it was not. */
export type Refusal = string | null;

export function receiveMessage(records: Records, message: Pick<EventRow, 'externalId' | 'papers'>): void {
  const isKnown = [...records.events.values()].some(({ externalId }) => externalId === message.externalId);
  if (isKnown) return;
  const id = nextId('evt', records.events);
  records.events.set(id, { id, ...message, status: 'received' });
  const input = { organizationId, eventId: id, traceParent: null };
  enqueue(records, { kind: 'start', workflow: 'handle-message', workflowId: `message:${id}`, input });
}

export interface Decision {
  readonly taskId: string;
  readonly decision: string;
  /** The approver's page. */
  readonly seen: SeenFacts | null;
}

export function decideTask(records: Records, person: Person, { taskId, decision, seen }: Decision, mistakes: Mistakes): Refusal {
  const task = row(records.tasks, taskId);
  if (task.status !== 'open') return task.decision === decision && task.decidedBy === person.memberId ? null : 'decided already';
  if (task.memberId !== null && task.memberId !== person.memberId) return 'somebody else has it';
  const refusal = apply(records, person, task, { taskId, decision, seen }, mistakes);
  if (refusal !== null) return refusal;
  Object.assign(task, { status: 'done', decision, decidedBy: person.memberId });
  tellNews(records, task.workflowId, task.id);
  return null;
}

function apply(records: Records, person: Person, task: TaskRow, input: Decision, mistakes: Mistakes): Refusal {
  const { decision } = input;
  const invoice = task.invoiceId === null ? null : row(records.invoices, task.invoiceId);
  if (invoice !== null && !undecided.has(invoice.status)) return 'the invoice is closed';
  if (task.kind === 'failed') {
    if (decision === 'dismiss') setAside(records, task);
    return null;
  }
  if (task.paymentRunId !== null) return decideSubmission(records, person, task, decision);
  if (invoice === null) return null;
  if (task.kind === 'approval') return decideApproval(records, person, task, invoice, input, mistakes);
  if (decision === 'reject') reject(records, invoice, task);
  if (decision === 'accept') invoice.accepted.add(`${task.reason}:${invoice.version}`);
  if (decision === 'assign') {
    invoice.supplierId = 'sup_1';
    invoice.version += 1;
  }
  return null;
}

function decideApproval(
  records: Records,
  person: Person,
  task: TaskRow,
  invoice: InvoiceRow,
  { decision, seen }: Decision,
  mistakes: Mistakes,
): Refusal {
  const digest = digestOf(records, invoice);
  if (mistakes.approvalsCoverAnything !== true && digest !== task.digest) return 'the invoice changed';
  const history = [
    ...records.approvals
      .filter((approval) => approval.invoiceId === invoice.id && approval.digest === digest && approval.decision === 'approved')
      .map(({ memberId }) => ({ kind: 'approved' as const, memberId: memberId ?? '' })),
    ...[...invoice.correctedBy].map((memberId) => ({ kind: 'corrected' as const, memberId, field: 'grossTotal' })),
  ];
  if (!mayApprove(person, { role: task.role }, history).allowed) return 'not this person';
  records.approvals.push({
    invoiceId: invoice.id,
    memberId: person.memberId,
    decision: decision === 'approve' ? 'approved' : 'rejected',
    digest,
    seen: seen ?? { grossMinor: 0, iban: '' },
  });
  if (decision !== 'approve') reject(records, invoice, task);
  return null;
}

function decideSubmission(records: Records, person: Person, task: TaskRow, decision: string): Refusal {
  const run = row(records.runs, task.paymentRunId ?? '');
  if (decision === 'send-again') {
    const first = [...records.tasks.values()].findLast(
      (other) => other.workflowId === task.workflowId && other.decision === 'it-did-not-arrive',
    );
    if (first === undefined || first.decidedBy === person.memberId) return 'a second person must see it';
  }
  if (decision === 'it-arrived') recordAnswer(records, run, 'accepted');
  return null;
}

function reject(records: Records, invoice: InvoiceRow, task: TaskRow): void {
  invoice.status = 'rejected';
  cancelTasks(records, (other) => other.invoiceId === invoice.id && other !== task);
}

function setAside(records: Records, task: TaskRow): void {
  cancelTasks(records, (other) => other.workflowId === task.workflowId && other !== task);
  const invoice = [...records.invoices.values()].find(({ documentId }) => documentId === task.documentId);
  if (invoice !== undefined && (undecided.has(invoice.status) || invoice.status === 'approved')) reject(records, invoice, task);
}

export function correctInvoice(records: Records, person: Person, invoiceId: string, grossMinor: number): Refusal {
  const invoice = row(records.invoices, invoiceId);
  if (!undecided.has(invoice.status)) return 'the invoice is closed';
  invoice.grossMinor = grossMinor;
  invoice.version += 1;
  invoice.correctedBy.add(person.memberId);
  tellNews(records, documentWorkflowId(invoice.documentId), invoiceId);
  return null;
}

export function delegate(records: Records, taskId: string, to: string): Refusal {
  const task = row(records.tasks, taskId);
  if (task.status !== 'open') return 'decided already';
  task.memberId = to;
  return null;
}

export function proposeRun(records: Records, person: Person): Refusal {
  const due = [...records.payments.values()].filter(({ payment }) => payment.status === 'scheduled');
  if (due.length === 0) return 'nothing to pay';
  const id = nextId('run', records.runs);
  const run: RunRow = {
    id,
    messageId: `MSG-${id}`,
    createdBy: person.memberId,
    status: 'proposed',
    releasedBy: null,
    file: null,
    submission: 'waiting',
    attempts: 0,
  };
  records.runs.set(id, run);
  for (const held of due) Object.assign(held, { payment: { ...held.payment, status: 'in-run' }, runId: id });
  return null;
}

export function releaseRun(records: Records, person: Person, runId: string, mistakes: Mistakes): Refusal {
  const run = row(records.runs, runId);
  if (run.status !== 'proposed') return `the run is ${run.status}`;
  if (run.createdBy === person.memberId) return 'somebody else must release it';
  const held = [...records.payments.values()].filter((one) => one.runId === runId);
  const payments = held.map(({ payment }) => payment);
  const gaps = payments.flatMap(({ invoiceIds }) => invoiceIds).filter((id) => !isApproved(records, row(records.invoices, id), mistakes));
  if (releaseObstacles(records, payments).length > 0 || gaps.length > 0) return 'the run is not ready';
  const transfers = payments.map(({ id, invoiceIds, iban, amount }) => ({
    paymentId: id,
    invoiceId: invoiceIds[0] ?? '',
    iban,
    minor: Number(amount.minor),
  }));
  Object.assign(run, { status: 'released', releasedBy: person.memberId, file: { messageId: run.messageId, transfers } });
  for (const one of held) one.payment = { ...one.payment, status: 'released' };
  const input = { organizationId, paymentRunId: runId };
  enqueue(records, { kind: 'start', workflow: 'submit-payment-run', workflowId: `payment-run:${runId}`, input });
  return null;
}

export function pauseAutomation(records: Records): void {
  records.isPaused = true;
  records.pauses += 1;
}

export function resumeAutomation(records: Records): void {
  records.isPaused = false;
  for (const workflowId of records.heldByPause)
    enqueue(records, { kind: 'signal', workflowId, signal: 'resumed', payload: { pauseId: `pause_${records.pauses}` } });
  records.heldByPause.clear();
}
