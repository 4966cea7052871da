import { randomBytes } from 'node:crypto';
import { newReference, type QuestionDraft, type QuestionLanguage, type RecipientKind } from '#domain/questions';
import { appendAudit, newId, type Transaction } from '#platform';
import type { ClockedTask } from '../tasks/task-clock.ts';
import { writeMail } from './outgoing-mails.ts';

export interface QuestionText extends QuestionDraft {
  readonly recipient: RecipientKind;
  readonly toName: string;
  /** Answers count from this address only. */
  readonly toAddress: string;
  readonly language: QuestionLanguage;
}

interface NewQuestion extends QuestionText {
  readonly organizationId: string;
  readonly task: Pick<ClockedTask, 'id' | 'title'>;
  readonly invoiceId: string;
  /** Member on whose word it goes out; null where it is the policy's. */
  readonly askedBy: string | null;
  /** Deskhand sends it; else a person does, from their own program. */
  readonly isMailed: boolean;
  readonly now: Date;
  /** What the audit log keeps beside it. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes down a question about a task that the caller holds, with its mail on the way and its entry in the log. */
export async function writeQuestion(transaction: Transaction, asked: NewQuestion): Promise<{ readonly questionId: string }> {
  const { organizationId, task, invoiceId, askedBy, isMailed, now } = asked;
  const invoice = await transaction.selectFrom('invoices').select('supplier_id').where('id', '=', invoiceId).executeTakeFirstOrThrow();
  const question = await transaction
    .insertInto('questions')
    .values({
      id: newId('qst'),
      organization_id: organizationId,
      task_id: task.id,
      invoice_id: invoiceId,
      supplier_id: invoice.supplier_id,
      recipient: asked.recipient,
      to_name: asked.toName,
      to_address: asked.toAddress,
      language: asked.language,
      reference: newReference(randomBytes(10)),
      asked_by: askedBy,
      asked_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const text = { subject: asked.subject, body: asked.body, purpose: 'ask', writtenBy: askedBy, isMailed } as const;
  const { mailId, textSha256 } = await writeMail(transaction, question, text, now);
  await appendAudit(transaction, organizationId, now, {
    actor: askedBy ?? 'deskhand',
    action: 'question.asked',
    subjects: [question.id, task.id, invoiceId],
    details: {
      recipient: asked.recipient,
      to: asked.toAddress,
      toName: asked.toName,
      title: task.title,
      mailId,
      textSha256,
      ...asked.details,
    },
  });
  return { questionId: question.id };
}
