import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import { asDeskhandError, DeskhandError, httpStatusOf, type ErrorKind } from '#domain/errors';
import type { Log } from '#platform';
import { httpStatusOfError } from '../error-statuses.ts';
import { interfaceErrors } from '../errors.ts';
import type { Problem } from './contract.ts';
import { traceIdOf } from './observe-requests.ts';

/** The caller named a version and it is not the current one: RFC 9110 §15.5.13. */
const changedCode = 'DH_ORCHESTRATION_INVOICE_CHANGED';

const titleOfKind: Readonly<Record<ErrorKind, string>> = {
  invalid: 'The request cannot be used as it is',
  denied: 'That is not allowed',
  missing: 'There is no such thing',
  conflict: 'That does not fit the current state',
  unavailable: 'Not available right now',
  defect: 'Something went wrong in Deskhand',
};

/** Problem details (RFC 9457) of anything thrown; what is no DeskhandError is logged, and told without its insides. */
export function toProblem(thrown: unknown, request: FastifyRequest): Problem {
  if (hasZodFastifySchemaValidationErrors(thrown))
    return { ...invalidRequest(thrown.validation, thrown.validationContext), trace_id: traceIdOf(request) };
  const error = asDeskhandError(thrown) ?? fromFastify(thrown);
  const status = error.code === changedCode && request.headers['if-match'] !== undefined ? 412 : httpStatusOfError(error);
  const { faults, retryAfterS } = error.details as { faults?: Problem['errors']; retryAfterS?: number };
  return {
    type: `/docs/errors#${error.code}`,
    title: titleOfKind[error.kind],
    status,
    detail: error.message,
    code: error.code,
    retry_after: retryAfterS,
    errors: faults,
    trace_id: traceIdOf(request),
  };
}

/** Sends a problem; only what somebody must act on is logged as an error. */
export function sendProblem(log: Log, thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = toProblem(thrown, request);
  if (body.status >= 500) {
    // What passes by itself needs nobody; who asked is told when to ask again.
    log[body.status === httpStatusOf.unavailable ? 'warn' : 'error'](
      { event: 'http.failed', code: body.code, route: request.routeOptions.url, err: thrown },
      'request failed',
    );
  }
  if (body.retry_after !== undefined) reply.header('retry-after', String(body.retry_after));
  return reply.status(body.status).type('application/problem+json').serializer(JSON.stringify).send(body);
}

function invalidRequest(
  validation: readonly { readonly instancePath: string; readonly message?: string | undefined }[],
  where: string | undefined,
): Problem {
  const { code, kind } = interfaceErrors.requestInvalid;
  return {
    type: `/docs/errors#${code}`,
    title: titleOfKind[kind],
    status: httpStatusOf[kind],
    detail: `The ${where ?? 'request'} does not fit the contract: see errors, and /openapi.json.`,
    code,
    errors: validation.map(({ instancePath, message }) => ({ pointer: `#${instancePath}`, detail: message ?? 'Not valid.' })),
  };
}

/** Fastify's own refusals in our words; all else is a defect. */
function fromFastify(thrown: unknown): DeskhandError {
  const { code = '', statusCode = 500, message = '' } = (thrown ?? {}) as { code?: string; statusCode?: number; message?: string };
  if (isResponseSerializationError(thrown) || statusCode >= 500) {
    return new DeskhandError(
      interfaceErrors.unexpected,
      'Deskhand failed at this. It is in the log under this trace id; please report it.',
      {
        cause: thrown,
      },
    );
  }
  if (statusCode === 413)
    return new DeskhandError(interfaceErrors.tooLarge, 'That is larger than this route takes. See /openapi.json for limits.');
  if (statusCode === 415) {
    return new DeskhandError(interfaceErrors.mediaTypeUnsupported, 'This route does not take that content type. See /openapi.json.');
  }
  if (statusCode === 429) return new DeskhandError(interfaceErrors.tooManyRequests, 'Too many requests. Wait a little and try again.');
  return new DeskhandError(interfaceErrors.requestUnreadable, `The request could not be read: ${message}`, { details: { fastify: code } });
}
