import { appendAudit } from '#platform';
import type { ActivityContext } from '../flow.ts';
import type { Office } from '../office.ts';
import { once } from './once.ts';

interface Input {
  readonly organizationId: string;
  readonly invoiceId?: string;
  readonly documentId?: string;
}

/** A day passed without an answer: the open questions of this workflow are marked so that they rise in the inbox. */
export async function remind(
  office: Office,
  context: ActivityContext,
  input: Input,
): Promise<{ isDecided: false; invoiceId: null; reminded: number }> {
  const { organizationId } = input;
  return once(office, context, organizationId, async (transaction) => {
    const now = office.clock.now();
    const tasks = await transaction
      .updateTable('tasks')
      .set({ reminded_at: now })
      .where('workflow_id', '=', context.workflowId)
      .where('status', '=', 'open')
      .returning('id')
      .execute();
    const subjects = [input.invoiceId, input.documentId, ...tasks.map((task) => task.id)].filter((id) => id !== undefined);
    if (tasks.length > 0) {
      await appendAudit(transaction, organizationId, now, {
        actor: 'deskhand',
        action: 'task.reminded',
        subjects,
        details: { tasks: tasks.length },
      });
    }
    return { isDecided: false, invoiceId: null, reminded: tasks.length };
  });
}
