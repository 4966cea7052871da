import type { BankReason, BankStatus, OrderStatus, StatusReport } from '#domain/ports';
import { enqueue, type Transaction } from '#platform';
import type { Effect, Outcome } from './bank-news.ts';
import { failuresOf, noteOf } from './bank-news.ts';
import { loadBankPayments, type BankPayment } from './bank-orders.ts';
import { askAboutFailure } from './bank-tasks.ts';
import { lockRun, type RunRow } from './payment-order.ts';
import { recordAnswer, submissionWorkflowId } from './submissions.ts';

interface Said {
  readonly status: BankStatus;
  readonly reasons: readonly BankReason[];
}

/** What a status report comes to: by payment where it names them, else by the file. A file in doubt is in doubt no more. */
export async function readBankStatus(
  transaction: Transaction,
  report: StatusReport,
  at: { readonly now: Date; readonly today: string },
): Promise<Outcome> {
  const effects: Effect[] = [];
  const problems: string[] = [];
  for (const order of report.orders) {
    const row = await transaction
      .selectFrom('payment_runs')
      .select('id')
      .where('message_id', '=', order.originalMessageId)
      .executeTakeFirst();
    if (row === undefined) {
      problems.push(`It answers a file ${order.originalMessageId.slice(0, 35)} that is not ours.`);
      continue;
    }
    const run = await lockRun(transaction, row.id);
    if (await settlesDoubt(transaction, run, order, at.now)) continue;
    const payments = await loadBankPayments(
      transaction,
      order.payments.flatMap(({ endToEndId }) => endToEndId ?? []),
    );
    const found = byPayment(
      order,
      payments.filter(({ runId, isReleased }) => runId === run.id && isReleased),
    );
    problems.push(...found.problems);
    for (const [payment, said] of found.said) {
      const { effect, problem } = effectOf(payment, said, at.today);
      if (effect !== null) effects.push(effect);
      if (problem !== null) problems.push(problem);
    }
  }
  return { effects, questions: failuresOf(effects).map(askAboutFailure), problems };
}

/** Whether the file as a whole was refused, or had not been heard of: then the run itself has its answer. */
async function settlesDoubt(transaction: Transaction, run: RunRow, order: OrderStatus, now: Date): Promise<boolean> {
  if (run.submission !== 'unknown' && run.submission !== 'sending') return false;
  if (order.status === null || order.status === 'pending') return false;
  const isRefused = order.status === 'rejected';
  const answer = isRefused
    ? ({ outcome: 'refused', reason: noteOf(order.reasons[0] ?? null) } as const)
    : ({ outcome: 'accepted', bankReference: order.originalMessageId } as const);
  await recordAnswer(transaction, answer, { run, now, actor: 'deskhand', causedBy: 'import-bank-file' });
  // The workflow that waits for a word looks again, and takes a refused run apart.
  await enqueue(transaction, run.organization_id, {
    kind: 'signal',
    workflowId: submissionWorkflowId(run.id),
    signal: 'news',
    payload: { about: run.id },
  });
  return isRefused;
}

/** What is said of each payment: the nearest word counts, its own before that of its part, that before that of the file. */
function byPayment(
  order: OrderStatus,
  payments: readonly BankPayment[],
): { readonly said: ReadonlyMap<BankPayment, Said>; readonly problems: readonly string[] } {
  const said = new Map<BankPayment, Said>();
  const problems: string[] = [];
  if (order.status === 'accepted' || order.status === 'rejected') {
    for (const payment of payments) said.set(payment, { status: order.status, reasons: order.reasons });
  }
  const isOnePart = new Set(payments.map(({ executeOn, amount }) => `${executeOn} ${amount.currency}`)).size === 1;
  for (const { paymentInformationId, status, reasons } of order.batches) {
    if (isOnePart) for (const payment of payments) said.set(payment, { status, reasons });
    else if (status === 'rejected' && !order.payments.some((one) => one.status === 'rejected'))
      problems.push(
        `The bank rejected the part ${paymentInformationId} of the file without naming its payments. ${noteOf(reasons[0] ?? null)}`,
      );
  }
  for (const { endToEndId, status, reasons } of order.payments) {
    const payment = payments.find((one) => one.endToEndId === endToEndId?.toUpperCase());
    if (payment !== undefined) said.set(payment, { status, reasons });
    else if (status === 'rejected') problems.push(`The bank rejected a payment ${endToEndId ?? 'without an id'} that is not in this run.`);
  }
  return { said, problems };
}

function effectOf(
  payment: BankPayment,
  { status, reasons }: Said,
  today: string,
): { readonly effect: Effect | null; readonly problem: string | null } {
  const reason = reasons[0] ?? null;
  const common = { payment, on: today, reason };
  if (status === 'rejected') {
    if (payment.state === 'rejected' || payment.state === 'returned') return { effect: null, problem: null };
    if (payment.state === 'settled')
      return {
        effect: null,
        problem: `The bank rejected the payment to ${payment.supplierName} (${payment.reference}), which it has booked on ${payment.settledOn ?? 'an earlier day'}.`,
      };
    return { effect: { ...common, type: 'payment.bank-rejected', note: noteOf(reason) }, problem: null };
  }
  if (status !== 'accepted' || payment.state !== null) return { effect: null, problem: null };
  return { effect: { ...common, type: 'payment.bank-accepted', note: 'The bank took it for execution.', reason: null }, problem: null };
}
