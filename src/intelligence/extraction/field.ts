import type { Alternative, Evidence, ExtractedField, FieldName, HeaderFields, Origin, Standing } from '#domain/documents';

/** A field for which the document gave nothing. */
export function emptyField(reason: string, alternatives: readonly Alternative[] = []): ExtractedField {
  return { value: null, confidence: 0, standing: 'unproven', origin: null, evidence: null, reason, alternatives };
}

/** A field with a value and its grounds. */
export function filledField(
  value: string,
  grounds: {
    readonly confidence: number;
    readonly standing: Standing;
    readonly origin: Origin;
    readonly evidence: Evidence | null;
    readonly reason: string;
    readonly alternatives?: readonly Alternative[];
  },
): ExtractedField {
  return { value, alternatives: [], ...grounds };
}

/** All header fields, the missing ones empty. */
export function headerFields(known: Partial<Record<FieldName, ExtractedField>>, reason = 'Not found on the document.'): HeaderFields {
  const field = (name: FieldName): ExtractedField => known[name] ?? emptyField(reason);
  return {
    invoiceNumber: field('invoiceNumber'),
    issueDate: field('issueDate'),
    dueDate: field('dueDate'),
    supplierName: field('supplierName'),
    supplierTaxId: field('supplierTaxId'),
    iban: field('iban'),
    buyerName: field('buyerName'),
    poNumber: field('poNumber'),
    currency: field('currency'),
    netTotal: field('netTotal'),
    taxTotal: field('taxTotal'),
    grossTotal: field('grossTotal'),
  };
}
