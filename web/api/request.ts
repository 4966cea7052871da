import type { Problem } from '../../src/interfaces/api/contract.ts';
import { awayBy, connection, saysDatabaseAway } from './connection.ts';

/** An answer that was no. `problem` is what the server said (RFC 9457), or what we know when it said nothing. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export function isProblem(error: unknown, status?: number): error is ProblemError {
  return error instanceof ProblemError && (status === undefined || error.problem.status === status);
}

/** Whether server or database were away: asked again, the same request may well be answered. */
export function isAway(error: unknown): boolean {
  if (!isProblem(error)) return false;
  const { status, code } = error.problem;
  return status === 0 || saysDatabaseAway(code) || (code === noDetailCode && [502, 503, 504].includes(status));
}

let reading = Promise.resolve();

/** Lets reads wait while a session ends: what is fetched then is fetched as nobody. Calling the answer lets them go on. */
export function holdReads(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  reading = promise;
  return resolve;
}

/** Reads: GET never changes anything. */
export async function show<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  await reading;
  return answerOf<Answer>(await send(path, { signal: signal ?? null }));
}

/**
 * Decides: each call carries its own key, so that a repeated click or a lost answer has one effect. While server or
 * database are away it is sent again, so that what a person decided is not lost.
 */
export async function decide<Answer>(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers },
    body: JSON.stringify(body ?? {}),
  };
  return insist(async () => answerOf<Answer>(await send(path, request)));
}

/** Ends something; doing it twice ends it once. */
export async function remove<Answer>(path: string): Promise<Answer> {
  return insist(async () => answerOf<Answer>(await send(path, { method: 'DELETE' })));
}

/** Longer than a key whose first request died with its server stays blocked, which is a minute. */
const PATIENCE_MS = 90_000;
const RESEND_MS = 1_000;

/** Sends what may be sent twice until it is answered. */
export async function insist<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (let isRepeated = false; ; isRepeated = true) {
    try {
      return await work();
    } catch (error) {
      const isBusy = isRepeated && isProblem(error) && error.problem.code === 'DH_INTERFACES_IDEMPOTENCY_KEY_BUSY';
      if ((!isBusy && !isAway(error)) || performance.now() > giveUpAt) throw error;
    }
    await new Promise((resume) => setTimeout(resume, RESEND_MS));
  }
}

export async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, { ...init, credentials: 'same-origin' });
    const away = await awayBy(response.clone());
    if (away === null) connection.found();
    else connection.lost(away);
    return response;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    connection.lost('server');
    throw new ProblemError(unreachable());
  }
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return (await response.json()) as Answer;
}

export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  const fallback: Problem = {
    type: 'about:blank',
    title: response.status >= 500 ? 'Deskhand could not do that' : 'That was refused',
    status: response.status,
    detail: response.status >= 500 ? 'Something went wrong on the server. Try again in a moment.' : 'The server refused this request.',
    code: noDetailCode,
  };
  return { ...fallback, ...parsed(text), status: response.status };
}

const noDetailCode = 'DH_WEB_NO_DETAIL';

/** better-auth answers `{ message }`, all other routes problem details. */
function parsed(text: string): Partial<Problem> {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null) return {};
    return 'message' in body && typeof body.message === 'string' ? { detail: body.message } : body;
  } catch {
    // No JSON: a proxy's error page. The status says enough.
    return {};
  }
}

function unreachable(): Problem {
  return {
    type: 'about:blank',
    title: 'Deskhand does not answer',
    status: 0,
    detail: 'The server is restarting or the network is down. Nothing was lost; it goes on by itself.',
    code: 'DH_WEB_UNREACHABLE',
  };
}
