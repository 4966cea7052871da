/** A payment file as it was released. */
export interface OutgoingPaymentFile {
  /** The file's own (`MsgId`): the bank knows it by this, and the same file always has the same. At most 35 characters. */
  readonly messageId: string;
  /** Of `bytes`, in hex; travels along, so that the bank sees a damaged file. */
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** What the bank said about a file, as far as it can be known. */
export type SubmissionAnswer =
  | { readonly outcome: 'accepted'; readonly bankReference: string }
  /** The bank has said no and will not carry it out. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** It may have arrived or not: its answer was lost, late or not to be understood. `why` is a sentence. */
  | { readonly outcome: 'unknown'; readonly why: string };

/** `absent`: the bank answered that it has no such file. */
export type SubmissionFinding = SubmissionAnswer | { readonly outcome: 'absent' };

/**
 * The way of payment files to a bank. What it throws says that nothing was sent; everything in doubt is `unknown`. It
 * never repeats a submission by itself.
 */
export interface PaymentChannel {
  /** After this long an unanswered file will not arrive any more; before, `absent` proves nothing. Greater than 0, in milliseconds. */
  readonly arrivesWithinMs: number;
  /** Sends a file, once. @throws DH_CONNECTORS_BANK_UNREACHABLE, DH_CONNECTORS_BANK_LOGIN_REFUSED and what the guard of outside calls refuses with. */
  submit(file: OutgoingPaymentFile): Promise<SubmissionAnswer>;
  /** Asks what became of a file. May be repeated at will. */
  find(file: Pick<OutgoingPaymentFile, 'messageId' | 'sha256'>): Promise<SubmissionFinding>;
}
