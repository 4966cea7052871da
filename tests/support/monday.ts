import type {
  AuditVerification,
  InvoiceSummary,
  MessageSummary,
  PaymentRunDetail,
  PaymentView,
  TaskSummary,
} from '../../src/interfaces/api/contract.ts';
import { signIn, type TestClient } from './client.ts';
import { untilHandled } from './sample-office.ts';

/** What came of a Monday, as the API tells it. */
export interface MondayReport {
  readonly messages: number;
  readonly unhandled: number;
  readonly approved: number;
  readonly run: PaymentRunDetail;
  readonly bankFile: string;
  readonly audit: AuditVerification;
}

/** Ana's Monday through the REST API: all mail handled, approvals given, a payment run proposed, released and fetched. */
export async function runMonday(url: string): Promise<MondayReport> {
  const ana = await signIn(url, 'office-manager');
  const approvers = [await signIn(url, 'approver'), await signIn(url, 'approver', 1)];
  const controller = await signIn(url, 'controller');
  await untilHandled(ana);
  const messages = await ana.all<MessageSummary>('/v1/messages');
  const approved = await approveAll([...approvers, ana, controller], ana);
  const run = await pay(ana, controller);
  return {
    messages: messages.length,
    unhandled: messages.filter(({ status }) => status !== 'handled').length,
    approved,
    run,
    bankFile: await controller.get<string>(`/v1/payment-runs/${run.id}/file`),
    audit: await controller.get<AuditVerification>('/v1/audit/verification'),
  };
}

/** Each step of an approval is somebody else's, so it goes round until nobody has one left that they may give. */
export async function approveAll(members: readonly TestClient[], watcher: TestClient): Promise<number> {
  let approved = 0;
  for (;;) {
    const before = approved;
    for (const member of members) {
      const mine = await member.all<TaskSummary>('/v1/tasks?view=mine');
      for (const task of mine.filter(({ kind }) => kind === 'approval')) {
        await member.post(`/v1/tasks/${task.id}/decision`, { decision: 'approve' });
        approved += 1;
      }
    }
    if (approved === before) return approved;
    await untilTaken(watcher);
  }
}

/** Waits until every decision has had its effect: an invoice that waits has a task to wait for, or a payment. */
async function untilTaken(watcher: TestClient): Promise<void> {
  for (;;) {
    const invoices = await watcher.all<InvoiceSummary>('/v1/invoices');
    const isOnItsWay = ({ status, openTasks }: InvoiceSummary): boolean =>
      status === 'approved' || ((status === 'in-review' || status === 'awaiting-approval') && openTasks === 0);
    if (!invoices.some(isOnItsWay)) return;
    await new Promise((resume) => setTimeout(resume, 200));
  }
}

async function pay(ana: TestClient, controller: TestClient): Promise<PaymentRunDetail> {
  const scheduled = await ana.all<PaymentView>('/v1/payments?status=scheduled');
  const inEuro = scheduled.filter(({ amount }) => amount.currency === 'EUR');
  const proposed = await ana.post<PaymentRunDetail>('/v1/payment-runs', { paymentIds: inEuro.map(({ id }) => id) });
  return await controller.post<PaymentRunDetail>(`/v1/payment-runs/${proposed.id}/release`);
}
