import type { BankState } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, type Transaction } from '#platform';
import { takeBankTurn } from '../payments/bank-news.ts';
import { orchestrationErrors } from '../errors.ts';
import { loadInvoice } from '../invoices/invoices.ts';
import { lockInvoice } from '../locks.ts';
import type { Office } from '../tasks/office.ts';
import { planPayment } from '../invoices/plan-payment.ts';
import { append } from '../streams/append.ts';
import { todayOf } from '../today.ts';
import type { TaskDecision, TaskRow } from './task-decision.ts';

/**
 * What a person decides about what the bank did: a payment that failed is planned anew or was paid otherwise, a booking
 * that differs counts or is put right by the bank. Everything but paying again needs a word.
 *
 * @throws DH_ORCHESTRATION_DECISION_INCOMPLETE, DH_ORCHESTRATION_PAYMENT_NOT_READY,
 *   DH_ORCHESTRATION_RUN_NOT_READY when the payment is not where it was when this was asked
 */
export async function decideBankTask(
  office: Office,
  transaction: Transaction,
  actor: Actor,
  task: TaskRow,
  { decision, note }: TaskDecision,
): Promise<void> {
  await takeBankTurn(transaction, actor.organizationId);
  if (decision === 'pay-again') return await forEach(transaction, task, (payment) => payAgain(office, transaction, actor, payment));
  if (note === undefined || note.trim() === '') {
    throw new DeskhandError(orchestrationErrors.decisionIncomplete, 'Say what you found out, and from whom; the audit log keeps it.', {
      details: { taskId: task.id },
    });
  }
  if (decision === 'paid-otherwise')
    return await forEach(transaction, task, (payment) => paidOtherwise(office, transaction, actor, payment, note));
  if (decision === 'accept-booking') return await acceptBooking(office, transaction, actor, task, note);
}

interface Row {
  readonly id: string;
  readonly invoice_id: string;
  readonly bank_state: BankState | null;
  readonly status: string;
}

/** Each payment that failed, as it is now. */
async function forEach(transaction: Transaction, task: TaskRow, work: (payment: Row) => Promise<void>): Promise<void> {
  for (const id of task.facts.paymentIds ?? []) {
    const about = await transaction.selectFrom('payments').select('invoice_id').where('id', '=', id).executeTakeFirstOrThrow();
    await lockInvoice(transaction, about.invoice_id);
    const payment = await lockPayment(transaction, id);
    if (payment.status !== 'released' || (payment.bank_state !== 'rejected' && payment.bank_state !== 'returned'))
      throw notAsAsked(payment);
    await work(payment);
  }
}

async function lockPayment(transaction: Transaction, id: string): Promise<Row> {
  return await transaction
    .selectFrom('payments')
    .select(['id', 'invoice_id', 'bank_state', 'status'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

function notAsAsked({ id, bank_state: state, status }: Row): DeskhandError {
  return new DeskhandError(
    orchestrationErrors.runNotReady,
    `This payment is ${state ?? status} by now; the bank said something else since this was asked. Reload and look at its run.`,
    { details: { paymentId: id } },
  );
}

/** Planned anew, to the account that is verified now; it goes into another run and needs both people again. */
async function payAgain(office: Office, transaction: Transaction, actor: Actor, payment: Row): Promise<void> {
  const planned = await planPayment(transaction, await loadInvoice(transaction, payment.invoice_id), todayOf(office.clock));
  const by = { actor: actor.memberId, causedBy: 'decide-bank-task' };
  await append(
    transaction,
    { kind: 'invoice', id: payment.invoice_id, ...by, events: [{ type: 'invoice.scheduled', data: {} }] },
    { kind: 'payment', id: payment.id, ...by, events: [{ type: 'payment.rescheduled', data: planned }] },
  );
  await appendAudit(transaction, actor.organizationId, office.clock.now(), {
    actor: actor.memberId,
    action: 'payment.scheduled',
    subjects: [payment.invoice_id, payment.id],
    details: {
      amount: planned.amount,
      currency: planned.currency,
      executeOn: planned.execute_on,
      reason: planned.reason,
      digest: planned.digest,
    },
  });
}

async function paidOtherwise(office: Office, transaction: Transaction, actor: Actor, payment: Row, note: string): Promise<void> {
  await append(transaction, {
    kind: 'invoice',
    id: payment.invoice_id,
    actor: actor.memberId,
    causedBy: 'decide-bank-task',
    events: [{ type: 'invoice.paid', data: {} }],
  });
  await appendAudit(transaction, actor.organizationId, office.clock.now(), {
    actor: actor.memberId,
    action: 'payment.paid-otherwise',
    subjects: [payment.invoice_id, payment.id],
    details: { note },
  });
}

/** A booking that is not exactly what was released counts, on a person's word. Of several payments, the first. */
async function acceptBooking(office: Office, transaction: Transaction, actor: Actor, task: TaskRow, note: string): Promise<void> {
  const [id] = task.facts.paymentIds ?? [];
  if (id === undefined) return;
  const payment = await lockPayment(transaction, id);
  if (payment.status !== 'released' || payment.bank_state === 'settled' || payment.bank_state === 'returned') throw notAsAsked(payment);
  const on = task.facts.bookedOn ?? todayOf(office.clock);
  const data = { on, note: `Accepted on a person’s word: ${note}`.slice(0, 500), bank_message_id: task.workflow_id.split(':')[1] ?? '' };
  await append(transaction, {
    kind: 'payment',
    id,
    actor: actor.memberId,
    causedBy: 'decide-bank-task',
    events: [{ type: 'payment.settled', data }],
  });
  await appendAudit(transaction, actor.organizationId, office.clock.now(), {
    actor: actor.memberId,
    action: 'payment.settled',
    subjects: [payment.invoice_id, id],
    details: { on, note, outcome: task.reason },
  });
}
