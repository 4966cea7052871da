import { DeskhandError } from '#domain/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { orchestrationErrors } from '../../errors.ts';
import type { OfficeTransaction } from '../ask.ts';
import type { PageOf } from '../views.ts';

export interface PageRequest {
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
  /** @default 50; 1–200. */
  readonly limit?: number | undefined;
}

const defaultLimit = 50;
// 200 summaries are about 100 kB of JSON: one screenful many times over, still one quick answer.
const maximumLimit = 200;

export function limitOf(request: PageRequest): number {
  return Math.min(Math.max(request.limit ?? defaultLimit, 1), maximumLimit);
}

type PagedTable = 'tasks' | 'invoices' | 'events' | 'suppliers' | 'purchase_orders' | 'payments' | 'payment_runs' | 'bank_messages';

/**
 * Keyset pagination: rows after the one named by the cursor, compared by the sort key in SQL, so that neither new rows
 * nor the precision of a timestamp shift a page.
 *
 * @param keys - SQL columns of the sort key, the unique one last, all in the same direction.
 * @throws DH_ORCHESTRATION_CURSOR_INVALID when the cursor is not one of ours.
 */
export async function afterCursor(
  transaction: OfficeTransaction,
  table: PagedTable,
  keys: readonly string[],
  direction: 'ascending' | 'descending',
  cursor: string | undefined,
): Promise<RawBuilder<SqlBool>> {
  if (cursor === undefined) return sql<SqlBool>`true`;
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  const known = await transaction.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst();
  if (known === undefined) {
    throw new DeskhandError(orchestrationErrors.cursorInvalid, 'This cursor is not one we gave out. Start again without a cursor.');
  }
  const key = sql.join(keys.map((part) => sql.raw(part)));
  const comparison = sql.raw(direction === 'ascending' ? '>' : '<');
  return sql<SqlBool>`(${key}) ${comparison} (select ${key} from ${sql.table(table)} where id = ${id})`;
}

/** Cuts what was read with a limit of one more than asked for. */
export function cutPage<Row extends { readonly id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
): PageOf<Item> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const next = rows.length > limit && last !== undefined ? Buffer.from(last.id, 'utf8').toString('base64url') : null;
  return { items: kept.map(toItem), next };
}
