import type { FieldName, InvoiceDetail } from '../../src/interfaces/api/contract.ts';

export type LineFieldName = keyof InvoiceDetail['lines'][number];
/** A header field, or `lines.<row>.<column>`. */
export type FieldKey = FieldName | `lines.${string}.${LineFieldName}`;

export const headerFields: readonly FieldName[] = [
  'supplierName',
  'supplierTaxId',
  'invoiceNumber',
  'issueDate',
  'dueDate',
  'poNumber',
  'iban',
  'buyerName',
  'currency',
  'netTotal',
  'taxTotal',
  'grossTotal',
];
export const lineFields: readonly LineFieldName[] = ['description', 'quantity', 'unitPrice', 'netAmount', 'taxRate'];

export const labels: Readonly<Record<FieldName | LineFieldName, string>> = {
  invoiceNumber: 'Invoice number',
  issueDate: 'Issued on',
  dueDate: 'Due on',
  supplierName: 'Supplier',
  supplierTaxId: 'Tax number',
  iban: 'Bank account (IBAN)',
  buyerName: 'Buyer',
  poNumber: 'Purchase order',
  currency: 'Currency',
  netTotal: 'Net total',
  taxTotal: 'Tax',
  grossTotal: 'Total to pay',
  description: 'Description',
  quantity: 'Quantity',
  unitPrice: 'Unit price',
  netAmount: 'Amount',
  taxRate: 'Tax %',
};

/** What may be missing on a good invoice. */
const optional: ReadonlySet<string> = new Set([
  'supplierTaxId',
  'dueDate',
  'poNumber',
  'iban',
  'buyerName',
  'quantity',
  'unitPrice',
  'taxRate',
]);

export function isOptional(key: FieldKey): boolean {
  return optional.has(columnOf(key));
}

/** `lines.2.quantity` is a `quantity`. */
export function columnOf(key: FieldKey): FieldName | LineFieldName {
  return (key.startsWith('lines.') ? key.slice(key.lastIndexOf('.') + 1) : key) as FieldName | LineFieldName;
}

export function isFigure(key: FieldKey): boolean {
  return ['netTotal', 'taxTotal', 'grossTotal', 'quantity', 'unitPrice', 'netAmount', 'taxRate'].includes(columnOf(key));
}

export function sayKey(key: FieldKey): string {
  const label = labels[columnOf(key)];
  return key.startsWith('lines.') ? `${label} of line ${Number(key.split('.')[1]) + 1}` : label;
}
