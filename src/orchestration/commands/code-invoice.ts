import { codeKinds, settleParts, type CodeKind, type CodingPart } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, enqueue } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { linesOf, type CodeLists, type SaidCoding } from '../invoices/coding.ts';
import { loadCodeLists } from '../invoices/coding-history.ts';
import { loadInvoice, toDomainInvoice } from '../invoices/invoices.ts';
import { lockInvoice } from '../locks.ts';
import type { Office } from '../tasks/office.ts';
import { documentWorkflowId } from '../workflows/names.ts';
import { refuseStale } from './correct-invoice.ts';
import { recordCorrections } from './record-corrections.ts';
import { requireRight } from './require-right.ts';

export interface InvoiceCoding {
  readonly invoiceId: string;
  /** Version the person looked at (the ETag). */
  readonly expectedVersion: number;
  readonly lines: readonly SaidCoding[];
}

/**
 * Says where lines are booked. A person's word stands over what history tells, voids approvals given for another coding, and
 * teaches once the invoice is approved.
 *
 * @throws DH_ORCHESTRATION_INVOICE_CHANGED when somebody else was faster, DH_ORCHESTRATION_INVOICE_CLOSED once it is
 *   approved, DH_ORCHESTRATION_VALUE_INVALID naming the line.
 */
export async function codeInvoice(office: Office, actor: Actor, input: InvoiceCoding): Promise<void> {
  requireRight(actor, 'invoices:correct');
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    await lockInvoice(transaction, input.invoiceId);
    const loaded = await loadInvoice(transaction, input.invoiceId);
    refuseStale(loaded, input.expectedVersion);
    const invoice = toDomainInvoice(loaded);
    if (invoice === null) throw invalid('lines', 'The invoice has no total, number or date yet. Say these first.');
    const lists = await loadCodeLists(transaction);
    if (lists === null) throw invalid('lines', 'There are no accounts to book on. Import them first.');
    const lines = linesOf(invoice);
    for (const { line, parts } of input.lines) {
      const net = lines.find((one) => one.line === line)?.net;
      if (net === undefined) throw invalid(`lines.${line}`, `The invoice has no line ${line}.`);
      const settled = settleParts(net, parts);
      if (!settled.ok) throw invalid(`lines.${line}`, `Line ${line}: ${settled.message}`);
      for (const part of parts) refuseUnknown(lists, line, part);
    }
    const corrections = [{ field: 'coding', previous: null, value: input.lines }];
    await recordCorrections(transaction, actor, input.invoiceId, { corrections, columns: {}, lines: null });
    await enqueue(transaction, actor.organizationId, {
      kind: 'signal',
      workflowId: documentWorkflowId(loaded.row.document_id),
      signal: 'news',
      payload: { about: input.invoiceId },
    });
    await appendAudit(transaction, actor.organizationId, office.clock.now(), {
      actor: actor.memberId,
      action: 'invoice.coded',
      subjects: [input.invoiceId, loaded.row.document_id],
      details: { lines: input.lines.map(({ line, parts }) => ({ line, parts: parts.length })) },
    });
  });
}

const names: Readonly<Record<CodeKind, string>> = {
  account: 'account',
  costCentre: 'cost centre',
  project: 'project',
  taxCode: 'tax code',
};

function refuseUnknown(lists: CodeLists, line: number, part: CodingPart): void {
  if (part.account === null) throw invalid(`lines.${line}`, `Line ${line}: say the account.`);
  const unknown = codeKinds.find((kind) => part[kind] !== null && !lists[kind].has(part[kind]));
  if (unknown !== undefined) throw invalid(`lines.${line}`, `Line ${line}: there is no ${names[unknown]} “${part[unknown] ?? ''}” in use.`);
}

function invalid(field: string, message: string): DeskhandError {
  return new DeskhandError(orchestrationErrors.valueInvalid, message, { details: { field } });
}
