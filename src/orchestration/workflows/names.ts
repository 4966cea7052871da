/** Workflow ids by their subject: starting twice finds the first. */
export const messageWorkflowId = (eventId: string): string => `message:${eventId}`;
export const documentWorkflowId = (documentId: string): string => `document:${documentId}`;
