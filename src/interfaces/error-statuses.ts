import { exitStatusOf, httpStatusOf, type ErrorKind } from '#domain/errors';
import { interfaceErrors } from './errors.ts';

interface Coded {
  readonly code: string;
  readonly kind: ErrorKind;
}

/** Codes whose HTTP status says more than their kind does (RFC 9110, RFC 6585). */
const httpStatusOfCode: Readonly<Record<string, number>> = {
  [interfaceErrors.notSignedIn.code]: 401,
  [interfaceErrors.signInRefused.code]: 401,
  [interfaceErrors.requestUnreadable.code]: 400,
  [interfaceErrors.mediaTypeUnsupported.code]: 415,
  [interfaceErrors.tooLarge.code]: 413,
  [interfaceErrors.tooManyRequests.code]: 429,
  [interfaceErrors.versionRequired.code]: 428,
  DH_ORCHESTRATION_BACKLOG_FULL: 429,
};

/** What another person, or this one after signing in, can do: a script hands over at exit status 3. */
const needsPerson: ReadonlySet<string> = new Set([
  interfaceErrors.notSignedIn.code,
  'DH_ORCHESTRATION_FOUR_EYES',
  'DH_ORCHESTRATION_NOT_ALLOWED',
]);

/** HTTP status of an error; `DH_ORCHESTRATION_INVOICE_CHANGED` is 412 instead when the caller sent `If-Match`. */
export function httpStatusOfError({ code, kind }: Coded): number {
  return httpStatusOfCode[code] ?? httpStatusOf[kind];
}

/** Exit status of the command line: 1 failed, 2 wrong use, 3 needs a person. */
export function exitStatusOfError({ code, kind }: Coded): number {
  return needsPerson.has(code) ? 3 : exitStatusOf[kind];
}
