-- Human tasks get a clock: due in business days of a person's country, reminded, handed up, paused while an outside
-- answer is awaited; claimed by one person, or decided by a stand-in. docs/decisions/2026-11-23-human-tasks.md.

-- Where people work. Null is the organization's; there, null is the country of its bank account, and that country's clock.
alter table organizations add column country char(2), add column region text, add column time_zone text;
alter table members add column country char(2), add column region text, add column time_zone text;

alter table tasks
  -- Set when the clock starts, the first time the task's workflow comes to wait.
  add column clock_started_at timestamptz,
  add column due_at timestamptz,
  add column remind_at timestamptz,
  add column reminders integer not null default 0,
  add column escalate_at timestamptz,
  add column escalation_level integer not null default 0,
  -- Someone took it, or it was given to them: only they decide, until they give it back.
  add column claimed_at timestamptz,
  add column assigned_by text references members,
  -- The clock stands while somebody outside has to answer.
  add column waiting_for text,
  add column waiting_reason text,
  add column waiting_since timestamptz,
  add column waiting_until timestamptz,
  -- Working time: spent waiting, and from the start to the decision without it.
  add column paused_ms bigint not null default 0,
  add column decided_in_ms bigint,
  add constraint tasks_waiting_check check (
    (waiting_since is null) = (waiting_reason is null) and (waiting_since is null) = (waiting_until is null)
  );

-- What a prediction looks at: the latest decisions of a kind.
create index tasks_decision_times on tasks (organization_id, kind, decided_at desc) where decided_in_ms is not null;

-- Who decides for whom, from the first to the last day. Ended early by revoking; never deleted.
create table delegations (
  id text primary key,
  organization_id text not null references organizations,
  from_member_id text not null references members,
  to_member_id text not null references members,
  starts_on date not null,
  ends_on date not null,
  reason text,
  created_by text not null references members,
  created_at timestamptz not null,
  revoked_by text references members,
  revoked_at timestamptz,
  check (from_member_id <> to_member_id),
  check (starts_on <= ends_on),
  check ((revoked_by is null) = (revoked_at is null))
);
create index delegations_by_day on delegations (organization_id, ends_on) where revoked_at is null;

alter table delegations enable row level security;
alter table delegations force row level security;
create policy own_organization on delegations to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, update on delegations to deskhand_app;
create trigger announce after insert or update on delegations for each row execute function announce_change();

-- How long people have, and when they work, is the organization's to say.
alter table policies drop constraint policies_kind_check;
alter table policies add constraint policies_kind_check check (kind in ('tolerance', 'approval', 'admission', 'tasks')) not valid;
alter table policies validate constraint policies_kind_check;
