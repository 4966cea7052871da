const newline = 0x0a;
const fromLine = Buffer.from('From ');

/**
 * Splits an mbox file into its messages, as raw RFC 5322 bytes, one at a time. A message begins at a `From ` line at
 * the start of the file or after an empty line; quoted `>From ` lines lose one `>` (mboxrd, RFC 4155 and qmail's mbox(5)).
 */
export async function* splitMbox(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = -1;
  for (const offset of separatorsOf(buffer)) {
    if (start >= 0) yield unquote(bodyAfterLine(buffer, start, offset));
    start = offset;
  }
  if (start >= 0) yield unquote(bodyAfterLine(buffer, start, buffer.length));
}

/** Whether the bytes begin like an mbox rather than like a single mail. */
export function isMbox(bytes: Uint8Array): boolean {
  return isSeparator(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096)), 0);
}

function* separatorsOf(buffer: Buffer): Iterable<number> {
  for (let at = buffer.indexOf(fromLine); at >= 0; at = buffer.indexOf(fromLine, at + 1)) {
    if (isAfterEmptyLine(buffer, at) && isSeparator(buffer, at)) yield at;
  }
}

function isAfterEmptyLine(buffer: Buffer, at: number): boolean {
  if (at === 0) return true;
  if (buffer[at - 1] !== newline) return false;
  const previous = buffer[at - 2] === 0x0d ? at - 3 : at - 2;
  return previous < 0 || buffer[previous] === newline;
}

/** `From sender Sat Jan  3 01:05:34 1996`; a sentence that begins with "From " in an unquoted body has no such time. */
function isSeparator(buffer: Buffer, at: number): boolean {
  const end = buffer.indexOf(newline, at);
  // Real separator lines have about 60 characters; the cut bounds the time of the expression on a hostile line.
  const line = buffer.subarray(at, Math.min(end < 0 ? buffer.length : end, at + 160)).toString('latin1');
  return /^From .*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*\b\d{1,2}:\d{2}.*\b\d{4}/.test(line);
}

function bodyAfterLine(buffer: Buffer, start: number, end: number): Buffer {
  const lineEnd = buffer.indexOf(newline, start);
  return lineEnd < 0 || lineEnd + 1 >= end ? Buffer.alloc(0) : buffer.subarray(lineEnd + 1, end);
}

function unquote(message: Buffer): Uint8Array {
  if (!message.includes('\n>From ') && !message.includes('\n>>')) return message;
  return Buffer.from(message.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1');
}
