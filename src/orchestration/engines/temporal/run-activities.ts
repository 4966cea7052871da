import { CancelledFailure, Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import { asDeskhandError } from '#domain/errors';
import { currentTraceParent } from '#platform';
import type { ActivityMap, ActivityPolicy } from '../../flow.ts';
import { attemptActivity, failureOf } from '../attempt.ts';
import { asFailure } from './crossing-failures.ts';
import type { KeptSignals } from './kept-signals.ts';
import { endResult } from './runs.ts';
import { endOf, keptSignals, type ActivityInput, type Room } from './wire.ts';

export interface RoomActivities {
  readonly activities: ActivityMap;
  readonly policies: Readonly<Record<string, ActivityPolicy | undefined>>;
  readonly firstPauseMs: number | undefined;
}

type Registered = Record<string, (argument: never) => Promise<unknown>>;

// Of each silence after which a worker counts as dead.
const beats = 5;

/** The activities of one room, as its Temporal worker runs them. */
export function activitiesOf(room: Room, { activities, policies, firstPauseMs }: RoomActivities): Registered {
  const mine = Object.entries(activities).filter(([name]) => policies[name]?.room === room);
  return Object.fromEntries(
    mine.map(([name, activity]) => [
      name,
      ({ idempotencyKey, traceParent, input }: ActivityInput) =>
        alive((context) => {
          const policy = policies[name] as ActivityPolicy;
          const workflowId = context.info.workflowExecution?.workflowId ?? '';
          // Where spans leave this process, the one of this attempt.
          const given = { workflowId, idempotencyKey, traceParent: currentTraceParent() ?? traceParent };
          return attemptActivity({ name, activity, policy, context: given, input, signal: context.cancellationSignal, firstPauseMs });
        }),
    ]),
  );
}

/** What the engine itself needs done outside the sandbox. */
export function ownActivities(client: Client, signals: KeptSignals): Registered {
  return {
    [keptSignals]: () => signals.of(Context.current().info.workflowExecution?.workflowId ?? ''),
    [endOf]: (workflowId: string) => alive(() => endResult(client, workflowId)),
  };
}

/** Says that this worker lives while the work goes on, and lets failures cross as the port promises. */
async function alive(work: (context: Context) => Promise<unknown>): Promise<unknown> {
  const context = Context.current();
  const { heartbeatTimeoutMs = 10_000 } = context.info;
  const beat = setInterval(() => context.heartbeat(), heartbeatTimeoutMs / beats);
  context.heartbeat();
  try {
    return await Promise.race([work(context), context.cancelled]);
  } catch (thrown) {
    if (!(thrown instanceof CancelledFailure)) throw asFailure(asDeskhandError(thrown) ?? failureOf(thrown));
    // The worker stops: another one begins the activity anew. Otherwise the run was cancelled.
    if (thrown.message === 'WORKER_SHUTDOWN') throw ApplicationFailure.retryable('The worker stops.', 'WORKER_SHUTDOWN');
    throw thrown;
  } finally {
    clearInterval(beat);
  }
}
