import { requiredApprovals, sampleApprovalPolicy } from '#domain/accounts-payable';
import { documentWorkflowId } from '../../src/orchestration/workflows/names.ts';
import type { WorkflowRun } from '../../src/orchestration/flow.ts';
import type { FakeStore } from '../support/fake-engine/index.ts';
import type { Booking } from './bank.ts';
import type { Message } from './outside.ts';
import { openTasks, row, type Records } from './office/records.ts';
import { messageIdOf } from './process.ts';

/** What must hold whenever money moves. @returns what does not, in sentences */
export function troublesOfBooking(records: Records, ledger: readonly Booking[], booking: Booking): string[] {
  const { invoiceId, minor, iban } = booking;
  const invoice = row(records.invoices, invoiceId);
  const [account] = records.suppliers.find(({ id }) => id === invoice.supplierId)?.bankAccounts ?? [];
  const given = records.approvals.filter(
    (approval) =>
      approval.invoiceId === invoiceId &&
      approval.decision !== 'rejected' &&
      approval.seen.grossMinor === minor &&
      approval.seen.iban === iban,
  );
  return [
    ...(ledger.filter((other) => other.invoiceId === invoiceId).length > 1 ? [`${invoiceId} was paid twice.`] : []),
    ...(account?.iban === iban ? [] : [`${invoiceId} was paid to ${iban}, which is not its supplier's account.`]),
    ...(isCovered(minor, given) ? [] : [`${invoiceId} was paid ${minor}, which is not what was approved.`]),
    ...given
      .filter(({ memberId }) => memberId !== null && invoice.correctedBy.has(memberId))
      .map(({ memberId }) => `${memberId} approved what they had corrected in ${invoiceId}.`),
  ];
}

/** Whether enough people, or the policy within its limit, saw and approved this very amount. */
function isCovered(minor: number, given: readonly { readonly memberId: string | null; readonly decision: string }[]): boolean {
  if (given.some(({ decision }) => decision === 'automatic')) return BigInt(minor) <= sampleApprovalPolicy.automaticUpToMinor;
  const { steps } = requiredApprovals(
    {
      gross: { minor: BigInt(minor), currency: 'EUR' },
      match: { outcome: 'exception', exceptions: [] },
      proofStanding: 'proven',
      supplierStanding: 'account-on-file',
    },
    sampleApprovalPolicy,
  );
  return new Set(given.map(({ memberId }) => memberId)).size >= steps.length;
}

export interface EndState {
  readonly records: Records;
  readonly store: FakeStore;
  readonly ledger: readonly Booking[];
  readonly messages: readonly Message[];
  readonly runs: readonly WorkflowRun[];
}

/** What must hold once nothing goes wrong any more and everybody had time to answer. */
export function troublesAtEnd(end: EndState): string[] {
  return [...lostMessages(end), ...lostHandOvers(end), ...stuckWork(end), ...openInvoices(end), ...wrongLedger(end)];
}

function lostMessages({ records, messages }: EndState): string[] {
  const events = [...records.events.values()];
  const documents = [...records.documents.values()];
  return [
    ...messages
      .filter(({ externalId }) => events.filter((event) => event.externalId === externalId).length !== 1)
      .map(({ externalId }) => `${externalId} is not exactly one event.`),
    ...events
      .filter(
        ({ id, papers, status }) => status === 'handled' && documents.filter(({ eventId }) => eventId === id).length !== papers.length,
      )
      .map(({ id }) => `The documents of ${id} are not those of its mail.`),
    ...events
      .filter(({ id, status }) => status !== 'handled' && !wasDismissed(records, `message:${id}`))
      .map(({ id }) => `${id} was lost.`),
    ...documents
      .filter(({ id, status }) => status === 'received' && !wasDismissed(records, documentWorkflowId(id)))
      .map(({ id }) => `${id} was lost.`),
  ];
}

function wasDismissed(records: Records, workflowId: string): boolean {
  return [...records.tasks.values()].some((task) => task.workflowId === workflowId && task.kind === 'failed' && task.decision !== 'retry');
}

function lostHandOvers({ records, store }: EndState): string[] {
  return records.outbox.flatMap((message) => {
    const arrived =
      message.kind === 'start'
        ? store.runs.has(message.workflowId)
        : store.inboxes.get(message.workflowId)?.messageIds.has(messageIdOf(message)) === true;
    return arrived ? [] : [`The ${message.kind === 'start' ? 'start' : message.signal} for ${message.workflowId} was lost.`];
  });
}

/** Every run has ended, or waits with a deadline for a person who has a task. */
function stuckWork({ records, runs }: EndState): string[] {
  return runs.flatMap(({ workflowId, status, waitsFor, failure }) => {
    if (status === 'done') return [];
    if (status === 'failed') return [`${workflowId} failed: ${failure?.message ?? ''}`];
    if (waitsFor === null) return [`${workflowId} is ${status} and waits for nothing.`];
    const isAsked = openTasks(records, (task) => task.workflowId === workflowId).length > 0;
    return isAsked ? [] : [`${workflowId} waits for ${waitsFor.signal} without a task.`];
  });
}

function openInvoices({ records, ledger }: EndState): string[] {
  return [...records.invoices.values()].flatMap(({ id, status, documentId }) => {
    const held = [...records.payments.values()].find(({ payment }) => payment.invoiceIds.includes(id));
    const isBooked = ledger.some(({ invoiceId }) => invoiceId === id);
    const workflows = [documentWorkflowId(documentId), `payment-run:${held?.runId ?? ''}`];
    const isAsked = openTasks(records, ({ workflowId, invoiceId }) => invoiceId === id || workflows.includes(workflowId)).length > 0;
    if (status === 'paid') return isBooked ? [] : [`${id} says paid, but the bank has no booking.`];
    if (status === 'rejected') return isBooked ? [`${id} was rejected and paid.`] : [];
    return isAsked ? [] : [`${id} is ${status} and nobody is asked.`];
  });
}

/** To the cent: what the bank carried out is what accepted runs hold. */
function wrongLedger({ records, ledger }: EndState): string[] {
  const booked = ledger.reduce((sum, { minor }) => sum + minor, 0);
  const accepted = [...records.payments.values()]
    .filter(({ runId }) => runId !== null && records.runs.get(runId)?.submission === 'accepted')
    .reduce((sum, { payment }) => sum + Number(payment.amount.minor), 0);
  const inDoubt = [...records.runs.values()].some(({ id, submission, status }) => {
    const isAsked = openTasks(records, ({ paymentRunId }) => paymentRunId === id).length > 0;
    return status === 'released' && submission === 'unknown' && isAsked;
  });
  return booked === accepted || inDoubt ? [] : [`The bank booked ${booked}, accepted runs hold ${accepted}.`];
}
