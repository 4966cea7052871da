/** Something that arrived, as bytes, before anything else is known about it. */
export interface IncomingMessage {
  /** Stable within its connection: Message-ID with UIDVALIDITY/UID for mail, path with content hash for a folder, hash for an upload. */
  readonly externalId: string;
  /** `mail` is an RFC 5322 message; `file` is one document as it is. */
  readonly kind: 'mail' | 'file';
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly receivedAt: Date;
  /** Orders events of one source, e.g. the IMAP UID; ties by arrival. */
  readonly sequence?: number;
}

export interface MessageSender {
  readonly name: string | null;
  readonly address: string | null;
}

/** One document found in a message, however deep. */
export interface MessagePart {
  /** As the sender named it; never used as a path. */
  readonly fileName: string;
  /** Declared by the sender; reading goes by content. */
  readonly declaredMediaType: string;
  readonly bytes: Uint8Array;
  /** How it was reached, outermost first, e.g. `["forwarded: Invoice 12", "march.zip"]`. */
  readonly path: readonly string[];
}

/** Something inside the message that was left out, with its reason in words for a person. */
export interface UnpackProblem {
  /** Stable, e.g. `too-deep`, `too-many-parts`, `too-large`, `zip-encrypted`, `zip-bomb`, `mail-unreadable`. */
  readonly code: string;
  readonly message: string;
  readonly fileName: string | null;
}

/** A message with all documents nested in it. A `file` message unpacks to itself, or to a zip's contents. */
export interface UnpackedMessage {
  readonly subject: string | null;
  readonly sender: MessageSender;
  /** Where an answer would go, when the mail says so; null otherwise. */
  readonly replyTo?: string | null;
  /** The topmost Authentication-Results, which the receiving server wrote; those below may be anybody's. */
  readonly authenticationResults?: string | null;
  readonly messageId: string | null;
  readonly sentAt: Date | null;
  /** Body as plain text, at most 100 kB. */
  readonly text: string;
  /** `text/calendar` parts, as text. */
  readonly calendars: readonly string[];
  readonly parts: readonly MessagePart[];
  readonly problems: readonly UnpackProblem[];
}
