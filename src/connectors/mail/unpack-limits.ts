/** Bounds of one message. What lies beyond is left out and named as a problem; the rest is delivered. */
export interface UnpackLimits {
  /** Bytes of the message or file as it arrived. */
  readonly messageBytes: number;
  /** Bytes of one document once unpacked. */
  readonly partBytes: number;
  /** Bytes of all documents of one message together, once unpacked. */
  readonly totalBytes: number;
  /** Documents of one message. */
  readonly parts: number;
  /** Mails in mails and zips in zips, counted together. */
  readonly depth: number;
  /** Mails looked at in one mbox. */
  readonly mboxMails: number;
  /** Entries looked at in one zip, folders included. */
  readonly zipEntries: number;
  /** Unpacked size over packed size of one zip entry. */
  readonly zipRatio: number;
  /** The ratio is judged from this many unpacked bytes on. */
  readonly zipRatioFromBytes: number;
  /** Bytes of the header block of one mail. */
  readonly headerBytes: number;
  /** Characters of the body text. */
  readonly textCharacters: number;
}

export const defaultUnpackLimits: UnpackLimits = {
  // Mail providers stop at 25 MB (Gmail, Microsoft 365: up to 150 MB on request); a scanner's folder sends up to 50 MB.
  messageBytes: 64 * 1024 * 1024,
  // The largest real document in our corpora has 12 MB; above 50 MiB a reader would need minutes.
  partBytes: 50 * 1024 * 1024,
  // Three copies of this (parser, part, hand-over) must fit the memory of the unpacking process (1 GiB).
  totalBytes: 128 * 1024 * 1024,
  // A month's collection of a large supplier; a person can't look through more as one task.
  parts: 200,
  // forward of a forward with a zip in a zip is 4; deeper is a trap or a mail loop.
  depth: 8,
  // A mail costs about 1 ms; ten thousand of an mbox inside a message would hold up all others.
  mboxMails: 1000,
  zipEntries: 1000,
  // Deflate reaches 1032:1 on zeros; text and XML stay below 40:1, a blank uncompressed scan below 150:1.
  zipRatio: 200,
  zipRatioFromBytes: 4 * 1024 * 1024,
  // Headers of mails that went through many relays have up to 60 kB; the parser itself stops at 1 MiB.
  headerBytes: 512 * 1024,
  // UnpackedMessage.text promises at most 100 kB.
  textCharacters: 100_000,
};
