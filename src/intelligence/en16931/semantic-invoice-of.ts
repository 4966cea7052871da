import type { Element } from '../extraction/e-invoice/xml-tree.ts';
import { fromCii } from './from-cii.ts';
import { fromUbl } from './from-ubl.ts';
import type { SemanticInvoice } from './semantic-invoice.ts';

/** The invoice in the standard's terms, whether or not it claims to follow it; null for other documents. */
export function semanticInvoiceOf(root: string, element: Element): SemanticInvoice | null {
  if (root === 'CrossIndustryInvoice') return fromCii(element);
  return root === 'Invoice' || root === 'CreditNote' ? fromUbl(element) : null;
}
