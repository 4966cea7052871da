import type { FieldName, Standing } from '#domain/documents';
import type { Transaction } from '#platform';
import { changesByPeople } from './approval-history.ts';
import type { LoadedInvoice } from './invoices.ts';

/** Values that lead to money: the weakest of them decides whether a small invoice may pass without a person. */
const moneyFields: readonly FieldName[] = ['netTotal', 'taxTotal', 'grossTotal', 'currency'];
const leadsToMoney = /^(netTotal|taxTotal|grossTotal|currency|iban|supplier\w*|lines\.\d+\.(quantity|unitPrice|netAmount))$/;
const weakestFirst: readonly Standing[] = ['contradicted', 'unproven', 'consistent', 'proven'];

/** The weakest standing among them. What one person changed is not proven by the page: another person looks. */
export async function proofStandingOf(transaction: Transaction, { row, values }: LoadedInvoice): Promise<Standing> {
  const isChanged = (await changesByPeople(transaction, row.id)).some(({ field }) => leadsToMoney.test(field));
  const standings = moneyFields.map((name) => values.fields[name].standing);
  const weakest = weakestFirst.find((standing) => standings.includes(standing)) ?? 'unproven';
  return isChanged && weakest === 'proven' ? 'consistent' : weakest;
}
