/** An ended run that might be forgotten. */
export interface EndedRun {
  readonly workflowId: string;
  readonly organizationId: string | null;
}

export interface RetentionOptions {
  /** Ended runs are kept so long. */
  readonly days: number;
  /** Which of these runs something open still refers to: an outbox row, a task. */
  readonly stillNeeded: (runs: readonly EndedRun[]) => Promise<ReadonlySet<string>>;
}
