/**
 * The one error class. Compared by `code`, because workflow engines and HTTP copy errors and `instanceof` does not
 * survive the copy.
 */

/** What went wrong, in the six ways that decide HTTP status, exit code and retry. */
export type ErrorKind = 'invalid' | 'denied' | 'missing' | 'conflict' | 'unavailable' | 'defect';

/** One row of a room's error table; `docs/reference/errors.md` is generated from all tables. */
export interface ErrorDefinition {
  readonly code: `DH_${string}`;
  readonly kind: ErrorKind;
  /** Whether the same call may succeed later without anyone changing anything. */
  readonly retryable: boolean;
}

export interface ErrorOptions {
  readonly cause?: unknown;
  /** Ids and numbers only: never document text or secrets. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A failure with a stable code. `message` says what happened, to what, and what to do next. */
export class DeskhandError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(definition: ErrorDefinition, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DeskhandError';
    this.code = definition.code;
    this.kind = definition.kind;
    this.retryable = definition.retryable;
    this.details = options.details ?? {};
  }
}

/** Reads a DeskhandError out of anything thrown, also after a copy through an engine or HTTP. */
export function asDeskhandError(thrown: unknown): DeskhandError | null {
  if (thrown instanceof DeskhandError) return thrown;
  if (thrown === null || typeof thrown !== 'object') return null;
  const copy = thrown as Partial<DeskhandError>;
  if (typeof copy.code !== 'string' || !copy.code.startsWith('DH_') || typeof copy.kind !== 'string') return null;
  return new DeskhandError(
    { code: copy.code as `DH_${string}`, kind: copy.kind, retryable: copy.retryable === true },
    copy.message ?? copy.code,
    { cause: thrown, details: copy.details ?? {} },
  );
}

/** HTTP status (RFC 9110) of each kind; the only place that decides it. */
export const httpStatusOf: Readonly<Record<ErrorKind, number>> = {
  invalid: 422,
  denied: 403,
  missing: 404,
  conflict: 409,
  unavailable: 503,
  defect: 500,
};

/** CLI exit status of each kind: 2 is wrong use, 1 everything else that failed. */
export const exitStatusOf: Readonly<Record<ErrorKind, number>> = {
  invalid: 2,
  denied: 1,
  missing: 1,
  conflict: 1,
  unavailable: 1,
  defect: 1,
};

/** Errors of the domain room. */
export const domainErrors = {
  moneyInvalid: { code: 'DH_DOMAIN_MONEY_INVALID', kind: 'invalid', retryable: false },
  dateInvalid: { code: 'DH_DOMAIN_DATE_INVALID', kind: 'invalid', retryable: false },
  currencyMismatch: { code: 'DH_DOMAIN_CURRENCY_MISMATCH', kind: 'invalid', retryable: false },
  calendarClosed: { code: 'DH_DOMAIN_CALENDAR_CLOSED', kind: 'invalid', retryable: false },
  impossible: { code: 'DH_DOMAIN_IMPOSSIBLE', kind: 'defect', retryable: false },
} as const satisfies Record<string, ErrorDefinition>;
