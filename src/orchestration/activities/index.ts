import { inSpan, withTraceParent } from '#platform';
import type { ActivityContext } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { pausedMark } from '../workflows/pausable.ts';
import { askAboutSubmission, readSubmission } from './ask-about-submission.ts';
import { askApproval } from './ask-approval.ts';
import { assessInvoice } from './assess-invoice.ts';
import { enterByHand } from './enter-by-hand.ts';
import { readFailureDecision, reportFailure } from './failures.ts';
import { answerPipeline, openPipelineStep, readPipelineStep } from './pipeline-steps.ts';
import { lookAtTasks } from './look-at-tasks.ts';
import { createPauseGate } from './pause-gate.ts';
import { readDocument } from './read-document.ts';
import { remind } from './remind.ts';
import { reportRemains } from './report-remains.ts';
import { schedulePayment } from './schedule-payment.ts';
import { askBank, sendPaymentFile } from './submit-payment-run.ts';
import { askAboutQuestionMail, readQuestionMail, settleQuestionMail } from '../questions/ask-about-question-mail.ts';
import { deliverQuestionMail } from '../questions/deliver-question-mail.ts';
import { tieAnswer } from '../questions/tie-answer.ts';
import { takeBackPaymentRun } from './take-back-payment-run.ts';
import { cancelPayment, closeInvoice } from './undo-document.ts';
import { unpackMessage } from './unpack-message.ts';

const all = {
  unpackMessage,
  readDocument,
  enterByHand,
  assessInvoice,
  askApproval,
  schedulePayment,
  remind,
  lookAtTasks,
  reportFailure,
  readFailureDecision,
  openPipelineStep,
  readPipelineStep,
  answerPipeline,
  cancelPayment,
  closeInvoice,
  reportRemains,
  sendPaymentFile,
  askBank,
  askAboutSubmission,
  readSubmission,
  takeBackPaymentRun,
  tieAnswer,
  deliverQuestionMail,
  askAboutQuestionMail,
  readQuestionMail,
  settleQuestionMail,
} as const;

type Bound<Work> = Work extends (office: Office, context: ActivityContext, input: infer Input) => infer Output
  ? (context: ActivityContext, input: Input) => Output
  : never;

/** Activities by the name workflows call them; names are stored with running work, so they never change. */
export type Activities = { readonly [Name in keyof typeof all]: Bound<(typeof all)[Name]> };

/** Binds the activities to an office. While their organization is paused they answer `pausedMark` and do nothing. */
export function createActivities(office: Office): Activities {
  const mayBegin = createPauseGate(office);
  return Object.fromEntries(
    Object.entries(all).map(([name, work]) => [
      name,
      async (context: ActivityContext, input: never) =>
        (await mayBegin(context, input))
          ? observed(office, name, context, (): Promise<unknown> => work(office, context, input))
          : pausedMark,
    ]),
  ) as unknown as Activities;
}

/** A span that continues the message's trace, and the time taken. */
async function observed<Result>(office: Office, name: string, context: ActivityContext, work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  let outcome = 'failed';
  try {
    const result = await withTraceParent(context.traceParent, () =>
      inSpan(`activity ${name}`, { 'deskhand.workflow_id': context.workflowId }, work),
    );
    outcome = 'done';
    return result;
  } finally {
    office.metrics.observe('activitySeconds', { activity: name, outcome }, (performance.now() - startedAt) / 1000);
  }
}
