import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DeskhandError } from '#domain/errors';
import { createMetrics } from '../metrics.ts';
import { parseLimitChanges } from './limits.ts';
import { createOutsideCalls, type OutsideDeed, type OutsideSystem } from './outside-calls.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const metrics = createMetrics();
const system = (changes: string): OutsideSystem => createOutsideCalls({ metrics, changes: parseLimitChanges(changes) ?? {} }).to('bank');
const failing = (retryable: boolean) => () =>
  Promise.reject(new DeskhandError({ code: 'DH_TEST_FAILED', kind: 'unavailable', retryable }, 'no'));
const never = (): Promise<never> => new Promise(() => undefined);
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: DeskhandError) => error.code,
  );
const state = async (): Promise<string | undefined> =>
  /deskhand_outside_state\{system="bank"\} (\d)/.exec((await metrics.read()).text)?.[1];

test('after as many failures in a row as the limit says, the system is left alone; then one call tries it', async () => {
  const bank = system('bank.openAfter=3,bank.restMs=1000');
  for (let call = 1; call <= 3; call += 1) expect(await codeOf(bank.call(failing(true)))).toBe('DH_TEST_FAILED');
  expect(await codeOf(bank.call(() => Promise.resolve()))).toBe('DH_PLATFORM_OUTSIDE_RESTING');
  expect(await state()).toBe('2');
  vi.advanceTimersByTime(1000);
  expect(await codeOf(bank.call(() => Promise.resolve()))).toBe('done');
  expect(await state()).toBe('0');
});

test('one failure fewer keeps it open for calls, and so does a refusal of what was asked', async () => {
  const bank = system('bank.openAfter=3');
  for (let call = 1; call <= 2; call += 1) await codeOf(bank.call(failing(true)));
  for (let call = 1; call <= 9; call += 1) await codeOf(bank.call(failing(false)));
  expect(await codeOf(bank.call(() => Promise.resolve()))).toBe('done');
});

test('a call that does not end is broken off at its deadline and told so', async () => {
  const bank = system('bank.timeoutMs=1000');
  let isTold = false;
  const outcome = codeOf(
    bank.call((signal) => {
      signal.addEventListener('abort', () => (isTold = true));
      return never();
    }),
  );
  await vi.advanceTimersByTimeAsync(1000);
  expect([await outcome, isTold]).toEqual(['DH_PLATFORM_OUTSIDE_TIMED_OUT', true]);
});

test('more calls at a time than may run and wait are refused at once', async () => {
  const bank = system('bank.concurrency=1,bank.waiting=1');
  const ends: (() => void)[] = [];
  const call = (): Promise<unknown> => codeOf(bank.call(() => new Promise<void>((resolve) => ends.push(resolve))));
  const [running, waiting] = [call(), call()];
  expect(await call()).toBe('DH_PLATFORM_OUTSIDE_BUSY');
  await vi.advanceTimersByTimeAsync(0);
  ends[0]?.();
  await vi.advanceTimersByTimeAsync(1);
  ends[1]?.();
  expect([await running, await waiting]).toEqual(['done', 'done']);
});

test('more calls than a minute may have are refused until it is over', async () => {
  const bank = system('bank.perMinute=2');
  const call = (): Promise<unknown> => codeOf(bank.call(() => Promise.resolve()));
  expect([await call(), await call(), await call()]).toEqual(['done', 'done', 'DH_PLATFORM_OUTSIDE_TOO_OFTEN']);
  await vi.advanceTimersByTimeAsync(60_001);
  expect(await call()).toBe('done');
});

test('a question is asked again after a passing failure, as often as the limit says, and not after a final one', async () => {
  const bank = system('bank.tries=3');
  const ask = async (retryable: boolean): Promise<number> => {
    let asked = 0;
    const outcome = codeOf(
      bank.ask(() => {
        asked += 1;
        return failing(retryable)();
      }),
    );
    await vi.advanceTimersByTimeAsync(60_000);
    await outcome;
    return asked;
  };
  expect([await ask(true), await ask(false)]).toEqual([3, 1]);
});

interface Deed {
  readonly fails?: number;
  /** `no answer`: it cannot be asked. */
  readonly found?: string | null;
  readonly isSent?: boolean;
  readonly isAbsenceProof?: boolean;
}
async function act({ fails = 1, found = null, isSent = true, isAbsenceProof = false }: Deed): Promise<unknown[]> {
  let [acted, asked] = [0, 0];
  const deed: OutsideDeed<string> = {
    act() {
      acted += 1;
      return acted <= fails ? failing(true)() : Promise.resolve('acted');
    },
    find() {
      asked += 1;
      return found === 'no answer' ? failing(true)() : Promise.resolve(found);
    },
    neverHappened: () => !isSent,
    isAbsenceProof,
  };
  const outcome = system('bank.tries=2')
    .act(deed)
    .catch((error: DeskhandError) => error.code);
  await vi.advanceTimersByTimeAsync(60_000);
  return [await outcome, acted, asked];
}

test('what may have happened is asked about, and never done again on a guess', async () => {
  expect(await act({ fails: 0 })).toEqual(['acted', 1, 0]);
  expect(await act({ found: 'found' })).toEqual(['found', 1, 1]);
  expect(await act({ found: null })).toEqual(['DH_PLATFORM_OUTCOME_UNKNOWN', 1, 1]);
  expect(await act({ found: 'no answer' })).toEqual(['DH_PLATFORM_OUTCOME_UNKNOWN', 1, 2]);
});

test('what surely did not happen is not asked about; where absence is proof it is done again, as often as the limit says', async () => {
  expect(await act({ isSent: false })).toEqual(['DH_TEST_FAILED', 1, 0]);
  expect(await act({ isAbsenceProof: true })).toEqual(['acted', 2, 1]);
  expect(await act({ isAbsenceProof: true, fails: 9 })).toEqual(['DH_TEST_FAILED', 2, 2]);
});

test('limits are read from a setting, and nonsense is refused whole', () => {
  expect(parseLimitChanges('bank.timeoutMs=60000, imap.perMinute=10')).toEqual({ bank: { timeoutMs: 60_000 }, imap: { perMinute: 10 } });
  for (const wrong of ['', 'bank', 'bank.timeout=1', 'bank.timeoutMs=0', 'bank.timeoutMs=-1', 'bank.timeoutMs=1,'])
    expect(parseLimitChanges(wrong)).toBeNull();
});
