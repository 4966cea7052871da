import assert from 'node:assert/strict';
import { eventually, runToEnd, untilWaiting, type ContractChapter } from '../bench.ts';

export const signalCases: ContractChapter = {
  about: 'Signals',
  cases: [
    {
      title: 'what comes before the workflow asks is kept, first in first out',
      async check(bench) {
        const [id, gate] = [bench.id('fifo'), bench.id('gate')];
        await bench.engine.start('listening', id, { gate, count: 3, timeoutMs: 20_000 });
        await eventually('the gate is reached', () => bench.probe.attemptsOf(id).length === 1);
        for (const text of ['one', 'two', 'three']) await bench.engine.signal(id, 'word', { text }, bench.id(text));
        bench.probe.open(gate);
        assert.deepEqual(await bench.engine.result(id), [{ text: 'one' }, { text: 'two' }, { text: 'three' }]);
      },
    },
    {
      title: 'what comes before the workflow is started is kept too',
      async check(bench) {
        const id = bench.id('early');
        await bench.engine.signal(id, 'word', 'early', bench.id('m'));
        assert.deepEqual(await runToEnd(bench, 'listening', id, { count: 1, timeoutMs: 20_000 }), ['early']);
      },
    },
    {
      title: 'a waiting workflow is woken',
      async check(bench) {
        const id = bench.id('woken');
        await bench.engine.start('listening', id, { count: 1, timeoutMs: 20_000 });
        await untilWaiting(bench, id);
        await bench.engine.signal(id, 'word', 'wake up', bench.id('m'));
        assert.deepEqual(await bench.engine.result(id), ['wake up']);
      },
    },
    {
      title: 'the same message twice is one signal, also after it was taken',
      async check(bench) {
        const [id, first, second] = [bench.id('dedup'), bench.id('m1'), bench.id('m2')];
        await bench.engine.start('listening', id, { count: 2, timeoutMs: 20_000 });
        await bench.engine.signal(id, 'word', 'first', first);
        await bench.engine.signal(id, 'word', 'first', first);
        await untilWaiting(bench, id);
        await bench.engine.signal(id, 'word', 'first', first);
        await bench.engine.signal(id, 'word', 'second', second);
        assert.deepEqual(await bench.engine.result(id), ['first', 'second']);
      },
    },
    {
      title: 'each name has a queue of its own',
      async check(bench) {
        const id = bench.id('names');
        await bench.engine.signal(id, 'other-word', 'other', bench.id('m1'));
        await bench.engine.signal(id, 'word', 'word', bench.id('m2'));
        assert.deepEqual(await runToEnd(bench, 'listening', id, { count: 1, timeoutMs: 20_000, other: true }), ['word', 'other']);
      },
    },
    {
      title: 'a signal to a workflow that has ended harms nobody',
      async check(bench) {
        const id = bench.id('late');
        assert.deepEqual(await runToEnd(bench, 'echoes', id, { values: [1] }), [1]);
        await bench.engine.signal(id, 'word', 'too late', bench.id('m'));
        assert.deepEqual(await bench.engine.result(id), [1]);
      },
    },
    {
      title: 'a wait ends when its time is over, and the next one takes what comes later',
      async check(bench) {
        const id = bench.id('timed-out');
        await bench.engine.start('patient', id, { shortMs: 150, longMs: 20_000 });
        await eventually('the first wait is over', () => bench.probe.attemptsOf(id).length === 1);
        await bench.engine.signal(id, 'word', 'late', bench.id('m'));
        assert.deepEqual(await bench.engine.result(id), [{ kind: 'timed-out' }, { kind: 'received', payload: 'late' }]);
      },
    },
    {
      title: 'a waiting run says what it waits for and until when',
      async check(bench) {
        const id = bench.id('visible');
        const before = Date.now();
        await bench.engine.start('listening', id, { count: 1, timeoutMs: 3_600_000 });
        await untilWaiting(bench, id);
        const [run] = await bench.engine.runs({ workflowId: id, limit: 1 });
        assert.equal(run?.waitsFor?.signal, 'word');
        const until = Date.parse(run.waitsFor.until);
        assert.ok(until >= before + 3_600_000 - 1000 && until <= Date.now() + 3_600_000 + 1000, run.waitsFor.until);
        await bench.engine.signal(id, 'word', 'on', bench.id('m'));
        await bench.engine.result(id);
        assert.equal((await bench.engine.runs({ workflowId: id, limit: 1 }))[0]?.waitsFor, null);
      },
    },
  ],
};
