/** Lines that a document can't be found without; the rest of an oversized header block is dropped. */
const structural =
  /^(from|sender|reply-to|authentication-results|subject|date|message-id|mime-version|content-[a-z-]+|x-deskhand-set-aside):/i;
// RFC 5322 §2.1.1 allows 998 octets a line; folded boundary and name parameters stay far below this.
const longestHeaderBytes = 16 * 1024;

/**
 * Cuts the header block of a mail down to its structural lines when it is larger than the limit, so that a mail with
 * 100,000 headers still gives its attachments.
 */
export function trimHeaders(bytes: Uint8Array, limitBytes: number): { readonly bytes: Uint8Array; readonly isTrimmed: boolean } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfHeaders(buffer);
  if (end <= limitBytes) return { bytes, isTrimmed: false };
  const kept: string[] = [];
  let keptBytes = 0;
  for (const header of headersOf(buffer.subarray(0, end).toString('latin1'))) {
    if (!structural.test(header) || header.length > longestHeaderBytes) continue;
    keptBytes += header.length;
    if (keptBytes > limitBytes) break;
    kept.push(header);
  }
  return { bytes: Buffer.concat([Buffer.from(`${kept.join('\r\n')}\r\n\r\n`, 'latin1'), buffer.subarray(end)]), isTrimmed: true };
}

/** Offset of the body; the whole length when there is none. */
function endOfHeaders(buffer: Buffer): number {
  const crlf = buffer.indexOf('\r\n\r\n');
  const lf = buffer.indexOf('\n\n');
  const ends = [crlf < 0 ? Infinity : crlf + 4, lf < 0 ? Infinity : lf + 2];
  const end = Math.min(...ends);
  return Number.isFinite(end) ? end : buffer.length;
}

/** Unfolds into one entry per header, folding kept (RFC 5322 §2.2.3). */
function* headersOf(block: string): Iterable<string> {
  let current = '';
  for (const line of block.split(/\r?\n/)) {
    if (/^[ \t]/.test(line)) {
      // A header that folds without end is dropped by its length later; no need to hold it all.
      if (current.length <= longestHeaderBytes) current += `\r\n${line}`;
      continue;
    }
    if (current !== '') yield current;
    current = line;
  }
  if (current !== '') yield current;
}
