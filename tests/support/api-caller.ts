import { testPassword } from './api-office.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Tests look at single values of an answer; the contract is checked by the server's own serializer.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** Calls the API as one member by bearer token; never throws for a refusal. */
export interface Caller {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  readonly token: string;
}

export async function callAs(url: string, email: string): Promise<Caller> {
  const answer = await send(url, '/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: testPassword }),
  });
  const token = answer.headers.get('set-auth-token');
  if (token === null) throw new Error(`No sign-in for ${email}: ${answer.status} ${answer.text}`);
  return callWith(url, token);
}

function callWith(url: string, token: string): Caller {
  const authorization = `Bearer ${token}`;
  return {
    token,
    get: (path, headers = {}) => send(url, path, { headers: { authorization, ...headers } }),
    post: (path, body, headers = {}) =>
      send(url, path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body ?? {}),
      }),
  };
}

export async function send(url: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${url}${path}`, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, text, body: isJson ? (JSON.parse(text) as unknown) : null };
}
