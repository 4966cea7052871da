import type { Activities } from '../../src/orchestration/activities/index.ts';
import { activityPolicies } from '../../src/orchestration/activities/policies.ts';
import type { ActivityContext, Engine } from '../../src/orchestration/flow.ts';
import { pausedMark } from '../../src/orchestration/workflows/pausable.ts';
import { workflows } from '../../src/orchestration/workflows/index.ts';
import { createFakeEngine, type FakeStore } from '../support/fake-engine/index.ts';
import type { Bank } from './bank.ts';
import { documentActivities } from './office/document-activities.ts';
import type { OutboxRow } from './office/records.ts';
import type { Server } from './office/server.ts';
import { submissionActivities } from './office/submission-activities.ts';
import { taskActivities } from './office/task-activities.ts';

const minuteMs = 60_000;

/** Starts the server's process: the real workflows on the fake engine, the model's activities, and the relay. */
export async function startProcess(server: Server, bank: Bank, store: FakeStore): Promise<Engine> {
  const activities = { ...documentActivities(server), ...taskActivities(server), ...submissionActivities(server, bank) };
  const engine = createFakeEngine({
    // Pipelines are no part of this office.
    activities: gated(server, activities as unknown as Activities),
    policies: activityPolicies,
    workflows,
    store,
    scheduler: server.clockwork,
  });
  await engine.launch();
  void relay(server, engine);
  return engine;
}

/** The product's pause gate: what is paused has not begun, and is told when it may. */
function gated(server: Server, activities: Activities): Activities {
  const { records } = server;
  return Object.fromEntries(
    Object.entries(activities).map(([name, activity]) => [
      name,
      async (context: ActivityContext, input: unknown): Promise<unknown> => {
        if (!records.isPaused) return (activity as (context: ActivityContext, input: unknown) => Promise<unknown>)(context, input);
        records.heldByPause.add(context.workflowId);
        return pausedMark;
      },
    ]),
  ) as unknown as Activities;
}

/** Hands rows over, then writes that it did: after a crash in between, once more. */
async function relay(server: Server, engine: Engine): Promise<never> {
  const { records, clockwork, faults, mistakes } = server;
  for (;;) {
    const next = records.outbox.find(({ relayed }) => !relayed);
    if (next === undefined) {
      await rest(server);
      continue;
    }
    if (faults.happens('outbox delayed')) await server.turn('relay is busy', clockwork.between(minuteMs, 60 * minuteMs));
    if (mistakes.confirmsBeforeHandOver === true) {
      next.relayed = true;
      await server.turn('outbox confirmed');
    }
    await handOver(engine, next);
    await server.turn('outbox handed over');
    if (!faults.happens('outbox hand-over repeated')) next.relayed = true;
  }
}

/** Until something is written, or a notice of it may have been lost. */
function rest(server: Server): Promise<void> {
  const { records, clockwork } = server;
  return new Promise((resolve) => {
    const go = (): void => {
      if (server.isAlive) resolve();
    };
    const cancel = clockwork.after(360 * minuteMs, 'relay looks', go);
    records.wakeRelay = () => {
      cancel();
      clockwork.soon('relay wakes', go);
    };
  });
}

function handOver(engine: Engine, row: OutboxRow): Promise<void> {
  if (row.kind === 'start') return engine.start(row.workflow, row.workflowId, row.input);
  return engine.signal(row.workflowId, row.signal, row.payload, messageIdOf(row));
}

export function messageIdOf({ id }: OutboxRow): string {
  return `outbox-${id}`;
}
