import { findLookAlike } from '../fraud/look-alike-sender.ts';
import { isPublicMailDomain } from '../fraud/public-mail-domains.ts';
import { normalizeIban } from '../payments/iban.ts';
import { supplierNameSimilarity } from './supplier-names.ts';
import { foldIdentifier } from '../matching/text-similarity.ts';
import type { MatchException, Supplier } from '../types.ts';
import { quoted } from '../wording.ts';

/** What a document and its mail say about who sent it. */
export interface SupplierClues {
  readonly name: string | null;
  readonly vatId: string | null;
  readonly iban: string | null;
  /** Part after the @ of an authenticated sender; null for uploads. */
  readonly senderDomain: string | null;
}

export interface SupplierCandidate {
  readonly supplierId: string;
  readonly name: string;
  /** 0–1, for ranking. */
  readonly score: number;
  readonly reason: string;
}

/** Who it is, or null; a supplier is never made up. `confidence` ranks the grounds, it is not a measured probability. */
export interface SupplierRecognition {
  readonly supplierId: string | null;
  readonly confidence: number;
  /** One plain sentence. */
  readonly reason: string;
  /** At most five, best first: what a person may pick from. */
  readonly candidates: readonly SupplierCandidate[];
}

/** A name this alike is the same name misread. */
const SAME_NAME = 0.9;
/** With the supplier's own mail domain, a name may be abbreviated. */
const SAME_NAME_WITH_DOMAIN = 0.6;
/** Below this the names have nothing in common. */
const OTHER_NAME = 0.3;
/** A second name this close to the first makes the first unsure. */
const NAME_MARGIN = 0.08;
const MAX_CANDIDATES = 5;

/** What each clue says about one supplier. */
interface Grounds {
  readonly supplier: Supplier;
  readonly vat: 'same' | 'look-alike' | 'other' | 'unknown';
  readonly hasIban: boolean;
  readonly hasDomain: boolean;
  readonly name: number;
}

/**
 * Recognises the supplier: by VAT id, then by verified bank account, then by name together with the mail domain, then
 * by an unmistakable name alone. Clues that contradict each other give no supplier, with the reason.
 */
export function recogniseSupplier(clues: SupplierClues, suppliers: readonly Supplier[]): SupplierRecognition {
  const grounds = suppliers.map((supplier) => groundsOf(clues, supplier));
  const candidates = rank(grounds);
  const look = findLookAlike(
    clues.senderDomain,
    suppliers.flatMap(({ name, emailDomains }) => emailDomains.map((domain) => ({ domain, supplierName: name }))),
  );
  // Firms often own their name under several endings.
  if (look !== null && look.how !== 'other-ending')
    return nobody(`The mail came from ${clues.senderDomain}, which only resembles ${look.domain} of ${look.supplierName}.`, candidates);
  const byVat = grounds.filter((entry) => entry.vat === 'same');
  const byIban = grounds.filter((entry) => entry.hasIban);
  if (byVat.length > 0) return decideByVat(clues, byVat, byIban, grounds, candidates);
  if (byIban.length > 0) return decideByIban(clues, byIban, grounds, candidates);
  return decideByName(clues, grounds, candidates);
}

/** The exception for the office manager, or null when the supplier is recognised. */
export function recognitionException(recognition: SupplierRecognition, clues: SupplierClues): MatchException | null {
  if (recognition.supplierId !== null) return null;
  const likely = recognition.candidates.map((candidate) => candidate.name).slice(0, 3);
  return {
    reason: 'unknown-supplier',
    line: null,
    expected: likely.length === 0 ? null : likely.join(' or '),
    found: clues.name,
    difference: null,
    message: recognition.reason,
  };
}

function decideByVat(
  clues: SupplierClues,
  byVat: readonly Grounds[],
  byIban: readonly Grounds[],
  all: readonly Grounds[],
  candidates: readonly SupplierCandidate[],
): SupplierRecognition {
  const agreed = byIban.length === 0 ? byVat : byVat.filter((entry) => entry.hasIban);
  const [vatOwner, ibanOwner] = [byVat[0]?.supplier.name ?? '', byIban[0]?.supplier.name ?? ''];
  if (agreed.length === 0)
    return nobody(`The VAT id is that of ${vatOwner}, the bank account that of ${ibanOwner}: they contradict each other.`, candidates);
  const [best] = clearest(agreed);
  if (best === undefined)
    return nobody(`${agreed.length} suppliers share the VAT id ${clues.vatId}, and the name does not tell which one it is.`, candidates);
  const other = namesake(all, best);
  if (other !== null)
    return nobody(`The VAT id is that of ${best.supplier.name}, but the name is that of ${other.supplier.name}.`, candidates);
  if (best.hasIban) return found(best, 0.99, `VAT id and bank account are those of ${best.supplier.name}.`, candidates);
  if (clues.name !== null && best.name < OTHER_NAME) {
    return found(
      best,
      0.85,
      `The VAT id is that of ${best.supplier.name}, though the invoice calls itself ${quoted(clues.name)}.`,
      candidates,
    );
  }
  return found(best, 0.97, `The VAT id is that of ${best.supplier.name}.`, candidates);
}

function decideByIban(
  clues: SupplierClues,
  byIban: readonly Grounds[],
  all: readonly Grounds[],
  candidates: readonly SupplierCandidate[],
): SupplierRecognition {
  const [best] = clearest(byIban);
  if (best === undefined)
    return nobody('Several suppliers share the bank account, and the name does not tell which one it is.', candidates);
  const owner = best.supplier.name;
  if (best.vat === 'other') return nobody(`The bank account is that of ${owner}, but the VAT id ${clues.vatId} is not.`, candidates);
  const other = namesake(all, best);
  if (other !== null) return nobody(`The bank account is that of ${owner}, but the name is that of ${other.supplier.name}.`, candidates);
  if (clues.name !== null && best.name < OTHER_NAME) {
    return nobody(`The bank account is that of ${owner}, but the invoice comes from ${quoted(clues.name)}.`, candidates);
  }
  return found(best, 0.95, `The bank account is the verified one of ${owner}.`, candidates);
}

function decideByName(clues: SupplierClues, all: readonly Grounds[], candidates: readonly SupplierCandidate[]): SupplierRecognition {
  const named = all.filter((entry) => entry.name >= (entry.hasDomain ? SAME_NAME_WITH_DOMAIN : SAME_NAME));
  const withDomain = named.filter((entry) => entry.hasDomain);
  const [best] = clearest(withDomain.length > 0 ? withDomain : named);
  const called = clues.name === null ? 'an invoice without a supplier name' : quoted(clues.name);
  if (best === undefined) {
    return nobody(
      named.length > 1
        ? `${named.length} suppliers have a name like ${called}: which one is it?`
        : `No supplier on file matches ${called}.`,
      candidates,
    );
  }
  const owner = best.supplier.name;
  if (best.vat === 'other')
    return nobody(`The name is like ${owner}, but the VAT id ${clues.vatId} is not the one on file (${best.supplier.vatId}).`, candidates);
  if (best.vat === 'look-alike')
    return found(best, 0.93, `Name and, but for a misread character, VAT id are those of ${owner}.`, candidates);
  if (best.hasDomain) return found(best, 0.9, `Mail domain and name are those of ${owner}.`, candidates);
  if (best.name === 1) return found(best, 0.85, `The name is that of ${owner}.`, candidates);
  return found(best, 0.75, `The name is, but for a few characters, that of ${owner}.`, candidates);
}

function groundsOf(clues: SupplierClues, supplier: Supplier): Grounds {
  const names = [supplier.name, ...supplier.aliases];
  const domain = clues.senderDomain?.toLowerCase() ?? '';
  const iban = clues.iban === null ? '' : normalizeIban(clues.iban);
  return {
    supplier,
    vat: compareVat(clues.vatId, supplier),
    // Only a verified account says who it is: a proposed one came from a document like this.
    hasIban: iban !== '' && supplier.bankAccounts.some((account) => account.status === 'verified' && normalizeIban(account.iban) === iban),
    hasDomain: supplier.emailDomains.some((own) => !isPublicMailDomain(own) && isWithinDomain(domain, own.toLowerCase())),
    name: clues.name === null ? 0 : Math.max(...names.map((name) => supplierNameSimilarity(name, clues.name ?? ''))),
  };
}

function compareVat(printed: string | null, supplier: Supplier): Grounds['vat'] {
  const [left, right] = [bareVatId(printed), bareVatId(supplier.vatId)];
  if (left === '' || right === '') return 'unknown';
  if (left === right || `${supplier.country}${left}` === right) return 'same';
  return foldIdentifier(left) === foldIdentifier(right) ? 'look-alike' : 'other';
}

/** Swiss firms print `CHE-107.449.181 MWST`: the suffix says that they charge VAT and is not part of the number. */
function bareVatId(vatId: string | null): string {
  const bare = (vatId ?? '').toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return bare.replace(/^(CHE\d{9})(?:MWST|TVA|IVA|VAT)$/, '$1');
}

function isWithinDomain(domain: string, own: string): boolean {
  return domain === own || domain.endsWith(`.${own}`);
}

/** The one whose name is clearly nearest; nobody when two are about as near. One alone needs no name. */
function clearest(entries: readonly Grounds[]): readonly Grounds[] {
  const [first, second] = entries.toSorted((left, right) => right.name - left.name);
  if (first === undefined) return [];
  return second === undefined || first.name - second.name >= NAME_MARGIN ? [first] : [];
}

/** Another supplier that bears exactly the printed name while the recognised one does not. */
function namesake(all: readonly Grounds[], best: Grounds): Grounds | null {
  if (best.name >= SAME_NAME) return null;
  return all.find((entry) => entry !== best && entry.name === 1) ?? null;
}

function rank(grounds: readonly Grounds[]): SupplierCandidate[] {
  return grounds
    .map((entry) => ({ supplierId: entry.supplier.id, name: entry.supplier.name, score: scoreOf(entry), reason: describeGrounds(entry) }))
    .filter((candidate) => candidate.score >= 0.3)
    .toSorted((left, right) => right.score - left.score || left.name.localeCompare(right.name, 'en'))
    .slice(0, MAX_CANDIDATES);
}

function scoreOf(entry: Grounds): number {
  const identifiers =
    (entry.vat === 'same' ? 0.5 : entry.vat === 'look-alike' ? 0.3 : 0) + (entry.hasIban ? 0.3 : 0) + (entry.hasDomain ? 0.2 : 0);
  return Math.min(1, Math.round((identifiers + 0.6 * entry.name) * 100) / 100);
}

function describeGrounds(entry: Grounds): string {
  const grounds = [
    entry.vat === 'same' ? 'same VAT id' : entry.vat === 'look-alike' ? 'nearly the same VAT id' : null,
    entry.hasIban ? 'same bank account' : null,
    entry.hasDomain ? 'same mail domain' : null,
    entry.name === 1 ? 'same name' : entry.name >= 0.3 ? `name ${Math.round(entry.name * 100)} % alike` : null,
  ];
  return grounds.filter((ground) => ground !== null).join(', ');
}

function found(entry: Grounds, confidence: number, reason: string, candidates: readonly SupplierCandidate[]): SupplierRecognition {
  return { supplierId: entry.supplier.id, confidence, reason, candidates };
}

function nobody(reason: string, candidates: readonly SupplierCandidate[]): SupplierRecognition {
  return { supplierId: null, confidence: 0, reason, candidates };
}
