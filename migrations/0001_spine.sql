-- The spine: from an event to a bank file. Every table that belongs to an organization carries organization_id and is
-- readable only under `app.organization_id` (G5). `deskhand_app` serves people and programs inside one organization;
-- `deskhand_system` sees only what has no organization yet: who signs in, and what waits in the outbox. Neither may
-- bypass row-level security. The migration runner creates both roles.

create function current_organization() returns text language sql stable as
  $$ select nullif(current_setting('app.organization_id', true), '') $$;

create table organizations (
  id text primary key,
  name text not null,
  currency char(3) not null,
  iban text,
  bic text,
  address text not null default '',
  is_sample boolean not null default false,
  created_at timestamptz not null default now()
);

create table members (
  id text primary key,
  organization_id text not null references organizations,
  auth_user_id text,
  name text not null,
  email text not null,
  roles text[] not null,
  created_at timestamptz not null default now(),
  unique (organization_id, email)
);
create unique index members_by_auth_user on members (auth_user_id) where auth_user_id is not null;

-- Rules as data, versioned: what an organization may change without a release (STYLE.md section 5).
create table policies (
  organization_id text not null references organizations,
  kind text not null check (kind in ('tolerance', 'approval')),
  version integer not null,
  content jsonb not null,
  created_by text,
  created_at timestamptz not null default now(),
  primary key (organization_id, kind, version)
);

create table connections (
  id text primary key,
  organization_id text not null references organizations,
  kind text not null check (kind in ('upload', 'folder', 'imap', 'sample')),
  name text not null,
  cursor jsonb,
  status text not null default 'running' check (status in ('running', 'failing', 'stopped')),
  last_error text,
  last_seen_at timestamptz,
  unique (organization_id, kind, name)
);

-- Append-only. Same bytes or same Message-ID twice is one event (G1).
create table events (
  id text primary key,
  organization_id text not null references organizations,
  connection_id text not null references connections,
  external_id text not null,
  content_sha256 char(64) not null,
  kind text not null check (kind in ('mail', 'file')),
  file_name text not null,
  size_bytes bigint not null,
  sequence bigint,
  received_at timestamptz not null,
  trace_parent text,
  -- Filled when unpacked:
  status text not null default 'received' check (status in ('received', 'handled')),
  message_id text,
  subject text,
  sender_name text,
  sender_address text,
  body text,
  classification text,
  created_at timestamptz not null default now(),
  unique (organization_id, connection_id, external_id),
  unique (organization_id, content_sha256)
);
create unique index events_by_message_id on events (organization_id, message_id) where message_id is not null;

create table documents (
  id text primary key,
  organization_id text not null references organizations,
  event_id text not null references events,
  position integer not null,
  sha256 char(64) not null,
  file_name text not null,
  path text[] not null default '{}',
  size_bytes bigint not null,
  status text not null default 'received' check (status in ('received', 'read', 'unreadable', 'filed')),
  media_type text,
  page_count integer,
  document_type text,
  -- The Reading as JSON lies in the blob store; the Extraction is small enough to live here. Both are facts: never changed.
  reading_sha256 char(64),
  extraction jsonb,
  problems jsonb not null default '[]',
  read_ms integer,
  created_at timestamptz not null default now(),
  unique (event_id, position)
);
create index documents_by_hash on documents (organization_id, sha256);

create table suppliers (
  id text primary key,
  organization_id text not null references organizations,
  number text not null,
  name text not null,
  aliases text[] not null default '{}',
  vat_id text,
  country char(2) not null,
  email_domains text[] not null default '{}',
  currency char(3) not null,
  terms jsonb not null,
  created_at timestamptz not null default now(),
  unique (organization_id, number)
);

-- Append-only history: an account is added as proposed and verified by a person; it is never edited.
create table supplier_bank_accounts (
  id text primary key,
  organization_id text not null references organizations,
  supplier_id text not null references suppliers,
  iban text not null,
  bic text,
  status text not null check (status in ('proposed', 'verified', 'refused')),
  decided_by text references members,
  decided_at timestamptz,
  evidence text not null default '',
  created_at timestamptz not null default now(),
  unique (supplier_id, iban)
);

create table purchase_orders (
  id text primary key,
  organization_id text not null references organizations,
  number text not null,
  supplier_id text not null references suppliers,
  currency char(3) not null,
  ordered_on date not null,
  requester_id text references members,
  is_receipt_required boolean not null,
  created_at timestamptz not null default now(),
  unique (organization_id, number)
);

create table purchase_order_lines (
  id text primary key,
  organization_id text not null references organizations,
  purchase_order_id text not null references purchase_orders,
  position integer not null,
  item_code text,
  description text not null,
  unit text not null,
  quantity numeric(18, 4) not null,
  unit_price numeric(18, 6) not null,
  unique (purchase_order_id, position)
);

create table goods_receipts (
  id text primary key,
  organization_id text not null references organizations,
  number text not null,
  purchase_order_id text not null references purchase_orders,
  received_on date not null,
  created_at timestamptz not null default now(),
  unique (organization_id, number)
);

create table goods_receipt_lines (
  goods_receipt_id text not null references goods_receipts,
  purchase_order_line_id text not null references purchase_order_lines,
  organization_id text not null references organizations,
  quantity numeric(18, 4) not null,
  primary key (goods_receipt_id, purchase_order_line_id)
);

-- Current values: the extraction overlaid by corrections in the order of their rank (G10). `version` is the ETag.
create table invoices (
  id text primary key,
  organization_id text not null references organizations,
  document_id text not null unique references documents,
  kind text not null check (kind in ('invoice', 'credit-note')),
  status text not null check (status in ('in-review', 'awaiting-approval', 'approved', 'scheduled', 'paid', 'rejected')),
  version integer not null default 1,
  number text,
  issued_on date,
  due_on date,
  supplier_id text references suppliers,
  supplier_name text,
  supplier_tax_id text,
  iban text,
  buyer_name text,
  po_number text,
  purchase_order_id text references purchase_orders,
  currency char(3),
  net numeric(18, 4),
  tax numeric(18, 4),
  gross numeric(18, 4),
  assessment jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index invoices_by_number on invoices (organization_id, supplier_id, number);
create index invoices_by_status on invoices (organization_id, status, created_at desc);

create table invoice_lines (
  invoice_id text not null references invoices,
  position integer not null,
  organization_id text not null references organizations,
  description text,
  quantity numeric(18, 4),
  unit_price numeric(18, 6),
  net_amount numeric(18, 4),
  tax_rate numeric(9, 4),
  primary key (invoice_id, position)
);

-- Append-only: what a person said of a value. `field` is a header field or `lines`, `value` its new content.
create table corrections (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  invoice_id text not null references invoices,
  field text not null,
  previous jsonb,
  value jsonb,
  member_id text not null references members,
  created_at timestamptz not null default now()
);

create table allocations (
  invoice_id text not null references invoices,
  invoice_line integer not null,
  purchase_order_line_id text not null references purchase_order_lines,
  organization_id text not null references organizations,
  quantity numeric(18, 4) not null,
  amount numeric(18, 4) not null,
  reason text not null,
  primary key (invoice_id, invoice_line, purchase_order_line_id)
);
create index allocations_by_order_line on allocations (purchase_order_line_id);

-- Whatever waits for a person (G4). `key` makes opening one idempotent within its workflow.
create table tasks (
  id text primary key,
  organization_id text not null references organizations,
  workflow_id text not null,
  key text not null,
  kind text not null check (kind in ('exception', 'approval', 'unreadable', 'message', 'limit', 'failed')),
  reason text not null,
  title text not null,
  question text not null,
  facts jsonb not null default '{}',
  choices text[] not null,
  role text not null,
  member_id text references members,
  event_id text references events,
  document_id text references documents,
  invoice_id text references invoices,
  status text not null default 'open' check (status in ('open', 'done', 'cancelled')),
  decision text,
  note text,
  decided_by text references members,
  decided_at timestamptz,
  reminded_at timestamptz,
  due_on date,
  created_at timestamptz not null default now(),
  unique (workflow_id, key)
);
create index tasks_open on tasks (organization_id, status, created_at);
create index tasks_by_invoice on tasks (invoice_id);

-- One yes by one person over exactly these facts: the digest is what a payment must still have at release (G2).
create table approvals (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  invoice_id text not null references invoices,
  step integer not null,
  role text not null,
  member_id text references members,
  decision text not null check (decision in ('approved', 'rejected', 'automatic')),
  digest char(64) not null,
  policy_version integer not null,
  note text,
  created_at timestamptz not null default now()
);
create index approvals_by_invoice on approvals (invoice_id);

create table payment_runs (
  id text primary key,
  organization_id text not null references organizations,
  status text not null check (status in ('proposed', 'released', 'cancelled')),
  created_by text not null references members,
  released_by text references members,
  created_at timestamptz not null default now(),
  released_at timestamptz,
  file_sha256 char(64),
  message_id text not null,
  check (released_by is null or released_by <> created_by)
);

-- At most one payment for an invoice, ever (G2).
create table payments (
  id text primary key,
  organization_id text not null references organizations,
  invoice_id text not null unique references invoices,
  supplier_id text not null references suppliers,
  bank_account_id text not null references supplier_bank_accounts,
  amount numeric(18, 4) not null check (amount > 0),
  discount numeric(18, 4) not null default 0,
  currency char(3) not null,
  execute_on date not null,
  -- Last day on which this amount is right, because a discount ends.
  valid_until date,
  reason text not null,
  reference text not null,
  digest char(64) not null,
  status text not null check (status in ('scheduled', 'in-run', 'released', 'cancelled')),
  payment_run_id text references payment_runs,
  created_at timestamptz not null default now()
);
create index payments_by_status on payments (organization_id, status, execute_on);

-- Hash chain (G8): each entry's hash covers the one before it. Nobody may update or delete.
create table audit_entries (
  organization_id text not null references organizations,
  sequence bigint not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subjects text[] not null,
  details jsonb not null,
  previous_hash char(64) not null,
  hash char(64) not null,
  primary key (organization_id, sequence)
);
create index audit_by_subject on audit_entries using gin (subjects);

create table audit_heads (
  organization_id text primary key references organizations,
  sequence bigint not null,
  hash char(64) not null
);

create function refuse_change() returns trigger language plpgsql as
  $$ begin raise exception '% is append-only', tg_table_name; end $$;
create trigger audit_entries_append_only before update or delete or truncate on audit_entries
  for each statement execute function refuse_change();
create trigger corrections_append_only before update or delete or truncate on corrections
  for each statement execute function refuse_change();

-- Work to hand to the workflow engine, written with the state it belongs to; relayed at least once.
create table outbox (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  kind text not null check (kind in ('start', 'signal')),
  workflow_id text not null,
  payload jsonb not null,
  trace_parent text,
  created_at timestamptz not null default now(),
  relayed_at timestamptz
);
create index outbox_waiting on outbox (id) where relayed_at is null;

-- An activity's result, written in the transaction of its effect: a second run finds it and does nothing.
create table effects (
  key text primary key,
  organization_id text not null references organizations,
  result jsonb not null,
  created_at timestamptz not null default now()
);

create table idempotency_keys (
  organization_id text not null references organizations,
  member_id text not null,
  key text not null,
  request_sha256 char(64) not null,
  status integer,
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (organization_id, member_id, key)
);

-- Row-level security for every table above that has an organization.
do $$
declare name text;
begin
  foreach name in array array['members', 'policies', 'connections', 'events', 'documents', 'suppliers', 'supplier_bank_accounts',
    'purchase_orders', 'purchase_order_lines', 'goods_receipts', 'goods_receipt_lines', 'invoices', 'invoice_lines', 'corrections',
    'allocations', 'tasks', 'approvals', 'payment_runs', 'payments', 'audit_entries', 'audit_heads', 'outbox', 'effects',
    'idempotency_keys'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own_organization on %I to deskhand_app using (organization_id = current_organization()) with check (organization_id = current_organization())', name);
    execute format('grant select, insert, update on %I to deskhand_app', name);
  end loop;
end $$;
alter table organizations enable row level security;
alter table organizations force row level security;
create policy own_organization on organizations to deskhand_app using (id = current_organization()) with check (id = current_organization());
grant select, insert, update on organizations to deskhand_app;
revoke update on audit_entries, corrections, approvals from deskhand_app;
grant delete on invoice_lines, allocations, idempotency_keys to deskhand_app;
grant usage on all sequences in schema public to deskhand_app;

-- What must be seen before an organization is known.
create policy system_reads on organizations to deskhand_system using (true);
create policy system_reads on members to deskhand_system using (true);
create policy system_relays on outbox to deskhand_system using (true);
grant select on organizations, members to deskhand_system;
grant select, update on outbox to deskhand_system;

-- Tells every server process that something changed, once per transaction and subject; the page refetches.
create function announce_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('deskhand_changes', json_build_object('organizationId', new.organization_id, 'table', tg_table_name)::text);
  return null;
end $$;
create trigger announce after insert or update on tasks for each row execute function announce_change();
create trigger announce after insert or update on invoices for each row execute function announce_change();
create trigger announce after insert or update on events for each row execute function announce_change();
create trigger announce after insert or update on documents for each row execute function announce_change();
create trigger announce after insert or update on payments for each row execute function announce_change();
create trigger announce after insert or update on payment_runs for each row execute function announce_change();
create trigger announce after insert or update on purchase_orders for each row execute function announce_change();
create trigger announce after insert or update on suppliers for each row execute function announce_change();

create function announce_outbox() returns trigger language plpgsql as $$
begin
  perform pg_notify('deskhand_outbox', '');
  return null;
end $$;
create trigger announce after insert on outbox for each statement execute function announce_outbox();
