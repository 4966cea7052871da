import { DefaultFailureConverter } from '@temporalio/common';

/** Messages and stacks of failures may quote a document: they are encrypted like any other value. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
