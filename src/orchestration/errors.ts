import type { ErrorDefinition } from '#domain/errors';

/** Errors of the orchestration room. docs/reference/errors.md is generated from this table. */
export const orchestrationErrors = {
  notAllowed: { code: 'DH_ORCHESTRATION_NOT_ALLOWED', kind: 'denied', retryable: false },
  notFound: { code: 'DH_ORCHESTRATION_NOT_FOUND', kind: 'missing', retryable: false },
  cursorInvalid: { code: 'DH_ORCHESTRATION_CURSOR_INVALID', kind: 'invalid', retryable: false },
  /** Somebody else changed it since it was read; the API answers 412. */
  invoiceChanged: { code: 'DH_ORCHESTRATION_INVOICE_CHANGED', kind: 'conflict', retryable: false },
} as const satisfies Record<string, ErrorDefinition>;
