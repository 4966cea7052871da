import { z } from 'zod';
import { asDeskhandError, DeskhandError } from '#domain/errors';
import type { OutgoingPaymentFile, PaymentChannel, SubmissionAnswer, SubmissionFinding } from '#domain/ports';
import { platformErrors, type OutsideSystem } from '#platform';
import { connectorErrors } from '../errors.ts';

export interface BankGatewayOptions {
  /** Where `/payment-files/…` lies. */
  readonly url: string;
  readonly token: string;
  readonly system: OutsideSystem;
  /** @default 120000 milliseconds, four times the longest call */
  readonly arrivesWithinMs?: number;
}

/** What the gateway answers, to a submission and to a question alike. docs/guides/connect-a-bank.md has the whole protocol. */
const answerSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('accepted'), bankReference: z.string().min(1).max(140), sha256: z.string() }),
  z.object({
    status: z.literal('refused'),
    reason: z
      .string()
      .min(1)
      .transform((reason) => reason.slice(0, 500)),
  }),
]);

/**
 * Sends payment files to a bank, or to a program that speaks to one, by HTTPS: `PUT /payment-files/{messageId}` under an
 * idempotency key with the file's digest (RFC 9530), and `GET` of the same to ask what became of it.
 */
export function createBankGateway({ url, token, system, arrivesWithinMs = 120_000 }: BankGatewayOptions): PaymentChannel {
  const exchange = async (messageId: string, init: RequestInit, signal: AbortSignal): Promise<Exchange> => {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json', ...init.headers };
    const address = new URL(`payment-files/${encodeURIComponent(messageId)}`, url.endsWith('/') ? url : `${url}/`);
    // Redirects are not followed: the token is for this address alone.
    const response = await fetch(address, { ...init, headers, redirect: 'manual', signal }).catch((cause: unknown) => {
      throw unreachable('did not answer', cause);
    });
    const text = await response.text().catch((cause: unknown) => {
      throw unreachable('broke off its answer', cause);
    });
    return { status: response.status, text };
  };
  const find = async ({ messageId, sha256 }: KnownFile, signal: AbortSignal): Promise<SubmissionAnswer | null> => {
    const { status, text } = await exchange(messageId, {}, signal);
    if (status === 404 && isOfGateway(text)) return null;
    return understood(status, text, sha256);
  };
  return {
    arrivesWithinMs,
    submit: (file) =>
      inWords(() =>
        system.act({
          act: async (signal) => {
            const { status, text } = await exchange(file.messageId, submissionOf(file), signal);
            return understood(status, text, file.sha256);
          },
          find: (signal) => find(file, signal),
          neverHappened: isSurelyNotSent,
          // It may still be on its way.
          isAbsenceProof: false,
        }),
      ),
    find: async (file): Promise<SubmissionFinding> =>
      inWords(async () => (await system.ask((signal) => find(file, signal))) ?? { outcome: 'absent' }),
  };
}

type KnownFile = Pick<OutgoingPaymentFile, 'messageId' | 'sha256'>;

interface Exchange {
  readonly status: number;
  readonly text: string;
}

function submissionOf({ messageId, sha256, bytes }: OutgoingPaymentFile): RequestInit {
  const digest = Buffer.from(sha256, 'hex').toString('base64');
  return {
    method: 'PUT',
    body: bytes as Uint8Array<ArrayBuffer>,
    headers: {
      'content-type': Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '<?xml' ? 'application/xml' : 'text/plain',
      // A structured string, as draft-ietf-httpapi-idempotency-key-header has it.
      'idempotency-key': `"${messageId}"`,
      'content-digest': `sha-256=:${digest}:`,
    },
  };
}

/** @throws what says why there is no answer in it; only of a clear answer is a payment ever called accepted or refused. */
function understood(status: number, text: string, sha256: string): SubmissionAnswer {
  if (status === 401 || status === 403) {
    const message = `The bank gateway refused our token (${status}). Nothing was sent. Check DESKHAND_BANK_TOKEN and try again.`;
    throw new DeskhandError(connectorErrors.bankLoginRefused, message, { details: { status } });
  }
  const answer = answerSchema.safeParse(parsed(text)).data;
  if (answer?.status === 'accepted' && answer.sha256 !== sha256)
    return {
      outcome: 'unknown',
      why: 'The bank has another file under the id of this one. Speak with the bank before anything else is sent.',
    };
  const isClear = status === 200 || status === 201 || status === 422;
  if (isClear && answer?.status === 'accepted') return { outcome: 'accepted', bankReference: answer.bankReference };
  if (isClear && answer?.status === 'refused') return { outcome: 'refused', reason: answer.reason };
  // RFC 9110: 400 to 499 say that the request was not carried out; 409 that something else was.
  if (status === 400 || status === 413 || status === 415) {
    const message = `The bank gateway did not take the request (${status}). Nothing was sent. Check that DESKHAND_BANK_URL leads to a gateway of this protocol.`;
    throw new DeskhandError(connectorErrors.bankRequestRefused, message, { details: { status } });
  }
  if (status === 429) throw unreachable('has too much to do (429)', null, { status, isSent: false });
  throw unreachable(`answered ${status} without a word that can be understood`, null, { status });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A 404 of something else, such as a proxy, says nothing about the file. */
function isOfGateway(text: string): boolean {
  return z.object({ status: z.literal('absent') }).safeParse(parsed(text)).success;
}

function unreachable(what: string, cause: unknown, details: Readonly<Record<string, unknown>> = {}): DeskhandError {
  return new DeskhandError(connectorErrors.bankUnreachable, `The bank gateway ${what}. It is asked again; check that it can be reached.`, {
    cause,
    details,
  });
}

// Failures of a connection that was never made (Node's and undici's codes).
const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const surelyNotSent: ReadonlySet<string> = new Set([connectorErrors.bankLoginRefused.code, connectorErrors.bankRequestRefused.code]);

function isSurelyNotSent(failure: unknown): boolean {
  const error = asDeskhandError(failure);
  if (error === null) return false;
  const network = (error.cause as { cause?: { code?: string } } | undefined)?.cause?.code ?? '';
  return surelyNotSent.has(error.code) || error.details['isSent'] === false || neverConnected.has(network);
}

/** What stays in doubt is an outcome, not a failure. */
async function inWords<Outcome>(work: () => Promise<Outcome>): Promise<Outcome | { readonly outcome: 'unknown'; readonly why: string }> {
  try {
    return await work();
  } catch (thrown) {
    const error = asDeskhandError(thrown);
    if (error?.code !== platformErrors.outcomeUnknown.code) throw thrown;
    return { outcome: 'unknown', why: error.message };
  }
}
