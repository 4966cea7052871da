import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { violationsOf } from './migration-rules.ts';

const folder = path.resolve(import.meta.dirname, '../../migrations');
// What came before the first upgrade was ever made runs on empty databases only.
const lastUnbound = '0009';
const bound = readdirSync(folder).filter((name) => name.endsWith('.sql') && name.slice(0, 4) > lastUnbound);

test('every migration may run while servers of the release before go on working (docs/guides/upgrade.md)', async () => {
  const found = await Promise.all(
    bound.map(async (name) =>
      (await violationsOf(name, readFileSync(path.join(folder, name), 'utf8'))).map(({ line, rule }) => `${name}:${line} ${rule}`),
    ),
  );
  expect(found.flat()).toEqual([]);
});

test('numbers of migrations go up one by one', () => {
  const numbers = readdirSync(folder).map((name) => Number(name.slice(0, 4)));
  expect(numbers.toSorted((one, other) => one - other)).toEqual(numbers.map((_, index) => index + 1));
});

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['a dropped column', 'alter table invoices drop column gross;', /drops the column gross/],
  ['a dropped table', 'drop table if exists invoices cascade;', /drops the table invoices/],
  ['a dropped index', 'drop index invoices_by_number;', /drops the index/],
  ['a dropped policy', 'drop policy own_organization on invoices;', /drops the policy/],
  ['a dropped function', 'drop function current_organization();', /drops the function/],
  ['a renamed column', 'alter table invoices rename column gross to total;', /renames/],
  ['a renamed table', 'alter table invoices rename to bills;', /renames/],
  ['a column not null without default', 'alter table invoices add column kind text not null;', /without a default/],
  ['null forbidden later', 'alter table invoices alter column gross set not null;', /forbids null/],
  ['a type changed in place', 'alter table invoices alter column gross type text;', /in place/],
  ['a lost default', 'alter table invoices alter column status drop default;', /drops the default/],
  ['a default that differs by row', 'alter table invoices add column token uuid default gen_random_uuid();', /rewrites the table/],
  ['a serial column', 'alter table invoices add column position bigserial;', /rewrites the table/],
  ['a generated column', 'alter table invoices add column twice numeric generated always as (gross * 2) stored;', /rewrites the table/],
  ['a checked constraint', 'alter table invoices add constraint positive check (gross > 0);', /without not valid/],
  ['a foreign key at once', 'alter table invoices add constraint of foreign key (a) references b;', /without not valid/],
  ['a unique constraint at once', 'alter table invoices add constraint once unique (number);', /index under a lock/],
  ['a column with a reference', 'alter table invoices add column other text references events;', /together with a constraint/],
  [
    'validation in the same file',
    'alter table invoices add constraint p check (gross > 0) not valid;\nalter table invoices validate constraint p;',
    /in the next migration/,
  ],
  ['an index under a lock', 'create index by_number on invoices (number);', /nobody can write/],
  ['an index in a transaction', 'create index concurrently by_number on invoices (number);', /nobody can write/],
  ['half an index left', '-- outside-transaction: an index\ncreate index concurrently by_number on invoices (number);', /half an index/],
  ['more than indexes in steps', '-- outside-transaction: why not\nalter table invoices add column b text;', /does not belong/],
  [
    'two statements on a line',
    '-- outside-transaction: x\ndrop index concurrently if exists a; drop index concurrently if exists b;',
    /end each/,
  ],
  ['a right taken', 'revoke select on invoices from deskhand_app;', /takes a right/],
  ['deleted rows', 'delete from invoices where gross = 0;', /deletes rows/],
  ['an opaque block', 'do $$ begin execute $q$drop table invoices$q$; end $$;', /hides/],
  ['row security on an old table', 'alter table invoices enable row level security;', /does AT_EnableRowSecurity/],
  ['a contract without its number', '-- contract-phase: nobody reads it\nalter table invoices drop column gross;', /after NNNN/],
  ['a contract with its own number', '-- contract-phase: after 0010, why\nalter table invoices drop column gross;', /after NNNN/],
];

test.each(refused)('refuses %s', async (_, text, reason) => {
  const rules = (await violationsOf('0010_planted.sql', text)).map(({ rule }) => rule);
  expect(rules.join('\n')).toMatch(reason);
});

const allowed: readonly (readonly [string, string])[] = [
  ['a nullable column', 'alter table invoices add column note text;'],
  ['a column with a constant default', "alter table invoices add column kind text not null default 'invoice';"],
  ['a column with the time as default', 'alter table invoices add column seen_at timestamptz not null default now();'],
  ['a constraint that is not valid yet', 'alter table invoices add constraint positive check (gross > 0) not valid;'],
  ['a constraint validated later', 'alter table invoices validate constraint positive;'],
  ['a constraint by its index', 'alter table invoices add constraint once unique using index once_by_number;'],
  [
    'a table with all it needs',
    `create table notes (id text primary key, invoice_id text not null references invoices unique, at timestamptz not null default clock_timestamp());
create index notes_by_at on notes (at);
alter table notes enable row level security;
create policy own on notes using (true);
revoke all on notes from public;`,
  ],
  ['a policy made anew', 'drop policy own_organization on invoices;\ncreate policy own_organization on invoices using (true);'],
  [
    'an index in steps',
    '-- outside-transaction: an index on a big table\ndrop index concurrently if exists by_number;\ncreate index concurrently by_number on invoices (number);',
  ],
  ['a contract one release later', '-- contract-phase: after 0009, nothing since then reads it\nalter table invoices drop column gross;'],
];

test.each(allowed)('lets pass %s', async (_, text) => {
  expect(await violationsOf('0010_planted.sql', text)).toEqual([]);
});

test('names the line', async () => {
  const text = '-- One.\ncreate table notes (id text);\n\n-- Zwölf.\nalter table invoices drop column gross;\n';
  expect(await violationsOf('0010_planted.sql', text)).toMatchObject([{ line: 5 }]);
});
