import type { CallbackAnswer, Callbacks } from '#domain/ports';
import { callByHttp } from './http-callback.ts';
import { createStepFunctions, type StepFunctionsOptions } from './step-functions.ts';

export interface CallbackOptions {
  /** Hosts that may be called by HTTP, as `host` or `host:port`: an address comes from outside and must not reach everything we can. */
  readonly hosts: readonly string[];
  /** Signs calls by HTTP: `whsec_` and base64, known to the receiver. Null: no calls by HTTP. */
  readonly signingSecret: string | null;
  /** Null: no calls to Step Functions. */
  readonly stepFunctions: StepFunctionsOptions | null;
}

/** Tells outside pipelines that their step has ended. */
export function createCallbacks(options: CallbackOptions): Callbacks {
  const { hosts, signingSecret, stepFunctions } = options;
  const machines = stepFunctions === null ? null : createStepFunctions(stepFunctions);
  return {
    refusal(callback) {
      if (callback.kind === 'step-functions') {
        return machines === null
          ? 'Step Functions are not set up here. Set DESKHAND_AWS_REGION, or leave out the callback and poll.'
          : null;
      }
      if (signingSecret === null)
        return 'Calls by HTTP are not set up here. Set DESKHAND_CALLBACK_SECRET, or leave out the callback and poll.';
      return hosts.includes(new URL(callback.url).host)
        ? null
        : `${new URL(callback.url).host} is not among the hosts that may be called. Add it to DESKHAND_CALLBACK_HOSTS, or leave out the callback and poll.`;
    },
    send: (callback, answer: CallbackAnswer) =>
      callback.kind === 'http' || machines === null
        ? callByHttp(callback, answer, signingSecret ?? '')
        : machines.send(callback.taskToken, answer),
  };
}
