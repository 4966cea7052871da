import { handleDocument } from './handle-document.ts';
import { handleMessage } from './handle-message.ts';

/** Workflows by the name they are started under; names are stored with running work, so they never change. */
export const workflows = { 'handle-message': handleMessage, 'handle-document': handleDocument } as const;
