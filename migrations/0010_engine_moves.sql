-- Runs that `deskhand migrate-engine` moves: what is to be started on the other engine is written down here before, or
-- together with, the end of the run where it was (docs/decisions/2026-11-24-migrate-engine.md).

set local role deskhand_engine;

create table engine.moves (
  id          bigint generated always as identity primary key,
  workflow_id text not null,
  workflow    text not null,
  source      text not null,
  target      text not null,
  -- leaving: may still run at its source; ended: runs nowhere; started: runs at its target.
  state       text not null check (state in ('leaving', 'ended', 'started')),
  -- What it is started with, until it is.
  run         text,
  moved_at    timestamptz not null default now()
);
create unique index moves_open on engine.moves (workflow_id) where state <> 'started';

reset role;
