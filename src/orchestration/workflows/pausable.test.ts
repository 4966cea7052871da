import { expect, test } from 'vitest';
import type { Activities } from '../activities/index.ts';
import type { Flow } from '../flow.ts';
import { pausable, pausedMark } from './pausable.ts';

type Answer = (key: string) => unknown;

/** A flow whose activities answer by script, in the order they are run. @returns what was run and waited for. */
function scripted(answers: readonly Answer[]): { readonly flow: Flow<Activities>; readonly log: string[] } {
  const left = [...answers];
  const log: string[] = [];
  const flow = {
    workflowId: 'document:1',
    run: (name: string) => {
      log.push(name);
      return Promise.resolve(left.shift()?.(name));
    },
    runEach: (name: string, items: readonly { readonly key: string }[]) => {
      log.push(`${name} of ${items.map(({ key }) => key).join('+')}`);
      const answer = left.shift();
      return Promise.resolve(items.map(({ key }) => answer?.(key)));
    },
    waitFor: ({ name }: { readonly name: string }) => {
      log.push(`· ${name}`);
      return Promise.resolve({ kind: 'received', payload: {} });
    },
  } as unknown as Flow<Activities>;
  return { flow, log };
}

const paused = () => pausedMark;
const done = (key: string) => `done ${key}`;

test('an activity that comes upon a pause is run again when it is over, as often as there is a pause', async () => {
  const { flow, log } = scripted([paused, paused, done]);
  const { work } = pausable({ work: (inner: Flow<Activities>) => inner.run('readDocument', {} as never) });
  expect(await work(flow)).toBe('done readDocument');
  expect(log).toEqual(['readDocument', '· resumed', 'readDocument', '· resumed', 'readDocument']);
});

test('of many side by side only those are run again that had not begun, and results keep their places', async () => {
  const { flow, log } = scripted([(key) => (key === 'b' ? pausedMark : done(key)), done]);
  const items = ['a', 'b', 'c'].map((key) => ({ key, input: {} as never }));
  const { work } = pausable({ work: (inner: Flow<Activities>) => inner.runEach('readDocument', items) });
  expect(await work(flow)).toEqual(['done a', 'done b', 'done c']);
  expect(log).toEqual(['readDocument of a+b+c', '· resumed', 'readDocument of b']);
});

test('nothing is added to the history of a workflow that meets no pause', async () => {
  const { flow, log } = scripted([done]);
  const { work } = pausable({ work: (inner: Flow<Activities>) => inner.run('readDocument', {} as never) });
  await work(flow);
  expect(log).toEqual(['readDocument']);
});
