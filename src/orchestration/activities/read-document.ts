import type { Extraction, ReadingProblem } from '#domain/documents';
import { appendAudit, newId, settleWork, type Transaction } from '#platform';
import type { DocumentReadResult } from '#domain/ports';
import type { ActivityContext } from '../flow.ts';
import { currentValues } from '../invoices/invoice-fields.ts';
import { columnsOf, lineRows } from '../invoices/invoices.ts';
import { withLanguageModel } from '../invoices/language-model.ts';
import { withMemory } from '../invoices/layout-memory.ts';
import type { Office } from '../tasks/office.ts';
import { openTask, type TaskDraft } from '../tasks/tasks.ts';
import { append } from '../streams/append.ts';
import { once } from './once.ts';

interface Input {
  readonly organizationId: string;
  readonly documentId: string;
}
export interface ReadOutcome {
  /** `asking`: a person says whether it is an invoice, and may then type it in. */
  readonly outcome: 'invoice' | 'filed' | 'asking';
  readonly invoiceId: string | null;
  /** A filed paper that a person was told of. Runs recorded before did not say. */
  readonly isAsking?: boolean;
}

/** Documents that ask for money; the rest is filed, some with a word to Ana. */
const payable = new Set(['invoice', 'credit_note', 'receipt']);

const notes: Readonly<Record<string, { readonly title: string; readonly question: string }>> = {
  reminder: {
    title: 'A supplier reminds us of a payment',
    question: 'Please see whether the invoice it speaks of is here and on its way. Nothing is paid from a reminder.',
  },
  statement: {
    title: 'A statement of account',
    question:
      'Its message shows row by row how it compares with what is here: please ask for what is missing and clear up what differs. Nothing is paid from a statement.',
  },
};

/** Reads a document in its own process and records what came of it: an invoice, a filed paper, or a task. */
export async function readDocument(office: Office, context: ActivityContext, { organizationId, documentId }: Input): Promise<ReadOutcome> {
  const document = await office.database.inOrganization(organizationId, (transaction) =>
    transaction.selectFrom('documents').selectAll().where('id', '=', documentId).executeTakeFirstOrThrow(),
  );
  const bytes = await office.blobs.get(document.sha256);
  const { file_name: fileName } = document;
  const remembered = await withMemory(office, organizationId, await office.reader.read({ fileName, bytes }));
  const result = await withLanguageModel(office, context, { organizationId, documentId, fileName, bytes }, remembered);
  office.metrics.observe('documentReadSeconds', { media_type: result.reading.mediaType }, result.ms / 1000);
  office.metrics.count('documentsRead', { outcome: fateOf(result) });
  const reading = await office.blobs.put(new TextEncoder().encode(JSON.stringify(result.reading)));

  return once(office, context, organizationId, async (transaction) => {
    const { extraction } = result;
    const fate = fateOf(result);
    await transaction
      .updateTable('documents')
      .set({
        status: statusOf[fate],
        media_type: result.reading.mediaType,
        page_count: result.reading.pages.length,
        document_type: extraction?.documentType ?? null,
        reading_sha256: reading.sha256,
        extraction: extraction === null ? null : JSON.stringify(extraction),
        problems: JSON.stringify(problemsOf(result)),
        read_ms: Math.round(result.ms),
      })
      .where('id', '=', documentId)
      .execute();
    const subject = {
      organizationId,
      documentId,
      eventId: document.event_id,
      workflowId: context.workflowId,
      fileName: document.file_name,
    };
    const invoiceId = fate === 'invoice' ? await recordInvoice(transaction, subject, extraction) : null;
    if (fate === 'unreadable' || fate === 'unknown')
      await openTask(transaction, organizationId, askWhatItIs(subject, fate, problemsOf(result)));
    const isNoted = fate === 'filed' && (await noteToPerson(transaction, subject, extraction?.documentType ?? 'other'));
    // An invoice is settled once it is assessed; all else rests here or waits for a person.
    if (invoiceId === null) await settleWork(transaction, context.workflowId);
    await appendAudit(transaction, organizationId, office.clock.now(), {
      actor: 'deskhand',
      action: invoiceId === null ? `document.${fate === 'unreadable' ? 'unreadable' : 'filed'}` : 'invoice.recorded',
      subjects: [document.event_id, documentId, ...(invoiceId === null ? [] : [invoiceId])],
      details: {
        fileName: document.file_name,
        documentType: extraction?.documentType ?? null,
        source: result.reading.source,
        pages: result.reading.pages.length,
        ms: Math.round(result.ms),
        extractorVersion: extraction?.extractorVersion ?? null,
        ...(extraction?.consultation === undefined ? {} : { languageModel: extraction.consultation }),
        sha256: document.sha256,
        problems: problemsOf(result).map((problem) => problem.code),
      },
    });
    return { outcome: invoiceId !== null ? 'invoice' : fate === 'filed' ? 'filed' : 'asking', invoiceId, isAsking: isNoted };
  });
}

interface Subject extends Input {
  readonly eventId: string;
  readonly workflowId: string;
  readonly fileName: string;
}

function problemsOf({ reading, extraction }: DocumentReadResult): ReadingProblem[] {
  const all = [...reading.problems, ...(extraction?.problems ?? [])];
  return all.filter(
    (problem, index) => all.findIndex((other) => other.code === problem.code && other.message === problem.message) === index,
  );
}

/** What becomes of a document. `unknown`: it was read, but is nothing Deskhand knows. */
type Fate = 'invoice' | 'filed' | 'unknown' | 'unreadable';

const statusOf = { invoice: 'read', filed: 'filed', unknown: 'read', unreadable: 'unreadable' } as const;

function fateOf({ reading, extraction }: DocumentReadResult): Fate {
  if (extraction === null || reading.problems.some((problem) => problem.severity === 'error')) return 'unreadable';
  if (payable.has(extraction.documentType)) return 'invoice';
  const isBlank = reading.structuredXml === null && reading.pages.every((page) => page.words.length === 0);
  if (isBlank) return 'unreadable';
  return extraction.documentType === 'other' ? 'unknown' : 'filed';
}

/** Creates the invoice of a document, once however often it is read. */
export async function recordInvoice(transaction: Transaction, subject: Input, extraction: Extraction | null): Promise<string> {
  const existing = await transaction.selectFrom('invoices').select('id').where('document_id', '=', subject.documentId).executeTakeFirst();
  if (existing !== undefined) return existing.id;
  const values = currentValues(extraction, []);
  const invoiceId = newId('inv');
  const kind = extraction?.documentType === 'credit_note' ? ('credit-note' as const) : ('invoice' as const);
  const data = { document_id: subject.documentId, columns: { kind, ...columnsOf(values) }, lines: lineRows(values) };
  await append(transaction, { kind: 'invoice', id: invoiceId, actor: 'deskhand', events: [{ type: 'invoice.recorded', data }] });
  return invoiceId;
}

function askWhatItIs(subject: Subject, fate: 'unreadable' | 'unknown', problems: readonly ReadingProblem[]): TaskDraft {
  const problem = problems.find((candidate) => candidate.severity === 'error') ?? problems[0];
  const unknown =
    'Deskhand could not tell what this is. If it is an invoice, enter it; else set it aside. Nothing is paid from it until then.';
  const unreadable = problem?.message ?? 'No words were found on it. If it is an invoice, type it in; else set it aside.';
  return {
    workflowId: subject.workflowId,
    key: 'unreadable',
    kind: 'unreadable',
    reason: fate === 'unknown' ? 'not-recognised' : (problem?.code ?? 'nothing-found'),
    title: fate === 'unknown' ? `What is ${subject.fileName}?` : `${subject.fileName} could not be read`,
    question: fate === 'unknown' ? unknown : unreadable,
    choices: ['dismiss', 'enter'],
    role: 'office-manager',
    eventId: subject.eventId,
    documentId: subject.documentId,
    facts: { ifYes: 'Enter: an invoice opens with the page beside it, to be filled in. Dismiss: it is set aside; the original is kept.' },
  };
}

async function noteToPerson(transaction: Transaction, subject: Subject, documentType: string): Promise<boolean> {
  const note = notes[documentType];
  if (note === undefined) return false;
  await openTask(transaction, subject.organizationId, {
    workflowId: subject.workflowId,
    key: 'note',
    kind: 'message',
    reason: documentType,
    choices: ['done'],
    role: 'office-manager',
    eventId: subject.eventId,
    documentId: subject.documentId,
    ...note,
  });
  return true;
}
