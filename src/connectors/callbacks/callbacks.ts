import type { Callback, CallbackAnswer, Callbacks } from '#domain/ports';
import type { OutsideCalls } from '#platform';
import { callByHttp } from './http-callback.ts';
import { createStepFunctions, type StepFunctionsOptions } from './step-functions.ts';

export interface CallbackOptions {
  /** Hosts that may be called by HTTP, as `host` or `host:port`: an address comes from outside and must not reach everything we can. */
  readonly hosts: readonly string[];
  /** Signs calls by HTTP: `whsec_` and base64, known to the receiver. Null: no calls by HTTP. */
  readonly signingSecret: string | null;
  /** Null: no calls to Step Functions. */
  readonly stepFunctions: StepFunctionsOptions | null;
  /** Each host that is called, and Step Functions, is a system of its own: `callback:<host>`, `step-functions`. */
  readonly calls: Pick<OutsideCalls, 'to'>;
}

/** Tells outside pipelines that their step has ended. */
export function createCallbacks(options: CallbackOptions): Callbacks {
  const { hosts, signingSecret, stepFunctions, calls } = options;
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
    // A call whose answer was lost is simply made again: receivers know it by its id, a spent task token says so.
    send: (callback, answer: CallbackAnswer) =>
      callback.kind === 'step-functions' && machines !== null
        ? calls.to('step-functions').call((signal) => machines.send(callback.taskToken, answer, signal))
        : calls.to(`callback:${hostOf(callback)}`).call((signal) => callByHttp(callback, answer, signingSecret ?? '', signal)),
  };
}

function hostOf(callback: Callback): string {
  return callback.kind === 'http' ? new URL(callback.url).host : '';
}
