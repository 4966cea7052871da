-- A run that was forked hands its subject over: what is addressed to the old workflow id reaches the newest successor.
create table run_successors (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  workflow_id text not null,
  successor text not null unique,
  created_at timestamptz not null default now()
);
create index run_successors_by_workflow on run_successors (workflow_id, id desc);
alter table run_successors enable row level security;
alter table run_successors force row level security;
create policy own_organization on run_successors to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy system_relays on run_successors to deskhand_system using (true);
grant select, insert on run_successors to deskhand_app;
grant select on run_successors to deskhand_system;
grant usage on all sequences in schema public to deskhand_app;
