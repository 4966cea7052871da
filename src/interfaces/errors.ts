import type { ErrorDefinition } from '#domain/errors';

/** Errors of the interfaces room. docs/reference/errors.md is generated from this table. */
export const interfaceErrors = {
  notSignedIn: { code: 'DH_INTERFACES_NOT_SIGNED_IN', kind: 'denied', retryable: false },
  signInRefused: { code: 'DH_INTERFACES_SIGN_IN_REFUSED', kind: 'denied', retryable: false },
  /** Signed in, but not a member of any organization. */
  notAMember: { code: 'DH_INTERFACES_NOT_A_MEMBER', kind: 'denied', retryable: false },
  originRefused: { code: 'DH_INTERFACES_ORIGIN_REFUSED', kind: 'denied', retryable: false },
  localOnly: { code: 'DH_INTERFACES_LOCAL_ONLY', kind: 'denied', retryable: false },
  requestInvalid: { code: 'DH_INTERFACES_REQUEST_INVALID', kind: 'invalid', retryable: false },
  requestUnreadable: { code: 'DH_INTERFACES_REQUEST_UNREADABLE', kind: 'invalid', retryable: false },
  mediaTypeUnsupported: { code: 'DH_INTERFACES_MEDIA_TYPE_UNSUPPORTED', kind: 'invalid', retryable: false },
  routeMissing: { code: 'DH_INTERFACES_ROUTE_MISSING', kind: 'missing', retryable: false },
  tooLarge: { code: 'DH_INTERFACES_TOO_LARGE', kind: 'invalid', retryable: false },
  tooManyRequests: { code: 'DH_INTERFACES_TOO_MANY_REQUESTS', kind: 'unavailable', retryable: true },
  versionRequired: { code: 'DH_INTERFACES_VERSION_REQUIRED', kind: 'invalid', retryable: false },
  idempotencyKeyReused: { code: 'DH_INTERFACES_IDEMPOTENCY_KEY_REUSED', kind: 'invalid', retryable: false },
  idempotencyKeyBusy: { code: 'DH_INTERFACES_IDEMPOTENCY_KEY_BUSY', kind: 'conflict', retryable: true },
  notReady: { code: 'DH_INTERFACES_NOT_READY', kind: 'unavailable', retryable: true },
  unexpected: { code: 'DH_INTERFACES_UNEXPECTED', kind: 'defect', retryable: false },
  serverUnreachable: { code: 'DH_INTERFACES_SERVER_UNREACHABLE', kind: 'unavailable', retryable: true },
  usage: { code: 'DH_INTERFACES_USAGE', kind: 'invalid', retryable: false },
  nothingToDecide: { code: 'DH_INTERFACES_NOTHING_TO_DECIDE', kind: 'missing', retryable: false },
} as const satisfies Record<string, ErrorDefinition>;
