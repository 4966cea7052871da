import type { ErrorDefinition } from '#domain/errors';

/** Errors of the orchestration room. docs/reference/errors.md is generated from this table. */
export const orchestrationErrors = {
  notAllowed: { code: 'DH_ORCHESTRATION_NOT_ALLOWED', kind: 'denied', retryable: false },
  notFound: { code: 'DH_ORCHESTRATION_NOT_FOUND', kind: 'missing', retryable: false },
  cursorInvalid: { code: 'DH_ORCHESTRATION_CURSOR_INVALID', kind: 'invalid', retryable: false },
  alreadyDecided: { code: 'DH_ORCHESTRATION_ALREADY_DECIDED', kind: 'conflict', retryable: false },
  decisionUnknown: { code: 'DH_ORCHESTRATION_DECISION_UNKNOWN', kind: 'invalid', retryable: false },
  decisionIncomplete: { code: 'DH_ORCHESTRATION_DECISION_INCOMPLETE', kind: 'invalid', retryable: false },
  fourEyes: { code: 'DH_ORCHESTRATION_FOUR_EYES', kind: 'denied', retryable: false },
  invoiceChanged: { code: 'DH_ORCHESTRATION_INVOICE_CHANGED', kind: 'conflict', retryable: false },
  invoiceClosed: { code: 'DH_ORCHESTRATION_INVOICE_CLOSED', kind: 'conflict', retryable: false },
  valueInvalid: { code: 'DH_ORCHESTRATION_VALUE_INVALID', kind: 'invalid', retryable: false },
  paymentNotReady: { code: 'DH_ORCHESTRATION_PAYMENT_NOT_READY', kind: 'conflict', retryable: false },
  runNotReady: { code: 'DH_ORCHESTRATION_RUN_NOT_READY', kind: 'conflict', retryable: false },
  cancelled: { code: 'DH_ORCHESTRATION_CANCELLED', kind: 'conflict', retryable: false },
  timedOut: { code: 'DH_ORCHESTRATION_TIMED_OUT', kind: 'unavailable', retryable: true },
  stepDiffers: { code: 'DH_ORCHESTRATION_STEP_DIFFERS', kind: 'conflict', retryable: false },
  callbackNotAllowed: { code: 'DH_ORCHESTRATION_CALLBACK_NOT_ALLOWED', kind: 'invalid', retryable: false },
  engineUnknown: { code: 'DH_ORCHESTRATION_ENGINE_UNKNOWN', kind: 'defect', retryable: false },
} as const satisfies Record<string, ErrorDefinition>;
