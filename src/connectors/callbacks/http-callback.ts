import { Webhook } from 'standardwebhooks';
import { DeskhandError } from '#domain/errors';
import type { Callback, CallbackAnswer } from '#domain/ports';
import { connectorErrors } from '../errors.ts';

/**
 * Posts the answer, signed by Standard Webhooks 1.0 (`webhook-id`, `webhook-timestamp`, `webhook-signature`). The id is
 * the step's, so that a receiver knows a repeated call. Redirects are not followed: the host was checked, its target not.
 */
export async function callByHttp(
  callback: Callback,
  answer: CallbackAnswer,
  signingSecret: string,
  signal: AbortSignal,
): Promise<'delivered' | 'gone'> {
  const url = callback.kind === 'http' ? callback.url : '';
  const body = JSON.stringify(answer);
  const at = new Date();
  const signature = new Webhook(signingSecret).sign(answer.stepId, at, body);
  const headers = {
    'content-type': 'application/json',
    'webhook-id': answer.stepId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signature,
  };
  const response = await post(url, { body, headers, signal });
  if (response.ok) return 'delivered';
  // 410 is Standard Webhooks' word for "do not call again"; 404 says the same of a run that was cleaned away.
  if (response.status === 410 || response.status === 404) return 'gone';
  const isPassing = response.status >= 500 || response.status === 429 || response.status === 408;
  throw new DeskhandError(
    isPassing ? connectorErrors.callbackUnreachable : connectorErrors.callbackRefused,
    `${new URL(url).host} answered ${response.status} to the callback.`,
    { details: { status: response.status, stepId: answer.stepId } },
  );
}

async function post(url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, { ...init, method: 'POST', redirect: 'manual' });
    await response.body?.cancel();
    return response;
  } catch (cause) {
    throw new DeskhandError(connectorErrors.callbackUnreachable, `${new URL(url).host} did not answer the callback.`, { cause });
  }
}
