import assert from 'node:assert/strict';
import type { WorkflowStep } from '../../../src/orchestration/flow.ts';
import type { Fault } from '../activities.ts';
import { codeOf, eventually, runToEnd, untilWaiting, type Bench, type ContractChapter } from '../bench.ts';

const lasting: Fault = { code: 'DH_CONNECTORS_REFUSED', message: 'The other side said no.', retryable: false };
const long = { timeoutMs: 600_000 };

async function statusOf({ engine }: Bench, workflowId: string): Promise<string | undefined> {
  return (await engine.runs({ workflowId, limit: 1 }))[0]?.status;
}

function activities(steps: readonly WorkflowStep[]): WorkflowStep[] {
  return steps.filter(({ name }) => name === 'echo' || name === 'mendable' || name === 'flaky');
}

function inputsOf({ probe }: Bench, workflowId: string, activity: string): unknown[] {
  return probe.attemptsOf(workflowId, activity).map(({ input }) => input);
}

export const operatingCases: ContractChapter = {
  about: 'Operating',
  cases: [
    {
      title: 'a cancelled workflow begins no further step, and its result says so',
      async check(bench) {
        const id = bench.id('cancelled');
        await bench.engine.start('pausing', id, long);
        await untilWaiting(bench, id);
        await bench.engine.cancel(id);
        assert.equal(await codeOf(bench.engine.result(id)), 'DH_ORCHESTRATION_CANCELLED');
        assert.equal(await statusOf(bench, id), 'cancelled');
        await bench.engine.signal(id, 'word', null, bench.id('m'));
        assert.deepEqual(inputsOf(bench, id, 'echo'), ['before']);
      },
    },
    {
      title: 'to cancel what has ended changes nothing',
      async check(bench) {
        const id = bench.id('ended');
        await runToEnd(bench, 'echoes', id, { values: [1] });
        await bench.engine.cancel(id);
        assert.deepEqual(await bench.engine.result(id), [1]);
        assert.equal(await statusOf(bench, id), 'done');
      },
    },
    {
      title: 'a cancelled workflow that is resumed goes on after its last finished step',
      async check(bench) {
        const id = bench.id('resumed');
        await bench.engine.start('pausing', id, long);
        await untilWaiting(bench, id);
        await bench.engine.cancel(id);
        assert.equal(await codeOf(bench.engine.result(id)), 'DH_ORCHESTRATION_CANCELLED');
        await bench.engine.resume(id);
        await bench.engine.signal(id, 'word', 'on', bench.id('m'));
        assert.deepEqual(await bench.engine.result(id), ['before', { kind: 'received', payload: 'on' }, 'after']);
        assert.deepEqual(inputsOf(bench, id, 'echo'), ['before', 'after']);
        assert.equal(await statusOf(bench, id), 'done');
      },
    },
    {
      title: 'a failed workflow that is resumed tries the failed step again, and no finished one',
      async check(bench) {
        const [id, gate] = [bench.id('mended'), bench.id('gate')];
        assert.equal(await codeOf(runToEnd(bench, 'stumbling', id, { gate, fault: lasting })), lasting.code);
        bench.probe.open(gate);
        await bench.engine.resume(id);
        await eventually('it is done', async () => (await statusOf(bench, id)) === 'done');
        assert.deepEqual(await bench.engine.result(id), ['first', 'second', 'mended']);
        assert.deepEqual(inputsOf(bench, id, 'echo'), ['first', 'second']);
        assert.equal(inputsOf(bench, id, 'mendable').length, 2);
      },
    },
    {
      title: 'steps are shown in order with what they gave or why they failed',
      async check(bench) {
        const [id, gate] = [bench.id('steps'), bench.id('gate')];
        assert.equal(await codeOf(runToEnd(bench, 'stumbling', id, { gate, fault: lasting })), lasting.code);
        const all = await bench.engine.steps(id);
        const steps = activities(all);
        assert.deepEqual(
          steps.map(({ name, output }) => [name, output]),
          [
            ['echo', 'first'],
            ['echo', 'second'],
            ['mendable', null],
          ],
        );
        assert.deepEqual(steps.at(-1)?.failure, { code: lasting.code, message: lasting.message });
        assert.deepEqual(
          all.map(({ position }) => position),
          all.map(({ position }) => position).toSorted((a, b) => a - b),
        );
        for (const { startedAt, endedAt } of steps) assert.ok(Date.parse(endedAt ?? '') >= Date.parse(startedAt ?? ''));
      },
    },
    {
      title: 'a fork keeps the steps below its position and goes on from there under its own id',
      async check(bench) {
        const [id, gate, newId] = [bench.id('original'), bench.id('gate'), bench.id('fork')];
        assert.equal(await codeOf(runToEnd(bench, 'stumbling', id, { gate, fault: lasting })), lasting.code);
        const second = activities(await bench.engine.steps(id))[1];
        bench.probe.open(gate);
        assert.equal(await bench.engine.fork(id, second?.position ?? -1, newId), newId);
        assert.deepEqual(await bench.engine.result(newId), ['first', 'second', 'mended']);
        assert.deepEqual(inputsOf(bench, newId, 'echo'), ['second']);
        assert.equal(await statusOf(bench, id), 'failed');
      },
    },
    {
      title: 'runs are found by status, workflow and organization, no more than asked for',
      async check(bench) {
        const organizationId = bench.id('org');
        const [waits, done, fails] = [bench.id('w'), bench.id('d'), bench.id('f')];
        await bench.engine.start('pausing', waits, { ...long, organizationId });
        await runToEnd(bench, 'echoes', done, { values: [1], organizationId });
        assert.equal(await codeOf(runToEnd(bench, 'failing', fails, { fault: lasting, organizationId })), lasting.code);
        await untilWaiting(bench, waits);
        const found = async (filter: object): Promise<string[]> => {
          const runs = await bench.engine.runs({ organizationId, limit: 500, ...filter });
          assert.ok(runs.every((run) => run.organizationId === organizationId));
          return runs.map(({ workflowId }) => workflowId).toSorted();
        };
        await eventually('all three are listed', async () => (await found({})).length === 3);
        assert.deepEqual(await found({}), [waits, done, fails].toSorted());
        assert.deepEqual(await found({ status: 'waiting' }), [waits]);
        assert.deepEqual(await found({ status: 'done' }), [done]);
        assert.deepEqual(await found({ status: 'failed' }), [fails]);
        assert.deepEqual(await found({ workflow: 'pausing' }), [waits]);
        assert.equal((await found({ limit: 2 })).length, 2);
        await bench.engine.cancel(waits);
        await eventually('it is cancelled', async () => (await found({ status: 'cancelled' })).length === 1);
      },
    },
    {
      title: 'a run says what it is, when it began and when it ended',
      async check(bench) {
        const id = bench.id('card');
        const before = Date.now();
        await runToEnd(bench, 'echoes', id, { values: [1] });
        const [run] = await bench.engine.runs({ workflowId: id, limit: 1 });
        assert.deepEqual(
          { ...run, startedAt: '', endedAt: '' },
          {
            workflowId: id,
            workflow: 'echoes',
            status: 'done',
            organizationId: null,
            startedAt: '',
            endedAt: '',
            waitsFor: null,
            failure: null,
          },
        );
        assert.ok(Date.parse(run?.startedAt ?? '') >= before - 1000);
        assert.ok(Date.parse(run?.endedAt ?? '') >= Date.parse(run?.startedAt ?? ''));
      },
    },
  ],
};
