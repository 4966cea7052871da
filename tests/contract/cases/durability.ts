import assert from 'node:assert/strict';
import { codeOf, eventually, runToEnd, untilWaiting, type ContractChapter } from '../bench.ts';

const tooLarge = 'DH_ORCHESTRATION_VALUE_TOO_LARGE';

export const valueCases: ContractChapter = {
  about: 'Values',
  cases: [
    {
      title: 'nested values, nothing, numbers and every script come through as they are',
      async check(bench) {
        const value = {
          nothing: null,
          empty: [{}, [], ''],
          numbers: [0, -1.5, 1e21, 9_007_199_254_740_991],
          text: 'Grüße, 請求書, فاتورة, 🧾 e\u0301 \u0000 "quoted" \\ \n',
          deep: { a: [{ b: [{ c: true }] }] },
          'odd key/with.dots': false,
        };
        assert.deepEqual(await runToEnd(bench, 'echoes', bench.id('values'), { values: [value, 'plain', 7, null, true, [1, [2]]] }), [
          value,
          'plain',
          7,
          null,
          true,
          [1, [2]],
        ]);
      },
    },
    {
      title: 'dates become ISO 8601 text and undefined properties vanish, as in JSON',
      async check(bench) {
        const at = new Date('2026-11-23T12:00:00.000Z');
        const [seen] = (await runToEnd(bench, 'echoes', bench.id('dates'), { values: [{ at, gone: undefined }] })) as object[];
        assert.deepEqual(seen, { at: '2026-11-23T12:00:00.000Z' });
      },
    },
    {
      title: 'an output of 256 KB passes, a larger one fails at once and says what to do',
      async check(bench) {
        const fits = await runToEnd(bench, 'one', bench.id('fits'), { activity: 'large', input: { characters: 262_142 } });
        assert.equal((fits as string).length, 262_142);
        const id = bench.id('too-large');
        const work = runToEnd(bench, 'one', id, { activity: 'large', input: { characters: 262_143 } });
        await assert.rejects(
          work,
          (failure: { code?: unknown; message: string }) => failure.code === tooLarge && failure.message.includes('262144'),
        );
        assert.equal(bench.probe.attemptsOf(id).length, 1);
      },
    },
    {
      title: 'an input or a signal over 256 KB is refused by the call that brings it',
      async check(bench) {
        const text = 'x'.repeat(262_145);
        assert.equal(await codeOf(bench.engine.start('echoes', bench.id('start'), { values: [text] })), tooLarge);
        assert.equal(await codeOf(bench.engine.signal(bench.id('signal'), 'word', text, bench.id('m'))), tooLarge);
      },
    },
    {
      title: 'a published state over 16 KB is refused',
      async check(bench) {
        assert.equal(await runToEnd(bench, 'publishingTooMuch', bench.id('state-fits'), { characters: 16_382 }), 'none');
        const refused = await runToEnd(bench, 'publishingTooMuch', bench.id('state'), { characters: 16_383 });
        assert.equal((refused as { code: string }).code, tooLarge);
      },
    },
  ],
};

export const restartCases: ContractChapter = {
  about: 'Stopping and starting again',
  cases: [
    {
      title: 'a wait outlives the server: the signal is taken after it is back, and finished steps are not run again',
      restarts: true,
      async check(bench) {
        const id = bench.id('mid-wait');
        await bench.engine.start('pausing', id, { timeoutMs: 600_000 });
        await untilWaiting(bench, id);
        await bench.restart();
        await bench.engine.signal(id, 'word', 'back', bench.id('m'));
        assert.deepEqual(await bench.engine.result(id), ['before', { kind: 'received', payload: 'back' }, 'after']);
        assert.deepEqual(
          bench.probe.attemptsOf(id).map(({ input }) => input),
          ['before', 'after'],
        );
      },
    },
    {
      title: 'a deadline that passes while the server is down is kept when it is back',
      restarts: true,
      async check(bench) {
        const [waiting, sleeping] = [bench.id('deadline'), bench.id('sleep')];
        await bench.engine.start('pausing', waiting, { timeoutMs: 400 });
        await bench.engine.start('sleeping', sleeping, { forMs: 400 });
        await eventually('the first step is done', () => bench.probe.attemptsOf(waiting).length === 1);
        await bench.restart();
        assert.deepEqual(await bench.engine.result(waiting), ['before', { kind: 'timed-out' }, 'after']);
        assert.equal(((await bench.engine.result(sleeping)) as { woken: boolean }).woken, true);
      },
    },
    {
      title: 'an activity that the stop cut off runs again under its key, and the workflow ends',
      restarts: true,
      async check(bench) {
        const [id, gate] = [bench.id('mid-activity'), bench.id('gate')];
        await bench.engine.start('listening', id, { gate, count: 1, timeoutMs: 20_000 });
        await eventually('the activity runs', () => bench.probe.attemptsOf(id).length === 1);
        await bench.restart();
        bench.probe.open(gate);
        await bench.engine.signal(id, 'word', 'done', bench.id('m'));
        assert.deepEqual(await bench.engine.result(id), ['done']);
        const keys = bench.probe.attemptsOf(id).map(({ key }) => key);
        assert.equal(keys.length, 2);
        assert.equal(new Set(keys).size, 1);
      },
    },
    {
      title: 'results, states and steps of ended runs are there after a restart',
      restarts: true,
      async check(bench) {
        const id = bench.id('kept');
        await runToEnd(bench, 'echoes', id, { values: ['kept'] });
        await bench.restart();
        assert.deepEqual(await bench.engine.result(id), ['kept']);
        assert.equal(await bench.engine.state(id), null);
        assert.equal((await bench.engine.steps(id)).filter(({ name }) => name === 'echo').length, 1);
      },
    },
  ],
};

export const changeCases: ContractChapter = {
  about: 'Changed code under running work',
  cases: [
    {
      title: 'a run that was past the change goes on as it began, a new one takes the change, also on replay',
      restarts: true,
      async check(bench) {
        const [old, fresh] = [bench.id('old'), bench.id('fresh')];
        await bench.engine.start('changing', old, {});
        await untilWaiting(bench, old);
        await bench.restart('second');
        await bench.engine.start('changing', fresh, {});
        await untilWaiting(bench, fresh);
        await bench.restart('second');
        for (const id of [old, fresh]) await bench.engine.signal(id, 'word', null, bench.id(`m-${id}`));
        for (const id of [old, fresh]) assert.equal(await bench.engine.result(id), 'ended');
        const inputs = (id: string): unknown[] => bench.probe.attemptsOf(id).map(({ input }) => input);
        assert.deepEqual(inputs(old), ['as ever', 'ended']);
        assert.deepEqual(inputs(fresh), ['as ever', 'checked', 'ended']);
      },
    },
  ],
};
