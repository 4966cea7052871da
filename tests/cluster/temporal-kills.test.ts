import { afterAll, beforeAll, test } from 'vitest';
import { reachEveryFailPoint } from '../chaos/reach-every-fail-point.ts';
import { openTemporalOffice, type TemporalOffice } from './temporal/temporal-office.ts';
import { temporalMissing } from './temporal/temporal-server.ts';

let temporal: TemporalOffice | null = null;

beforeAll(async () => {
  if (temporalMissing === null) temporal = await openTemporalOffice(400);
});
afterAll(async () => {
  await temporal?.close();
});

test.skipIf(temporalMissing !== null)(
  'on a Temporal cluster, a server that dies, or is lied to, before or after any durable write or outside call loses nothing and doubles nothing',
  { timeout: 900_000 },
  async () => {
    if (temporal !== null) await reachEveryFailPoint(temporal.office);
  },
);
