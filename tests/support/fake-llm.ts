import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A question as it reached the server. */
export interface SeenQuestion {
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly max_tokens: number;
    readonly response_format: { readonly type: string; readonly json_schema?: { readonly strict?: boolean; readonly schema: unknown } };
    readonly messages: readonly { readonly role: string; readonly content: string | readonly ContentPart[] }[];
  };
  /** Instructions and page as text. */
  readonly system: string;
  readonly page: string;
}
type ContentPart = { readonly type: string; readonly text?: string; readonly image_url?: { readonly url: string } };

/** What the server does with the next question. */
export type Reply =
  | { readonly values: readonly Offered[]; readonly tokens?: readonly [input: number, output: number] | null }
  | { readonly text: string }
  | { readonly status: number; readonly body?: string }
  | { readonly redirect: string }
  | 'drop'
  | 'hang'
  | 'torn';
export interface Offered {
  readonly field: string;
  readonly value: string;
  readonly words?: readonly number[];
  readonly quote?: string;
}

export interface FakeModel {
  readonly url: string;
  readonly seen: SeenQuestion[];
  /** Answers the next question; without one, nothing is suggested. A function sees the question first. */
  next(...replies: readonly (Reply | ((question: SeenQuestion) => Reply))[]): void;
  close(): Promise<void>;
}

/** A server that speaks OpenAI's chat completions as a test scripts it. */
export async function openFakeModel(): Promise<FakeModel> {
  const seen: SeenQuestion[] = [];
  const planned: (Reply | ((question: SeenQuestion) => Reply))[] = [];
  const server = createServer((request, response) => {
    receive(request)
      .then((question) => {
        seen.push(question);
        const plan = planned.shift() ?? { values: [] };
        reply(response, typeof plan === 'function' ? plan(question) : plan, question);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    next: (...replies) => planned.push(...replies),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function receive(request: IncomingMessage): Promise<SeenQuestion> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString()) as SeenQuestion['body'];
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions') throw new Error(`unexpected ${request.method} ${request.url}`);
  const text = (role: string): string => {
    const content = body.messages.find((message) => message.role === role)?.content ?? '';
    return typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('');
  };
  return { authorization: request.headers.authorization, body, system: text('system'), page: text('user') };
}

function reply(response: ServerResponse, next: Reply, { body }: SeenQuestion): void {
  if (next === 'hang') return;
  if (next === 'drop') return void response.destroy();
  if ('object' === typeof next && 'redirect' in next) return void response.writeHead(307, { location: next.redirect }).end();
  if ('object' === typeof next && 'status' in next) {
    const error = next.body ?? JSON.stringify({ error: { message: 'no' } });
    return void response.writeHead(next.status, { 'content-type': 'application/json' }).end(error);
  }
  const content =
    next === 'torn'
      ? ''
      : 'text' in next
        ? next.text
        : JSON.stringify({ values: next.values.map((one) => ({ words: [], quote: '', ...one })) });
  const tokens = next !== 'torn' && 'values' in next && next.tokens !== undefined ? next.tokens : ([100, 20] as const);
  const answer = JSON.stringify({
    id: 'x',
    object: 'chat.completion',
    created: 1,
    model: body.model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    ...(tokens === null ? {} : { usage: { prompt_tokens: tokens[0], completion_tokens: tokens[1], total_tokens: tokens[0] + tokens[1] } }),
  });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
  if (next === 'torn') {
    response.write(answer.slice(0, 40));
    setTimeout(() => response.destroy(), 10);
  } else response.end(answer);
}
