import type { ErrorDefinition } from '#domain/errors';

/** Errors of the connectors room. docs/reference/errors.md is generated from this table. */
export const connectorErrors = {
  mailboxLoginRefused: { code: 'DH_CONNECTORS_MAILBOX_LOGIN_REFUSED', kind: 'denied', retryable: false },
  mailboxUnreachable: { code: 'DH_CONNECTORS_MAILBOX_UNREACHABLE', kind: 'unavailable', retryable: true },
  mailboxMissing: { code: 'DH_CONNECTORS_MAILBOX_MISSING', kind: 'missing', retryable: false },
  mailboxUnencrypted: { code: 'DH_CONNECTORS_MAILBOX_UNENCRYPTED', kind: 'denied', retryable: false },
  folderUnreadable: { code: 'DH_CONNECTORS_FOLDER_UNREADABLE', kind: 'unavailable', retryable: true },
  deliveryFailed: { code: 'DH_CONNECTORS_DELIVERY_FAILED', kind: 'unavailable', retryable: true },
  paymentFileInvalid: { code: 'DH_CONNECTORS_PAYMENT_FILE_INVALID', kind: 'invalid', retryable: false },
  /** What should be a bank's answer or statement is not one, or not one that is safe to read. */
  bankFileInvalid: { code: 'DH_CONNECTORS_BANK_FILE_INVALID', kind: 'invalid', retryable: false },
  mailServerUnreachable: { code: 'DH_CONNECTORS_MAIL_SERVER_UNREACHABLE', kind: 'unavailable', retryable: true },
  mailServerLoginRefused: { code: 'DH_CONNECTORS_MAIL_SERVER_LOGIN_REFUSED', kind: 'denied', retryable: false },
  callbackUnreachable: { code: 'DH_CONNECTORS_CALLBACK_UNREACHABLE', kind: 'unavailable', retryable: true },
  callbackRefused: { code: 'DH_CONNECTORS_CALLBACK_REFUSED', kind: 'denied', retryable: false },
  bankUnreachable: { code: 'DH_CONNECTORS_BANK_UNREACHABLE', kind: 'unavailable', retryable: true },
  bankLoginRefused: { code: 'DH_CONNECTORS_BANK_LOGIN_REFUSED', kind: 'denied', retryable: false },
  /** The gateway says that the request itself was wrong; nothing was sent to the bank. */
  bankRequestRefused: { code: 'DH_CONNECTORS_BANK_REQUEST_REFUSED', kind: 'invalid', retryable: false },
} as const satisfies Record<string, ErrorDefinition>;
