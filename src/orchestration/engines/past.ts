import { DeskhandError, type ErrorKind } from '#domain/errors';
import { orchestrationErrors } from '../errors.ts';

export interface StepFailure {
  readonly code: `DH_${string}`;
  readonly message: string;
  readonly kind: string;
  readonly retryable: boolean;
}

/** One call of the port and what came of it. Stored with running work: add, never rename. */
export interface RecordedStep {
  readonly name: string;
  readonly startedAtMs: number;
  endedAtMs: number | null;
  output: unknown;
  failure: StepFailure | null;
  /** Of a wait: its deadline, milliseconds since 1970. */
  untilMs?: number;
}

/** What a run brings along from where it was before. */
export interface Before {
  /** Calls of activities before this beginning; idempotency keys count on from there. */
  readonly position: number;
  /** Steps that were taken elsewhere, in order: they are answered, not run. The last may be a wait that goes on. */
  readonly past: readonly RecordedStep[];
}

/** The steps of the past in the order in which the workflow asks for them again. */
export interface Past {
  /** The step that this call was; null once all were told. @throws DH_ORCHESTRATION_RUN_STATE where the code takes another path */
  next(name: string): RecordedStep | null;
  /** Of a call of `hasChange`: null once all were told. */
  change(name: string): boolean | null;
  /** A step that has ended is answered; one that has not goes on here. */
  readonly answer: <Result>(name: string, work: (begun: RecordedStep | null) => Promise<Result>) => Promise<Result>;
  left(): readonly RecordedStep[];
}

export function createPast(steps: readonly RecordedStep[]): Past {
  let told = 0;
  const next = (name: string): RecordedStep | null => {
    const step = steps[told];
    if (step === undefined) return null;
    if (step.name !== name) {
      throw new DeskhandError(
        orchestrationErrors.runState,
        `The workflow asks for ${name} where ${step.name} was recorded before it came here. Run the release that recorded it.`,
      );
    }
    told += 1;
    return step;
  };
  return {
    next,
    async answer<Result>(name: string, work: (begun: RecordedStep | null) => Promise<Result>): Promise<Result> {
      const before = next(name);
      return before !== null && before.endedAtMs !== null ? (outcomeOf(before) as Result) : await work(before);
    },
    change(name) {
      const step = steps[told];
      if (step === undefined) return null;
      // A gate that was not there when the run came by leaves nothing behind.
      if (step.name !== changeStep(name)) return false;
      told += 1;
      return step.output === true;
    },
    left: () => steps.slice(told),
  };
}

export const changeStep = (change: string): string => `change ${change}`;
export const waitStep = (signal: string): string => `wait ${signal}`;
export const childStep = (workflow: string): string => `child ${workflow}`;

/** @throws what it failed with */
export function outcomeOf({ output, failure }: RecordedStep): unknown {
  if (failure === null) return output;
  const { code, kind, retryable, message } = failure;
  throw new DeskhandError({ code, kind: kind as ErrorKind, retryable }, message);
}

export function stepFailure({ code, message, kind, retryable }: DeskhandError): StepFailure {
  return { code: code as `DH_${string}`, message, kind, retryable };
}
