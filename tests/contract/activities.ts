import { DeskhandError, type ErrorDefinition } from '#domain/errors';
import type { ActivityContext } from '../../src/orchestration/flow.ts';
import type { Probe } from './probe.ts';

export interface Fault {
  readonly code: `DH_${string}`;
  readonly message: string;
  readonly retryable: boolean;
}

/** Activities that the contract's workflows run: each shows one thing that an activity may do. */
export type ContractActivities = {
  /** Gives back what it got. */
  readonly echo: (context: ActivityContext, input: unknown) => Promise<unknown>;
  /** Fails `failures` times for each key, then succeeds. */
  readonly flaky: (context: ActivityContext, input: { failures: number; fault: Fault }) => Promise<{ attempts: number }>;
  /** Fails until the test opens the gate. */
  readonly mendable: (context: ActivityContext, input: { gate: string; fault: Fault }) => Promise<string>;
  /** The first attempt ends only when it is told to; later ones at once. */
  readonly hang: (context: ActivityContext, input: unknown) => Promise<string>;
  /** Says `beats` times that it lives, every `everyMs`; its first attempt is then silent, if so wished, until told to end. */
  readonly beat: (context: ActivityContext, input: { beats: number; everyMs: number; thenSilent: boolean }) => Promise<string>;
  /** Ends when the test opens its gate. */
  readonly gated: (context: ActivityContext, input: { gate: string; value: unknown }) => Promise<unknown>;
  /** Gives back a text of so many characters. */
  readonly large: (context: ActivityContext, input: { characters: number }) => Promise<string>;
};

/** Limits are short where a case exceeds them, and long where none should. */
export const contractPolicies = {
  echo: { room: 'orchestration', timeoutMs: 10_000 },
  flaky: { room: 'orchestration', timeoutMs: 10_000 },
  mendable: { room: 'connectors', timeoutMs: 10_000 },
  hang: { room: 'intelligence', timeoutMs: 400 },
  beat: { room: 'intelligence', timeoutMs: 20_000, heartbeatMs: 1000 },
  gated: { room: 'connectors', timeoutMs: 20_000 },
  large: { room: 'orchestration', timeoutMs: 10_000 },
} as const;

export function createContractActivities(probe: Probe): ContractActivities {
  const noted =
    <Input>(activity: string, work: (context: ActivityContext, input: Input) => Promise<unknown>) =>
    (context: ActivityContext, input: Input): Promise<never> => {
      const { workflowId, idempotencyKey: key, traceParent } = context;
      probe.note({ workflowId, activity, key, traceParent, input });
      return work(context, input) as Promise<never>;
    };
  return {
    echo: noted('echo', (_, input) => Promise.resolve(input)),
    flaky: noted('flaky', ({ idempotencyKey }, { failures, fault }: { failures: number; fault: Fault }) => {
      const before = probe.count(idempotencyKey);
      return before < failures ? Promise.reject(errorOf(fault)) : Promise.resolve({ attempts: before + 1 });
    }),
    mendable: noted('mendable', (_, { gate, fault }: { gate: string; fault: Fault }) =>
      probe.isOpen(gate) ? Promise.resolve('mended') : Promise.reject(errorOf(fault)),
    ),
    hang: noted('hang', async (context) => {
      if (probe.count(context.idempotencyKey) > 0) return 'second attempt';
      return aborted(context, probe);
    }),
    beat: noted('beat', (context, input: { beats: number; everyMs: number; thenSilent: boolean }) => beat(context, input, probe)),
    gated: noted('gated', async ({ workflowId }, { gate, value }: { gate: string; value: unknown }) => {
      await probe.pass(gate);
      probe.remark(workflowId, `through ${gate}`);
      return value;
    }),
    large: noted('large', (_, { characters }: { characters: number }) => Promise.resolve('x'.repeat(characters))),
  };
}

/** Waits to be told to end, as a well-behaved activity does. */
function aborted({ signal, workflowId }: ActivityContext, probe: Probe): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => {
      probe.remark(workflowId, 'aborted');
      reject(new Error('told to end'));
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

async function beat(
  context: ActivityContext,
  { beats, everyMs, thenSilent }: { beats: number; everyMs: number; thenSilent: boolean },
  probe: Probe,
): Promise<string> {
  const before = probe.count(context.idempotencyKey);
  for (let given = 0; given < beats; given += 1) {
    context.heartbeat();
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return thenSilent && before === 0 ? aborted(context, probe) : `after ${before + 1} attempts`;
}

/** The kind goes with the word on retrying, as in the product's tables. */
function errorOf({ code, message, retryable }: Fault): DeskhandError {
  const definition: ErrorDefinition = { code, kind: retryable ? 'unavailable' : 'conflict', retryable };
  return new DeskhandError(definition, message);
}
