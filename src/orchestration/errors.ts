import type { ErrorDefinition } from '#domain/errors';
import { workSetAside } from './workflows/set-aside.ts';

/** Errors of the orchestration room. docs/reference/errors.md is generated from this table. */
export const orchestrationErrors = {
  notAllowed: { code: 'DH_ORCHESTRATION_NOT_ALLOWED', kind: 'denied', retryable: false },
  notFound: { code: 'DH_ORCHESTRATION_NOT_FOUND', kind: 'missing', retryable: false },
  cursorInvalid: { code: 'DH_ORCHESTRATION_CURSOR_INVALID', kind: 'invalid', retryable: false },
  alreadyDecided: { code: 'DH_ORCHESTRATION_ALREADY_DECIDED', kind: 'conflict', retryable: false },
  decisionUnknown: { code: 'DH_ORCHESTRATION_DECISION_UNKNOWN', kind: 'invalid', retryable: false },
  decisionIncomplete: { code: 'DH_ORCHESTRATION_DECISION_INCOMPLETE', kind: 'invalid', retryable: false },
  taskTaken: { code: 'DH_ORCHESTRATION_TASK_TAKEN', kind: 'conflict', retryable: false },
  taskClosed: { code: 'DH_ORCHESTRATION_TASK_CLOSED', kind: 'conflict', retryable: false },
  delegationCircle: { code: 'DH_ORCHESTRATION_DELEGATION_CIRCLE', kind: 'conflict', retryable: false },
  delegationOverlaps: { code: 'DH_ORCHESTRATION_DELEGATION_OVERLAPS', kind: 'conflict', retryable: false },
  standInUnfit: { code: 'DH_ORCHESTRATION_STAND_IN_UNFIT', kind: 'denied', retryable: false },
  sumDiffers: { code: 'DH_ORCHESTRATION_SUM_DIFFERS', kind: 'conflict', retryable: false },
  notTogether: { code: 'DH_ORCHESTRATION_NOT_TOGETHER', kind: 'invalid', retryable: false },
  fourEyes: { code: 'DH_ORCHESTRATION_FOUR_EYES', kind: 'denied', retryable: false },
  invoiceChanged: { code: 'DH_ORCHESTRATION_INVOICE_CHANGED', kind: 'conflict', retryable: false },
  invoiceClosed: { code: 'DH_ORCHESTRATION_INVOICE_CLOSED', kind: 'conflict', retryable: false },
  valueInvalid: { code: 'DH_ORCHESTRATION_VALUE_INVALID', kind: 'invalid', retryable: false },
  paymentNotReady: { code: 'DH_ORCHESTRATION_PAYMENT_NOT_READY', kind: 'conflict', retryable: false },
  runNotReady: { code: 'DH_ORCHESTRATION_RUN_NOT_READY', kind: 'conflict', retryable: false },
  setAside: workSetAside,
  cancelled: { code: 'DH_ORCHESTRATION_CANCELLED', kind: 'conflict', retryable: false },
  timedOut: { code: 'DH_ORCHESTRATION_TIMED_OUT', kind: 'unavailable', retryable: true },
  periodUnknown: { code: 'DH_ORCHESTRATION_PERIOD_UNKNOWN', kind: 'invalid', retryable: false },
  stepDiffers: { code: 'DH_ORCHESTRATION_STEP_DIFFERS', kind: 'conflict', retryable: false },
  callbackNotAllowed: { code: 'DH_ORCHESTRATION_CALLBACK_NOT_ALLOWED', kind: 'invalid', retryable: false },
  runState: { code: 'DH_ORCHESTRATION_RUN_STATE', kind: 'conflict', retryable: false },
  activityFailed: { code: 'DH_ORCHESTRATION_ACTIVITY_FAILED', kind: 'defect', retryable: false },
  valueTooLarge: { code: 'DH_ORCHESTRATION_VALUE_TOO_LARGE', kind: 'invalid', retryable: false },
  fanOutInvalid: { code: 'DH_ORCHESTRATION_FAN_OUT_INVALID', kind: 'invalid', retryable: false },
  /** Enough waits to be worked on: come again after `retryAfterS`. */
  backlogFull: { code: 'DH_ORCHESTRATION_BACKLOG_FULL', kind: 'unavailable', retryable: true },
  engineStopped: { code: 'DH_ORCHESTRATION_ENGINE_STOPPED', kind: 'unavailable', retryable: true },
  engineUnknown: { code: 'DH_ORCHESTRATION_ENGINE_UNKNOWN', kind: 'defect', retryable: false },
  engineMissing: { code: 'DH_ORCHESTRATION_ENGINE_MISSING', kind: 'missing', retryable: false },
  engineMoving: { code: 'DH_ORCHESTRATION_ENGINE_MOVING', kind: 'conflict', retryable: false },
  engineBusy: { code: 'DH_ORCHESTRATION_ENGINE_BUSY', kind: 'conflict', retryable: false },
  engineUnreachable: { code: 'DH_ORCHESTRATION_ENGINE_UNREACHABLE', kind: 'unavailable', retryable: true },
  engineKeyMissing: { code: 'DH_ORCHESTRATION_ENGINE_KEY_MISSING', kind: 'denied', retryable: false },
  /** A run that may have reached the bank is not taken back, sent anew or decided about by one person. */
  submissionInDoubt: { code: 'DH_ORCHESTRATION_SUBMISSION_IN_DOUBT', kind: 'conflict', retryable: false },
  /** Two writers saw the same past of an invoice, payment or run; the second looks again. */
  streamConflict: { code: 'DH_ORCHESTRATION_STREAM_CONFLICT', kind: 'conflict', retryable: true },
  bankAccountUnknown: { code: 'DH_ORCHESTRATION_BANK_ACCOUNT_UNKNOWN', kind: 'invalid', retryable: false },
  policyNotReady: { code: 'DH_ORCHESTRATION_POLICY_NOT_READY', kind: 'conflict', retryable: false },
  /** Who has a passkey signs what is paid with it; who has an authenticator app gives its code. */
  signatureMissing: { code: 'DH_ORCHESTRATION_SIGNATURE_MISSING', kind: 'denied', retryable: false },
  signatureInvalid: { code: 'DH_ORCHESTRATION_SIGNATURE_INVALID', kind: 'denied', retryable: false },
  /** A code that is not the one the authenticator app shows. */
  codeWrong: { code: 'DH_ORCHESTRATION_CODE_WRONG', kind: 'denied', retryable: false },
  /** A code counts once: the next one comes within 30 seconds. */
  codeUsed: { code: 'DH_ORCHESTRATION_CODE_USED', kind: 'conflict', retryable: false },
  /** Too many wrong codes in a row; the message says for how long. */
  codesLocked: { code: 'DH_ORCHESTRATION_CODES_LOCKED', kind: 'denied', retryable: false },
  bankNotSetUp: { code: 'DH_ORCHESTRATION_BANK_NOT_SET_UP', kind: 'missing', retryable: false },
} as const satisfies Record<string, ErrorDefinition>;
