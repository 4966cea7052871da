/** Long References lines of old threads included; a body is never looked at. */
const headBytes = 64 * 1024;

/**
 * What names the conversation a mail belongs to: the oldest message it refers to (RFC 5322 §3.6.4), or the mail itself.
 *
 * @returns null when there is no readable identifier. It is the sender's word: good for order, never for identity.
 */
export function threadOf(mail: Uint8Array): string | null {
  const head = headOf(mail);
  return firstId(head, 'References') ?? firstId(head, 'In-Reply-To') ?? firstId(head, 'Message-ID');
}

/**
 * Every message that a mail says it answers, the nearest first. The sender's word, as `threadOf`.
 *
 * @returns identifiers with their angle brackets; at most 50.
 */
export function answeredMessages(mail: Uint8Array): readonly string[] {
  const head = headOf(mail);
  const ids = ['References', 'In-Reply-To'].flatMap((name) => lineOf(head, name).match(/<[^<>\s]{1,998}>/g) ?? []);
  return [...new Set(ids.toReversed())].slice(0, 50);
}

/** Whether a machine wrote it and says so: an absence note, a receipt (RFC 3834 §5). */
export function isAutomaticMail(mail: Uint8Array): boolean {
  const said = lineOf(headOf(mail), 'Auto-Submitted').toLowerCase();
  return said !== '' && !/^auto-submitted:\s*no\b/.test(said);
}

function headOf(mail: Uint8Array): string {
  const text = new TextDecoder('latin1').decode(mail.subarray(0, headBytes));
  const end = /\r?\n\r?\n/.exec(text);
  return (end === null ? text : text.slice(0, end.index)).replaceAll(/\r?\n[ \t]+/g, ' ');
}

function lineOf(head: string, name: string): string {
  return head.split(/\r?\n/).find((candidate) => candidate.toLowerCase().startsWith(`${name.toLowerCase()}:`)) ?? '';
}

function firstId(head: string, name: string): string | null {
  return /<[^<>\s]{1,998}>/.exec(lineOf(head, name))?.[0] ?? null;
}
