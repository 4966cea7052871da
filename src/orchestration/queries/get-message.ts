import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask, found } from './ask.ts';
import { selectMessages, toMessages } from './rows/message-rows.ts';
import type { MessageDetailView } from './views.ts';

/** @throws DH_ORCHESTRATION_NOT_FOUND */
export async function getMessage(office: Office, actor: Actor, messageId: string): Promise<MessageDetailView> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const row = found(await selectMessages(transaction).where('events.id', '=', messageId).executeTakeFirst(), 'message', messageId);
    const [summary] = await toMessages(transaction, [row]);
    return { ...found(summary, 'message', messageId), body: row.body };
  });
}
