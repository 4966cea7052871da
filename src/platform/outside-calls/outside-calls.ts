import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { asDeskhandError, DeskhandError } from '#domain/errors';
import { platformErrors } from '../errors.ts';
import type { Metrics } from '../metrics.ts';
import { limitsOf, type LimitChanges, type OutsideLimits } from './limits.ts';

/** Work on an outside system; gives up when the signal says so. */
export type OutsideWork<Result> = (signal: AbortSignal) => Promise<Result>;

/** One call that does something over there, whose answer may be lost. */
export interface OutsideDeed<Result> {
  readonly act: OutsideWork<Result>;
  /** Did it happen? Null when the other side knows nothing of it. Changes nothing, and may be repeated. */
  readonly find: OutsideWork<Result | null>;
  /** Whether this failure of `act` proves that nothing was done. */
  neverHappened(failure: unknown): boolean;
  /** Whether "knows nothing of it" proves the same, so that `act` may be tried again. */
  readonly isAbsenceProof: boolean;
}

/**
 * The one way out to one outside system. Each call has a deadline, a share of the calls at a time and a minute, and is
 * refused while the system is left alone because it failed again and again. A refusal means that nothing was sent.
 *
 * @throws DH_PLATFORM_OUTSIDE_RESTING, DH_PLATFORM_OUTSIDE_BUSY, DH_PLATFORM_OUTSIDE_TOO_OFTEN, DH_PLATFORM_OUTSIDE_TIMED_OUT
 *   and what the work throws.
 */
export interface OutsideSystem {
  /** One try. */
  call<Result>(work: OutsideWork<Result>): Promise<Result>;
  /** A question that changes nothing over there: tried again after a passing failure. */
  ask<Result>(work: OutsideWork<Result>): Promise<Result>;
  /**
   * Never repeats blindly: after a failure that leaves it open whether it happened, `find` is asked first.
   *
   * @throws DH_PLATFORM_OUTCOME_UNKNOWN when nobody could say.
   */
  act<Result>(deed: OutsideDeed<Result>): Promise<Result>;
}

export interface OutsideCalls {
  /** @param name - of few values, such as `bank` or `callback:pipelines.firm.example`: it labels metrics and settings. */
  to(name: string): OutsideSystem;
  /** How this process finds the systems that it calls, by name. */
  states(): readonly OutsideState[];
}

/** `left-alone`: it failed again and again, and calls are refused; `being-tried`: one call finds out whether it is back. */
export interface OutsideState {
  readonly system: string;
  readonly state: 'working' | 'being-tried' | 'left-alone';
  readonly since: string;
}

export interface OutsideCallsOptions {
  readonly metrics: Metrics;
  /** @default none */
  readonly changes?: LimitChanges;
}

/** Guards of all outside systems; each process has its own. */
export function createOutsideCalls({ metrics, changes = {} }: OutsideCallsOptions): OutsideCalls {
  const systems = new Map<string, OutsideSystem>();
  const found = new Map<string, OutsideState>();
  const createShow =
    (system: string): ShowState =>
    (state) => {
      metrics.set('outsideState', { system }, shownAs[state]);
      found.set(system, { system, state: calledAs[state], since: new Date().toISOString() });
    };
  return {
    to(name) {
      const system = systems.get(name) ?? createSystem(name, limitsOf(name, changes), { metrics, show: createShow(name) });
      systems.set(name, system);
      return system;
    },
    states: () => [...found.values()].toSorted((left, right) => left.system.localeCompare(right.system)),
  };
}

type ShowState = (state: CircuitState) => void;

interface Telling {
  readonly metrics: Metrics;
  readonly show: ShowState;
}

function createSystem(name: string, limits: OutsideLimits, telling: Telling): OutsideSystem {
  const guard = createGuard(name, limits, telling);
  const again = retry(
    handleWhen((thrown) => isPassing(thrown) && !isRefusal(thrown)),
    { maxAttempts: limits.tries - 1, backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 5_000 }) },
  );
  const ask = <Result>(work: OutsideWork<Result>): Promise<Result> => again.execute(() => guard(work));
  return {
    call: guard,
    ask,
    async act(deed) {
      for (let attempt = 1; ; attempt += 1) {
        const failure = await guard(deed.act).then(
          (result) => ({ result }),
          (thrown: unknown) => ({ thrown }),
        );
        if ('result' in failure) return failure.result;
        const { thrown } = failure;
        if (isRefusal(thrown) || deed.neverHappened(thrown)) throw thrown;
        const found = await ask(deed.find).catch((cause: unknown) => {
          throw unknownOutcome(name, 'and could not be asked about it either', cause);
        });
        if (found !== null) return found;
        if (!deed.isAbsenceProof) throw unknownOutcome(name, 'and knows nothing of it so far', thrown);
        if (attempt >= limits.tries) throw thrown;
      }
    },
  };
}

type Guard = <Result>(work: OutsideWork<Result>) => Promise<Result>;

function createGuard(name: string, limits: OutsideLimits, { metrics, show }: Telling): Guard {
  const rate = new RateLimiterMemory({ points: limits.perMinute, duration: 60 });
  const breaker = circuitBreaker(handleWhen(isOutage), {
    breaker: new ConsecutiveBreaker(limits.openAfter),
    halfOpenAfter: limits.restMs,
  });
  show(CircuitState.Closed);
  breaker.onStateChange(show);
  const deadline = timeout(limits.timeoutMs, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: false });
  const guarded = wrap(breaker, deadline);
  const places = bulkhead(limits.concurrency, limits.waiting);
  return async (work) => {
    try {
      const result = await places.execute(async () => {
        await takeTurn(rate, name, limits);
        return await guarded.execute(({ signal }) => work(signal));
      });
      metrics.count('outsideCalls', { system: name, outcome: 'done' });
      return result;
    } catch (thrown) {
      const failure = named(thrown, name, limits);
      metrics.count('outsideCalls', { system: name, outcome: outcomeOf(failure) });
      throw failure;
    }
  };
}

const shownAs: Readonly<Record<CircuitState, number>> = {
  [CircuitState.Closed]: 0,
  [CircuitState.HalfOpen]: 1,
  [CircuitState.Open]: 2,
  [CircuitState.Isolated]: 2,
};

const calledAs: Readonly<Record<CircuitState, OutsideState['state']>> = {
  [CircuitState.Closed]: 'working',
  [CircuitState.HalfOpen]: 'being-tried',
  [CircuitState.Open]: 'left-alone',
  [CircuitState.Isolated]: 'left-alone',
};

async function takeTurn(rate: RateLimiterMemory, name: string, { perMinute }: OutsideLimits): Promise<void> {
  await rate.consume(name).catch((refused: { readonly msBeforeNext?: number }) => {
    throw new DeskhandError(
      platformErrors.outsideTooOften,
      `${name} was called ${perMinute} times within a minute, which is as often as it may be. Nothing was sent; try again in a minute, or raise ${name}.perMinute in DESKHAND_OUTSIDE_LIMITS.`,
      { details: { system: name, retryInMs: refused.msBeforeNext ?? null } },
    );
  });
}

/** The library's refusals in our words; what the work itself threw stays as it is. */
function named(thrown: unknown, name: string, { restMs, concurrency, waiting, timeoutMs }: OutsideLimits): unknown {
  const options = { cause: thrown, details: { system: name } };
  if (thrown instanceof BrokenCircuitError) {
    const message = `${name} failed again and again and is left alone for ${restMs / 1000} s at a time. Nothing was sent; it is tried again by itself. Check that it can be reached.`;
    return new DeskhandError(platformErrors.outsideResting, message, options);
  }
  if (thrown instanceof BulkheadRejectedError) {
    const message = `${concurrency} calls to ${name} are under way and ${waiting} wait. Nothing was sent; try again in a moment.`;
    return new DeskhandError(platformErrors.outsideBusy, message, options);
  }
  if (thrown instanceof TaskCancelledError) {
    const message = `${name} did not answer within ${timeoutMs / 1000} s. Check that it can be reached; more time is given by ${name}.timeoutMs in DESKHAND_OUTSIDE_LIMITS.`;
    return new DeskhandError(platformErrors.outsideTimedOut, message, options);
  }
  return thrown;
}

const refusals: ReadonlySet<string> = new Set(
  [platformErrors.outsideResting, platformErrors.outsideBusy, platformErrors.outsideTooOften].map(({ code }) => code),
);

/** The guard itself said no: nothing left this process, and what is wrong was told before. */
export function isRefusal(thrown: unknown): boolean {
  return refusals.has(asDeskhandError(thrown)?.code ?? '');
}

/** Failures that speak against the system, not against what it was asked: no answer, or one that says "not now". */
function isOutage(thrown: unknown): boolean {
  return thrown instanceof TaskCancelledError || isPassing(thrown);
}

function isPassing(thrown: unknown): boolean {
  const error = asDeskhandError(thrown);
  return error === null || error.retryable;
}

function outcomeOf(failure: unknown): string {
  const error = asDeskhandError(failure);
  if (isRefusal(failure)) return 'refused';
  return error?.code === platformErrors.outsideTimedOut.code ? 'timed-out' : 'failed';
}

function unknownOutcome(name: string, why: string, cause: unknown): DeskhandError {
  return new DeskhandError(
    platformErrors.outcomeUnknown,
    `It is not known whether ${name} did what it was asked: it gave no clear answer ${why}. Ask it again later; do not send it a second time before.`,
    { cause, details: { system: name } },
  );
}
