import type { Supplier, TaxQuestion } from '#domain/accounts-payable';
import type { Transaction } from '#platform';
import type { LoadedInvoice } from './invoices.ts';

/** What the office knows for the tax checks of one invoice, besides the invoice itself. */
export type TaxFacts = Pick<TaxQuestion, 'own' | 'isForeignTaxExpected'>;

/** The organization's country and VAT id, and whether this supplier's tax of another country is nothing new. */
export async function loadTaxFacts(transaction: Transaction, { row }: LoadedInvoice, supplier: Supplier | null): Promise<TaxFacts> {
  const { country, vat_id: vatId } = await transaction.selectFrom('organizations').select(['country', 'vat_id']).executeTakeFirstOrThrow();
  const isForeignTaxExpected =
    supplier !== null &&
    country !== null &&
    (supplier.chargesForeignTax === true || (await wasTaxAccepted(transaction, row.id, supplier.id)));
  return { own: { country, vatId }, isForeignTaxExpected };
}

/** Whether a person has agreed to pay tax to this supplier before: it is not asked again and again. */
async function wasTaxAccepted(transaction: Transaction, invoiceId: string, supplierId: string): Promise<boolean> {
  const settled = await transaction
    .selectFrom('invoices')
    .innerJoin('tasks', 'tasks.invoice_id', 'invoices.id')
    .select('invoices.id')
    .where('invoices.supplier_id', '=', supplierId)
    .where('invoices.id', '<>', invoiceId)
    .where('invoices.tax', '>', '0')
    .where('invoices.status', 'in', ['approved', 'scheduled', 'paid'])
    .where('tasks.reason', '=', 'tax-treatment')
    .where('tasks.decision', '=', 'accept')
    .limit(1)
    .executeTakeFirst();
  return settled !== undefined;
}

/** What the tax checks are asked about an invoice as it stands after corrections. */
export function taxQuestionOf(
  { row, extraction, values }: LoadedInvoice,
  facts: TaxFacts,
  known: Pick<TaxQuestion, 'invoice' | 'supplier' | 'isSumAsked'>,
): TaxQuestion {
  const isWithoutTax = row.net !== null && row.gross !== null && Number(row.net) === Number(row.gross);
  return {
    ...facts,
    ...known,
    printedVatId: values.fields.supplierTaxId.value,
    isTaxRead: row.tax !== null || isWithoutTax,
    statement: extraction?.tax ?? null,
  };
}
