import { normalizeIban } from '../payments/iban.ts';
import type { GateFinding } from './gate.ts';

/** Countries by the two letters of an ISO code, as people say them. */
const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });

/**
 * An account in another country than the supplier's. A hold, because it only speaks while the account is not verified:
 * one that was verified by a call was verified with this before everyone's eyes.
 */
export function ibanCountryFinding(iban: string | null, supplier: { readonly name: string; readonly country: string }): GateFinding | null {
  const country = normalizeIban(iban ?? '').slice(0, 2);
  if (!/^[A-Z]{2}$/.test(country) || country === supplier.country.toUpperCase()) return null;
  const [there, home] = [nameOf(country), nameOf(supplier.country)];
  return {
    gate: 'iban-country',
    severity: 'hold',
    expected: home,
    found: there,
    message: `The account is in ${there} (${country}), ${supplier.name} in ${home} (${supplier.country}).`,
  };
}

function nameOf(code: string): string {
  return /^[A-Za-z]{2}$/.test(code) ? (countryNames.of(code.toUpperCase()) ?? code) : code;
}
