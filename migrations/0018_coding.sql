-- Coding (docs/decisions/2026-12-01-coding.md): the organization's lists of accounts, cost centres, projects and tax codes, and the
-- lines it booked, from which the next ones are predicted.

create table codes (
  organization_id text not null references organizations,
  kind text not null check (kind in ('account', 'costCentre', 'project', 'taxCode')),
  number text not null check (trim(number) <> ''),
  name text not null,
  -- What is closed stays for what was booked on it, and is no longer offered.
  is_active boolean not null default true,
  -- Of a tax code alone: percent.
  tax_rate numeric(6, 3),
  primary key (organization_id, kind, number)
);

-- In the order of their ids they make the model anew; nothing is changed in them.
create table past_bookings (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  supplier_id text not null references suppliers,
  -- Number of the invoice; line from 1, 0 being the whole invoice; part from 1, where a line was split.
  reference text not null,
  line integer not null,
  part integer not null default 1,
  description text not null,
  tax_rate numeric(6, 3),
  account text not null,
  cost_centre text,
  project text,
  tax_code text,
  booked_on date not null,
  -- Null where it was imported. Invoices are built from their events, so it is not referred to by the database.
  invoice_id text,
  recorded_at timestamptz not null default now(),
  constraint past_booking_once unique (organization_id, supplier_id, reference, line, part)
);
create index past_bookings_in_order on past_bookings (organization_id, id);
create trigger past_bookings_append_only before update or delete or truncate on past_bookings
  for each statement execute function refuse_change();

alter table codes enable row level security;
alter table codes force row level security;
create policy own_organization on codes to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, update on codes to deskhand_app;
alter table past_bookings enable row level security;
alter table past_bookings force row level security;
create policy own_organization on past_bookings to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert on past_bookings to deskhand_app;
