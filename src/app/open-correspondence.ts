import { createMailer, type SmtpAccount } from '#connectors';
import type { Correspondence } from '#domain/ports';
import { recogniseAnswer } from '#intelligence';
import type { Config, OutsideCalls } from '#platform';

/** Questions by mail: sent by the server that the settings name, or by people. */
export function openCorrespondence({ smtpUrl, mailFrom }: Config, calls: OutsideCalls): Correspondence {
  const mailer = smtpUrl === null || mailFrom === null ? null : createMailer(smtpAccountOf(smtpUrl.reveal()), mailFrom, calls.to('smtp'));
  return { mailer, recogniseAnswer };
}

function smtpAccountOf(address: string): SmtpAccount {
  const url = new URL(address);
  const isTls = url.protocol === 'smtps:';
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (isTls ? 465 : 587) : Number(url.port),
    encryption: isTls ? 'tls' : isHere ? 'none' : 'starttls',
    login: url.username === '' ? null : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
  };
}
