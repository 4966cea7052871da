import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { seededRandom } from './random.ts';

/** What may go wrong with one submission. "Executes" means that the ledger has it, whatever the caller hears. */
export const bankFaults = [
  /** The connection drops before anything is executed. */
  'drop-before',
  /** 503, nothing executed. */
  'unavailable',
  /** Executes, then drops the connection without an answer. */
  'drop-after',
  /** Executes, then answers 500. */
  'error-after',
  /** Executes, then answers 200 with something that is no answer. */
  'wrong-json',
  /** Executes, then sends half of the answer and drops the connection. */
  'torn',
  /** Executes, and answers after `delayMs`. */
  'slow',
  /** Drops the connection at once and executes `delayMs` later: asked in between, the bank knows nothing. */
  'late',
  /** The network delivers the file twice. */
  'duplicate',
  /** 422 with a reason; nothing will be executed. */
  'refuse',
] as const;
export type BankFault = (typeof bankFaults)[number];
/** `ask-unavailable` answers 503 to a question, `ask-drop` drops it. */
export type AskFault = 'ask-unavailable' | 'ask-drop';

export interface FakeBankOptions {
  /** Holds `ledger.jsonl`; a bank opened again on the same folder knows what it had. */
  readonly folder: string;
  /** @default a free port */
  readonly port?: number;
  /** Draws the faults of `share`; print it where a test may fail. @default 1 */
  readonly seed?: number;
  /** Share of submissions and questions that meet a fault of `kinds`, in 0–1. @default 0 */
  readonly share?: number;
  /** @default all but `refuse`, and both faults of questions */
  readonly kinds?: readonly (BankFault | AskFault)[];
  /** For `slow` and `late`. @default 50 milliseconds */
  readonly delayMs?: number;
  /** Whether the bank knows a messageId that it has, and executes it once only. @default true */
  readonly dedupes?: boolean;
  /** @default 'test-token' */
  readonly token?: string;
}

/** One payment that was executed. */
export interface BookedPayment {
  readonly messageId: string;
  readonly endToEndId: string;
  /** Decimal text as in the file. */
  readonly amount: string;
  readonly currency: string;
  readonly iban: string;
}

/** One line of the ledger: everything that reached the bank, in order. */
export interface LedgerLine {
  readonly kind: 'booked' | 'duplicate' | 'conflict' | 'refused';
  readonly messageId: string;
  readonly sha256: string;
  readonly fault: BankFault | null;
  readonly payments: readonly BookedPayment[];
  readonly bankReference: string;
}

export interface FakeBank {
  readonly url: string;
  readonly token: string;
  /** The next submissions meet these, in this order, before any drawn one. */
  next(...faults: readonly BankFault[]): void;
  nextAsk(...faults: readonly AskFault[]): void;
  /** Read from disk. */
  ledger(): readonly LedgerLine[];
  /** Payments that were executed, as often as they were; compare these with what was released. */
  booked(): readonly BookedPayment[];
  /** Files that arrived again under a messageId that the bank had. */
  duplicates(): number;
  /** Submissions that reached the bank, questions that did, and faults met. */
  readonly seen: { submissions: number; questions: number; faults: number };
  close(): Promise<void>;
}

/** A bank's HTTP gateway with a ledger on disk: `PUT /payment-files/{messageId}` and `GET` of the same. */
export async function openFakeBank(options: FakeBankOptions): Promise<FakeBank> {
  const bank = createBank(options);
  const server = createServer((request, response) => {
    bank.serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    token: bank.token,
    next: (...faults) => bank.planned.push(...faults),
    nextAsk: (...faults) => bank.plannedAsks.push(...faults),
    ledger: bank.ledger.lines,
    booked: () => bank.ledger.lines().flatMap((line) => (line.kind === 'booked' ? line.payments : [])),
    duplicates: () => bank.ledger.lines().filter((line) => line.kind === 'duplicate').length,
    seen: bank.seen,
    close: () => closeServer(server, bank.late),
  };
}

interface Bank {
  readonly token: string;
  readonly ledger: Ledger;
  readonly planned: BankFault[];
  readonly plannedAsks: AskFault[];
  readonly seen: { submissions: number; questions: number; faults: number };
  /** Executions still to come. */
  readonly late: Set<Promise<void>>;
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

function createBank(options: FakeBankOptions): Bank {
  const random = seededRandom(options.seed ?? 1);
  const kinds = options.kinds ?? [...bankFaults.filter((fault) => fault !== 'refuse'), 'ask-unavailable', 'ask-drop'];
  const draw = (choices: readonly (BankFault | AskFault)[]): BankFault | AskFault | undefined =>
    random() < (options.share ?? 0) ? choices[Math.floor(random() * choices.length)] : undefined;
  const isAsk = (kind: BankFault | AskFault): kind is AskFault => kind === 'ask-unavailable' || kind === 'ask-drop';
  const token = options.token ?? 'test-token';
  const ledger = openLedger(options.folder);
  const planned: BankFault[] = [];
  const plannedAsks: AskFault[] = [];
  const seen = { submissions: 0, questions: 0, faults: 0 };
  const late = new Set<Promise<void>>();
  const desk: Desk = { ledger, late, delayMs: options.delayMs ?? 50, dedupes: options.dedupes ?? true };
  return {
    token,
    ledger,
    planned,
    plannedAsks,
    seen,
    late,
    async serve(request, response) {
      const messageId = /^\/payment-files\/([\w.-]{1,35})$/.exec(request.url ?? '')?.[1];
      if (request.headers.authorization !== `Bearer ${token}`) return answer(response, 401, { error: 'unauthorized' });
      if (messageId === undefined) return answer(response, 404, { error: 'no such address' });
      if (request.method === 'GET') {
        seen.questions += 1;
        const fault = (plannedAsks.shift() ?? draw(kinds.filter(isAsk))) as AskFault | undefined;
        if (fault !== undefined) seen.faults += 1;
        return askAbout(desk, messageId, fault, response);
      }
      const body = await read(request);
      seen.submissions += 1;
      const fault = (planned.shift() ?? draw(kinds.filter((kind) => !isAsk(kind)))) as BankFault | undefined;
      if (fault !== undefined) seen.faults += 1;
      return await submit(desk, { messageId, body, request, fault: fault ?? null }, response);
    },
  };
}

interface Desk {
  readonly ledger: Ledger;
  readonly late: Set<Promise<void>>;
  readonly delayMs: number;
  readonly dedupes: boolean;
}
interface Submission {
  readonly messageId: string;
  readonly body: Buffer;
  readonly request: IncomingMessage;
  readonly fault: BankFault | null;
}
interface Reply {
  readonly status: number;
  readonly content: Readonly<Record<string, unknown>>;
}

async function submit(desk: Desk, submission: Submission, response: ServerResponse): Promise<void> {
  const { fault, messageId, body, request } = submission;
  if (fault === 'drop-before') return drop(response);
  if (fault === 'unavailable') return answer(response, 503, { error: 'closed for a moment' });
  const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  if (request.headers['content-digest'] !== digest) return answer(response, 400, { error: 'the digest is not that of the file' });
  if (request.headers['idempotency-key'] !== `"${messageId}"`) return answer(response, 400, { error: 'no idempotency key' });
  if (fault === 'late') {
    drop(response);
    const work = pause(desk.delayMs).then(() => void execute(desk, submission));
    desk.late.add(work);
    return await work.finally(() => desk.late.delete(work));
  }
  const reply = execute(desk, submission);
  if (fault === 'duplicate') execute(desk, submission);
  if (fault === 'drop-after') return drop(response);
  if (fault === 'error-after') return answer(response, 500, { error: 'something broke' });
  if (fault === 'wrong-json') return answer(response, 200, '<html>Welcome</html>');
  if (fault === 'torn') return tear(response, JSON.stringify(reply.content));
  if (fault === 'slow') await pause(desk.delayMs);
  return answer(response, reply.status, reply.content);
}

/** Books the file, or finds it: what a real bank does in one transaction. */
function execute({ ledger, dedupes }: Desk, { messageId, body, fault }: Submission): Reply {
  const sha256 = createHash('sha256').update(body).digest('hex');
  const earlier = dedupes ? ledger.find(messageId) : undefined;
  const bankReference = `BANK-${messageId}`;
  const line = { messageId, sha256, fault, payments: [], bankReference };
  if (earlier !== undefined && earlier.sha256 !== sha256) {
    ledger.append({ ...line, kind: 'conflict' });
    return { status: 409, content: { error: 'another file has this id' } };
  }
  if (earlier !== undefined) {
    ledger.append({ ...line, kind: 'duplicate' });
    return earlier.kind === 'refused' ? refused : { status: 200, content: { status: 'accepted', bankReference, sha256 } };
  }
  if (fault === 'refuse') {
    ledger.append({ ...line, kind: 'refused' });
    return refused;
  }
  ledger.append({ ...line, kind: 'booked', payments: paymentsOf(messageId, body.toString('utf8')) });
  return { status: 201, content: { status: 'accepted', bankReference, sha256 } };
}

const refusalReason = 'The account may not be debited today.';
const refused: Reply = { status: 422, content: { status: 'refused', reason: refusalReason } };

function askAbout({ ledger }: Desk, messageId: string, fault: AskFault | undefined, response: ServerResponse): void {
  if (fault === 'ask-drop') return drop(response);
  if (fault === 'ask-unavailable') return answer(response, 503, { error: 'closed for a moment' });
  const line = ledger.find(messageId);
  if (line === undefined) return answer(response, 404, { status: 'absent' });
  const { sha256, bankReference } = line;
  return line.kind === 'refused'
    ? answer(response, 200, { status: 'refused', reason: refusalReason, sha256 })
    : answer(response, 200, { status: 'accepted', bankReference, sha256 });
}

interface Ledger {
  lines(): readonly LedgerLine[];
  /** The first word about a file. */
  find(messageId: string): LedgerLine | undefined;
  append(line: LedgerLine): void;
}

function openLedger(folder: string): Ledger {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'ledger.jsonl');
  const lines = (): readonly LedgerLine[] =>
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as LedgerLine)
      : [];
  const known = new Map<string, LedgerLine>();
  for (const line of lines()) if (!known.has(line.messageId)) known.set(line.messageId, line);
  return {
    lines,
    find: (messageId) => known.get(messageId),
    append(line) {
      const handle = openSync(file, 'a');
      writeSync(handle, `${JSON.stringify(line)}\n`);
      fsyncSync(handle);
      closeSync(handle);
      if (!known.has(line.messageId)) known.set(line.messageId, line);
    },
  };
}

/** The transfers of a pain.001 file. */
function paymentsOf(messageId: string, xml: string): BookedPayment[] {
  return [...xml.matchAll(/<CdtTrfTxInf>(.*?)<\/CdtTrfTxInf>/gs)].map(([, transfer = '']) => {
    const [, currency = '', amount = ''] = /<InstdAmt Ccy="(\w{3})">([\d.]+)</.exec(transfer) ?? [];
    const endToEndId = /<EndToEndId>([^<]+)</.exec(transfer)?.[1] ?? '';
    const iban = /<CdtrAcct>.*?<IBAN>([^<]+)</s.exec(transfer)?.[1] ?? '';
    return { messageId, endToEndId, amount, currency, iban };
  });
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function answer(response: ServerResponse, status: number, content: Readonly<Record<string, unknown>> | string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof content === 'string' ? content : JSON.stringify(content));
}

function drop(response: ServerResponse): void {
  response.socket?.destroy();
}

function tear(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) });
  response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
}

function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}

async function closeServer(server: Server, late: ReadonlySet<Promise<void>>): Promise<void> {
  await Promise.allSettled(late);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
