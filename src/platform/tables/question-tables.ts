import type { DefaultJson, Instant, OrNull } from './column-types.ts';
import type { Generated } from 'kysely';

/** What was asked about a task. */
interface QuestionsTable {
  id: string;
  organization_id: string;
  task_id: string;
  invoice_id: string;
  supplier_id: string | null;
  recipient: 'supplier' | 'buyer' | 'receiver';
  to_name: string;
  to_address: string;
  language: 'en' | 'de' | 'fr' | 'es';
  reference: string;
  status: Generated<'open' | 'closed'>;
  /** Null: the policy's word, `questions_by_policy`. */
  asked_by: string | null;
  asked_at: Instant;
  answered_at: OrNull<Date>;
  reminded_at: OrNull<Date>;
  escalated_at: OrNull<Date>;
  closed_at: OrNull<Date>;
  outcome: OrNull<string>;
}

/** One mail of a question, out or in. */
interface QuestionMailsTable {
  id: string;
  organization_id: string;
  question_id: string;
  direction: 'out' | 'in';
  subject: string;
  body: string;
  message_id: string | null;
  written_at: Instant;
  purpose: OrNull<'ask' | 'remind'>;
  written_by: OrNull<string>;
  delivery: OrNull<'waiting' | 'sending' | 'sent' | 'unknown' | 'refused' | 'to-send' | 'by-hand'>;
  attempts: Generated<number>;
  delivery_note: OrNull<string>;
  sent_at: OrNull<Date>;
  event_id: OrNull<string>;
  from_address: OrNull<string>;
  doubt: OrNull<string>;
  answer: DefaultJson<unknown>;
  settled: OrNull<'accept' | 'reject' | 'wait' | 'set-aside'>;
  settled_by: OrNull<string>;
  settled_at: OrNull<Date>;
}

/** Why a question was asked without a person. */
interface QuestionsByPolicyTable {
  question_id: string;
  organization_id: string;
  invoice_id: string;
  reason: string;
  policy_version: number;
  policy_row: number;
  because: string;
}

export interface QuestionTables {
  questions: QuestionsTable;
  questions_by_policy: QuestionsByPolicyTable;
  question_mails: QuestionMailsTable;
}
