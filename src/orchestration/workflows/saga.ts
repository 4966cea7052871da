import type { Role } from '#domain/identity';
import { DeskhandError } from '#domain/errors';
import type { Activities } from '../activities/index.ts';
import type { Flow, InputOf } from '../flow.ts';
import { describeFailure } from './attended.ts';
import { workSetAside } from './set-aside.ts';
import { news } from './signals.ts';

/** What a saga is about; goes into the task of whatever could not be undone. */
export interface SagaSubject {
  readonly organizationId: string;
  readonly documentId?: string;
  readonly paymentRunId?: string;
  /** Who is told. @default 'office-manager' */
  readonly role?: Role;
}

/** Where work says how it is undone. */
export interface Undoing {
  /**
   * Says, before a deed, how it is undone: by an activity that does no harm where the deed never happened or was undone
   * already, and that throws when it cannot be undone.
   *
   * @param what - names the deed for a person, such as `the scheduled payment`.
   */
  by<Name extends keyof Activities>(what: string, name: Name, input: InputOf<Activities[Name]>): void;
  /** From here on nothing above can be taken back by a program. @param what - a sentence on what may stand. */
  notPossible(what: string): void;
}

type Step =
  | { readonly what: string; readonly name: keyof Activities; readonly input: unknown }
  | { readonly what: string; readonly name: null };

export type SagaEnd<Result> =
  | { readonly outcome: 'done'; readonly result: Result }
  /** Nothing of it stands any more. */
  | { readonly outcome: 'undone' }
  /** A person has a task that names what stands. */
  | { readonly outcome: 'handed-over'; readonly taskId: string };

/**
 * Work of several deeds that end all or none: when a later one fails for good, or somebody sets the work aside, the
 * earlier ones are undone, last first. Where that is not possible, or fails itself, a person gets what remains.
 */
export async function saga<Result>(
  flow: Flow<Activities>,
  subject: SagaSubject,
  work: (undo: Undoing) => Promise<Result>,
): Promise<SagaEnd<Result>> {
  const steps: Step[] = [];
  const end = await work(collecting(steps)).then(
    (result) => ({ result }),
    (failure: unknown) => ({ failure }),
  );
  if ('result' in end) return { outcome: 'done', result: end.result };
  const { undone, remains } = await undoAll(flow, steps);
  if (remains.length === 0) return { outcome: 'undone' };
  const { taskId } = await handOver(flow, { ...subject, why: describeFailure(end.failure).message, undone, remains });
  return { outcome: 'handed-over', taskId };
}

/** Ends the work of a saga as somebody wished: thrown inside it. @param why - a sentence for whoever has to deal with the rest. */
export function setAside(why: string): DeskhandError {
  return new DeskhandError(workSetAside, why);
}

function collecting(steps: Step[]): Undoing {
  const add = (step: Step): void => {
    // Work that was tried again says the same once more.
    const isKnown = steps.some((known) => JSON.stringify(known) === JSON.stringify(step));
    if (!isKnown) steps.push(step);
  };
  return {
    by: (what, name, input) => add({ what, name, input }),
    notPossible: (what) => add({ what, name: null }),
  };
}

interface Undone {
  readonly undone: string[];
  readonly remains: string[];
}

/** Last first, up to the first that cannot be undone: what came before it is part of what stands. */
async function undoAll(flow: Flow<Activities>, steps: readonly Step[]): Promise<Undone> {
  const undone: string[] = [];
  const remains: string[] = [];
  for (const step of steps.toReversed()) {
    if (remains.length > 0) remains.push(`Left as it is: ${step.what}.`);
    else if (step.name === null) remains.push(step.what);
    else {
      const failure = await flow.run(step.name, step.input as never).then(
        () => null,
        (thrown: unknown) => describeFailure(thrown).message,
      );
      if (failure === null) undone.push(step.what);
      else remains.push(`Not taken back: ${step.what}. ${failure}`);
    }
  }
  return { undone, remains };
}

// A task that could not be written is written later: what remains must not be forgotten (G4).
const againMs = 600_000;

async function handOver(flow: Flow<Activities>, report: InputOf<Activities['reportRemains']>): Promise<{ readonly taskId: string }> {
  for (;;) {
    const written = await flow.run('reportRemains', report).catch(() => null);
    if (written !== null) return written;
    await flow.waitFor(news, { timeoutMs: againMs });
  }
}
