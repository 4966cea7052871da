import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributePair } from '@temporalio/common';
import type { RunLabels } from '../labels.ts';
import { attributes } from './wire.ts';

const organization = defineSearchAttributeKey(attributes.organization, SearchAttributeType.KEYWORD);
const invoice = defineSearchAttributeKey(attributes.invoice, SearchAttributeType.KEYWORD);
const supplier = defineSearchAttributeKey(attributes.supplier, SearchAttributeType.KEYWORD);

/** What a run is found by. */
export function searchAttributesOf({ organizationId, invoiceId, supplierId }: RunLabels): SearchAttributePair[] {
  return [
    ...(organizationId === null ? [] : [{ key: organization, value: organizationId }]),
    ...(invoiceId === null ? [] : [{ key: invoice, value: invoiceId }]),
    ...(supplierId === null ? [] : [{ key: supplier, value: supplierId }]),
  ];
}
