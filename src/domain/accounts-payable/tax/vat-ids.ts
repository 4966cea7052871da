import { vatDigitsAgree } from '#domain/documents';
import { ratePeriods, taxedLike } from './vat-rate-table.ts';

/** Without blanks, dots and dashes, upper case, without the words that Swiss ids end in: `CHE123456789`. */
export function normalizeVatId(vatId: string): string {
  return vatId
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .replace(/^(CHE\d{9})(?:MWST|TVA|IVA|VAT)$/, '$1');
}

/**
 * The country a VAT id begins with, as the rate table names it (`GR` for `EL`, `GB` for `XI`); null for what is no VAT id: national
 * numbers without a country, ids of countries the table does not know.
 */
export function vatIdCountry(vatId: string | null): string | null {
  if (vatId === null) return null;
  const bare = normalizeVatId(vatId);
  if (/^CHE\d{9}$/.test(bare)) return 'CH';
  const form = /^([A-Z]{2})([A-Z0-9]{2}\d{5,}[A-Z0-9]*|[A-Z]?\d{7,}[A-Z0-9]*)$/.exec(bare);
  const prefix = form?.[1] ?? '';
  const country = taxedLike[prefix] ?? prefix;
  return country in ratePeriods ? country : null;
}

/** Whether its check digits are wrong for certain; ids in forms that carry none are never wrong. */
export function hasWrongDigits(vatId: string): boolean {
  const bare = normalizeVatId(vatId);
  // French keys with letters, British government bodies and health authorities follow other rules.
  if (/^FR(?!\d\d)|^GB(GD|HA)|^XI/.test(bare)) return false;
  return vatIdCountry(bare) !== null && vatDigitsAgree(bare) === false;
}
