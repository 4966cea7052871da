import { isCurrency } from '#domain/money';
import { headerFieldNames, type FieldName, type Reading } from '#domain/documents';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, enqueue, type Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { currentValues, type LineFieldName } from '../invoices/invoice-fields.ts';
import { amountOf, columnsOf, dayOf, loadCorrections, loadInvoice, lineRows, type LoadedInvoice } from '../invoices/invoices.ts';
import { learnFrom } from '../invoices/layout-memory.ts';
import { lockInvoice } from '../locks.ts';
import type { Office } from '../tasks/office.ts';
import { loadReading } from '../queries/rows/stored-documents.ts';
import type { RecordedCorrection } from '../streams/events.ts';
import { wakeInvoices } from '../invoices/wake-invoices.ts';
import { documentWorkflowId } from '../workflows/names.ts';
import { recordCorrections } from './record-corrections.ts';
import { requireRight } from './require-right.ts';

export interface InvoiceCorrection {
  readonly invoiceId: string;
  /** Version the person looked at (the ETag). */
  readonly expectedVersion: number;
  readonly fields?: Readonly<Partial<Record<FieldName, string | null>>> | undefined;
  readonly lines?: readonly Readonly<Record<LineFieldName, string | null>>[] | undefined;
}

const open = new Set(['in-review', 'awaiting-approval']);

/**
 * Sets values as a person says they are; the same value as read confirms it. What was read stays on record (G10), the
 * workflow looks at the invoice again, and approvals given for other facts no longer count.
 *
 * @throws DH_ORCHESTRATION_INVOICE_CHANGED when somebody else was faster, DH_ORCHESTRATION_INVOICE_CLOSED once it is
 *   approved, DH_ORCHESTRATION_VALUE_INVALID naming the field.
 */
export async function correctInvoice(office: Office, actor: Actor, input: InvoiceCorrection): Promise<void> {
  requireRight(actor, 'invoices:correct');
  const reading = await readingOf(office, actor, input.invoiceId);
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    await lockInvoice(transaction, input.invoiceId);
    const loaded = await loadInvoice(transaction, input.invoiceId);
    refuseStale(loaded, input.expectedVersion);
    const corrections = correctionsOf(loaded, input);
    await record(transaction, actor, loaded, corrections);
    await learnFrom(office, transaction, actor, { loaded, reading, corrections });
    await wakeInvoices(transaction, actor.organizationId, { neighboursOf: input.invoiceId });
    await enqueue(transaction, actor.organizationId, {
      kind: 'signal',
      workflowId: documentWorkflowId(loaded.row.document_id),
      signal: 'news',
      payload: { about: input.invoiceId },
    });
    await appendAudit(transaction, actor.organizationId, office.clock.now(), {
      actor: actor.memberId,
      action: 'invoice.corrected',
      subjects: [input.invoiceId, loaded.row.document_id],
      details: { fields: corrections.map(({ field }) => field) },
    });
  });
}

/** What was read of the invoice's paper, from which its corrections teach; fetched before anything is locked. */
async function readingOf(office: Office, actor: Actor, invoiceId: string): Promise<Reading | null> {
  if (office.memory === undefined) return null;
  const document = await office.database.inOrganization(actor.organizationId, (transaction) =>
    transaction
      .selectFrom('invoices')
      .innerJoin('documents', 'documents.id', 'invoices.document_id')
      .select('documents.reading_sha256 as reading_sha256')
      .where('invoices.id', '=', invoiceId)
      .executeTakeFirst(),
  );
  return document === undefined ? null : loadReading(office, document);
}

/** @throws DH_ORCHESTRATION_INVOICE_CHANGED when it is not as the person saw it, DH_ORCHESTRATION_INVOICE_CLOSED. */
export function refuseStale({ row }: LoadedInvoice, expectedVersion: number): void {
  if (row.version !== expectedVersion) {
    throw new DeskhandError(orchestrationErrors.invoiceChanged, 'Somebody else changed this invoice meanwhile. Reload and look again.', {
      details: { expectedVersion, version: row.version },
    });
  }
  if (!open.has(row.status)) {
    throw new DeskhandError(orchestrationErrors.invoiceClosed, `This invoice is ${row.status}; its values can no longer be changed.`);
  }
}

type NewCorrection = Omit<RecordedCorrection, 'id'>;

function correctionsOf(loaded: LoadedInvoice, input: InvoiceCorrection): NewCorrection[] {
  const corrections: NewCorrection[] = [];
  for (const field of headerFieldNames) {
    const value = input.fields?.[field];
    if (value === undefined) continue;
    checkValue(field, value);
    corrections.push({ field, previous: loaded.values.fields[field].value, value });
  }
  if (input.lines !== undefined) {
    input.lines.forEach(checkLine);
    const previous = loaded.values.lines.map((line) =>
      Object.fromEntries(Object.entries(line).map(([name, field]) => [name, field.value])),
    );
    corrections.push({ field: 'lines', previous, value: input.lines });
  }
  return corrections;
}

async function record(transaction: Transaction, actor: Actor, loaded: LoadedInvoice, corrections: readonly NewCorrection[]): Promise<void> {
  const said = corrections.map(({ field, value }) => ({ field, value, memberId: actor.memberId }));
  const values = currentValues(loaded.extraction, [...(await loadCorrections(transaction, loaded.row.id)), ...said]);
  await recordCorrections(transaction, actor, loaded.row.id, { corrections, columns: columnsOf(values), lines: lineRows(values) });
}

function checkValue(name: FieldName, value: string | null): void {
  if (value === null) return;
  if ((name === 'issueDate' || name === 'dueDate') && dayOf(value) === null) throw invalid(name, value, 'a day like 2026-11-23');
  if ((name === 'netTotal' || name === 'taxTotal' || name === 'grossTotal') && amountOf(value) === null)
    throw invalid(name, value, 'an amount like 1234.50');
  if (name === 'currency' && !isCurrency(value)) throw invalid(name, value, 'an ISO 4217 code like EUR');
  if (value.length > 300) throw invalid(name, `${value.slice(0, 20)}…`, 'at most 300 characters');
}

function checkLine(line: Readonly<Record<LineFieldName, string | null>>, index: number): void {
  for (const name of ['quantity', 'unitPrice', 'netAmount', 'taxRate'] as const) {
    const value = line[name];
    if (value !== null && amountOf(value) === null) throw invalid(`lines.${index}.${name}`, value, 'a number like 12.5');
  }
}

function invalid(field: string, value: string, wanted: string): DeskhandError {
  return new DeskhandError(orchestrationErrors.valueInvalid, `"${value}" does not fit ${field}; write ${wanted}.`, { details: { field } });
}
