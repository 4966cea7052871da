import type { ExtractedField } from '#domain/documents';
import { chooseField, ranked } from './candidate.ts';
import type { Candidate } from './candidate.ts';
import { bareText } from './fold-text.ts';
import { findHeadings, headedNames, unheadedBuyers, unheadedSuppliers } from './propose-parties.ts';
import type { PartyContext, PartyHeading } from './propose-parties.ts';

export interface Parties {
  readonly supplierName: ExtractedField;
  readonly buyerName: ExtractedField;
  readonly headings: readonly PartyHeading[];
}

/** Chooses supplier and buyer together: one name cannot be both. On a purchase order the letterhead is the buyer's. */
export function solveParties(context: PartyContext, isOurOrder: boolean): Parties {
  const headings = findHeadings(context.labels);
  const letterhead = unheadedSuppliers(context, headings);
  const suppliers = ranked([...headedNames(context, headings, 'supplier'), ...(isOurOrder ? [] : letterhead)]);
  const headedBuyers = headedNames(context, headings, 'buyer');
  const buyerNames = new Set(headedBuyers.filter(({ score }) => score > 0.7).map(({ value }) => bareText(value)));
  const supplier = suppliers.find(({ value, score }) => score > 0.9 || !buyerNames.has(bareText(value))) ?? null;
  const buyers = ranked([...headedBuyers, ...(isOurOrder ? letterhead : unheadedBuyers(context, headings, supplier?.value ?? null))]);
  const isOther = (one: Candidate): boolean => supplier === null || bareText(one.value) !== bareText(supplier.value);
  const supplierName = chooseField(
    suppliers.filter((one) => one === supplier || !buyerNames.has(bareText(one.value))),
    { floor: 0.3, none: 'No supplier name stands out on the page.' },
  );
  const buyerName = chooseField(context.isReceipt ? buyers.filter(({ score }) => score > 0.8).filter(isOther) : buyers.filter(isOther), {
    floor: 0.42,
    none: 'No buyer is named.',
  });
  return { supplierName, buyerName, headings };
}
