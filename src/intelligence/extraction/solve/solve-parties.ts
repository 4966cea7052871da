import type { ExtractedField } from '#domain/documents';
import { chooseField, ranked } from '../propose/candidate.ts';
import type { Candidate } from '../propose/candidate.ts';
import { bareText } from '../text/fold-text.ts';
import { findHeadings, headedNames, unheadedBuyers, unheadedSuppliers } from '../propose/propose-parties.ts';
import type { PartyContext, PartyHeading } from '../propose/propose-parties.ts';
import { hasLegalForm } from '../propose/party-names.ts';
import { receiptSuppliers } from '../propose/receipt-supplier.ts';

export interface Parties {
  readonly supplierName: ExtractedField;
  readonly buyerName: ExtractedField;
  readonly headings: readonly PartyHeading[];
}

/** Chooses supplier and buyer together: one name cannot be both. On a purchase order the letterhead is the buyer's. */
export function solveParties(context: PartyContext, isOurOrder: boolean): Parties {
  const headings = findHeadings(context.labels);
  const letterhead = context.isReceipt
    ? receiptSuppliers(context.layout)
    : withLegalName(withWordmark(unheadedSuppliers(context, headings)));
  const headed = headedNames(context, headings, 'supplier');
  // `Sold by` and `Billed by` on a receipt name the person at the till.
  const suppliers = ranked([
    ...(context.isReceipt ? headed.filter(({ value }) => hasLegalForm(value)) : headed),
    ...(isOurOrder ? [] : letterhead),
  ]);
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

/** A brand on top (`VAN DER BERG`) speaks for the legal name that begins with it and stands elsewhere on the page. */
function withWordmark(candidates: readonly Candidate[]): Candidate[] {
  const brands = candidates.filter(
    ({ value, reason }) => !hasLegalForm(value) && bareText(value).length > 3 && /letterhead|sender/.test(reason),
  );
  return candidates.map((candidate) => {
    const name = bareText(candidate.value);
    const brand = hasLegalForm(candidate.value) ? brands.find(({ value }) => name.startsWith(bareText(value))) : undefined;
    if (brand === undefined) return candidate;
    return {
      ...candidate,
      score: Math.min(0.95, Math.max(candidate.score, brand.score) + 0.08),
      reason: `${candidate.reason} The page is headed “${brand.value}”.`,
    };
  });
}

/** Where a brand heads the page and one company alone is named in the footer, that company is who bills. */
function withLegalName(candidates: readonly Candidate[]): Candidate[] {
  const best = candidates.toSorted((a, b) => b.score - a.score)[0];
  const legal = candidates.filter(({ value, reason }) => hasLegalForm(value) && reason.includes('footer'));
  const names = new Set(legal.map(({ value }) => bareText(value)));
  if (best === undefined || hasLegalForm(best.value) || names.size !== 1) return [...candidates];
  return candidates.map((candidate) =>
    legal.includes(candidate) && candidate.score > 0.6
      ? {
          ...candidate,
          score: Math.min(0.97, best.score + 0.05),
          reason: `${candidate.reason} The page is headed by a brand, “${best.value}”.`,
        }
      : candidate,
  );
}
