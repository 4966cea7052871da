import assert from 'node:assert/strict';
import { runToEnd, untilWaiting, type ContractChapter } from '../bench.ts';

export const timeCases: ContractChapter = {
  about: 'Time and chance',
  cases: [
    {
      title: 'a workflow sleeps until the instant it named, not shorter',
      async check(bench) {
        const { sleptMs } = (await runToEnd(bench, 'sleeping', bench.id('sleep'), { forMs: 300 })) as { sleptMs: number };
        // Clocks are read on both sides of a database or a server: a few milliseconds belong to them.
        assert.ok(sleptMs >= 290, `slept ${sleptMs} ms`);
      },
    },
    {
      title: 'an instant that has passed is no wait',
      async check(bench) {
        const { sleptMs } = (await runToEnd(bench, 'sleeping', bench.id('past'), { forMs: -3_600_000 })) as { sleptMs: number };
        assert.ok(sleptMs < 60_000, `slept ${sleptMs} ms`);
      },
    },
    {
      title: 'a random number lies in [0, 1) and two differ',
      async check(bench) {
        const id = bench.id('random');
        await bench.engine.signal(id, 'word', null, bench.id('m'));
        const read = (await runToEnd(bench, 'reading', id, {})) as { before: { random: number }; after: { random: number } };
        for (const { random } of [read.before, read.after]) assert.ok(random >= 0 && random < 1, String(random));
        assert.notEqual(read.before.random, read.after.random);
      },
    },
    {
      title: 'clock and chance are the same on replay',
      restarts: true,
      async check(bench) {
        const id = bench.id('replay');
        await bench.engine.start('reading', id, {});
        await untilWaiting(bench, id);
        await bench.restart();
        await bench.engine.signal(id, 'word', null, bench.id('m'));
        const read = (await bench.engine.result(id)) as { before: { now: number }; after: { now: number } };
        assert.deepEqual(
          bench.probe.attemptsOf(id).map(({ input }) => input),
          [read.before],
        );
        assert.ok(read.after.now >= read.before.now);
      },
    },
  ],
};
