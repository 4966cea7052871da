// Crockford's base 32, as in ids; nobody confuses its characters on the phone.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 10;

/**
 * A short name of a question that stands in the subject of its mails: an answer that lost every header still names it. Ten
 * characters, 50 bits: nobody guesses one, and it proves nothing by itself.
 *
 * @param random - at least ten bytes from a secure source.
 */
export function newReference(random: Uint8Array): string {
  return Array.from(random.slice(0, length), (byte) => alphabet.charAt(byte & 31)).join('');
}

/** `Question about invoice RE-1 [Q-7F3K2M9A0B]`; on one line, whatever a person typed. */
export function withReference(subject: string, reference: string): string {
  return `${subject.replaceAll(/\s+/g, ' ').trim()} [Q-${reference}]`;
}

/** The references that a subject names; a forwarded thread may name several. */
export function referencesInSubject(subject: string): readonly string[] {
  return [...new Set([...subject.matchAll(/\[\s*Q-([0-9A-HJKMNP-TV-Z]{10})\s*\]/gi)].map((match) => (match[1] ?? '').toUpperCase()))];
}
