/** Long References lines of old threads included; a body is never looked at. */
const headBytes = 64 * 1024;

/**
 * What names the conversation a mail belongs to: the oldest message it refers to (RFC 5322 §3.6.4), or the mail itself.
 *
 * @returns null when there is no readable identifier. It is the sender's word: good for order, never for identity.
 */
export function threadOf(mail: Uint8Array): string | null {
  const text = new TextDecoder('latin1').decode(mail.subarray(0, headBytes));
  const end = /\r?\n\r?\n/.exec(text);
  const head = (end === null ? text : text.slice(0, end.index)).replaceAll(/\r?\n[ \t]+/g, ' ');
  return firstId(head, 'References') ?? firstId(head, 'In-Reply-To') ?? firstId(head, 'Message-ID');
}

function firstId(head: string, name: string): string | null {
  const line = head.split(/\r?\n/).find((candidate) => candidate.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line === undefined ? null : (/<[^<>\s]{1,998}>/.exec(line)?.[0] ?? null);
}
