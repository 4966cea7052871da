import type { RecipientKind, RecognisedAnswer } from '#domain/questions';

/** A plain-text mail that goes out. */
export interface OutgoingMail {
  /** With angle brackets: the same mail always has the same, so that a second copy is known as one. */
  readonly messageId: string;
  readonly from: MailAddress;
  readonly to: MailAddress;
  readonly subject: string;
  readonly text: string;
  /** Of the mail that it follows, with angle brackets. */
  readonly inReplyTo: string | null;
  readonly date: Date;
}

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** What became of a mail. `accepted`: the server has taken it on; whether it is read, nobody knows. */
export type MailAnswer =
  | { readonly outcome: 'accepted' }
  /** The server said no for good: no such address, too large. `reason` is the server's. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** All of it was sent, and the answer was lost. `why` is a sentence. */
  | { readonly outcome: 'unknown'; readonly why: string };

/** The way of mails out of the house. What it throws says that nothing was sent; it never repeats by itself. */
export interface Mailer {
  /** Whom mails come from, and where answers go: a mailbox that is read. */
  readonly from: string;
  /** @throws DH_CONNECTORS_MAIL_SERVER_UNREACHABLE, DH_CONNECTORS_MAIL_SERVER_LOGIN_REFUSED and what the guard of outside calls refuses with. */
  send(mail: OutgoingMail): Promise<MailAnswer>;
}

/** What questions by mail need. */
export interface Correspondence {
  /** Null where no mail server is set up: people send what is written from their own program. */
  readonly mailer: Mailer | null;
  /** What an answer says, with the sentence it rests on. */
  recogniseAnswer(text: string, context: AnswerContext): RecognisedAnswer;
}

export interface AnswerContext {
  /** Who was asked: "please pay" is the buyer's to say, "a credit note comes" the supplier's. */
  readonly from: RecipientKind;
  /** `YYYY-MM-DD`, in the office. */
  readonly receivedOn: string;
  /** What was asked, which an answer may repeat without marking it. */
  readonly asked: readonly string[];
}
