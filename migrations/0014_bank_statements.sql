-- What the bank says of payments: answers to our files (pain.002), statements and notifications (camt.053, camt.054). The
-- file lies in the blob store by its hash; a movement is kept once, however many messages tell of it.
create table bank_messages (
  id text primary key,
  organization_id text not null references organizations,
  kind text not null check (kind in ('payment-status', 'statement', 'notification')),
  format text not null,
  -- The bank's own.
  message_id text not null,
  sha256 char(64) not null,
  file_name text not null,
  -- What it came to, as it was told to whoever imported it.
  summary jsonb not null,
  imported_by text not null references members,
  imported_at timestamptz not null,
  unique (organization_id, sha256)
);
create index bank_messages_newest on bank_messages (organization_id, imported_at desc, id desc);

-- Append-only. Payments are built from their events, so they are not referred to by the database.
create table bank_entries (
  id text primary key,
  organization_id text not null references organizations,
  bank_message_id text not null references bank_messages,
  -- SHA-256 of what makes it this movement and no other.
  identity char(64) not null,
  position integer not null,
  direction text not null check (direction in ('debit', 'credit')),
  amount numeric(18, 4) not null check (amount >= 0),
  currency char(3) not null,
  booked_on date not null,
  end_to_end_id text,
  bank_reference text,
  counterparty_name text,
  counterparty_account text,
  remittance text not null,
  reason_code text,
  outcome text not null,
  -- A plain sentence: what was found.
  finding text not null,
  payment_ids text[] not null,
  unique (organization_id, identity)
);
create index bank_entries_by_message on bank_entries (bank_message_id, position);

alter table bank_messages enable row level security;
alter table bank_messages force row level security;
create policy own_organization on bank_messages to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert on bank_messages to deskhand_app;
alter table bank_entries enable row level security;
alter table bank_entries force row level security;
create policy own_organization on bank_entries to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert on bank_entries to deskhand_app;
create trigger bank_entries_append_only before update or delete or truncate on bank_entries
  for each statement execute function refuse_change();

-- How a released payment stands at the bank; null as long as nothing was heard of it.
alter table payments
  add column bank_state text,
  add column bank_state_on date,
  add column settled_on date,
  add column bank_note text;
alter table payments
  add constraint payments_bank_state check (bank_state in ('accepted', 'rejected', 'settled', 'returned')) not valid;
-- SHA-256 of the payments as they were shown to who released them; null for runs released before there was one.
alter table payment_runs add column release_digest char(64);
