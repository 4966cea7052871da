/** Text of a file, with the encoding that was used. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
}

/**
 * Decodes bytes by byte order mark, then by the encoding the file declares, then as UTF-8.
 *
 * @returns null when the bytes are not valid in that encoding.
 */
export function decodeText(bytes: Uint8Array, declared: string | null): DecodedText | null {
  const encoding = encodingByMark(bytes) ?? declared ?? 'utf-8';
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch (cause) {
    // TypeError: bytes not valid in the encoding; RangeError: no such encoding. Both mean that the text cannot be trusted.
    if (cause instanceof TypeError || cause instanceof RangeError) return null;
    throw cause;
  }
}

/** UTF-8 when valid, else Windows-1252, in which every byte is a character: for mail bodies and text files. */
export function decodeLeniently(bytes: Uint8Array): string {
  return (decodeText(bytes, null) ?? { text: new TextDecoder('windows-1252').decode(bytes) }).text;
}

/** Byte order marks, and UTF-16 without one told by the zero beside `<` (XML 1.0, appendix F). */
function encodingByMark(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  return null;
}
