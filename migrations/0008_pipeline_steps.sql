-- Steps of outside pipelines (Step Functions, Airflow, Dagster, Prefect) that Deskhand carries out: `key` is the
-- caller's and makes the start idempotent for ever; `callback` says whom to tell when a person has decided.
create table pipeline_steps (
  id text primary key,
  organization_id text not null references organizations,
  key text not null,
  kind text not null check (kind in ('decision', 'document')),
  request jsonb not null,
  request_sha256 char(64) not null,
  callback jsonb,
  event_id text references events,
  created_by text not null references members,
  deadline timestamptz,
  status text not null default 'open' check (status in ('open', 'ended')),
  outcome text check (outcome in ('done', 'timed-out', 'failed')),
  result jsonb,
  callback_status text check (callback_status in ('delivered', 'gone')),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (organization_id, key)
);
create index pipeline_steps_by_event on pipeline_steps (event_id) where status = 'open';

alter table pipeline_steps enable row level security;
alter table pipeline_steps force row level security;
create policy own_organization on pipeline_steps to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, update on pipeline_steps to deskhand_app;

-- A question that an outside pipeline asks is a task of its own kind.
alter table tasks drop constraint tasks_kind_check;
alter table tasks add constraint tasks_kind_check
  check (kind in ('exception', 'approval', 'unreadable', 'message', 'limit', 'failed', 'question')) not valid;
alter table tasks validate constraint tasks_kind_check;

-- Documents that a pipeline hands in come through a connection of their own.
alter table connections drop constraint connections_kind_check;
alter table connections add constraint connections_kind_check check (kind in ('upload', 'folder', 'imap', 'sample', 'pipeline')) not valid;
alter table connections validate constraint connections_kind_check;
