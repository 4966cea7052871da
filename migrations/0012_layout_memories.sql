-- What corrections taught of the layouts of suppliers' papers (docs/decisions/2026-11-24-layout-memory.md). A row is never
-- changed in what it says: a later lesson of the same field and layout is a row of its own with the next version.
create table layout_memories (
  id text primary key,
  organization_id text not null references organizations,
  field text not null,
  version integer not null,
  print jsonb not null,
  lesson jsonb not null,
  supplier_name text,
  -- The invoice that was put right. Invoices are built from their events, so it is not referred to by the database.
  invoice_id text not null,
  learned_by text not null references members,
  status text not null default 'active' check (status in ('active', 'replaced', 'set-aside', 'revoked')),
  ended_because text,
  uses integer not null default 0,
  learned_at timestamptz not null default now(),
  ended_at timestamptz
);
create index layout_memories_active on layout_memories (organization_id, learned_at) where status = 'active';

alter table layout_memories enable row level security;
alter table layout_memories force row level security;
create policy own_organization on layout_memories to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, update on layout_memories to deskhand_app;
