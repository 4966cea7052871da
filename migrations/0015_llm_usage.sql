-- What language models were asked about documents, and what that took (docs/decisions/2026-11-30-language-model.md). A row is there
-- before anything is sent, with the most that it may use: the sum of a month is never more than what is counted here.
create table llm_questions (
  id text primary key,
  organization_id text not null references organizations,
  document_id text not null references documents,
  -- The activity's idempotency key: one try asks once, however often it is repeated.
  key text not null,
  question_sha256 char(64) not null,
  model text not null,
  asked text[] not null,
  state text not null check (state in ('asked', 'answered', 'failed')),
  input_tokens integer not null,
  output_tokens integer not null,
  -- Millionths of the currency; null where no prices were set.
  cost_micros bigint,
  currency char(3),
  ms integer,
  -- What was answered, as it came: it is grounded anew whenever it is used. Null when it was not understood.
  offers jsonb,
  reason text,
  asked_at timestamptz not null,
  unique (organization_id, key)
);
create index llm_questions_of_month on llm_questions (organization_id, asked_at);
create index llm_questions_of_document on llm_questions (document_id, question_sha256);

alter table llm_questions enable row level security;
alter table llm_questions force row level security;
create policy own_organization on llm_questions to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, update on llm_questions to deskhand_app;

-- Whether an organization lets its documents be shown to the model is a versioned policy like the others.
alter table policies drop constraint policies_kind_check;
alter table policies add constraint policies_kind_check
  check (kind in ('tolerance', 'approval', 'admission', 'tasks', 'fraud', 'language-model')) not valid;
