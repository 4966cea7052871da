-- What the embedded engine keeps beside DBOS' own tables (schema dbos): signals, and which runs wait for what.
-- A run that waits is not in memory; docs/decisions/2026-11-23-parked-waits.md says how it comes back.

set local role deskhand_engine;

create table engine.signals (
  workflow_id text not null,
  -- The sender's: the same message twice is one signal.
  message_id  text not null,
  sequence    bigint generated always as identity,
  name        text not null,
  payload     text not null,
  sent_at     timestamptz not null default now(),
  -- The wait, counted from the run's beginning, that got it.
  taken_by    integer,
  primary key (workflow_id, message_id)
);
create index signals_waiting on engine.signals (workflow_id, name, sequence) where taken_by is null;

-- A row is there exactly as long as its run is parked.
create table engine.waits (
  workflow_id text primary key,
  position    integer not null,
  -- Null for a sleep, and for the wait for a child.
  signal      text,
  child_id    text,
  until       timestamptz not null,
  parked_at   timestamptz not null default now()
);
create index waits_due on engine.waits (until) where until < 'infinity';
create index waits_child on engine.waits (child_id) where child_id is not null;

reset role;
