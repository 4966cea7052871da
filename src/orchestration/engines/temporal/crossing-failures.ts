import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure } from '@temporalio/common';
import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../errors.ts';
import { failureOf } from '../attempt.ts';

/** Errors cross Temporal as their code and what the port promises of them. */
export function asFailure({ code, message, kind, retryable }: DeskhandError): ApplicationFailure {
  return ApplicationFailure.create({ message, type: code, nonRetryable: true, details: [{ code, message, kind, retryable }] });
}

/** Of an activity or a child: the error that it failed with. */
export function failureBehind(thrown: unknown): DeskhandError {
  const cause = thrown instanceof ActivityFailure || thrown instanceof ChildWorkflowFailure ? thrown.cause : thrown;
  if (cause instanceof ApplicationFailure) return failureOf(cause.details?.[0] ?? cause);
  const name = (cause as { name?: unknown } | undefined)?.name;
  if (name === 'TerminatedFailure' || name === 'CancelledFailure')
    return new DeskhandError(orchestrationErrors.cancelled, 'It was cancelled.', { cause });
  return failureOf(cause);
}
