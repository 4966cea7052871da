-- Who signs in: kept by better-auth, in a schema that only its own role reaches. `deskhand_app` and `deskhand_system`
-- never see a password hash or a session; a member points here by members.auth_user_id.
create schema sign_in;

create table sign_in.users (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table sign_in.sessions (
  id text primary key,
  user_id text not null references sign_in.users on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null
);
create index sessions_by_user on sign_in.sessions (user_id);

-- One way to prove who one is; today only `credential`, a password as scrypt hash.
create table sign_in.accounts (
  id text primary key,
  user_id text not null references sign_in.users on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null
);
create index accounts_by_user on sign_in.accounts (user_id);

create table sign_in.verifications (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_by_identifier on sign_in.verifications (identifier);

-- Tries per address and path, shared by all server processes.
create table sign_in.rate_limits (
  id text primary key,
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

grant usage on schema sign_in to deskhand_sign_in;
grant select, insert, update, delete on all tables in schema sign_in to deskhand_sign_in;
