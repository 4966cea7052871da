/** Whom to tell when a step that an outside pipeline gave to Deskhand has ended. */
export type Callback =
  /** An HTTPS address; the call is signed (Standard Webhooks). */
  | { readonly kind: 'http'; readonly url: string }
  /** AWS Step Functions: the token of a state with `.waitForTaskToken`. */
  | { readonly kind: 'step-functions'; readonly taskToken: string };

export interface CallbackAnswer {
  readonly stepId: string;
  /** The caller's own name for the step. */
  readonly key: string;
  readonly outcome: 'done' | 'timed-out' | 'failed';
  /** JSON. */
  readonly result: unknown;
}

/** Tells outside pipelines how their step ended; telling twice does no harm. */
export interface Callbacks {
  /** Why this callback can never be made here, as a sentence that says what to do; null when it can. */
  refusal(callback: Callback): string | null;
  /**
   * @returns `gone` when nobody waits for it any more.
   * @throws DH_CONNECTORS_CALLBACK_UNREACHABLE, which may be tried again; DH_CONNECTORS_CALLBACK_REFUSED, which may not.
   */
  send(callback: Callback, answer: CallbackAnswer): Promise<'delivered' | 'gone'>;
}
