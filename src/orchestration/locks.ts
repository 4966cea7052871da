import { sql } from 'kysely';
import type { Transaction } from '#platform';

// Order of locks, so that nobody waits in a circle: invoice, task, organization, purchase order, audit head.

/** Holds an invoice until commit: whoever reads it to decide something takes it before anything else. */
export async function lockInvoice(transaction: Transaction, invoiceId: string): Promise<void> {
  await transaction.selectFrom('invoices').select('id').where('id', '=', invoiceId).forUpdate().execute();
}

/** Until commit, nobody else of the organization looks over many rows to decide about one: two duplicates, two mails. */
export async function takeTurn(transaction: Transaction, organizationId: string): Promise<void> {
  await transaction.selectFrom('organizations').select('id').where('id', '=', organizationId).forNoKeyUpdate().execute();
}

/** Holds a name until commit, whether or not a row of it exists yet. */
export async function lockName(transaction: Transaction, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
}
