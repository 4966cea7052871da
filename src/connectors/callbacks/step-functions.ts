import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { DeskhandError } from '#domain/errors';
import type { CallbackAnswer } from '#domain/ports';
import { connectorErrors } from '../errors.ts';

export interface StepFunctionsOptions {
  readonly region: string;
  /** Another address than AWS' own, for a private endpoint or an emulation. */
  readonly endpoint: string | null;
}

/** Answers states that wait for a task token. Credentials come as the AWS SDK finds them (environment, profile, role). */
export function createStepFunctions({ region, endpoint }: StepFunctionsOptions): {
  send(taskToken: string, answer: CallbackAnswer, signal: AbortSignal): Promise<'delivered' | 'gone'>;
} {
  // One try here: the workflow repeats it.
  const client = new SFNClient({ region, ...(endpoint === null ? {} : { endpoint }), maxAttempts: 1 });
  return {
    async send(taskToken, answer, abortSignal) {
      try {
        await (answer.outcome === 'done'
          ? client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(answer) }), { abortSignal })
          : client.send(new SendTaskFailureCommand({ taskToken, error: `Deskhand.${answer.outcome}`, cause: JSON.stringify(answer) }), {
              abortSignal,
            }));
        return 'delivered';
      } catch (cause) {
        return judge(cause, answer);
      }
    },
  };
}

function judge(cause: unknown, answer: CallbackAnswer): 'gone' {
  const { name, $metadata } = cause as { name?: string; $metadata?: { httpStatusCode?: number } };
  // The state timed out, the execution was stopped, or an earlier call of ours arrived and its answer was lost.
  if (name === 'TaskTimedOut' || name === 'TaskDoesNotExist') return 'gone';
  const status = $metadata?.httpStatusCode ?? 0;
  const isRefused = name === 'InvalidToken' || name === 'InvalidOutput' || (status >= 400 && status < 500 && status !== 429);
  throw new DeskhandError(
    isRefused ? connectorErrors.callbackRefused : connectorErrors.callbackUnreachable,
    `Step Functions did not take the answer (${name ?? 'no reason given'}). Check region, credentials and the right states:SendTaskSuccess.`,
    { cause, details: { stepId: answer.stepId } },
  );
}
