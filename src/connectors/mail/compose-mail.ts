import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { OutgoingMail } from '#domain/ports';

/** Writes a mail (RFC 5322, MIME, UTF-8); the same mail gives the same bytes. */
export function composeMail({ messageId, from, to, subject, text, inReplyTo, date }: OutgoingMail): Promise<Uint8Array> {
  return new MailComposer({
    from,
    to,
    subject,
    text,
    date,
    messageId,
    newline: 'windows',
    ...(inReplyTo === null ? {} : { inReplyTo, references: inReplyTo }),
  })
    .compile()
    .build();
}
