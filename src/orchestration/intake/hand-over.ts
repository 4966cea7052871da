import { asDeskhandError, DeskhandError } from '#domain/errors';
import type { AdmittedRow } from './admission.ts';
import { orchestrationErrors } from '../errors.ts';
import type { Engine } from '../flow.ts';

/** What came of one row; `failure` is null when the engine took it. */
export interface HandOver {
  readonly row: AdmittedRow;
  readonly failure: unknown;
}

interface OutboxPayload {
  readonly workflow?: string;
  readonly input?: unknown;
  readonly signal?: string;
  readonly payload?: unknown;
}

// The engine's pool has ten connections, half of them for its own waits.
const sideBySide = 8;
// A claim is lost after 15 seconds: an engine that does not answer by then is asked again by whoever comes first.
const answerWithinMs = 10_000;

/** Hands rows to the engine, some side by side, so that one that hangs does not hold up the rest. */
export async function handOver(engine: Engine, rows: readonly AdmittedRow[]): Promise<HandOver[]> {
  const left = [...rows];
  const handed: HandOver[] = [];
  const work = async (): Promise<void> => {
    for (let row = left.shift(); row !== undefined; row = left.shift()) handed.push({ row, failure: await failureOf(engine, row) });
  };
  await Promise.all(Array.from({ length: Math.min(sideBySide, rows.length) }, work));
  return handed;
}

async function failureOf(engine: Engine, row: AdmittedRow): Promise<unknown> {
  const { workflow, input, signal, payload } = row.payload as OutboxPayload;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      reject(
        new DeskhandError(orchestrationErrors.timedOut, `The engine did not take ${row.workflow_id} within ${answerWithinMs / 1000} s.`),
      ),
    answerWithinMs,
  );
  const taking =
    row.kind === 'start'
      ? engine.start(workflow ?? '', row.workflow_id, input)
      : engine.signal(row.workflow_id, signal ?? '', payload, `outbox:${row.id}`);
  try {
    await Promise.race([taking, late]);
    return null;
  } catch (thrown) {
    return thrown ?? 'refused without a reason';
  } finally {
    clearTimeout(timer);
  }
}

/** gRPC's UNAVAILABLE, DEADLINE_EXCEEDED and RESOURCE_EXHAUSTED. */
const passingGrpcCodes: ReadonlySet<unknown> = new Set([14, 4, 8]);

/** Whether the engine or its store is away rather than the message wrong. */
export function isPassing(failure: unknown): boolean {
  const known = asDeskhandError(failure);
  if (known !== null) return known.retryable;
  const code = (failure as { code?: unknown } | null)?.code;
  if (passingGrpcCodes.has(code)) return true;
  // Postgres classes 08, 40, 53 and 57: connection, rollback, resources, shutdown.
  return typeof code === 'string' && (/^(08|40|53|57)/.test(code) || /^E(CONN|TIMEDOUT|PIPE|HOSTUNREACH)/.test(code));
}
