import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { asDeskhandError, DeskhandError, type ErrorKind } from '#domain/errors';
import type { Problem } from '../api/contract.ts';
import { interfaceErrors } from '../errors.ts';
import type { CliContext } from './cli-context.ts';

/** Calls the REST API as the signed-in member. Refusals are thrown with the server's own code and words. */
export interface ServerClient {
  readonly url: string;
  get<Answer>(path: string): Promise<Answer>;
  /** @param more - further headers, such as If-Match. */
  post<Answer>(path: string, body?: unknown, more?: Readonly<Record<string, string>>): Promise<Answer>;
  put<Answer>(path: string, body: unknown): Promise<Answer>;
  remove<Answer>(path: string): Promise<Answer>;
  send<Answer>(path: string, contentType: string, bytes: Uint8Array): Promise<Answer>;
  /** The body as text, e.g. a bank file. */
  text(path: string): Promise<string>;
  /** The body as it comes, e.g. an auditor's folder; it may take long. */
  stream(path: string): Promise<AsyncIterable<Uint8Array>>;
}

const timeoutMs = 60_000;
const streamTimeoutMs = 3_600_000;

/** @throws DH_INTERFACES_SERVER_UNREACHABLE, DH_INTERFACES_NOT_SIGNED_IN */
export async function connect(context: CliContext, options: { readonly url?: string | undefined }): Promise<ServerClient> {
  const url = await findUrl(context, options.url);
  const token = await findToken(context, url);
  const headers = { authorization: `Bearer ${token}` };
  const call = async (pathname: string, init: RequestInit): Promise<Response> =>
    await request(url, pathname, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } });
  const decide = async <Answer>(pathname: string, contentType: string, body: Uint8Array, more = {}): Promise<Answer> => {
    const response = await call(pathname, {
      method: 'POST',
      headers: { 'content-type': contentType, 'idempotency-key': crypto.randomUUID(), ...more },
      body: Buffer.from(body),
    });
    return (await response.json()) as Answer;
  };
  return {
    url,
    get: async <Answer>(pathname: string) => (await (await call(pathname, {})).json()) as Answer,
    post: (pathname, body, more) => decide(pathname, 'application/json', Buffer.from(JSON.stringify(body ?? {})), more),
    put: async <Answer>(pathname: string, body: unknown) =>
      (await (
        await call(pathname, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      ).json()) as Answer,
    remove: async <Answer>(pathname: string) => (await (await call(pathname, { method: 'DELETE' })).json()) as Answer,
    send: (pathname, contentType, bytes) => decide(pathname, contentType, bytes),
    text: async (pathname) => await (await call(pathname, {})).text(),
    async stream(pathname) {
      const { body } = await call(pathname, { signal: AbortSignal.timeout(streamTimeoutMs) });
      return body ?? (async function* () {})();
    },
  };
}

/** Address by `--url`, DESKHAND_URL, or the Deskhand that runs on this data folder. */
export async function findUrl(context: CliContext, option: string | undefined): Promise<string> {
  const url = option ?? context.handlers.url ?? (await context.handlers.findServer());
  if (url === null || url === undefined || url === '') {
    throw new DeskhandError(
      interfaceErrors.serverUnreachable,
      'No Deskhand runs on this data folder. Start one with "deskhand start", or name one with --url or DESKHAND_URL.',
    );
  }
  if (!URL.canParse(url)) throw new DeskhandError(interfaceErrors.usage, `"${url}" is no address. Write it like http://127.0.0.1:4280.`);
  return url.replace(/\/+$/, '');
}

/** Signs in and keeps the session's token in the data folder, readable for this user only. */
export async function logIn(context: CliContext, url: string, email: string, password: string): Promise<void> {
  await keepToken(context, url, await signIn(url, email, password));
}

async function request(url: string, pathname: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`${url}${pathname}`, { signal: AbortSignal.timeout(timeoutMs), ...init });
  } catch (cause) {
    throw new DeskhandError(
      interfaceErrors.serverUnreachable,
      `${url} does not answer. Is Deskhand running there? "deskhand status" tells.`,
      { cause },
    );
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response: Response): Promise<DeskhandError> {
  const text = await response.text();
  try {
    const { code, detail, errors } = JSON.parse(text) as Partial<Problem>;
    if (code === interfaceErrors.notSignedIn.code) return notSignedIn();
    const places = errors?.map((fault) => ` ${fault.pointer}: ${fault.detail}`).join('') ?? '';
    return new DeskhandError(
      { code: (code ?? 'DH_INTERFACES_UNEXPECTED') as `DH_${string}`, kind: kindOf(response.status), retryable: response.status === 503 },
      `${detail ?? text}${places}`,
    );
  } catch (cause) {
    return asDeskhandError(cause) ?? new DeskhandError(interfaceErrors.unexpected, `The server answered ${response.status}.`, { cause });
  }
}

function kindOf(status: number): ErrorKind {
  if (status === 404) return 'missing';
  if (status === 401 || status === 403) return 'denied';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 429 || status === 503) return 'unavailable';
  return status >= 500 ? 'defect' : 'invalid';
}

/** The kept session; with credentials by environment one of their own, so that a script signs in once and not per command. */
async function findToken(context: CliContext, url: string): Promise<string> {
  const { credentials } = context.handlers;
  const tokens = await readTokens(tokenFile(context));
  if (credentials === null || credentials === undefined) {
    const token = tokens[url];
    if (token === undefined) throw notSignedIn();
    return token;
  }
  const key = `${credentials.email} ${url}`;
  const kept = tokens[key];
  if (kept !== undefined && (await isValid(url, kept))) return kept;
  const token = await signIn(url, credentials.email, credentials.password);
  if (existsSync(context.handlers.dataFolder)) await keepToken(context, key, token);
  return token;
}

async function isValid(url: string, token: string): Promise<boolean> {
  try {
    const response = await request(url, '/v1/me', { headers: { authorization: `Bearer ${token}` } });
    await response.body?.cancel();
    return true;
  } catch (thrown) {
    if (thrown instanceof DeskhandError && thrown.code === interfaceErrors.notSignedIn.code) return false;
    throw thrown;
  }
}

async function keepToken(context: CliContext, key: string, token: string): Promise<void> {
  const file = tokenFile(context);
  const tokens = { ...(await readTokens(file)), [key]: token };
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(tokens), { mode: 0o600 });
  await rename(draft, file);
}

async function signIn(url: string, email: string, password: string): Promise<string> {
  const response = await request(url, '/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  await response.body?.cancel();
  const token = response.headers.get('set-auth-token');
  if (token === null) throw new DeskhandError(interfaceErrors.unexpected, `${url} gave no session. Is it a Deskhand?`);
  return token;
}

async function readTokens(file: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  } catch {
    // No file, or one that was cut short: nobody is signed in, and login writes it anew.
    return {};
  }
}

function tokenFile({ handlers }: CliContext): string {
  return path.join(handlers.dataFolder, 'cli-session.json');
}

function notSignedIn(): DeskhandError {
  return new DeskhandError(interfaceErrors.notSignedIn, 'Sign in first: "deskhand login", or set DESKHAND_EMAIL and DESKHAND_PASSWORD.');
}
