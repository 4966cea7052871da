import { headerFieldNames } from '#domain/documents';
import type { DocumentType, ExtractedField, Extraction, FieldName, Origin } from '#domain/documents';

/** As the assessment of an invoice: below this a person looks at a value that nothing proves. */
const sure = 0.9;
/** What asks for money; everything else is filed, whatever it says. */
const payable: ReadonlySet<DocumentType> = new Set(['invoice', 'credit_note', 'receipt']);
/** Doubts about these are worth a question; the others are asked along, and many papers rightly lack them. */
const needed: ReadonlySet<FieldName> = new Set(['invoiceNumber', 'issueDate', 'supplierName', 'currency', 'grossTotal']);
const counted: ReadonlySet<FieldName> = new Set(['netTotal', 'taxTotal']);
const settled: ReadonlySet<Origin | null> = new Set<Origin>(['person', 'xml', 'memory']);

/** Fields that a language model may be asked about; none where no doubt is worth a question. Structured data leave none. */
export function fieldsInDoubt({ documentType, fields }: Extraction): FieldName[] {
  if (!payable.has(documentType) || headerFieldNames.some((name) => fields[name].origin === 'xml')) return [];
  const open = headerFieldNames.filter((name) => isOpen(fields[name]));
  return open.some((name) => needed.has(name) || (counted.has(name) && fields[name].value !== null)) ? open : [];
}

/** Whether a model's word may change anything about a value. */
export function isOpen({ value, confidence, standing, origin }: ExtractedField): boolean {
  if (standing === 'proven' || settled.has(origin)) return false;
  return value === null || standing !== 'consistent' || confidence < sure;
}
