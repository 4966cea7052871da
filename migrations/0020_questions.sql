-- Questions that close exceptions: what was asked about a task, the mails out and the answers in, and what came of it
-- (docs/decisions/2026-12-01-questions.md).
create table questions (
  id text primary key,
  organization_id text not null references organizations,
  task_id text not null references tasks,
  invoice_id text not null,
  supplier_id text references suppliers,
  recipient text not null check (recipient in ('supplier', 'buyer', 'receiver')),
  to_name text not null,
  -- Answers count from this address only.
  to_address text not null,
  language text not null check (language in ('en', 'de', 'fr', 'es')),
  -- Stands in the subject, so that an answer without headers names its question.
  reference text not null,
  status text not null default 'open' check (status in ('open', 'closed')),
  asked_by text not null references members,
  asked_at timestamptz not null,
  answered_at timestamptz,
  -- No answer within the days that the task policy gives; and none within as many again.
  reminded_at timestamptz,
  escalated_at timestamptz,
  closed_at timestamptz,
  -- The decision that ended the task; `taken-back` when the exception went away by itself, `not-delivered` when the mail never left.
  outcome text,
  unique (organization_id, reference),
  check ((status = 'closed') = (closed_at is not null))
);
-- One at a time to each of them.
create unique index questions_open_of_task on questions (task_id, recipient) where status = 'open';
create index questions_of_invoice on questions (invoice_id);
create index questions_by_time on questions (organization_id, asked_at);

create table question_mails (
  id text primary key,
  organization_id text not null references organizations,
  question_id text not null references questions,
  direction text not null check (direction in ('out', 'in')),
  subject text not null,
  body text not null,
  -- With angle brackets.
  message_id text,
  written_at timestamptz not null,

  -- Out: who wrote it, and how it travels. `to-send`: a person is to send it from their own program; `by-hand`: they have.
  purpose text check (purpose in ('ask', 'remind')),
  written_by text references members,
  delivery text check (delivery in ('waiting', 'sending', 'sent', 'unknown', 'refused', 'to-send', 'by-hand')),
  attempts integer not null default 0,
  delivery_note text,
  sent_at timestamptz,

  -- In: the message it is, and what was recognised. `doubt`: why it does not count as the answer of whoever was asked.
  event_id text references events,
  from_address text,
  doubt text,
  answer jsonb,
  settled text check (settled in ('accept', 'reject', 'wait', 'set-aside')),
  settled_by text references members,
  settled_at timestamptz,

  check ((direction = 'out') = (delivery is not null and purpose is not null and written_by is not null and message_id is not null)),
  check ((direction = 'in') = (event_id is not null)),
  check ((settled is null) = (settled_by is null) and (settled is null) = (settled_at is null))
);
create index question_mails_of_question on question_mails (question_id, written_at, id);
create unique index question_mails_by_event on question_mails (event_id, question_id) where direction = 'in';
create unique index question_mails_by_message_id on question_mails (organization_id, message_id) where direction = 'out';

alter table questions enable row level security;
alter table questions force row level security;
create policy own_organization on questions to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, update on questions to deskhand_app;
alter table question_mails enable row level security;
alter table question_mails force row level security;
create policy own_organization on question_mails to deskhand_app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, update on question_mails to deskhand_app;
create trigger announce after insert or update on questions for each row execute function announce_change();
create trigger announce after insert or update on question_mails for each row execute function announce_change();

-- What was asked and written stands.
create function keep_question_mail() returns trigger language plpgsql as $$
begin
  if (new.question_id, new.direction, new.subject, new.body, new.message_id, new.written_by, new.event_id, new.from_address)
      is distinct from (old.question_id, old.direction, old.subject, old.body, old.message_id, old.written_by, old.event_id, old.from_address) then
    raise exception 'Mail % of a question is on record as it was written.', old.id
      using errcode = 'check_violation', constraint = 'question_mail_is_fixed';
  end if;
  return new;
end $$;
create trigger keep_question_mail before update on question_mails for each row execute function keep_question_mail();

-- However a task ends, decided, taken back or set aside with its work, what was asked about it is closed with it.
create function close_questions_of_task() returns trigger language plpgsql as $$
begin
  if old.status = 'open' and new.status <> 'open' then
    update questions
      set status = 'closed', closed_at = coalesce(new.decided_at, greatest(now(), asked_at)),
          outcome = case new.status when 'done' then coalesce(new.decision, 'done') else 'taken-back' end
      where task_id = new.id and status = 'open';
    -- Whoever asked need not hear any more that nobody answered.
    update tasks set status = 'cancelled'
      where workflow_id = new.workflow_id and status = 'open' and reason = 'question-unanswered' and facts ->> 'aboutTaskId' = new.id;
  end if;
  return null;
end $$;
create trigger close_questions after update of status on tasks for each row execute function close_questions_of_task();
