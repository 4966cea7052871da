import type { UnpackedMessage } from '#domain/messages';

/** What a message is, and whether a person has to see it when no document came with it. */
export interface Triage {
  /** Stable, e.g. `invoice`, `meeting-request`, `newsletter`, `payment-reminder`, `statement`, `question`, `other`. */
  readonly classification: string;
  readonly needsPerson: boolean;
  /** Short heading in words of the office. */
  readonly title: string;
  /** One plain sentence: what it is and what to do. */
  readonly reason: string;
}

export interface MessageTriage {
  classify(message: UnpackedMessage): Triage;
}
