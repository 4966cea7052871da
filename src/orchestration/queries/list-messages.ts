import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask } from './ask.ts';
import { selectMessages, toMessages } from './rows/message-rows.ts';
import { afterCursor, cutPage, limitOf, type PageRequest } from './rows/paging.ts';
import type { MessageSummaryView, PageOf } from './views.ts';

/** Whatever arrived, newest first. */
export async function listMessages(office: Office, actor: Actor, request: PageRequest): Promise<PageOf<MessageSummaryView>> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const limit = limitOf(request);
    const rows = await selectMessages(transaction)
      .where(await afterCursor(transaction, 'events', ['events.received_at', 'events.id'], 'descending', request.cursor))
      .orderBy('events.received_at', 'desc')
      .orderBy('events.id', 'desc')
      .limit(limit + 1)
      .execute();
    const page = cutPage(rows, limit, (row) => row);
    return { items: await toMessages(transaction, page.items), next: page.next };
  });
}
