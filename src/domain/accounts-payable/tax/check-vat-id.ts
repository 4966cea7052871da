import type { MatchException } from '../types.ts';
import { countryName, taxException, type TaxQuestion } from './tax-question.ts';
import { taxCountryOf } from './vat-rates.ts';
import { hasWrongDigits, normalizeVatId, vatIdCountry } from './vat-ids.ts';

/**
 * The supplier's VAT id, offline: its check digits, its country, and whether it is the one on file. Ours: whether the invoice names
 * the right one. Whether an id is in force is for an online check to say.
 */
export function checkVatId(question: TaxQuestion): MatchException[] {
  return [...checkTheirs(question), ...checkOurs(question)];
}

function checkTheirs({ supplier, printedVatId, statement, own }: TaxQuestion): MatchException[] {
  if (printedVatId === null) return [];
  const printed = normalizeVatId(printedVatId);
  const isOurs = own.vatId !== null && printed === normalizeVatId(own.vatId);
  const country = vatIdCountry(printed);
  if (isOurs || country === null) return [];
  const onFile = supplier?.vatId == null ? null : normalizeVatId(supplier.vatId);
  const isOnFile = onFile !== null && [printed, ...(statement?.vatIds ?? []).map(normalizeVatId)].includes(onFile);
  if (hasWrongDigits(printed)) {
    return isOnFile && printed !== onFile ? [] : [wrongDigits(printedVatId)];
  }
  if (supplier === null || isOnFile) return [];
  if (onFile !== null && vatIdCountry(onFile) === country) {
    const message = `The invoice gives VAT id ${printed}, but for ${supplier.name} ${onFile} is on file. Which is right?`;
    return [taxException('vat-id', { expected: onFile, found: printed, message })];
  }
  const home = taxCountryOf(supplier.country);
  if (country === home) return [];
  const message = `The VAT id ${printed} is one of ${countryName(country)}, but ${supplier.name} is on file in ${countryName(home)}. Is it theirs?`;
  return [taxException('vat-id', { expected: `a VAT id of ${countryName(home)}`, found: printed, message })];
}

function wrongDigits(printed: string): MatchException {
  const message = `The check digits of the VAT id ${printed} are wrong, so it can't exist as it is written. Correct it if it was misread, or ask the supplier for the right one.`;
  return taxException('vat-id', { expected: 'right check digits', found: printed, message });
}

function checkOurs({ statement, own }: TaxQuestion): MatchException[] {
  const named = statement?.buyerVatId ?? null;
  if (named === null || own.vatId === null || normalizeVatId(named) === normalizeVatId(own.vatId)) return [];
  const message = `The invoice names ${named} as your VAT id; yours is ${own.vatId}. Tax may be refused on an invoice to somebody else.`;
  return [taxException('vat-id', { expected: own.vatId, found: named, message })];
}
