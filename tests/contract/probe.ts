/** One attempt of an activity, as the test process saw it. */
export interface Attempt {
  readonly workflowId: string;
  readonly activity: string;
  readonly key: string;
  readonly traceParent: string | null;
  readonly input: unknown;
}

/** What the contract's activities tell the test, and what the test tells them. Lives beside the engine and outlives it. */
export interface Probe {
  note(attempt: Attempt): void;
  /** Attempts of a workflow in the order they began. */
  attemptsOf(workflowId: string, activity?: string): readonly Attempt[];
  /** How often this was called for the key before. */
  count(key: string): number;
  /** Words that activities leave about how they ended. */
  remark(workflowId: string, remark: string): void;
  remarksOf(workflowId: string): readonly string[];
  /** Resolves once the test opens the gate. */
  pass(gate: string): Promise<void>;
  isOpen(gate: string): boolean;
  open(gate: string): void;
}

export function createProbe(): Probe {
  const attempts: Attempt[] = [];
  const counts = new Map<string, number>();
  const remarks = new Map<string, string[]>();
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const opened = new Set<string>();
  const gateOf = (name: string): PromiseWithResolvers<void> => {
    const gate = gates.get(name) ?? Promise.withResolvers<void>();
    gates.set(name, gate);
    return gate;
  };
  return {
    note: (attempt) => void attempts.push(attempt),
    attemptsOf: (workflowId, activity) =>
      attempts.filter((attempt) => attempt.workflowId === workflowId && (activity === undefined || attempt.activity === activity)),
    count(key) {
      const before = counts.get(key) ?? 0;
      counts.set(key, before + 1);
      return before;
    },
    remark: (workflowId, remark) => void remarks.set(workflowId, [...(remarks.get(workflowId) ?? []), remark]),
    remarksOf: (workflowId) => remarks.get(workflowId) ?? [],
    pass: (name) => gateOf(name).promise,
    isOpen: (name) => opened.has(name),
    open(name) {
      opened.add(name);
      gateOf(name).resolve();
    },
  };
}
