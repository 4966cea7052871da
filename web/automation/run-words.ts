import { sayInstant } from '../parts/words.ts';

/** Workflows and steps in words of the office; what is not known here is shown by its own name. */
const workflows: Readonly<Record<string, string>> = {
  'handle-message': 'Message',
  'handle-document': 'Document',
  'send-question-mail': 'Question by mail',
  'submit-payment-run': 'Payment run to the bank',
  'serve-pipeline-step': 'Step of a pipeline',
};

const steps: Readonly<Record<string, string>> = {
  unpackMessage: 'Unpack the message',
  readDocument: 'Read the document',
  enterByHand: 'Look for what was typed in',
  assessInvoice: 'Check the invoice',
  askApproval: 'Ask for approval',
  schedulePayment: 'Schedule the payment',
  tieAnswer: 'Look whether it answers a question',
  deliverQuestionMail: 'Send the question',
  remind: 'Remind',
  reportFailure: 'Report that it failed',
  readFailureDecision: 'Look for the decision',
  openPipelineStep: 'Ask the question',
  readPipelineStep: 'Look for the answer',
  answerPipeline: 'Tell the pipeline',
  lookAtTasks: 'Look at what people were asked',
  'wait resumed': 'Wait until it goes on',
  'heard resumed': 'It goes on',
  'heard news': 'News came',
  'wait news': 'Wait for an answer or other news',
};

export const sayWorkflow = (name: string): string => workflows[name] ?? name;
export const sayStep = (name: string): string => steps[name] ?? inWords(name);
export const sayWait = (until: string): string => `an answer or other news; looks again by itself ${sayInstant(until)}`;

/** Marks that the engine leaves for itself tell a person nothing. */
export const isOfTheOffice = ({ name }: { readonly name: string }): boolean => !name.startsWith('DBOS.');

/** `takeBackPaymentRun` as `Take back payment run`. */
function inWords(name: string): string {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How long something took, as one would say it. */
export function sayDuration(from: string | null, to: string | null): string {
  if (from === null || to === null) return '';
  const ms = Date.parse(to) - Date.parse(from);
  if (ms < 1000) return `${Math.max(0, ms)} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
