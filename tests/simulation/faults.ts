import type { Fault, FaultKind } from './plan.ts';

/** Says at each place where something could go wrong whether it does now, and counts what did. */
export interface Faults {
  happens(kind: FaultKind): boolean;
  /** From here on nothing goes wrong any more. */
  end(): void;
  readonly injected: Map<FaultKind, number>;
}

export function createFaults(planned: readonly Fault[]): Faults {
  const planOf = new Map<FaultKind, Set<number>>();
  for (const { kind, nth } of planned) planOf.set(kind, (planOf.get(kind) ?? new Set()).add(nth));
  const passed = new Map<FaultKind, number>();
  const injected = new Map<FaultKind, number>();
  let isOver = false;
  return {
    injected,
    happens(kind) {
      if (isOver) return false;
      const count = (passed.get(kind) ?? 0) + 1;
      passed.set(kind, count);
      if (planOf.get(kind)?.has(count) !== true) return false;
      injected.set(kind, (injected.get(kind) ?? 0) + 1);
      return true;
    },
    end() {
      isOver = true;
    },
  };
}
