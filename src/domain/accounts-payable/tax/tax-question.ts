import type { TaxStatement } from '#domain/documents';
import type { ExceptionReason, Invoice, MatchException, Supplier } from '../types.ts';
import { taxCountryOf } from './vat-rates.ts';
import { normalizeVatId, vatIdCountry } from './vat-ids.ts';

/** What the tax checks are told of one invoice. What is null is not known, and nothing is concluded from it. */
export interface TaxQuestion {
  readonly invoice: Invoice;
  /** On file; null while nobody knows whose it is. */
  readonly supplier: Pick<Supplier, 'name' | 'country' | 'vatId'> | null;
  /** The supplier's VAT or tax id as the document gives it. */
  readonly printedVatId: string | null;
  /** Whether its tax, be it nought, was read and is not only what net and total lie apart. */
  readonly isTaxRead: boolean;
  readonly statement: TaxStatement | null;
  /** Sums that do not add up are asked about already. */
  readonly isSumAsked: boolean;
  /** The organization's own country (ISO 3166-1 alpha-2) and VAT id. */
  readonly own: { readonly country: string | null; readonly vatId: string | null };
  /** This supplier's tax of another country was accepted before, or is known to be borne. */
  readonly isForeignTaxExpected: boolean;
}

/**
 * The country whose tax the supplier charges: the one of its printed VAT id, which may be another than where it lives, else that of
 * the supplier on file. Null where neither is known.
 */
export function taxCountry({ supplier, printedVatId, own }: TaxQuestion): string | null {
  // Where ours was read as theirs, it says nothing about them.
  const isOurs = printedVatId !== null && own.vatId !== null && normalizeVatId(printedVatId) === normalizeVatId(own.vatId);
  const registered = isOurs ? null : vatIdCountry(printedVatId);
  return registered ?? (supplier === null ? null : taxCountryOf(supplier.country));
}

export function taxException(
  reason: Extract<ExceptionReason, 'tax-rate' | 'tax-treatment' | 'vat-id'>,
  found: Partial<Pick<MatchException, 'line' | 'expected' | 'found' | 'difference'>> & Pick<MatchException, 'message'>,
): MatchException {
  return { reason, line: null, expected: null, found: null, difference: null, ...found };
}

const regions = new Intl.DisplayNames('en', { type: 'region' });

/** `Germany`; what is no country's code stays as it is. */
export function countryName(code: string): string {
  const known = regions.of(code === 'EL' ? 'GR' : code) ?? code;
  return /^(Netherlands|United|Czech Republic)/.test(known) ? `the ${known}` : known;
}
