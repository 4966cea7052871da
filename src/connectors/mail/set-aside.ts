/**
 * A stand-in mail for something that was not fetched because of its size or a fault of its source. It goes the same way
 * as every other message, so that it ends in a task with sender, subject and reason instead of in a log line.
 *
 * @param headers - original header block of the mail, when there is one.
 * @param reason - one plain sentence for a person.
 */
export function setAsideMail(reason: string, headers: Uint8Array | null, subject: string): Uint8Array {
  const encoded = `=?UTF-8?B?${Buffer.from(reason).toString('base64')}?=`;
  // One line per header: an encoded word of one sentence stays below the 998 octets of RFC 5322 §2.1.1.
  const own = `X-Deskhand-Set-Aside: ${encoded}\r\n`;
  if (headers === null) {
    return Buffer.from(`${own}Subject: =?UTF-8?B?${Buffer.from(subject).toString('base64')}?=\r\n\r\n`);
  }
  const block = Buffer.from(headers).toString('latin1').trimEnd();
  return Buffer.from(`${own}${block}\r\n\r\n`, 'latin1');
}

/** Reads the reason back out of a stand-in's header. */
export function setAsideReason(header: string | null): string | null {
  const encoded = /^=\?UTF-8\?B\?([A-Za-z0-9+/=]{1,2000})\?=$/.exec(header ?? '')?.[1];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64').toString('utf8');
}
