import type { DBOSClient } from '@dbos-inc/dbos-sdk';
import { failureOf } from '../attempt.ts';
import type { RunWait } from '../moving.ts';
import { changeStep, childStep, stepFailure, waitStep, type RecordedStep } from '../past.ts';

type StepInfo = NonNullable<Awaited<ReturnType<DBOSClient['listWorkflowSteps']>>>[number];

/** The end of a child that its parent has not heard of yet; null while it goes on. */
export type ChildEnd = (childId: string) => Promise<{ readonly output: unknown } | { readonly thrown: unknown } | null>;

export interface ReadPast {
  readonly steps: readonly RecordedStep[];
  readonly waitsFor: RunWait | null;
  /** How many waits of this run are over, as `engine.signals.taken_by` counts them. */
  readonly waits: number;
}

const patchPrefix = 'DBOS.patch-';

/**
 * What DBOS recorded of a run as calls of the port: a wait is two of its steps, a child three.
 *
 * @returns in words why it cannot be told, such as a fan-out of which one part is missing.
 */
export async function readPast(rows: readonly StepInfo[], childEnd: ChildEnd): Promise<ReadPast | string> {
  const steps: RecordedStep[] = [];
  let waits = 0;
  let waitsFor: RunWait | null = null;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] as StepInfo;
    if (row.functionID !== index) return `step ${index} has begun and not ended while later ones have`;
    if (waitsFor !== null) return `it went on beside its wait for ${waitsFor.what}`;
    if (row.name.startsWith('wait ') || row.name === 'sleep') {
      const heard = rows[index + 1];
      const begun = { ...stepOf(row), endedAtMs: null, output: null, untilMs: untilOf(row.output) };
      const name = row.name === 'sleep' ? 'sleep' : waitStep(row.name.slice('wait '.length));
      if (heard === undefined) {
        waitsFor = { what: row.name === 'sleep' ? 'time' : row.name.slice('wait '.length), untilMs: begun.untilMs };
        steps.push({ ...begun, name });
        continue;
      }
      if (heard.name !== (row.name === 'sleep' ? 'slept' : `heard ${name.slice('wait '.length)}`))
        return `${row.name} is followed by ${heard.name}`;
      steps.push({ ...begun, name, endedAtMs: stepOf(heard).endedAtMs, output: row.name === 'sleep' ? null : heard.output });
      waits += 1;
      index += 1;
    } else if (row.childWorkflowID !== null && row.name !== 'child result') {
      const [ended, result] = [rows[index + 1], rows[index + 2]];
      const begun = { ...stepOf(row), name: childStep(row.name), output: null };
      if (result !== undefined) steps.push({ ...stepOf(result), name: begun.name, startedAtMs: begun.startedAtMs });
      else {
        const end = await childEnd(row.childWorkflowID);
        if (end === null) waitsFor = { what: row.childWorkflowID, untilMs: null };
        steps.push(withEnd(begun, end));
      }
      waits += ended === undefined ? 0 : 1;
      index += 2;
    } else steps.push(renamed(row));
  }
  return { steps, waitsFor, waits };
}

function withEnd(begun: RecordedStep, end: Awaited<ReturnType<ChildEnd>>): RecordedStep {
  if (end === null) return { ...begun, endedAtMs: null };
  const over = { ...begun, endedAtMs: Date.now() };
  return 'output' in end ? { ...over, output: end.output ?? null } : { ...over, failure: stepFailure(failureOf(end.thrown)) };
}

function renamed(row: StepInfo): RecordedStep {
  const step = stepOf(row);
  if (row.name === 'DBOS.now') return { ...step, name: 'now' };
  if (row.name === 'DBOS.setEvent') return { ...step, name: 'publish', output: null };
  // Recorded only where the gate was passed.
  if (row.name.startsWith(patchPrefix)) return { ...step, name: changeStep(row.name.slice(patchPrefix.length)), output: true };
  return step;
}

function stepOf({ name, output, error, startedAtEpochMs, completedAtEpochMs }: StepInfo): RecordedStep {
  const endedAtMs = completedAtEpochMs ?? startedAtEpochMs ?? 0;
  const failure = error === null ? null : stepFailure(failureOf(error));
  return { name, startedAtMs: startedAtEpochMs ?? endedAtMs, endedAtMs, output: output ?? null, failure };
}

function untilOf(output: unknown): number {
  return Number((output as { readonly until?: unknown } | null)?.until ?? 0);
}
