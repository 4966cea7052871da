-- Invoice, payment and payment run are streams of events; the tables that everybody reads are their projections and can
-- be built again from the events, byte for byte. docs/decisions/2026-11-23-event-streams.md.

create table stream_events (
  -- Global order of writing. Within a stream `version` counts from 1 without a gap.
  sequence bigint generated always as identity primary key,
  organization_id text not null default current_organization() references organizations,
  stream_kind text not null check (stream_kind in ('invoice', 'payment', 'payment-run')),
  stream_id text not null,
  version integer not null check (version > 0),
  type text not null,
  data jsonb not null,
  actor text not null,
  at timestamptz not null,
  -- The activity, task or command that it came from.
  caused_by text,
  -- Two writers that saw the same past cannot both add to it.
  unique (stream_id, version)
);

-- What was written before there were streams: its rows as they are, in one event each. Numbers as text, because a
-- program that reads JSON would round them. The owner may be no superuser, and then row-level security binds it too.
do $$
declare name text;
begin
  foreach name in array array['invoices', 'invoice_lines', 'corrections', 'allocations', 'approvals', 'payments', 'payment_runs'] loop
    execute format('alter table %I no force row level security', name);
  end loop;
end $$;

-- JSON's null and no value are one thing in an event, so they are one thing in the table.
alter table corrections disable trigger corrections_append_only;
update corrections set previous = null where previous = 'null';
update corrections set value = null where value = 'null';
alter table corrections enable trigger corrections_append_only;

insert into stream_events (organization_id, stream_kind, stream_id, version, type, data, actor, at)
select i.organization_id, 'invoice', i.id, 1, 'invoice.imported',
  jsonb_build_object(
    'invoice', to_jsonb(i) || jsonb_build_object('net', i.net::text, 'tax', i.tax::text, 'gross', i.gross::text),
    'lines', coalesce((select jsonb_agg(to_jsonb(l) || jsonb_build_object('quantity', l.quantity::text, 'unit_price', l.unit_price::text,
      'net_amount', l.net_amount::text, 'tax_rate', l.tax_rate::text) order by l.position) from invoice_lines l where l.invoice_id = i.id), '[]'),
    'corrections', coalesce((select jsonb_agg(to_jsonb(c) order by c.id) from corrections c where c.invoice_id = i.id), '[]'),
    'allocations', coalesce((select jsonb_agg(to_jsonb(a) || jsonb_build_object('quantity', a.quantity::text, 'amount', a.amount::text))
      from allocations a where a.invoice_id = i.id), '[]'),
    'approvals', coalesce((select jsonb_agg(to_jsonb(a) order by a.id) from approvals a where a.invoice_id = i.id), '[]')),
  'deskhand', date_trunc('milliseconds', clock_timestamp())
from invoices i order by i.created_at, i.id;

insert into stream_events (organization_id, stream_kind, stream_id, version, type, data, actor, at)
select p.organization_id, 'payment', p.id, 1, 'payment.imported',
  jsonb_build_object('payment', to_jsonb(p) || jsonb_build_object('amount', p.amount::text, 'discount', p.discount::text)),
  'deskhand', date_trunc('milliseconds', clock_timestamp())
from payments p order by p.created_at, p.id;

insert into stream_events (organization_id, stream_kind, stream_id, version, type, data, actor, at)
select r.organization_id, 'payment-run', r.id, 1, 'payment-run.imported', jsonb_build_object('payment_run', to_jsonb(r)),
  'deskhand', date_trunc('milliseconds', clock_timestamp())
from payment_runs r order by r.created_at, r.id;

do $$
declare name text;
begin
  foreach name in array array['invoices', 'invoice_lines', 'corrections', 'allocations', 'approvals', 'payments', 'payment_runs'] loop
    execute format('alter table %I force row level security', name);
  end loop;
end $$;

create trigger stream_events_append_only before update or delete or truncate on stream_events
  for each statement execute function refuse_change();
alter table stream_events enable row level security;
alter table stream_events force row level security;
create policy own_organization on stream_events to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert on stream_events to deskhand_app;
grant usage on all sequences in schema public to deskhand_app;

-- Holds the streams until commit, in one order for everybody, and says where each stands and what time it is for it:
-- never before its last event, whatever the clock does.
create function open_streams(wanted jsonb)
  returns table (stream_id text, version integer, at timestamptz, organization_id text) language plpgsql as $$
begin
  perform from invoices where id in (select item ->> 'id' from jsonb_array_elements(wanted) item where item ->> 'kind' = 'invoice')
    order by id for no key update;
  perform from payment_runs where id in (select item ->> 'id' from jsonb_array_elements(wanted) item where item ->> 'kind' = 'payment-run')
    order by id for no key update;
  perform from payments where id in (select item ->> 'id' from jsonb_array_elements(wanted) item where item ->> 'kind' = 'payment')
    order by id for no key update;
  return query
    select item ->> 'id', coalesce(last.version, 0), greatest(date_trunc('milliseconds', clock_timestamp()), last.at), current_organization()
    from jsonb_array_elements(wanted) item
    left join lateral (
      select e.version, e.at from stream_events e where e.stream_id = item ->> 'id' order by e.version desc limit 1
    ) last on true;
end $$;

-- Stores events and what they change, together. The only place from which the application may change a projection: the
-- setting holds within this function alone. It runs with the caller's rights, so row-level security stays in force.
create function write_stream_events(events jsonb, changes jsonb) returns void language plpgsql as $$
declare
  change jsonb;
  names text;
begin
  -- Not as a clause of the function: an owner who is no superuser may not write one.
  perform set_config('app.projecting', 'on', true);
  insert into stream_events (stream_kind, stream_id, version, type, data, actor, at, caused_by)
    select * from jsonb_to_recordset(events)
      as event (stream_kind text, stream_id text, version integer, type text, data jsonb, actor text, at timestamptz, caused_by text);
  for change in select jsonb_array_elements(changes) loop
    case change ->> 'do'
      when 'put' then
        select string_agg(quote_ident(key), ', ') into names from jsonb_object_keys(change -> 'rows' -> 0) key;
        execute format('insert into %I (%s) overriding system value select %2$s from jsonb_populate_recordset(null::%1$I, $1)',
          change ->> 'table', names) using change -> 'rows';
      when 'set' then
        select string_agg(quote_ident(key), ', ') into names from jsonb_object_keys(change -> 'values') key;
        execute format('update %I target set (%s) = (select %2$s from jsonb_populate_record(null::%1$I, $1)) where id = $2',
          change ->> 'table', names) using change -> 'values', change ->> 'id';
        if (change ->> 'isRevision')::boolean then
          execute format('update %I set version = version + 1 where id = $1', change ->> 'table') using change ->> 'id';
        end if;
      when 'clear' then
        execute format('delete from %I where invoice_id = $1', change ->> 'table') using change ->> 'id';
      else raise exception 'A projection knows put, set and clear, not %.', change ->> 'do';
    end case;
  end loop;
  perform set_config('app.projecting', '', true);
end $$;

create function refuse_direct_write() returns trigger language plpgsql as $$
begin
  if current_user = 'deskhand_app' and coalesce(current_setting('app.projecting', true), '') <> 'on' then
    raise exception '% is a projection: append an event to its stream instead', tg_table_name;
  end if;
  return null;
end $$;
do $$
declare name text;
begin
  foreach name in array array['invoices', 'invoice_lines', 'corrections', 'allocations', 'approvals', 'payments', 'payment_runs'] loop
    execute format('create trigger projected_only before insert or update or delete on %I for each statement execute function refuse_direct_write()', name);
  end loop;
end $$;
