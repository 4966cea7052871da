import type { AnswerKind, RecipientKind } from '#domain/questions';

/** Words that say something, where nothing denies or doubts them. Patterns see lower case without accents. */
export interface Evidence {
  readonly kind: AnswerKind;
  readonly says: RegExp;
  /** Whose word it can be. @default everybody's */
  readonly by?: readonly RecipientKind[];
  /** With these words beside it, it says less: "only six of ten arrived". */
  readonly unless?: RegExp;
  /** The denial belongs to it: "nothing is missing", "never ordered". */
  readonly isDenial?: boolean;
  /** What it means when it is denied. @default nothing */
  readonly denied?: AnswerKind;
}

/** How a language answers. */
export interface AnswerRules {
  readonly evidence: readonly Evidence[];
  /** A denial anywhere in a clause. */
  readonly denial: RegExp;
  /** Doubt, condition, choice: a sentence with it commits to nothing. Sees lower case with accents. */
  readonly doubt: RegExp;
  /** A machine wrote it. */
  readonly automatic: RegExp;
  /** Names of months from January on, as patterns, and of weekdays from Sunday on. */
  readonly months: readonly string[];
  readonly weekdays: readonly string[];
  readonly today: RegExp;
  readonly tomorrow: RegExp;
  readonly nextWeek: RegExp;
  readonly thisWeek: RegExp;
}
