import { rebuildProjections } from '#orchestration';
import { expect } from 'vitest';
import type { TestOffice } from './office.ts';

/** Whatever a test did through commands and activities: its tables are what its events say, byte for byte. */
export async function expectRebuildable({ office }: Pick<TestOffice, 'office'>): Promise<void> {
  const { tables } = await rebuildProjections(office.database, { isApplied: false });
  expect(tables.map(({ table, firstDifference }) => ({ table, firstDifference }))).toEqual(
    tables.map(({ table }) => ({ table, firstDifference: null })),
  );
  for (const { sha256, rebuiltSha256 } of tables) expect(rebuiltSha256).toBe(sha256);
}

/** The end of a test file that went through many scenarios. */
export async function closeRebuildable(office: TestOffice): Promise<void> {
  try {
    await expectRebuildable(office);
  } finally {
    await office.close();
  }
}
