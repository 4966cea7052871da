import MailComposer from 'nodemailer/lib/mail-composer/index.js';

export interface Correspondent {
  readonly name: string;
  readonly address: string;
}

export interface Attachment {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface Letter {
  readonly from: Correspondent;
  readonly to: Correspondent;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments: readonly Attachment[];
  /** An invitation as iCalendar text. */
  readonly calendar?: string;
  readonly date: Date;
  /** With angle brackets. */
  readonly messageId: string;
}

/** Writes a mail (RFC 5322, MIME). Boundaries follow from the Message-ID, so that the same letter gives the same bytes. */
export function composeMail(letter: Letter): Promise<Uint8Array> {
  const { from, to, subject, text, html, attachments, calendar, date, messageId } = letter;
  return new MailComposer({
    from,
    to,
    subject,
    text,
    date,
    messageId,
    baseBoundary: messageId.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 40),
    newline: 'windows',
    ...(html === undefined ? {} : { html }),
    ...(calendar === undefined ? {} : { icalEvent: { method: 'REQUEST', filename: 'invite.ics', content: calendar } }),
    attachments: attachments.map(({ fileName, mediaType, bytes }) => ({
      filename: fileName,
      contentType: mediaType,
      content: Buffer.from(bytes),
      // RFC 2046 §5.2.1: a mail inside a mail is never base64.
      ...(mediaType === 'message/rfc822' ? { contentTransferEncoding: '8bit' as const } : {}),
    })),
  })
    .compile()
    .build();
}
