import assert from 'node:assert/strict';
import type { Fault } from '../activities.ts';
import { codeOf, eventually, runToEnd, untilWaiting, type ContractChapter } from '../bench.ts';

const lasting: Fault = { code: 'DH_CONNECTORS_REFUSED', message: 'The other side said no.', retryable: false };

export const childCases: ContractChapter = {
  about: 'Child workflows',
  cases: [
    {
      title: 'a child’s result comes back, and the child is a run of its own',
      async check(bench) {
        const [id, childId] = [bench.id('parent'), bench.id('child')];
        const result = await runToEnd(bench, 'parent', id, { child: 'echoes', childId, input: { values: [1, 2] } });
        assert.deepEqual(result, { result: [1, 2] });
        assert.deepEqual(await bench.engine.result(childId), [1, 2]);
        const [run] = await bench.engine.runs({ workflowId: childId, limit: 1 });
        assert.equal(run?.workflow, 'echoes');
        assert.equal(run.status, 'done');
      },
    },
    {
      title: 'a child’s failure rejects with its code, and the parent may go on',
      async check(bench) {
        const input = { child: 'failing', childId: bench.id('child'), input: { fault: lasting } };
        const result = (await runToEnd(bench, 'parent', bench.id('parent'), input)) as { failure: Fault };
        assert.equal(result.failure.code, lasting.code);
        assert.equal(result.failure.message, lasting.message);
      },
    },
    {
      title: 'a child id that is known is not started again: its result is the first one’s',
      async check(bench) {
        const childId = bench.id('shared-child');
        const first = await runToEnd(bench, 'parent', bench.id('p1'), { child: 'echoes', childId, input: { values: ['first'] } });
        const second = await runToEnd(bench, 'parent', bench.id('p2'), { child: 'echoes', childId, input: { values: ['second'] } });
        assert.deepEqual([first, second], [{ result: ['first'] }, { result: ['first'] }]);
        assert.equal(bench.probe.attemptsOf(childId).length, 1);
      },
    },
    {
      title: 'a child that waits is signalled like any other workflow',
      async check(bench) {
        const [id, childId] = [bench.id('parent'), bench.id('waiting-child')];
        await bench.engine.start('parent', id, { child: 'listening', childId, input: { count: 1, timeoutMs: 20_000 } });
        await untilWaiting(bench, childId);
        await bench.engine.signal(childId, 'word', 'hello child', bench.id('m'));
        assert.deepEqual(await bench.engine.result(id), { result: ['hello child'] });
      },
    },
  ],
};

export const renewalCases: ContractChapter = {
  about: 'Beginning again',
  cases: [
    {
      title: 'a workflow that begins again keeps its id and the signals not yet taken',
      async check(bench) {
        const id = bench.id('renewing');
        for (const text of ['one', 'two', 'three']) await bench.engine.signal(id, 'word', text, bench.id(text));
        assert.deepEqual(await runToEnd(bench, 'renewing', id, { left: 3, heard: [] }), ['one', 'two', 'three']);
      },
    },
    {
      title: 'its activities get fresh idempotency keys each time',
      async check(bench) {
        const id = bench.id('fresh-keys');
        for (const text of ['one', 'two', 'three']) await bench.engine.signal(id, 'word', text, bench.id(text));
        await runToEnd(bench, 'renewing', id, { left: 3, heard: [] });
        const attempts = bench.probe.attemptsOf(id);
        assert.deepEqual(
          attempts.map(({ workflowId }) => workflowId),
          [id, id, id],
        );
        assert.equal(new Set(attempts.map(({ key }) => key)).size, 3);
      },
    },
    {
      title: 'signals reach it after it began again, and a message taken before stays one',
      async check(bench) {
        const [id, first] = [bench.id('later-signals'), bench.id('m1')];
        await bench.engine.start('renewing', id, { left: 2, heard: [] });
        await bench.engine.signal(id, 'word', 'one', first);
        await eventually('it began again', () => bench.probe.attemptsOf(id).length === 2);
        await untilWaiting(bench, id);
        await bench.engine.signal(id, 'word', 'one', first);
        await bench.engine.signal(id, 'word', 'two', bench.id('m2'));
        assert.deepEqual(await bench.engine.result(id), ['one', 'two']);
      },
    },
  ],
};

export const startCases: ContractChapter = {
  about: 'Starting and showing',
  cases: [
    {
      title: 'a known id is left alone, while it runs and after its end',
      async check(bench) {
        const id = bench.id('twice');
        await Promise.all([1, 2].map(() => bench.engine.start('echoes', id, { values: ['first'] })));
        assert.deepEqual(await bench.engine.result(id), ['first']);
        await bench.engine.start('echoes', id, { values: ['second'] });
        assert.deepEqual(await bench.engine.result(id), ['first']);
        assert.equal(bench.probe.attemptsOf(id).length, 1);
      },
    },
    {
      title: 'a workflow that nobody knows is refused',
      async check(bench) {
        assert.equal(await codeOf(bench.engine.start('no-such-workflow', bench.id('x'), {})), 'DH_ORCHESTRATION_ENGINE_UNKNOWN');
      },
    },
    {
      title: 'what a workflow throws is how its result rejects',
      async check(bench) {
        assert.equal(await codeOf(runToEnd(bench, 'failing', bench.id('thrown'), { fault: lasting })), lasting.code);
      },
    },
    {
      title: 'the state is what was published last: null before, and kept after the end',
      async check(bench) {
        const id = bench.id('state');
        await bench.engine.start('publishing', id, { states: [{ done: 1 }, { done: 2 }] });
        await untilWaiting(bench, id);
        assert.equal(await bench.engine.state(id), null);
        for (const done of [1, 2]) {
          await bench.engine.signal(id, 'word', null, bench.id(`m${done}`));
          await eventually('it published', () => bench.probe.attemptsOf(id).length === done);
          assert.deepEqual(await bench.engine.state(id), { done });
        }
        await bench.engine.result(id);
        assert.deepEqual(await bench.engine.state(id), { done: 2 });
      },
    },
    {
      title: 'state and steps of an unknown workflow are missing, not empty',
      async check(bench) {
        assert.equal(await codeOf(bench.engine.state(bench.id('unknown'))), 'DH_ORCHESTRATION_NOT_FOUND');
        assert.equal(await codeOf(bench.engine.steps(bench.id('unknown'))), 'DH_ORCHESTRATION_NOT_FOUND');
      },
    },
  ],
};
