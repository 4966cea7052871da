import { afterEach, beforeEach, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { openChaosOffice, type ChaosOffice } from './chaos-office.ts';
import { reachEveryFailPoint } from './reach-every-fail-point.ts';

let database: TestDatabase;
let office: ChaosOffice;

// An office of its own for each try, so that a try again starts from nothing.
beforeEach(async () => {
  database = await createTestDatabase();
  await database.query(`grant create on database ${new URL(database.url).pathname.slice(1)} to deskhand_engine`);
  office = await openChaosOffice(database, {}, 400);
});
afterEach(async () => {
  await office?.close();
  await database?.drop();
});

test('a server that dies, or is lied to, before or after any durable write or outside call loses nothing and doubles nothing', async () => {
  await reachEveryFailPoint(office);
});
