-- The outbox becomes the queue in front of the workflow engine: what may begin is decided here, the same on every
-- engine, in the same database as the state. docs/decisions/2026-11-23-admission.md.

-- held: behind earlier work of its key · waiting: may be admitted · resting: refused by the engine, tried again later ·
-- admitted: claimed by a relay, which hands it over · running: the engine has it and computes · settled · dead: for a person.
alter table outbox
  add column state text not null default 'waiting',
  add column workflow text not null generated always as (coalesce(payload ->> 'workflow', '')) stored,
  -- Only work that came through a connection is counted against limits, until it is settled; '' is none.
  add column connection_id text not null default '',
  add column ordering_key text,
  add column ordering_group text,
  -- Lower goes first.
  add column priority smallint not null default 50,
  add column attempts integer not null default 0,
  add column next_attempt_at timestamptz,
  add column last_error text,
  add column admitted_at timestamptz,
  add column settled_at timestamptz;
update outbox set state = 'settled', settled_at = relayed_at where relayed_at is not null;
alter table outbox add constraint outbox_state_check
  check (state in ('held', 'waiting', 'resting', 'admitted', 'running', 'settled', 'dead'));

drop index outbox_waiting;
create index outbox_lanes on outbox (organization_id, connection_id, workflow, priority, id) where state = 'waiting' and kind = 'start';
create index outbox_signals on outbox (id) where state = 'waiting' and kind = 'signal';
create index outbox_in_flight on outbox (organization_id, connection_id) where state in ('admitted', 'running');
create index outbox_handing_over on outbox (admitted_at) where state = 'admitted';
create index outbox_computing on outbox (admitted_at) where state = 'running';
create index outbox_resting on outbox (next_attempt_at) where state = 'resting';
create index outbox_keys on outbox (ordering_key, id) where ordering_key is not null and state not in ('settled', 'dead');
create index outbox_open_by_workflow on outbox (workflow_id, id) where state not in ('settled', 'dead');
create index outbox_backlog on outbox (organization_id, connection_id)
  where kind = 'start' and connection_id <> '' and state not in ('settled', 'dead');
create index outbox_admissions on outbox (connection_id, admitted_at) where connection_id <> '' and admitted_at is not null;
create index outbox_settlements on outbox (organization_id, settled_at) where connection_id <> '' and settled_at is not null;

-- What stands still by a person's word, until somebody resumes it. An organization of null is the whole installation.
create table pauses (
  id text primary key,
  organization_id text references organizations,
  scope text not null check (scope in ('installation', 'organization', 'connection', 'workflow')),
  -- The connection's id or the workflow's name; '' for the wider scopes.
  subject text not null default '',
  reason text not null,
  paused_by text not null references members,
  paused_by_name text not null,
  paused_at timestamptz not null,
  resumed_by text references members,
  resumed_at timestamptz,
  check ((organization_id is null) = (scope = 'installation'))
);
create unique index pauses_active on pauses (coalesce(organization_id, ''), scope, subject) where resumed_at is null;

-- Workflows that came upon a pause, each waiting to be told that it is over.
create table paused_runs (
  workflow_id text not null,
  pause_id text not null references pauses,
  organization_id text not null references organizations,
  since timestamptz not null default now(),
  primary key (pause_id, workflow_id)
);

alter table pauses enable row level security;
alter table pauses force row level security;
create policy own_organization on pauses to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
-- That everything stands still is no secret; only the system role may change it.
create policy installation_is_seen on pauses for select to deskhand_app using (organization_id is null);
create policy system_pauses on pauses to deskhand_system using (true) with check (organization_id is null);
grant select, insert, update on pauses to deskhand_app, deskhand_system;

alter table paused_runs enable row level security;
alter table paused_runs force row level security;
create policy own_organization on paused_runs to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy system_resumes on paused_runs to deskhand_system using (true);
grant select, insert, update, delete on paused_runs to deskhand_app;
grant select, delete on paused_runs to deskhand_system;
grant insert on outbox to deskhand_system;

-- Limits are data of the organization; the relay reads them for all.
alter table policies drop constraint policies_kind_check;
alter table policies add constraint policies_kind_check check (kind in ('tolerance', 'approval', 'admission')) not valid;
alter table policies validate constraint policies_kind_check;
create policy system_admits on policies for select to deskhand_system using (kind = 'admission');
grant select on policies to deskhand_system;

create function announce_pause() returns trigger language plpgsql as $$
begin
  perform pg_notify('deskhand_pauses', '');
  if new.organization_id is not null then
    perform pg_notify('deskhand_changes', json_build_object('organizationId', new.organization_id, 'table', 'pauses')::text);
  else
    perform pg_notify('deskhand_changes', '');
  end if;
  return null;
end $$;
create trigger announce after insert or update on pauses for each row execute function announce_pause();
