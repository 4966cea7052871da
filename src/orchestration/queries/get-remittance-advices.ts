import { languageOf, writeAdvice } from '#domain/accounts-payable';
import type { Actor } from '#domain/identity';
import { decimal, roundTo } from '#domain/money';
import { endToEndIdOf } from '../payments/bank-orders.ts';
import type { Office } from '../tasks/office.ts';
import { todayOf } from '../today.ts';
import { ask, found } from './ask.ts';
import { moneyView } from './numbers.ts';
import type { RemittanceAdviceView } from './views-payments.ts';

/**
 * What each supplier of a released run is told: which invoices are paid, what was taken off, and by what they find it. In
 * the language of their country; one for each account and currency. Payments that the bank rejected or sent back are not
 * in it, and nobody is told anything of a run that is not released.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND when there is no such run.
 */
export async function getRemittanceAdvices(office: Office, actor: Actor, paymentRunId: string): Promise<RemittanceAdviceView[]> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const run = found(
      await transaction.selectFrom('payment_runs').select(['status', 'released_at']).where('id', '=', paymentRunId).executeTakeFirst(),
      'payment run',
      paymentRunId,
    );
    const { released_at: releasedAt, status } = run;
    // A run that the bank refuses is taken apart while somebody looks at it.
    if (status !== 'released' || releasedAt === null) return [];
    const { name: payer } = await transaction.selectFrom('organizations').select('name').executeTakeFirstOrThrow();
    const rows = await transaction
      .selectFrom('payments')
      .innerJoin('suppliers', 'suppliers.id', 'payments.supplier_id')
      .innerJoin('supplier_bank_accounts as account', 'account.id', 'payments.bank_account_id')
      .innerJoin('invoices', 'invoices.id', 'payments.invoice_id')
      .selectAll('payments')
      .select(['suppliers.name', 'suppliers.country', 'account.iban', 'invoices.issued_on', 'invoices.number'])
      .where('payments.payment_run_id', '=', paymentRunId)
      .where((where) => where.or([where('bank_state', 'is', null), where('bank_state', 'in', ['accepted', 'settled'])]))
      .orderBy('suppliers.name')
      .orderBy('payments.id')
      .execute();
    const day = todayOf({ now: () => releasedAt });
    return [...Map.groupBy(rows, (row) => `${row.bank_account_id} ${row.currency}`).values()].flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      const language = languageOf(first.country);
      const invoices = own.map((row) => {
        const amount = roundTo(decimal(row.amount), row.currency);
        const discount = roundTo(decimal(row.discount), row.currency);
        return {
          number: row.number ?? row.reference,
          issuedOn: row.issued_on,
          gross: { minor: amount.minor + discount.minor, currency: row.currency },
          discount,
          paid: amount,
          endToEndId: endToEndIdOf(row.id),
        };
      });
      const executeOn = own.map((row) => (row.execute_on < day ? day : row.execute_on)).toSorted()[0] ?? day;
      const advice = writeAdvice({ payer, supplier: first.name, iban: first.iban, executeOn, invoices }, language);
      const total = own.reduce((sum, row) => sum.plus(row.amount), decimal(0)).toFixed();
      return [{ supplier: { id: first.supplier_id, name: first.name }, language, total: moneyView(total, first.currency), ...advice }];
    });
  });
}
