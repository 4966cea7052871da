import { expect, test } from 'vitest';
import type { Activities } from '../activities/index.ts';
import type { Flow } from '../flow.ts';
import { submitPaymentRun } from './submit-payment-run.ts';

const arrivesWithinMs = 600_000;
const seen = (outcome: string, attempt: number): object => ({ outcome, attempt, arrivesWithinMs });

/**
 * Runs the workflow against a bank that never heard of the file, until the file is sent again.
 *
 * @param answerTakesMs - how long each answer of the bank is on its way into the record.
 * @returns how old the last "absent" was when the file was sent again, counted from when it was first sent.
 */
async function knownAbsentForMs(answerTakesMs: readonly number[]): Promise<number> {
  let now = 0;
  let asked = 0;
  let lastAskedAt = 0;
  const unused = (): never => {
    throw new Error('This workflow does not use it.');
  };
  const flow: Flow<Activities> = {
    runEach: unused,
    sleepUntil: unused,
    random: unused,
    runChild: unused,
    continueAsNew: unused,
    publish: unused,
    hasChange: () => Promise.resolve(true),
    workflowId: 'payment-run:run_1',
    now: () => Promise.resolve(now),
    waitFor(_, { timeoutMs }) {
      now += timeoutMs;
      return Promise.resolve({ kind: 'timed-out' });
    },
    run(name, input) {
      if (name === 'askBank') {
        lastAskedAt = now;
        now += answerTakesMs[asked] ?? 0;
        asked += 1;
        return Promise.resolve(seen('absent', 1) as never);
      }
      const isFirst = (input as { afterAttempt?: number }).afterAttempt === 0;
      return Promise.resolve(seen(isFirst ? 'unknown' : 'accepted', isFirst ? 1 : 2) as never);
    },
  };
  await submitPaymentRun(flow, { organizationId: 'org_1', paymentRunId: 'run_1' });
  return lastAskedAt;
}

test('a file is sent again once the bank, asked after the time it could take to arrive, knows nothing of it', async () => {
  expect(await knownAbsentForMs([])).toBeGreaterThanOrEqual(arrivesWithinMs);
});

// Found by the simulator: the question was put in time for the file to arrive after it, its answer written down later.
test('an answer that was old when it was written down is no reason to send again', async () => {
  expect(await knownAbsentForMs([0, 0, 0, 300_000])).toBeGreaterThanOrEqual(arrivesWithinMs);
});
