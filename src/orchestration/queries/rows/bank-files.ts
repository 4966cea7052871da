import type { Actor } from '#domain/identity';
import type { Tables } from '#platform';
import type { Selectable } from 'kysely';
import { bankWorkflowId } from '../../payments/bank-tasks.ts';
import type { BankFileSummary } from '../../commands/import-bank-file.ts';
import type { Office } from '../../tasks/office.ts';
import { ask, found, type OfficeTransaction } from '../ask.ts';
import { moneyView } from '../numbers.ts';
import { afterCursor, cutPage, limitOf, type PageRequest } from './paging.ts';
import { findPeople, personOf } from './people.ts';
import type { PageOf } from '../views.ts';
import type { BankEntryView, BankFileDetailView, BankFileView } from '../views-payments.ts';

const keys = ['bank_messages.imported_at', 'bank_messages.id'];

type Row = Selectable<Tables['bank_messages']>;

/** What the bank sent, newest first. */
export async function listBankFiles(office: Office, actor: Actor, request: PageRequest): Promise<PageOf<BankFileView>> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const limit = limitOf(request);
    const rows = await transaction
      .selectFrom('bank_messages')
      .selectAll()
      .where(await afterCursor(transaction, 'bank_messages', keys, 'descending', request.cursor))
      .orderBy('imported_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    const page = cutPage(rows, limit, (row) => row);
    return { items: await toViews(transaction, page.items), next: page.next };
  });
}

// More than this is looked at in the file itself.
const shownEntries = 2000;

/** One message of the bank with its movements, what was found of each, and what people are asked about it. */
export async function getBankFile(office: Office, actor: Actor, bankFileId: string): Promise<BankFileDetailView> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const row = found(
      await transaction.selectFrom('bank_messages').selectAll().where('id', '=', bankFileId).executeTakeFirst(),
      'bank file',
      bankFileId,
    );
    const [view] = await toViews(transaction, [row]);
    const entries = await transaction
      .selectFrom('bank_entries')
      .selectAll()
      .where('bank_message_id', '=', bankFileId)
      .orderBy('position')
      .limit(shownEntries)
      .execute();
    const tasks = await transaction
      .selectFrom('tasks')
      .select(['id', 'kind', 'title', 'question'])
      .where('workflow_id', '=', bankWorkflowId(bankFileId))
      .where('status', '=', 'open')
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    const runs = await runsOf(
      transaction,
      entries.flatMap((entry) => entry.payment_ids),
    );
    return {
      ...found(view, 'bank file', bankFileId),
      entries: entries.map((entry): BankEntryView => ({
        id: entry.id,
        direction: entry.direction,
        amount: moneyView(entry.amount, entry.currency),
        bookedOn: entry.booked_on,
        counterparty: entry.counterparty_name,
        account: entry.counterparty_account,
        text: entry.remittance,
        bankReference: entry.bank_reference,
        outcome: entry.outcome,
        finding: entry.finding,
        paymentRunId: runs.get(entry.payment_ids[0] ?? '') ?? null,
      })),
      questions: tasks.map(({ id: taskId, kind, title, question }) => ({ taskId, kind, title, question })),
    };
  });
}

async function toViews(transaction: OfficeTransaction, rows: readonly Row[]): Promise<BankFileView[]> {
  const people = await findPeople(
    transaction,
    rows.map((row) => row.imported_by),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    format: row.format,
    messageId: row.message_id,
    fileName: row.file_name,
    sha256: row.sha256,
    importedBy: personOf(people, row.imported_by) ?? { id: row.imported_by, name: row.imported_by },
    importedAt: row.imported_at.toISOString(),
    summary: row.summary as BankFileSummary,
  }));
}

async function runsOf(transaction: OfficeTransaction, paymentIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (paymentIds.length === 0) return new Map();
  const rows = await transaction
    .selectFrom('payments')
    .select(['id', 'payment_run_id'])
    .where('id', 'in', [...new Set(paymentIds)])
    .execute();
  return new Map(rows.flatMap(({ id, payment_run_id: runId }) => (runId === null ? [] : [[id, runId] as const])));
}
