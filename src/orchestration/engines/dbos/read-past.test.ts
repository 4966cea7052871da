import { expect, test } from 'vitest';
import { readPast } from './read-past.ts';

type Row = Parameters<typeof readPast>[0][number];

const at = 1_700_000_000_000;
const rows = (...all: readonly (readonly [name: string, output: unknown, childWorkflowID?: string])[]): Row[] =>
  all.map(([name, output, childWorkflowID = null], functionID) => ({
    functionID,
    name,
    output,
    error: null,
    childWorkflowID,
    startedAtEpochMs: at,
    completedAtEpochMs: at + 1,
  }));
const goesOn = (): Promise<null> => Promise.resolve(null);
const named = async (all: Row[]): Promise<unknown> => {
  const read = await readPast(all, goesOn);
  return typeof read === 'string' ? read : read.steps.map(({ name, output }) => [name, output]);
};

test('what DBOS calls its own is told as the port calls it', async () => {
  const all = rows(['DBOS.now', 5], ['random', 0.5], ['DBOS.setEvent', null], ['DBOS.patch-gate', null], ['readDocument', { pages: 1 }]);
  expect(await named(all)).toEqual([
    ['now', 5],
    ['random', 0.5],
    ['publish', null],
    ['change gate', true],
    ['readDocument', { pages: 1 }],
  ]);
});

test('a wait that goes on keeps its deadline, and waits before it are counted', async () => {
  const until = at + 60_000;
  const all = rows(['wait news', { until: at }], ['heard news', { kind: 'timed-out' }], ['sleep', { until: at }], ['slept', null]);
  const open = rows(['', null], ['', null], ['', null], ['', null], ['wait news', { until }]).slice(4);
  expect(await readPast([...all, ...open], goesOn)).toMatchObject({
    waits: 2,
    waitsFor: { what: 'news', untilMs: until },
    steps: [
      { name: 'wait news', output: { kind: 'timed-out' } },
      { name: 'sleep', endedAtMs: at + 1 },
      { endedAtMs: null, untilMs: until },
    ],
  });
});

test('a child that goes on is waited for, and one that has ended since is heard', async () => {
  const all = rows(['handle', null, 'child-1']);
  expect(await readPast(all, goesOn)).toMatchObject({ waitsFor: { what: 'child-1', untilMs: null }, steps: [{ endedAtMs: null }] });
  const heard = await readPast(all, () => Promise.resolve({ output: 'done' }));
  expect(heard).toMatchObject({ waitsFor: null, steps: [{ name: 'child handle', output: 'done', failure: null }] });
});

test('a fan-out of which one part is missing cannot be told, and says which step', async () => {
  const [first, , third] = rows(['echo', 1], ['echo', 2], ['echo', 3]);
  expect(await named([first as Row, third as Row])).toBe('step 1 has begun and not ended while later ones have');
});
