import { handleDocument } from './handle-document.ts';
import { handleMessage } from './handle-message.ts';
import { pausable } from './pausable.ts';
import { sendQuestionMail } from './send-question-mail.ts';
import { servePipelineStep } from './serve-pipeline-step.ts';
import { submitPaymentRun } from './submit-payment-run.ts';

/** Workflows by the name they are started under; names are stored with running work, so they never change. */
export const workflows = pausable({
  'handle-message': handleMessage,
  'handle-document': handleDocument,
  'serve-pipeline-step': servePipelineStep,
  'submit-payment-run': submitPaymentRun,
  'send-question-mail': sendQuestionMail,
});
