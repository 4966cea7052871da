import { isCurrency } from '#domain/money';
import { headerFieldNames, type FieldName } from '#domain/documents';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, enqueue, type Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { currentValues, type LineFieldName } from '../invoice-fields.ts';
import { amountOf, columnsOf, dayOf, loadCorrections, loadInvoice, writeLines, type LoadedInvoice } from '../invoices.ts';
import { lockInvoice } from '../locks.ts';
import type { Office } from '../office.ts';
import { wakeInvoices } from '../wake-invoices.ts';
import { documentWorkflowId } from '../workflows/names.ts';
import { recordCorrection } from './decide-exception.ts';
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
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    await lockInvoice(transaction, input.invoiceId);
    const loaded = await loadInvoice(transaction, input.invoiceId);
    refuseStale(loaded, input.expectedVersion);
    const changed = await record(transaction, actor, loaded, input);
    await project(transaction, actor, loaded);
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
      details: { fields: changed },
    });
  });
}

function refuseStale({ row }: LoadedInvoice, expectedVersion: number): void {
  if (row.version !== expectedVersion) {
    throw new DeskhandError(orchestrationErrors.invoiceChanged, 'Somebody else changed this invoice meanwhile. Reload and look again.', {
      details: { expectedVersion, version: row.version },
    });
  }
  if (!open.has(row.status)) {
    throw new DeskhandError(orchestrationErrors.invoiceClosed, `This invoice is ${row.status}; its values can no longer be changed.`);
  }
}

async function record(transaction: Transaction, actor: Actor, loaded: LoadedInvoice, input: InvoiceCorrection): Promise<string[]> {
  const changed: string[] = [];
  for (const name of headerFieldNames) {
    const value = input.fields?.[name];
    if (value === undefined) continue;
    checkValue(name, value);
    await recordCorrection(transaction, actor, input.invoiceId, name, value, loaded.values.fields[name].value);
    changed.push(name);
  }
  if (input.lines !== undefined) {
    input.lines.forEach(checkLine);
    const previous = loaded.values.lines.map((line) =>
      Object.fromEntries(Object.entries(line).map(([name, field]) => [name, field.value])),
    );
    await recordCorrection(transaction, actor, input.invoiceId, 'lines', input.lines, previous);
    changed.push('lines');
  }
  return changed;
}

async function project(transaction: Transaction, actor: Actor, loaded: LoadedInvoice): Promise<void> {
  const values = currentValues(loaded.extraction, await loadCorrections(transaction, loaded.row.id));
  await transaction
    .updateTable('invoices')
    .set((expression) => ({ ...columnsOf(values), version: expression('version', '+', 1), updated_at: new Date() }))
    .where('id', '=', loaded.row.id)
    .execute();
  await writeLines(transaction, actor.organizationId, loaded.row.id, values);
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
