import assert from 'node:assert/strict';
import type { ActivityPolicies, Engine } from '../../src/orchestration/flow.ts';
import type { ContractActivities } from './activities.ts';
import type { Probe } from './probe.ts';

/** Which of the two workflow files is deployed: `workflows.ts` or `second-release.ts`. */
export type Release = 'first' | 'second';

export interface EngineSetting {
  readonly activities: ContractActivities;
  readonly policies: ActivityPolicies<ContractActivities>;
  readonly release: Release;
}

/** An engine as the contract meets it. */
export interface OpenEngine {
  /** Launched. */
  readonly engine: Engine;
  /** Stops it and launches it anew on what it kept, with this release of the workflows. `engine` stays valid or is replaced. */
  restart(release: Release): Promise<Engine>;
  close(): Promise<void>;
}

/** What a room provides to have its engine tried. */
export interface ContractEngine {
  readonly name: string;
  /** Pauses between retries must be a few milliseconds, so that nine tries take less than five seconds. */
  open(setting: EngineSetting): Promise<OpenEngine>;
}

/** What a case is given. All cases share one engine; ids are the case's own. */
export interface Bench {
  readonly engine: Engine;
  readonly probe: Probe;
  /** A workflow id (or gate) that no other case has. */
  id(name: string): string;
  /** Only for cases that say `restarts`. */
  restart(release?: Release): Promise<void>;
}

export interface ContractCase {
  /** A sentence about behaviour: a line of docs/reference/engines.md. */
  readonly title: string;
  /** It restarts the engine, so it runs alone. */
  readonly restarts?: boolean;
  check(bench: Bench): Promise<void>;
}

/** Cases under the part of the port they are about. */
export interface ContractChapter {
  readonly about: string;
  readonly cases: readonly ContractCase[];
}

/** Starts a workflow and waits for its end. */
export async function runToEnd(bench: Bench, workflow: string, workflowId: string, input: unknown): Promise<unknown> {
  await bench.engine.start(workflow, workflowId, input);
  return bench.engine.result(workflowId);
}

/** Asks until it is so; engines answer in their own time. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < deadline, `It never came to this: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The code that a rejection carries. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (failure) {
    return (failure as { code?: unknown }).code;
  }
  return assert.fail('It did not fail.');
}

/** Until a run waits for its signal. */
export function untilWaiting({ engine }: Bench, workflowId: string): Promise<void> {
  return eventually(`${workflowId} waits`, async () => (await engine.runs({ workflowId, limit: 1 }))[0]?.status === 'waiting');
}
