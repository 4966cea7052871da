/** Where each engine runs the contract; a column of docs/reference/engines.md once the file exists. */
export const engines = [
  { name: 'DBOS', test: 'tests/contract/dbos.test.ts', about: 'embedded, on the product’s own Postgres', command: 'npm test' },
  { name: 'Temporal', test: 'tests/cluster/temporal-contract.test.ts', about: 'on a Temporal cluster', command: 'npm run test:cluster' },
  { name: 'fake', test: 'tests/contract/fake.test.ts', about: 'in memory, for tests and the simulator', command: 'npm test' },
] as const;
