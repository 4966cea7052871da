import type { ActivityPolicies } from '../flow.ts';
import type { Activities } from './index.ts';

const minute = 60_000;
// Database work: seconds at worst, and a Postgres that restarts takes a while to answer.
const records = { room: 'orchestration', timeoutMs: minute } as const;

/** How each activity is carried, on whatever engine. Plain data: workflow code of a cluster is bundled with it. */
export const activityPolicies: ActivityPolicies<Activities> = {
  // A mail of 64 MiB with nested archives; its reader process is ended long before.
  unpackMessage: { room: 'connectors', timeoutMs: 5 * minute },
  // A hundred scanned pages at 3 s each on a slow machine.
  readDocument: { room: 'intelligence', timeoutMs: 10 * minute },
  enterByHand: records,
  assessInvoice: records,
  askApproval: records,
  schedulePayment: records,
  remind: records,
  lookAtTasks: records,
  reportFailure: records,
  readFailureDecision: records,
  openPipelineStep: records,
  readPipelineStep: records,
  answerPipeline: { room: 'connectors', timeoutMs: minute },
  cancelPayment: records,
  closeInvoice: records,
  reportRemains: records,
  // One submission and three questions at the bank's limits, each waiting for its turn.
  sendPaymentFile: { room: 'connectors', timeoutMs: 5 * minute },
  askBank: { room: 'connectors', timeoutMs: 5 * minute },
  askAboutSubmission: records,
  readSubmission: records,
  takeBackPaymentRun: records,
  tieAnswer: records,
  // One mail at the mail server's limits, waiting for its turn.
  deliverQuestionMail: { room: 'connectors', timeoutMs: 5 * minute },
  askAboutQuestionMail: records,
  readQuestionMail: records,
  settleQuestionMail: records,
};
