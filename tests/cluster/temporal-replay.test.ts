import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { replayHistory } from '../../src/orchestration/engines/temporal/replay.ts';
import { testSecret } from '../support/postgres-server.ts';
import { readHistory } from './temporal/read-history.ts';

const folder = new URL('../histories/temporal/', import.meta.url);
const recorded = readdirSync(folder).filter((name) => name.endsWith('.json'));

test.each(recorded)('%s goes the same way under the code of today', async (name) => {
  await expect(replayHistory(readHistory(new URL(name, folder)), testSecret)).resolves.toBeUndefined();
});
