import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTemporalEngine } from '#orchestration';
import { createLog } from '#platform';
import type { Engine } from '../../src/orchestration/flow.ts';
import { contractPolicies, createContractActivities } from '../contract/activities.ts';
import { createProbe } from '../contract/probe.ts';
import { workflows } from '../contract/workflows.ts';
import { createTestDatabase } from '../support/database.ts';
import { startTemporal, temporalMissing } from './temporal/temporal-server.ts';
import { startTlsFront, type Identity, type TlsFront } from './temporal/tls-front.ts';

const undo: (() => Promise<unknown>)[] = [];
let front: TlsFront;
let databaseUrl: string;

beforeAll(async () => {
  if (temporalMissing !== null) return;
  const [database, server] = await Promise.all([createTestDatabase(), startTemporal()]);
  undo.push(database.drop, server.stop);
  databaseUrl = database.urls.engine;
  front = await startTlsFront(server.address, 'right');
  undo.push(front.close);
});
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

interface Papers {
  readonly apiKey: string;
  readonly ca: string | null;
  readonly clientCertificate: Identity | null;
}

function engineWith(papers: Papers): Promise<Engine> {
  return createTemporalEngine({
    address: front.address,
    namespace: 'default',
    isTls: true,
    ...papers,
    databaseUrl,
    secrets: ['tls'],
    activities: createContractActivities(createProbe()),
    policies: contractPolicies,
    workflowNames: Object.keys(workflows),
    workflowsPath: fileURLToPath(new URL('temporal/first-release.ts', import.meta.url)),
    rooms: ['orchestration'],
    buildId: 'first',
    activitiesAtOnce: 10,
    log: createLog({ level: 'silent' }),
  });
}

test.skipIf(temporalMissing !== null)('a cluster with TLS both ways and a key carries work of those who have all three', async () => {
  const engine = await engineWith({ apiKey: 'right', ca: front.ca, clientCertificate: front.client });
  await engine.launch();
  undo.push(engine.stop);
  await engine.start('echoes', 'over tls', { values: [1, 2] });
  expect(await engine.result('over tls')).toEqual([1, 2]);
});

test.skipIf(temporalMissing !== null)('it refuses those who lack one of them, and they say so by name', async () => {
  const right = { apiKey: 'right', ca: front.ca, clientCertificate: front.client };
  const wrong: Readonly<Record<string, Papers>> = {
    'another key': { ...right, apiKey: 'wrong' },
    'no certificate': { ...right, clientCertificate: null },
    'a certificate of an unknown authority': { ...right, clientCertificate: front.stranger },
    'no trust in its authority': { ...right, ca: null },
  };
  const refused = async ([what, papers]: [string, Papers]): Promise<unknown> => {
    const thrown: unknown = await (await engineWith(papers)).launch().catch((error: unknown) => error);
    return [what, (thrown as { code?: unknown }).code];
  };
  expect(await Promise.all(Object.entries(wrong).map(refused))).toEqual(
    Object.keys(wrong).map((what) => [what, 'DH_ORCHESTRATION_ENGINE_UNREACHABLE']),
  );
});
