-- Policies as decision tables (docs/decisions/2026-12-01-policy-tables.md). A version never changes once it is saved: what was
-- checked is what decides.
create table policy_versions (
  organization_id text not null references organizations,
  version integer not null check (version > 0),
  -- {"tables": {...}, "cases": [...]}
  content jsonb not null,
  note text not null default '',
  created_by text not null references members,
  created_at timestamptz not null default now(),
  primary key (organization_id, version),
  unique (organization_id, version, created_by)
);
create trigger policy_versions_append_only before update or delete or truncate on policy_versions
  for each statement execute function refuse_change();

-- Whoever switches a version on is not who wrote it: the author is that of the version itself, and not this person.
create table policy_activations (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  version integer not null,
  author text not null,
  activated_by text not null references members,
  effective_on date not null,
  created_at timestamptz not null default now(),
  foreign key (organization_id, version, author) references policy_versions (organization_id, version, created_by),
  constraint policy_four_eyes check (activated_by <> author)
);
create index policy_activations_by_day on policy_activations (organization_id, effective_on, id);
create trigger policy_activations_append_only before update or delete or truncate on policy_activations
  for each statement execute function refuse_change();

-- What was known when an invoice was matched and decided last: the arguments of the rules, so that a backtest asks them again.
-- Invoices are built from their events, so they are not referred to by the database.
create table decision_facts (
  organization_id text not null references organizations,
  invoice_id text not null,
  matching jsonb not null,
  -- Null until somebody, or the policy, was asked to approve it.
  approval jsonb,
  policy_version integer,
  decided_at timestamptz not null,
  primary key (organization_id, invoice_id)
);
create index decision_facts_by_day on decision_facts (organization_id, decided_at) where approval is not null;

alter table policy_versions enable row level security;
alter table policy_versions force row level security;
create policy own_organization on policy_versions to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert on policy_versions to deskhand_app;
alter table policy_activations enable row level security;
alter table policy_activations force row level security;
create policy own_organization on policy_activations to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert on policy_activations to deskhand_app;
alter table decision_facts enable row level security;
alter table decision_facts force row level security;
create policy own_organization on decision_facts to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, update on decision_facts to deskhand_app;
