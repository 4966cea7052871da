-- What is paid without an order (docs/decisions/2026-12-01-agreements.md): contracts, payment plans, recurring bills. It counts
-- once a second person has confirmed it; its terms never change, a new agreement takes its place.
create table agreements (
  id text primary key,
  organization_id text not null references organizations,
  supplier_id text not null references suppliers,
  kind text not null check (kind in ('contract', 'payment-plan', 'recurring-bill')),
  name text not null check (trim(name) <> ''),
  -- Number of the contract or customer, as the paper prints it.
  reference text check (trim(reference) <> ''),
  rhythm text not null check (rhythm in ('months', 'days', 'dates')),
  every integer check (every between 1 and 3660),
  -- Of `dates` alone: [{"dueOn": "2026-06-15", "amount": "500.00"}, …], rising.
  instalments jsonb not null default '[]' check (jsonb_typeof(instalments) = 'array'),
  -- Gross of one bill.
  amount numeric(18, 4) not null check (amount > 0),
  currency char(3) not null,
  band_amount numeric(18, 4) check (band_amount >= 0),
  band_percent numeric(6, 2) check (band_percent between 0 and 100),
  total numeric(18, 4) check (total > 0),
  first_on date not null,
  valid_until date,
  grace_days integer not null check (grace_days between 0 and 366),
  created_by text not null references members,
  created_at timestamptz not null default now(),
  confirmed_by text references members,
  confirmed_at timestamptz,
  ended_by text references members,
  ended_at timestamptz,
  ended_because text,
  constraint agreement_rhythm check ((rhythm = 'dates') = (every is null) and (rhythm = 'dates') = (jsonb_array_length(instalments) > 0)),
  -- Who writes down what may be paid does not decide that it may.
  constraint agreement_four_eyes check (confirmed_by is null or confirmed_by <> created_by),
  constraint agreement_confirmed check ((confirmed_by is null) = (confirmed_at is null)),
  constraint agreement_ended check ((ended_by is null) = (ended_at is null))
);
create index agreements_by_supplier on agreements (organization_id, supplier_id);

alter table agreements enable row level security;
alter table agreements force row level security;
create policy own_organization on agreements to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
-- Terms are written once; confirming and ending is all that happens to them.
grant select, insert on agreements to deskhand_app;
grant update (confirmed_by, confirmed_at, ended_by, ended_at, ended_because) on agreements to deskhand_app;

create function guard_agreement() returns trigger language plpgsql as $$
begin
  if (old.confirmed_by is not null and row(new.confirmed_by, new.confirmed_at) is distinct from row(old.confirmed_by, old.confirmed_at))
      or (old.ended_by is not null and row(new.ended_by, new.ended_at) is distinct from row(old.ended_by, old.ended_at)) then
    raise exception 'Agreement % was confirmed or ended already; that is not changed.', old.id
      using errcode = 'check_violation', constraint = 'agreement_steps_once';
  end if;
  return new;
end $$;
create trigger guard_agreement before update on agreements for each row execute function guard_agreement();
create trigger announce after insert or update on agreements for each row execute function announce_change();
create trigger agreements_stay before delete or truncate on agreements for each statement execute function refuse_change();
