-- Passkeys with which people sign what is paid (docs/decisions/2026-12-01-signed-releases.md). A row begins as a challenge and
-- becomes a key when the device has answered it. It is never deleted: an old signature is checked against its key.
create table signing_keys (
  id text primary key,
  organization_id text not null references organizations,
  member_id text not null references members,
  name text not null check (trim(name) <> ''),
  -- The site the key is bound to (WebAuthn's RP ID): a host name.
  site text not null,
  challenge char(43) not null,
  credential_id text,
  -- COSE_Key, RFC 9052.
  public_key bytea,
  transports text[] not null default '{}',
  uses bigint not null default 0,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  revoked_at timestamptz,
  revoked_by text references members,
  revoked_because text,
  constraint signing_key_confirmed check (confirmed_at is null or (credential_id is not null and public_key is not null)),
  -- Whoever holds a person's session must not be able to do away with the need to sign.
  constraint signing_key_revoked_by_another check (
    revoked_at is null or (revoked_by is not null and revoked_by <> member_id and coalesce(trim(revoked_because), '') <> '')),
  unique (organization_id, credential_id)
);
create index signing_keys_by_member on signing_keys (member_id);

-- What was signed: the digest of the payments as they were shown, with all that is needed to check it again without us.
create table release_signatures (
  -- Runs are built from their events, so it is not referred to by the database.
  payment_run_id text not null,
  digest char(64) not null,
  organization_id text not null references organizations,
  signing_key_id text not null references signing_keys,
  member_id text not null references members,
  authenticator_data bytea not null,
  client_data bytea not null,
  signature bytea not null,
  signed_at timestamptz not null,
  primary key (payment_run_id, digest)
);
create trigger release_signatures_append_only before update or delete or truncate on release_signatures
  for each statement execute function refuse_change();

alter table signing_keys enable row level security;
alter table signing_keys force row level security;
create policy own_organization on signing_keys to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, update on signing_keys to deskhand_app;
alter table release_signatures enable row level security;
alter table release_signatures force row level security;
create policy own_organization on release_signatures to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert on release_signatures to deskhand_app;

-- Who has a key releases nothing without it: whatever door the release came through.
create function guard_release_signature() returns trigger language plpgsql as $$
begin
  if exists (select from signing_keys where member_id = new.actor and confirmed_at is not null and revoked_at is null)
      and not exists (
        select from release_signatures
        where payment_run_id = new.stream_id and digest = new.data ->> 'release_digest' and member_id = new.actor) then
    raise exception 'Payment run % is released with a signature over what was shown; % has a passkey.', new.stream_id, new.actor
      using errcode = 'check_violation', constraint = 'release_is_signed';
  end if;
  return new;
end $$;
create trigger guard_release_signature before insert on stream_events
  for each row when (new.type = 'payment-run.released') execute function guard_release_signature();
