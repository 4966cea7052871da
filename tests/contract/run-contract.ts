import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Engine } from '../../src/orchestration/flow.ts';
import { contractPolicies, createContractActivities } from './activities.ts';
import type { Bench, ContractEngine, OpenEngine, Release } from './bench.ts';
import { contract } from './cases/index.ts';
import { createProbe } from './probe.ts';

/** Runs every case on an engine: side by side on one open engine, then those that restart it, one by one. */
export function runContract(subject: ContractEngine): void {
  const probe = createProbe();
  let open: OpenEngine;
  let engine: Engine;
  beforeAll(async () => {
    open = await subject.open({ activities: createContractActivities(probe), policies: contractPolicies, release: 'first' });
    engine = open.engine;
  });
  afterAll(() => open.close());

  const benchOf = (caseNumber: string): Bench => ({
    get engine() {
      return engine;
    },
    probe,
    // One id may be asked for twice: a case names its things once.
    id: (name) => `${caseNumber}-${name}`,
    async restart(release: Release = 'first') {
      engine = await open.restart(release);
    },
  });
  const numbered = contract.flatMap(({ about, cases }, chapter) =>
    cases.map((one, position) => ({ ...one, name: `${about}: ${one.title}`, bench: benchOf(`c${chapter + 1}.${position + 1}`) })),
  );

  describe.concurrent(`the ${subject.name} engine`, () => {
    test.each(numbered.filter(({ restarts }) => restarts !== true))('$name', ({ check, bench }) => check(bench));
  });
  describe(`the ${subject.name} engine, stopped and started`, () => {
    test.each(numbered.filter(({ restarts }) => restarts === true))('$name', ({ check, bench }) => check(bench));
  });
}
