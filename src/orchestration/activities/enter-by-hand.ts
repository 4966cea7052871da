import type { Extraction } from '#domain/documents';
import { appendAudit } from '#platform';
import type { ActivityContext } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { once } from './once.ts';
import { recordInvoice } from './read-document.ts';

interface Input {
  readonly organizationId: string;
  readonly documentId: string;
}

/** Looks what a person decided about an unreadable document; `enter` opens an invoice with what was read, for them to fill. */
export async function enterByHand(
  office: Office,
  context: ActivityContext,
  { organizationId, documentId }: Input,
): Promise<{ isDecided: boolean; invoiceId: string | null }> {
  return once(office, context, organizationId, async (transaction) => {
    const task = await transaction
      .selectFrom('tasks')
      .selectAll()
      .where('workflow_id', '=', context.workflowId)
      .where('key', '=', 'unreadable')
      .executeTakeFirstOrThrow();
    if (task.status === 'open') return { isDecided: false, invoiceId: null };
    if (task.decision !== 'enter') {
      await transaction.updateTable('documents').set({ status: 'filed' }).where('id', '=', documentId).execute();
      return { isDecided: true, invoiceId: null };
    }
    const document = await transaction.selectFrom('documents').select('extraction').where('id', '=', documentId).executeTakeFirstOrThrow();
    const invoiceId = await recordInvoice(transaction, { organizationId, documentId }, document.extraction as Extraction | null);
    await appendAudit(transaction, organizationId, office.clock.now(), {
      actor: task.decided_by ?? 'deskhand',
      action: 'invoice.recorded',
      subjects: [invoiceId, documentId],
      details: { source: 'person' },
    });
    return { isDecided: true, invoiceId };
  });
}
