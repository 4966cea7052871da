-- What became of a released run on its way to the bank. Null: no way is set up, a person hands the file in.
-- `sending` is written before anything leaves, so that a crash in between leaves a doubt and not a second file.
alter table payment_runs
  add column submission text check (submission in ('waiting', 'sending', 'unknown', 'accepted', 'refused')),
  add column submission_attempts integer not null default 0,
  add column bank_reference text,
  -- The bank's reason, or why nothing is known; a sentence.
  add column submission_note text,
  add column answered_at timestamptz,
  add constraint payment_runs_submitted_once_released check (submission is null or status <> 'proposed');
