import { expect, test, vi } from 'vitest';
import { DeskhandError } from '#domain/errors';
import type { Activity, ActivityContext } from '../flow.ts';
import { attemptActivity, type Attempts } from './attempt.ts';

const passing = new DeskhandError({ code: 'DH_TEST_BUSY', kind: 'unavailable', retryable: true }, 'Busy.');
const lasting = new DeskhandError({ code: 'DH_TEST_WRONG', kind: 'invalid', retryable: false }, 'Wrong.');

function attempts(activity: Activity, over: Partial<Attempts> = {}): Attempts {
  return {
    name: 'work',
    activity,
    policy: { room: 'orchestration', timeoutMs: 5000 },
    context: { workflowId: 'w', idempotencyKey: 'w/1/work', traceParent: null },
    input: {},
    signal: new AbortController().signal,
    firstPauseMs: 0.1,
    ...over,
  };
}

/** Fails so often, then returns how often it was tried. */
function failing(times: number, failure: unknown): { activity: Activity; tried: () => number } {
  let tried = 0;
  const activity = (): Promise<unknown> => {
    tried += 1;
    return tried <= times ? Promise.reject(failure) : Promise.resolve(tried);
  };
  return { activity, tried: () => tried };
}

test('a passing failure is tried again, nine times in all', async () => {
  expect(await attemptActivity(attempts(failing(8, passing).activity))).toBe(9);
  const tooMany = failing(9, passing);
  await expect(attemptActivity(attempts(tooMany.activity))).rejects.toMatchObject({ code: 'DH_TEST_BUSY', retryable: true });
  expect(tooMany.tried()).toBe(9);
});

test('a lasting failure is not tried again', async () => {
  const { activity, tried } = failing(9, lasting);
  await expect(attemptActivity(attempts(activity))).rejects.toBe(lasting);
  expect(tried()).toBe(1);
});

test.each(['08006', '40001', '53300', '57P01', 'ECONNRESET'])('an error with the code %s passes', async (code) => {
  expect(await attemptActivity(attempts(failing(1, Object.assign(new Error('gone'), { code })).activity))).toBe(2);
});

test.each(['23505', '4000', undefined])('an error with the code %s lasts, and keeps its message', async (code) => {
  const { activity, tried } = failing(1, Object.assign(new Error('no'), { code }));
  await expect(attemptActivity(attempts(activity))).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_ACTIVITY_FAILED',
    message: 'no',
    retryable: false,
  });
  expect(tried()).toBe(1);
});

test('an attempt that takes too long is told to end and tried again', async () => {
  const told: unknown[] = [];
  let tried = 0;
  const activity = ({ signal }: ActivityContext): Promise<unknown> => {
    tried += 1;
    if (tried > 1) return Promise.resolve('second');
    return new Promise(() => signal.addEventListener('abort', () => told.push(signal.reason)));
  };
  expect(await attemptActivity(attempts(activity, { policy: { room: 'orchestration', timeoutMs: 10 } }))).toBe('second');
  expect(told).toMatchObject([{ code: 'DH_ORCHESTRATION_TIMED_OUT' }]);
});

test('an attempt without a sign of life is given up, one with signs goes on', async () => {
  vi.useFakeTimers();
  try {
    let tried = 0;
    const activity = async ({ heartbeat }: ActivityContext): Promise<unknown> => {
      tried += 1;
      for (let beat = 0; beat < 5; beat += 1) {
        await new Promise((resolve) => setTimeout(resolve, 80));
        heartbeat();
      }
      return tried === 1 ? new Promise(() => undefined) : tried;
    };
    const result = attemptActivity(attempts(activity, { policy: { room: 'intelligence', timeoutMs: 10_000, heartbeatMs: 100 } }));
    await vi.advanceTimersByTimeAsync(2000);
    expect(await result).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});

test('nothing is tried after the run was cancelled, and its reason comes out', async () => {
  const cancelled = new AbortController();
  const { activity, tried } = failing(9, passing);
  const result = attemptActivity(attempts(activity, { signal: cancelled.signal, firstPauseMs: 1000 }));
  setTimeout(() => cancelled.abort(lasting), 5);
  await expect(result).rejects.toBe(lasting);
  expect(tried()).toBe(1);
});

test('an unknown activity is a defect', async () => {
  await expect(attemptActivity(attempts(undefined as never))).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_ENGINE_UNKNOWN' });
});
