import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../src');
const tables = 'invoices|invoice_lines|corrections|allocations|approvals|payments|payment_runs|stream_events';
const writes = new RegExp(
  String.raw`(insertInto|updateTable|deleteFrom|replaceInto|mergeInto)\(['"](${tables})['" ]|\b(insert into|update|delete from|truncate) "?(${tables})\b`,
  'i',
);

test('nothing but the streams writes the tables that follow from events', () => {
  const writers = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('orchestration/streams/'))
    .filter((file) => writes.test(readFileSync(path.join(root, file), 'utf8')));
  expect(writers).toEqual([]);
});

test('the rule sees both ways to write', () => {
  expect("transaction.updateTable('payments')").toMatch(writes);
  expect('sql`delete from invoices where true`').toMatch(writes);
  expect("transaction.selectFrom('payments').forUpdate()").not.toMatch(writes);
});
