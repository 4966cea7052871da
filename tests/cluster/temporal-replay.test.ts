import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { workflows } from '#orchestration';
import { createLog } from '#platform';
import { replayHistory } from '../../src/orchestration/engines/temporal/replay.ts';
import { testSecret as secret } from '../support/postgres-server.ts';
import { readHistory } from './temporal/read-history.ts';

const log = createLog({ level: 'silent' });
const folder = new URL('../histories/temporal/', import.meta.url);
const recorded = readdirSync(folder).filter((name) => name.endsWith('.json'));

test.each(recorded)('%s goes the same way under the code of today, traced or not', async (name) => {
  for (const isTraced of [false, true]) await replayHistory(readHistory(new URL(name, folder)), { log, secret, isTraced });
});

test('each workflow that can be started has a history', () => {
  const without = Object.keys(workflows).filter((workflow) => !recorded.some((name) => name.includes(`-${workflow}`)));
  expect(without).toEqual([]);
});

test.each(recorded)('%s is refused by code that goes another way', async (name) => {
  const workflowsPath = fileURLToPath(new URL('temporal/strayed-workflows.ts', import.meta.url));
  const replayed = replayHistory(readHistory(new URL(name, folder)), { log, secret, workflowsPath });
  await expect(replayed).rejects.toMatchObject({ name: 'DeterminismViolationError' });
});
