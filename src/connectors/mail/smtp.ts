import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { asDeskhandError, DeskhandError } from '#domain/errors';
import type { MailAnswer, Mailer } from '#domain/ports';
import { platformErrors, type OutsideSystem } from '#platform';
import { connectorErrors } from '../errors.ts';
import { composeMail } from './compose-mail.ts';

/** How to reach the server that sends our mails. */
export interface SmtpAccount {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte (port 465), `starttls` required (587), or `none`, which is for this machine only. */
  readonly encryption: 'tls' | 'starttls' | 'none';
  /** Null where the server asks for none. */
  readonly login: { readonly user: string; readonly password: string } | null;
}

/**
 * Sends mails by SMTP (RFC 5321), each on a connection of its own. A mail of which every byte was sent and whose answer was
 * lost is `unknown`: SMTP knows no way to ask, so a person says whether it goes again, under the same Message-ID.
 *
 * @param from - address that mails come from.
 */
export function createMailer(account: SmtpAccount, from: string, system: OutsideSystem): Mailer {
  return {
    from,
    async send(mail) {
      const raw = Buffer.from(await composeMail(mail));
      try {
        return await system.act({
          act: (signal) => deliver(account, { from: mail.from.address, to: mail.to.address, raw }, signal),
          find: () => Promise.resolve(null),
          neverHappened: isSurelyNotSent,
          isAbsenceProof: false,
        });
      } catch (thrown) {
        const error = asDeskhandError(thrown);
        if (error?.code !== platformErrors.outcomeUnknown.code) throw thrown;
        return { outcome: 'unknown', why: 'The mail server took the mail and its answer was lost: it may have gone out or not.' };
      }
    },
  };
}

/** What nodemailer throws; its `command` is no help, it says CONN of a line that broke after the mail. */
interface SmtpFailure {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

async function deliver(
  { host, port, encryption, login }: SmtpAccount,
  { from, to, raw }: { readonly from: string; readonly to: string; readonly raw: Buffer },
  signal: AbortSignal,
): Promise<MailAnswer> {
  const transport = createTransport({
    host,
    port,
    secure: encryption === 'tls',
    requireTLS: encryption === 'starttls',
    ignoreTLS: encryption === 'none',
    ...(login === null ? {} : { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  });
  // Read once we are connected, encrypted and signed in: what fails before has sent nothing.
  let isBegun = false;
  const source = Readable.from(
    (function* () {
      isBegun = true;
      yield raw;
    })(),
    { objectMode: false },
  );
  const abort = (): void => transport.close();
  signal.addEventListener('abort', abort, { once: true });
  try {
    await transport.sendMail({ envelope: { from, to: [to] }, raw: source });
    return { outcome: 'accepted' };
  } catch (thrown) {
    return answerOf(thrown as SmtpFailure, host, isBegun);
  } finally {
    signal.removeEventListener('abort', abort);
    transport.close();
  }
}

/** @throws what says that nothing was sent, or that nobody knows */
function answerOf(failure: SmtpFailure, host: string, isBegun: boolean): MailAnswer {
  const { responseCode: status = 0, response = '' } = failure;
  if (failure.code === 'EAUTH') {
    const message = `The mail server ${host} refused our login. Nothing was sent. Check DESKHAND_SMTP_URL and try again.`;
    throw new DeskhandError(connectorErrors.mailServerLoginRefused, message, { cause: failure, details: { status } });
  }
  // 5xx is the server's last word about this mail; 4xx says to come back later (RFC 5321 §4.2.1).
  // Before the mail was begun it is about the line: no encryption, no service.
  if (status >= 500 && isBegun) return { outcome: 'refused', reason: response.replaceAll(/\s+/g, ' ').slice(0, 300) };
  const isSent = status === 0 && isBegun;
  throw new DeskhandError(
    connectorErrors.mailServerUnreachable,
    isSent ? `The mail server ${host} did not answer.` : sayNotSent(host, status),
    { cause: failure, details: { status, isSent } },
  );
}

function sayNotSent(host: string, status: number): string {
  if (status > 0) return `The mail server ${host} cannot take the mail now (${status}). Nothing was sent.`;
  return `No line to the mail server ${host} could be made, or none that is encrypted and its own. Nothing was sent. Check DESKHAND_SMTP_URL.`;
}

function isSurelyNotSent(failure: unknown): boolean {
  const error = asDeskhandError(failure);
  if (error?.code === connectorErrors.mailServerLoginRefused.code) return true;
  return error?.code === connectorErrors.mailServerUnreachable.code && error.details['isSent'] === false;
}
