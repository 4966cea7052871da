/** Workflow ids by their subject: starting twice finds the first. */
export const messageWorkflowId = (eventId: string): string => `message:${eventId}`;
export const documentWorkflowId = (documentId: string): string => `document:${documentId}`;
export const questionMailWorkflowId = (mailId: string): string => `question-mail:${mailId}`;

const workflowByPrefix: Readonly<Record<string, string>> = {
  message: 'handle-message',
  document: 'handle-document',
  'pipeline-step': 'serve-pipeline-step',
  'payment-run': 'submit-payment-run',
  'question-mail': 'send-question-mail',
};

/** What may be paused by its kind. */
export const workflowNames: readonly string[] = Object.values(workflowByPrefix);

/** What a run is about, forked ones included: `document:doc_1~2` is about the document doc_1. */
export function subjectOf(workflowId: string): { readonly kind: string; readonly id: string } {
  const [kind = '', id = ''] = (workflowId.split('~')[0] ?? '').split(':');
  return { kind, id };
}

/** The workflow that a workflow id is of; null for ids made elsewhere. */
export function workflowNameOf(workflowId: string): string | null {
  return workflowByPrefix[workflowId.split(':')[0] ?? ''] ?? null;
}
