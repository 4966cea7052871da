-- Authenticator apps (RFC 6238) beside passkeys: a code proves that its holder is there, a passkey signs the digest itself
-- (docs/decisions/2026-12-01-signed-releases.md). Both are keys of a person: added, listed and taken away alike.

alter table signing_keys add column kind text not null default 'passkey';
alter table signing_keys drop constraint signing_key_confirmed;
alter table signing_keys add constraint signing_key_complete check (
  (kind = 'authenticator' and credential_id is null and public_key is null)
  or (kind = 'passkey' and (confirmed_at is null or (credential_id is not null and public_key is not null)))) not valid;
comment on column signing_keys.uses is 'Of a passkey: its own count. Of an authenticator: the time step of the code that confirmed it.';

-- Apart from the key, so that whoever reads or exports a key does not read its secret. Gone when the key is taken away.
create table authenticator_secrets (
  signing_key_id text primary key references signing_keys,
  organization_id text not null references organizations,
  -- AES-256-GCM under the installation's secret.
  sealed bytea not null
);

-- Wrong codes since the last right one: who guesses is locked out.
create table signing_code_attempts (
  member_id text primary key references members,
  organization_id text not null references organizations,
  wrong integer not null default 0 check (wrong >= 0),
  locked_until timestamptz
);

-- What a code was given for. The key of this table lets each time step of a person count once, whoever races whom.
create table signing_code_uses (
  member_id text not null references members,
  -- Seconds since 1970, divided by 30 (RFC 6238, section 4.2).
  time_step bigint not null,
  organization_id text not null references organizations,
  signing_key_id text not null references signing_keys,
  purpose text not null check (purpose in ('release', 'new-key')),
  -- Runs are built from their events, so it is not referred to by the database.
  payment_run_id text,
  -- Of the payments as they were shown, or of the question about a new key.
  digest char(64) not null,
  used_at timestamptz not null,
  primary key (member_id, time_step),
  check ((purpose = 'release') = (payment_run_id is not null))
);
create index signing_code_uses_by_run on signing_code_uses (payment_run_id);
create trigger signing_code_uses_append_only before update or delete or truncate on signing_code_uses
  for each statement execute function refuse_change();

alter table authenticator_secrets enable row level security;
alter table authenticator_secrets force row level security;
create policy own_organization on authenticator_secrets to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, delete on authenticator_secrets to deskhand_app;
alter table signing_code_attempts enable row level security;
alter table signing_code_attempts force row level security;
create policy own_organization on signing_code_attempts to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, update on signing_code_attempts to deskhand_app;
alter table signing_code_uses enable row level security;
alter table signing_code_uses force row level security;
create policy own_organization on signing_code_uses to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert on signing_code_uses to deskhand_app;

-- As before, and a code over the same digest counts too.
create or replace function guard_release_signature() returns trigger language plpgsql as $$
begin
  if exists (select from signing_keys where member_id = new.actor and confirmed_at is not null and revoked_at is null)
      and not exists (
        select from release_signatures
        where payment_run_id = new.stream_id and digest = new.data ->> 'release_digest' and member_id = new.actor)
      and not exists (
        select from signing_code_uses
        where payment_run_id = new.stream_id and digest = new.data ->> 'release_digest' and member_id = new.actor) then
    raise exception 'Payment run % is released with a signature or a code over what was shown; % has one to give.', new.stream_id, new.actor
      using errcode = 'check_violation', constraint = 'release_is_signed';
  end if;
  return new;
end $$;
