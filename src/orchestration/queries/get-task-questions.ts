import type { Actor } from '#domain/identity';
import {
  proposeEffect,
  type AnswerEffect,
  type AnswerProposal,
  type QuestionLanguage,
  type RecipientKind,
  type RecognisedAnswer,
} from '#domain/questions';
import { isAskableTask } from '../questions/askable-task.ts';
import type { QuestionMailRow, QuestionRow } from '../questions/outgoing-mails.ts';
import type { Office } from '../tasks/office.ts';
import { ask, found, type OfficeTransaction } from './ask.ts';
import { findPeople, personOf, type People } from './rows/people.ts';
import type { Person } from './views.ts';

/** A mail that we wrote about a question. */
export interface QuestionMailView {
  id: string;
  purpose: 'ask' | 'remind';
  subject: string;
  body: string;
  writtenBy: Person | null;
  writtenAt: string;
  delivery: NonNullable<QuestionMailRow['delivery']>;
  /** Why it is where it is; null where nothing is to be said. */
  note: string | null;
  sentAt: string | null;
}

/** A mail that answered, and what became of it. */
export interface QuestionAnswerView {
  id: string;
  messageId: string;
  subject: string;
  body: string;
  fromAddress: string | null;
  receivedAt: string;
  /** Why it does not count as the answer of whoever was asked; null where it does. */
  doubt: string | null;
  recognised: RecognisedAnswer;
  /** What may follow; nothing does without a person. Null where it was settled, or nothing is proposed. */
  proposal: AnswerProposal | null;
  settled: AnswerEffect | null;
  settledBy: Person | null;
  /** What was attached, which goes its own way. */
  documents: { id: string; fileName: string; invoiceId: string | null; invoiceNumber: string | null }[];
}

export interface QuestionView {
  id: string;
  recipient: RecipientKind;
  toName: string;
  toAddress: string;
  language: QuestionLanguage;
  status: 'open' | 'closed';
  /** Null where Deskhand asked by itself. */
  askedBy: Person | null;
  /** Why Deskhand asked without a person; null where one did. */
  byPolicy: { version: number; because: string } | null;
  askedAt: string;
  answeredAt: string | null;
  /** Since when no answer in time is known; null where none is missing. */
  unansweredSince: string | null;
  closedAt: string | null;
  outcome: string | null;
  mails: QuestionMailView[];
  answers: QuestionAnswerView[];
}

export interface TaskQuestionsView {
  /** Whether anybody may be asked about it by mail. */
  isAskable: boolean;
  /** Deskhand sends mails itself; else people do, from their own program. */
  sendsMail: boolean;
  items: QuestionView[];
}

/** What was asked about a task and answered, the newest question first. @throws DH_ORCHESTRATION_NOT_FOUND */
export async function getTaskQuestions(office: Office, actor: Actor, taskId: string): Promise<TaskQuestionsView> {
  return await ask(office, actor, 'tasks:read', async (transaction) => {
    const task = found(await transaction.selectFrom('tasks').selectAll().where('id', '=', taskId).executeTakeFirst(), 'task', taskId);
    const questions = await transaction.selectFrom('questions').selectAll().where('task_id', '=', taskId).orderBy('id', 'desc').execute();
    return {
      isAskable: task.status === 'open' && isAskableTask(task),
      sendsMail: office.correspondence?.mailer != null,
      items: questions.length === 0 ? [] : await toQuestions(transaction, task.choices, questions),
    };
  });
}

async function toQuestions(
  transaction: OfficeTransaction,
  choices: readonly string[],
  questions: readonly QuestionRow[],
): Promise<QuestionView[]> {
  const ids = questions.map(({ id }) => id);
  const mails = await transaction.selectFrom('question_mails').selectAll().where('question_id', 'in', ids).orderBy('id').execute();
  const documents = await documentsOf(transaction, mails);
  const policies = await transaction.selectFrom('questions_by_policy').selectAll().where('question_id', 'in', ids).execute();
  const people = await findPeople(transaction, [
    ...questions.map(({ asked_by: askedBy }) => askedBy),
    ...mails.flatMap(({ written_by: writtenBy, settled_by: settledBy }) => [writtenBy, settledBy]),
  ]);
  return questions.map((question) => {
    const own = mails.filter((mail) => mail.question_id === question.id);
    const policy = policies.find((one) => one.question_id === question.id);
    return {
      id: question.id,
      recipient: question.recipient,
      toName: question.to_name,
      toAddress: question.to_address,
      language: question.language,
      status: question.status,
      askedBy: personOf(people, question.asked_by),
      byPolicy: policy === undefined ? null : { version: policy.policy_version, because: policy.because },
      askedAt: question.asked_at.toISOString(),
      answeredAt: question.answered_at?.toISOString() ?? null,
      unansweredSince: question.answered_at === null ? (question.reminded_at?.toISOString() ?? null) : null,
      closedAt: question.closed_at?.toISOString() ?? null,
      outcome: question.outcome,
      mails: own.filter(({ direction }) => direction === 'out').map((mail) => toMail(mail, people)),
      answers: own
        .filter(({ direction }) => direction === 'in')
        .map((mail) => toAnswer(mail, question, { choices, people, documents: documents.get(mail.event_id ?? '') ?? [] })),
    };
  });
}

function toMail(mail: QuestionMailRow, people: People): QuestionMailView {
  return {
    id: mail.id,
    purpose: mail.purpose ?? 'ask',
    subject: mail.subject,
    body: mail.body,
    writtenBy: personOf(people, mail.written_by),
    writtenAt: mail.written_at.toISOString(),
    delivery: mail.delivery ?? 'waiting',
    note: mail.delivery_note,
    sentAt: mail.sent_at?.toISOString() ?? null,
  };
}

interface AnswerFacts {
  readonly choices: readonly string[];
  readonly people: People;
  readonly documents: QuestionAnswerView['documents'];
}

function toAnswer(mail: QuestionMailRow, question: QuestionRow, { choices, people, documents }: AnswerFacts): QuestionAnswerView {
  const recognised = mail.answer as RecognisedAnswer;
  const isOpen = mail.settled === null && question.status === 'open';
  return {
    id: mail.id,
    messageId: mail.event_id ?? '',
    subject: mail.subject,
    body: mail.body,
    fromAddress: mail.from_address,
    receivedAt: mail.written_at.toISOString(),
    doubt: mail.doubt,
    recognised,
    proposal: isOpen && mail.doubt === null ? proposeEffect(recognised, question.recipient, choices) : null,
    settled: mail.settled,
    settledBy: personOf(people, mail.settled_by),
    documents,
  };
}

async function documentsOf(
  transaction: OfficeTransaction,
  mails: readonly QuestionMailRow[],
): Promise<ReadonlyMap<string, QuestionAnswerView['documents']>> {
  const eventIds = mails.flatMap(({ event_id: eventId }) => eventId ?? []);
  if (eventIds.length === 0) return new Map();
  const rows = await transaction
    .selectFrom('documents')
    .leftJoin('invoices', 'invoices.document_id', 'documents.id')
    .select(['documents.id', 'documents.event_id', 'documents.file_name', 'invoices.id as invoice_id', 'invoices.number'])
    .where('documents.event_id', 'in', eventIds)
    .orderBy('documents.position')
    .execute();
  const byEvent = Map.groupBy(rows, ({ event_id: eventId }) => eventId);
  return new Map(
    [...byEvent].map(([eventId, own]) => [
      eventId,
      own.map((row) => ({ id: row.id, fileName: row.file_name, invoiceId: row.invoice_id, invoiceNumber: row.number })),
    ]),
  );
}
