import { defineConfig } from 'vitest/config';

// One real Postgres per run, cloned per test file.
const globalSetup = ['tests/support/postgres-server.ts'];

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  // Vitest's own environment, which loads the global set-up.
  environments: { __vitest__: { resolve: { conditions: ['source'] } } },
  test: {
    // Most of them wait for a database or a process: a core left free would be idle.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'web/**/*.test.ts',
            'training/**/*.test.ts',
            'bench/**/*.test.ts',
            'tests/contract/fake.test.ts',
            'tests/simulation/**/*.test.ts',
            'tests/fuzz/**/*.test.ts',
          ],
          // Those that draw or read pictures take seconds of a core that others use too.
          testTimeout: 30_000,
        },
      },
      { extends: true, test: { name: 'architecture', include: ['tests/architecture/**/*.test.ts'], testTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tests/contract/dbos.test.ts'],
          globalSetup,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        // Kills, backups and upgrades of real databases, outside systems that refuse, limits and pauses, and people who try everything:
        // minutes that `npm test` spares.
        test: {
          name: 'operations',
          include: ['tests/operations/**/*.test.ts'],
          globalSetup,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['tests/journeys/**/*.test.ts'],
          globalSetup,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        extends: true,
        test: { name: 'cluster', include: ['tests/cluster/**/*.test.ts'], globalSetup, testTimeout: 240_000, hookTimeout: 240_000 },
      },
      {
        extends: true,
        test: { name: 'chaos', include: ['tests/chaos/**/*.test.ts'], globalSetup, testTimeout: 1_800_000, hookTimeout: 240_000 },
      },
      {
        extends: true,
        // Writes files instead of checking them: `npm run record:histories`.
        test: { name: 'record', include: ['tests/histories/record-*.ts'], globalSetup, testTimeout: 120_000, hookTimeout: 120_000 },
      },
    ],
  },
});
