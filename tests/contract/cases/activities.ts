import assert from 'node:assert/strict';
import type { Fault } from '../activities.ts';
import { codeOf, eventually, runToEnd, type ContractChapter } from '../bench.ts';

const passing: Fault = { code: 'DH_CONNECTORS_BUSY', message: 'The other side is busy.', retryable: true };
const lasting: Fault = { code: 'DH_CONNECTORS_REFUSED', message: 'The other side said no.', retryable: false };
const sorted = (values: readonly string[]): string[] => values.toSorted();

export const activityCases: ContractChapter = {
  about: 'Activities',
  cases: [
    {
      title: 'an activity runs once and its output comes back',
      async check(bench) {
        const id = bench.id('once');
        assert.deepEqual(await runToEnd(bench, 'echoes', id, { values: ['hello'] }), ['hello']);
        assert.equal(bench.probe.attemptsOf(id).length, 1);
      },
    },
    {
      title: 'its idempotency key is the same on every attempt',
      async check(bench) {
        const id = bench.id('same-key');
        const result = await runToEnd(bench, 'one', id, { activity: 'flaky', input: { failures: 2, fault: passing } });
        assert.deepEqual(result, { attempts: 3 });
        const keys = bench.probe.attemptsOf(id).map(({ key }) => key);
        assert.equal(keys.length, 3);
        assert.equal(new Set(keys).size, 1);
      },
    },
    {
      title: 'each call has an idempotency key of its own, in one workflow and over workflows',
      async check(bench) {
        const [first, second] = [bench.id('keys-1'), bench.id('keys-2')];
        await runToEnd(bench, 'echoes', first, { values: ['same', 'same'] });
        await runToEnd(bench, 'echoes', second, { values: ['same', 'same'] });
        const keys = [first, second].flatMap((id) => bench.probe.attemptsOf(id)).map(({ key }) => key);
        assert.equal(new Set(keys).size, 4);
      },
    },
    {
      title: 'a retryable failure is tried nine times, then fails with the code and message of the last try',
      async check(bench) {
        const id = bench.id('nine-tries');
        const result = await runToEnd(bench, 'forgiving', id, { fault: passing });
        const { code, message, retryable } = passing;
        assert.deepEqual(result, { failure: { code, message, retryable }, afterwards: 'went on' });
        assert.equal(bench.probe.attemptsOf(id, 'flaky').length, 9);
      },
    },
    {
      title: 'a failure that is not retryable ends the activity at the first try, and the workflow may go on',
      async check(bench) {
        const id = bench.id('no-retry');
        const result = await runToEnd(bench, 'forgiving', id, { fault: lasting });
        const { code, message, retryable } = lasting;
        assert.deepEqual(result, { failure: { code, message, retryable }, afterwards: 'went on' });
        assert.equal(bench.probe.attemptsOf(id, 'flaky').length, 1);
      },
    },
    {
      title: 'an activity whose failure nobody catches fails the workflow with its code',
      async check(bench) {
        const id = bench.id('uncaught');
        assert.equal(await codeOf(runToEnd(bench, 'one', id, { activity: 'flaky', input: { failures: 1, fault: lasting } })), lasting.code);
        const [run] = await bench.engine.runs({ workflowId: id, limit: 1 });
        assert.equal(run?.status, 'failed');
        assert.deepEqual(run.failure, { code: lasting.code, message: lasting.message });
      },
    },
    {
      title: 'an attempt over its time is told to end and tried again',
      async check(bench) {
        const id = bench.id('timeout');
        assert.equal(await runToEnd(bench, 'one', id, { activity: 'hang', input: {} }), 'second attempt');
        assert.deepEqual(bench.probe.remarksOf(id), ['aborted']);
      },
    },
    {
      title: 'an activity that says it lives outlasts the silence allowed',
      async check(bench) {
        const input = { beats: 6, everyMs: 300, thenSilent: false };
        const id = bench.id('heartbeat');
        assert.equal(await runToEnd(bench, 'one', id, { activity: 'beat', input }), 'after 1 attempts');
      },
    },
    {
      title: 'an activity that falls silent for longer counts as dead and is tried again',
      async check(bench) {
        const input = { beats: 1, everyMs: 10, thenSilent: true };
        const id = bench.id('silence');
        assert.equal(await runToEnd(bench, 'one', id, { activity: 'beat', input }), 'after 2 attempts');
        assert.deepEqual(bench.probe.remarksOf(id), ['aborted']);
      },
    },
    {
      title: 'the trace parent of the workflow’s input reaches its activities',
      async check(bench) {
        const traceParent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
        const [traced, plain] = [bench.id('traced'), bench.id('untraced')];
        await runToEnd(bench, 'echoes', traced, { values: [1], traceParent });
        await runToEnd(bench, 'echoes', plain, { values: [1] });
        assert.equal(bench.probe.attemptsOf(traced)[0]?.traceParent, traceParent);
        assert.equal(bench.probe.attemptsOf(plain)[0]?.traceParent, null);
      },
    },
  ],
};

export const eachCases: ContractChapter = {
  about: 'Side by side',
  cases: [
    {
      title: 'results come in the order of the items, whichever ends first',
      async check(bench) {
        const id = bench.id('each-order');
        const gates = ['a', 'b', 'c'].map((name) => bench.id(name));
        const items = gates.map((gate, index) => ({ key: gate, input: { gate, value: index } }));
        await bench.engine.start('each', id, { activity: 'gated', items });
        await eventually('all three run at once', () => bench.probe.attemptsOf(id).length === 3);
        for (const gate of gates.toReversed()) {
          bench.probe.open(gate);
          await eventually(`${gate} is through`, () => bench.probe.remarksOf(id).includes(`through ${gate}`));
        }
        assert.deepEqual(await bench.engine.result(id), [0, 1, 2]);
      },
    },
    {
      title: 'each item has an idempotency key of its own with its name in it, the same on every attempt',
      async check(bench) {
        const id = bench.id('each-keys');
        const names = ['north', 'south'];
        const items = names.map((key) => ({ key, input: { failures: 1, fault: passing } }));
        await runToEnd(bench, 'each', id, { activity: 'flaky', items });
        const keys = bench.probe.attemptsOf(id).map(({ key }) => key);
        assert.equal(keys.length, 4);
        assert.equal(new Set(keys).size, 2);
        for (const name of names) assert.equal(keys.filter((key) => key.includes(name)).length, 2);
      },
    },
    {
      title: 'the first failure rejects once all items have ended',
      async check(bench) {
        const id = bench.id('each-failure');
        const gate = bench.id('last');
        const items = [
          { key: 'fails', input: { gate: bench.id('never'), fault: lasting } },
          { key: 'ends', input: { gate, fault: lasting } },
        ];
        bench.probe.open(gate);
        const { code, message, retryable } = lasting;
        assert.deepEqual(await runToEnd(bench, 'each', id, { activity: 'mendable', items }), { failure: { code, message, retryable } });
        assert.deepEqual(
          sorted(bench.probe.attemptsOf(id).map(({ input }) => (input as { gate: string }).gate)),
          sorted(items.map(({ input }) => input.gate)),
        );
      },
    },
    {
      title: 'no items give no results',
      async check(bench) {
        assert.deepEqual(await runToEnd(bench, 'each', bench.id('each-none'), { activity: 'echo', items: [] }), []);
      },
    },
    {
      title: 'a hundred items run, a hundred and one are refused',
      async check(bench) {
        const items = Array.from({ length: 101 }, (_, index) => ({ key: `k${index}`, input: index }));
        const hundred = await runToEnd(bench, 'each', bench.id('each-100'), { activity: 'echo', items: items.slice(0, 100) });
        assert.deepEqual(
          hundred,
          items.slice(0, 100).map(({ input }) => input),
        );
        const id = bench.id('each-101');
        const refused = (await runToEnd(bench, 'each', id, { activity: 'echo', items })) as { failure: { code: string } };
        assert.equal(refused.failure.code, 'DH_ORCHESTRATION_FAN_OUT_INVALID');
        assert.equal(bench.probe.attemptsOf(id).length, 0);
      },
    },
    {
      title: 'two items under one key are refused',
      async check(bench) {
        const items = ['twin', 'twin'].map((key) => ({ key, input: key }));
        const refused = (await runToEnd(bench, 'each', bench.id('each-twins'), { activity: 'echo', items })) as {
          failure: { code: string };
        };
        assert.equal(refused.failure.code, 'DH_ORCHESTRATION_FAN_OUT_INVALID');
      },
    },
  ],
};
