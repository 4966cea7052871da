import type { ErrorDefinition } from '#domain/errors';

/** Errors of the intelligence room. docs/reference/errors.md is generated from this table. */
export const intelligenceErrors = {
  /** The server refused the question; nothing is owed for it. */
  modelRefused: { code: 'DH_INTELLIGENCE_MODEL_REFUSED', kind: 'denied', retryable: false },
  /** The same, for now: too many questions, or trouble over there. */
  modelUnavailable: { code: 'DH_INTELLIGENCE_MODEL_UNAVAILABLE', kind: 'unavailable', retryable: true },
  /** It did not answer, or broke off; it may have worked all the same. */
  modelUnreachable: { code: 'DH_INTELLIGENCE_MODEL_UNREACHABLE', kind: 'unavailable', retryable: true },
} as const satisfies Record<string, ErrorDefinition>;
