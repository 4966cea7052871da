-- Fraud gates (docs/decisions/2026-11-30-fraud-gates.md): who said an account is a supplier's and how they know, what the
-- receiving mail server found out about a sender, and who let a held invoice pass.

alter table suppliers add column phone text, add column phone_since timestamptz;
alter table events add column reply_to text, add column authentication_results text;
-- A cooling-off ends at `payable_from`; null for accounts from before, and for those that came with their supplier.
alter table supplier_bank_accounts add column proposed_by text, add column payable_from timestamptz;

alter table policies drop constraint policies_kind_check;
alter table policies add constraint policies_kind_check
  check (kind in ('tolerance', 'approval', 'admission', 'tasks', 'fraud')) not valid;

-- What happened to an account, for ever. `called` is written by whoever called; the others by the database itself.
create table bank_account_steps (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  bank_account_id text not null references supplier_bank_accounts,
  step text not null check (step in ('proposed', 'called', 'verified', 'refused')),
  member_id text references members,
  -- Of a call: the number that was on file before, or where else it is known from.
  phone text,
  phone_source text,
  spoke_with text,
  outcome text check (outcome in ('confirmed', 'denied', 'not-reached')),
  called_at timestamptz,
  note text not null default '',
  recorded_at timestamptz not null default now(),
  constraint bank_account_call_complete check (
    step <> 'called'
    or (member_id is not null and phone is not null and phone_source is not null and outcome is not null and called_at is not null
      and (outcome = 'not-reached' or coalesce(trim(spoke_with), '') <> ''))
  )
);
create index bank_account_steps_by_account on bank_account_steps (bank_account_id, id);
create trigger bank_account_steps_append_only before update or delete or truncate on bank_account_steps
  for each statement execute function refuse_change();

-- Two different people for one invoice that a gate holds: each with a reason of their own.
create table gate_passes (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  -- Invoices are built from their events, so it is not referred to by the database.
  invoice_id text not null,
  exception_key text not null,
  member_id text not null references members,
  reason text not null check (trim(reason) <> ''),
  created_at timestamptz not null default now(),
  constraint gate_pass_by_two_people unique (invoice_id, exception_key, member_id)
);
create trigger gate_passes_append_only before update or delete or truncate on gate_passes
  for each statement execute function refuse_change();

alter table bank_account_steps enable row level security;
alter table bank_account_steps force row level security;
create policy own_organization on bank_account_steps to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert on bank_account_steps to deskhand_app;
alter table gate_passes enable row level security;
alter table gate_passes force row level security;
create policy own_organization on gate_passes to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert on gate_passes to deskhand_app;

-- An account becomes one that payments may go to in two ways only: together with its supplier, when master data are first
-- taken over; or by a call and by another person than the one who called or proposed it. Then it cools off, by the
-- database's own clock.
create function guard_bank_account() returns trigger language plpgsql as $$
declare
  refused_before bigint;
  last_call record;
begin
  if tg_op = 'UPDATE' then
    if (new.iban, new.supplier_id, new.organization_id, coalesce(new.proposed_by, ''))
        is distinct from (old.iban, old.supplier_id, old.organization_id, coalesce(old.proposed_by, '')) then
      raise exception 'Bank account % is on record as it was proposed and is not changed; propose another one.', old.id
        using errcode = 'check_violation', constraint = 'bank_account_is_fixed';
    end if;
    if old.status = 'verified' and new.status = 'verified' then
      if (new.payable_from, new.decided_by, new.decided_at) is distinct from (old.payable_from, old.decided_by, old.decided_at) then
        raise exception 'Who verified bank account %, and when it may be paid, stands.', old.id
          using errcode = 'check_violation', constraint = 'bank_account_cools_off';
      end if;
      return new;
    end if;
  end if;
  new.payable_from := null;
  if new.status <> 'verified' then
    return new;
  end if;
  if tg_op = 'INSERT' then
    if new.decided_by is null and exists (select from suppliers where id = new.supplier_id and created_at = now()) then
      return new;
    end if;
    raise exception 'A bank account is proposed first; nobody puts one on file as verified.'
      using errcode = 'check_violation', constraint = 'bank_account_four_eyes';
  end if;
  select coalesce(max(id), 0) into refused_before from bank_account_steps where bank_account_id = new.id and step = 'refused';
  select member_id, outcome into last_call from bank_account_steps
    where bank_account_id = new.id and id > refused_before and step = 'called' and outcome <> 'not-reached' order by id desc limit 1;
  if last_call is null or last_call.outcome <> 'confirmed' then
    raise exception 'Nobody has called the supplier and been told that bank account % is theirs.', new.id
      using errcode = 'check_violation', constraint = 'bank_account_four_eyes';
  end if;
  if new.decided_by is null or new.decided_by = old.proposed_by or exists (
      select from bank_account_steps where bank_account_id = new.id and id > refused_before and step = 'called' and member_id = new.decided_by) then
    raise exception 'Bank account % is confirmed by somebody other than whoever proposed it or called.', new.id
      using errcode = 'check_violation', constraint = 'bank_account_four_eyes';
  end if;
  new.payable_from := now() + make_interval(secs => 3600 * coalesce((
    select (content ->> 'coolingHours')::numeric from policies
    where organization_id = new.organization_id and kind = 'fraud' order by version desc limit 1), 24)::double precision);
  return new;
end $$;
create trigger guard_bank_account before insert or update on supplier_bank_accounts for each row execute function guard_bank_account();

create function record_bank_account_step() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or new.status <> old.status then
    insert into bank_account_steps (organization_id, bank_account_id, step, member_id, note)
    values (new.organization_id, new.id, new.status, case new.status when 'proposed' then new.proposed_by else new.decided_by end, new.evidence);
  end if;
  return null;
end $$;
create trigger record_bank_account_step after insert or update on supplier_bank_accounts
  for each row execute function record_bank_account_step();

-- What makes an account with its supplier's first import trustworthy is that the supplier is new.
create function keep_created_at() returns trigger language plpgsql as $$
begin
  if new.created_at is distinct from old.created_at then
    raise exception 'When % was put on file stands.', old.id using errcode = 'check_violation', constraint = 'created_at_is_fixed';
  end if;
  return new;
end $$;
create trigger keep_created_at before update on suppliers for each row execute function keep_created_at();

-- Nothing is scheduled to an account that is not a verified one of that supplier, and nothing goes into a run or to the
-- bank while it cools off.
create function guard_payment() returns trigger language plpgsql as $$
declare
  account record;
begin
  if new.status = 'cancelled' then
    return new;
  end if;
  if tg_op = 'UPDATE' and new.bank_account_id = old.bank_account_id and new.supplier_id = old.supplier_id
      and (new.status = old.status or (new.status = 'scheduled' and old.status <> 'cancelled')) then
    return new;
  end if;
  select status, payable_from, supplier_id into account from supplier_bank_accounts where id = new.bank_account_id for share;
  if account.supplier_id is distinct from new.supplier_id or account.status is distinct from 'verified' then
    raise exception 'Payment % does not go to a verified bank account of its supplier.', new.id
      using errcode = 'check_violation', constraint = 'payment_to_verified_account';
  end if;
  if new.status in ('in-run', 'released') and account.payable_from > now() then
    raise exception 'Payment % waits until %: its bank account was verified just before.', new.id, account.payable_from
      using errcode = 'check_violation', constraint = 'payment_after_cooling_off';
  end if;
  return new;
end $$;
create trigger guard_payment before insert or update on payments for each row execute function guard_payment();
