-- Questions that Deskhand asks by itself because a policy version says so (docs/decisions/2026-12-01-questions.md).

-- Where questions about its invoices go. Only an address on file is ever written to without a person.
alter table suppliers add column email text;

-- Nobody's word but the policy's: no member asked it, and none wrote its mail.
alter table questions alter column asked_by drop not null;
alter table question_mails drop constraint question_mails_check;
alter table question_mails add constraint question_mail_out
  check ((direction = 'out') = (delivery is not null and purpose is not null and message_id is not null)) not valid;

-- Why a question was asked without a person: at most one about each reason of an invoice, for ever.
create table questions_by_policy (
  question_id text primary key references questions,
  organization_id text not null references organizations,
  invoice_id text not null,
  -- The exception, such as `missing-receipt`.
  reason text not null,
  policy_version integer not null,
  -- Of its table of questions, counting from 1.
  policy_row integer not null check (policy_row > 0),
  -- One plain sentence, as the thread shows it.
  because text not null check (trim(because) <> ''),
  unique (invoice_id, reason)
);
alter table questions_by_policy enable row level security;
alter table questions_by_policy force row level security;
create policy own_organization on questions_by_policy to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert on questions_by_policy to deskhand_app;
