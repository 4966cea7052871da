import type { Word } from '#domain/documents';
import type { Candidate } from './candidate.ts';
import { foldText } from '../text/fold-text.ts';
import { evidenceFor } from '../layout.ts';
import type { Layout, Row } from '../layout.ts';
import { coreOfName, firstName, hasLegalForm, isAddressLine, isContactLine, isNameLike } from './party-names.ts';
import { isAlmost, shopDomainsOn } from './web-names.ts';

/** Rows from the top within which a receipt says whose it is. */
const headRows = 12;

/**
 * Who issued a receipt: the registered company where one is named, else what is written over the address. A head is the rows above
 * the first article; its rows are told apart by what they are: names, registration, address, titles, noise of a logo.
 */
export function receiptSuppliers(layout: Layout): Candidate[] {
  const head = layout.rows.filter(({ page }) => page === 1).slice(0, headRows);
  const size = typicalHeight(layout);
  const facts = head.map((row, index): HeadRow => headRow(row, index, size));
  const end = facts.findIndex(({ isEnd }) => isEnd);
  const rows = end < 0 ? facts : facts.slice(0, end);
  const firstPlace = rows.findIndex(({ kind }) => kind === 'address' || kind === 'registration');
  const domains = shopDomainsOn(layout);
  const named = rows.flatMap((row, index) => (row.kind === 'name' ? [candidateAt(rows, index, firstPlace)] : []));
  const isBranded = !named.some(({ value }) => hasLegalForm(value));
  return [...(isBranded ? named.map((candidate) => asOnTheWeb(candidate, domains)) : named), ...ownersBelow(layout)];
}

/** Where no company is named: what the receipt's own web address spells is the shop's name, and a logo misread by one letter is put right by it. */
function asOnTheWeb(candidate: Candidate, domains: readonly string[]): Candidate {
  const core = coreOfName(candidate.value);
  if (core.length < 4) return candidate;
  const isSame = domains.includes(core);
  const meant = isSame ? undefined : domains.find((domain) => isAlmost(core, domain));
  if (!isSame && meant === undefined) return candidate;
  const value = meant === undefined ? candidate.value : candidate.value === candidate.value.toUpperCase() ? meant.toUpperCase() : meant;
  return {
    ...candidate,
    value,
    score: isSame ? Math.max(0.85, candidate.score) : Math.min(0.85, candidate.score + 0.25),
    reason: `${candidate.reason} The receipt's web address has this name.`,
  };
}

/** A chain's shop names at its foot who owns it: `Owned by` with the company beside it or in the row below. */
function ownersBelow({ rows }: Layout): Candidate[] {
  return rows.slice(headRows).flatMap((row, index) => {
    if (!announced.test(row.text)) return [];
    const beside = row.text.replace(announced, '').trim();
    const named = beside === '' ? rows[headRows + index + 1] : row;
    if (named === undefined || named.page !== row.page) return [];
    const name = repaired(nameOf(beside === '' ? named.text : beside));
    if (!hasLegalForm(name)) return [];
    return [
      {
        value: name,
        score: 0.9,
        evidence: evidenceFor(named.page, named.words),
        reason: 'The company that the receipt says owns the shop.',
      },
    ];
  });
}

type Kind = 'name' | 'address' | 'registration' | 'title' | 'noise';

interface HeadRow {
  readonly row: Row;
  readonly index: number;
  readonly kind: Kind;
  /** As a name: without what announces it, and without what follows it. */
  readonly name: string;
  readonly isLegal: boolean;
  /** A register or tax number stands in the row itself. */
  readonly isRegistered: boolean;
  /** How tall the letters are, of the usual. */
  readonly relativeHeight: number;
  readonly isAnnounced: boolean;
  /** Here articles or the facts of the sale begin. */
  readonly isEnd: boolean;
}

/** `(961394-X)`, `965857-A`, `002043319-W`, `201901012345 (1321674-P)`: register numbers of companies, alone or after the name. */
const registerNumber = /[([]?\b[a-z]{0,2}\d{5,9}\s?[-·]\s?[a-z0-9]{1,2}\b[)\]]?|\(\s?\d{5,12}\s?\)/;
const registration =
  /^(?:co(?:mpany)?\.?\s?(?:reg(?:istration)?|no)|reg(?:istration)?\.?\s?n|roc|gst|sst|vat|tin|tax\s?id|ust|abn|acn|cnpj|nif|cif|siret|steuer|kvk|p\.?\s?iva|uid|gstin|brn|business no|co\.?\s?no)/;
const announced =
  /^(?:own(?:ed)? by|operated by|managed by|dimiliki(?: oleh)?|issued by|inhaber|betreiber|firma|exploité par|gestito da)\s?[:.]?\s*/i;
const titles =
  /^\W*(?:tax ?inv\w*|simplified|invoice|receipt|official receipt|cash (?:sale|receipt|bill)s?|duplicate|copy|original|reprint|customer|merchant|guest|your (?:guest|order|server)|order|table|check|bill|ticket|quittung|kassenbon|beleg|rechnung|facture|factura|ricevuta|scontrino|kvittering|welcome(?: to(?: the)?)?\s*\S*$|willkommen|thank|thanks|tq\b|bienvenue|sale|debit|credit|carry ?out|dine|take ?away|eat ?in|walk|date|time|gst|page|no\b|shop online|visit|follow|like us|free|buy one|open|since\b)/;
const facts =
  /^\W*(?:qty|item|description|artikel|menge|cashier|server|date|datum|fecha|time|inv(?:oice)?\.? ?(?:no|#|n)|bill no|receipt ?(?:no|#)|trans|pos\b|terminal|till|kasse|counter|salesperson|staff|served)|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}:\d{2}|\d[.,]\d{2}\s*\w?$/;

function headRow(row: Row, index: number, usual: number): HeadRow {
  const isAnnounced = announced.test(row.text);
  const name = repaired(nameOf(row.text.replace(announced, '')));
  const folded = foldText(row.text)
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .trim();
  const isLegal = hasLegalForm(name);
  const isRegistered = registerNumber.test(folded);
  return {
    row,
    index,
    kind: kindOf(row, folded, name, isLegal, index === 0),
    name,
    isLegal,
    isRegistered,
    relativeHeight: row.height / Math.max(1, usual),
    isAnnounced,
    isEnd: index > 0 && !isLegal && facts.test(folded),
  };
}

function kindOf(row: Row, folded: string, name: string, isLegal: boolean, isFirst: boolean): Kind {
  const letters = name.replaceAll(/[^\p{L}]/gu, '').length;
  if (registration.test(folded) || (registerNumber.test(folded) && letters < 4)) return 'registration';
  // `Cashier: Anna`, `Store Manager : George`: what a colon announces is told by its label.
  if (!isLegal && (titles.test(folded) || /\p{L}\s?:/u.test(name))) return 'title';
  if (isContactLine(row.text)) return 'registration';
  if (!isLegal && (isAddressLine(row.text) || looksLikePlace(folded) || (!isFirst && hasHouseNumber(folded)))) return 'address';
  const isRead = row.words.reduce((sum, word) => sum + word.confidence, 0) / row.words.length > 0.55;
  if (letters < 3 || !isRead || !isNameLike(name) || /[\u3000-\u9fff]/.test(name)) return 'noise';
  return 'name';
}

/** Streets and towns that begin with a number or a unit: `No. 12, Jalan`, `Lot 1F-01&02`, `#01-23`, `27, Dedap 13`. */
function looksLikePlace(folded: string): boolean {
  return /^\W*(?:(?:no|lot|unit|level|ground|block|blk|shop|store|batu|jalan|jln|kg|taman|bandar|seksyen|plaza|near|opp)\b[.,: ]*\S*\d|\d+[a-z]?[\s,.-]+(?:&\s?\d+[\s,]*)?\p{L}+.*(?:,|\d)|#\s?\w*\d|(?:jalan|jln|taman|bandar|seksyen|kampung|opp\.|near)\b|\d{4,6} \p{L})|^(?:[a-z]+\.? ){0,2}[a-z]+, ?(?:[a-z]{2}\.?|[a-z]{4,})$|,\s*(?:[a-z]{2}|[a-z]{4,}) \d{4,6}|^(?:jl|jln)\.|\b\d{5}\b.*,/u.test(
    folded,
  );
}

/** `264 Adams St`, `Max Euweplein 59-61`: below the first row a number at either end is a house's. */
function hasHouseNumber(folded: string): boolean {
  return /^\d+(?:[/-]\d+)?[a-z]? \p{L}{2,}|\p{L}{4,}\.? \d+(?:-\d+)?[a-z]?$/u.test(folded);
}

/** The name alone: cut after its legal form, a register number or a branch in brackets. */
function nameOf(text: string): string {
  const cut = text
    .replace(/\s*\((?:co|company|reg|roc|gst|registration)\b.*$/i, '')
    .replace(/(?<=\p{L}{3}.*)\s+(?:tax ?invoice|receipt|invoice)\b.*$/iu, '')
    .replace(/\s*[([]?\b[A-Za-z]{0,2}\d{5,9}\s?[-·]\s?[A-Za-z0-9]{1,2}\b.*$|\s*\(\s?\d{5,12}\s?\).*$/, '');
  return firstName(cut.replace(/^welcome to\s+(?!the\s)/i, ''))
    .replace(/((?:\bs[dbo0]n\.?\s?[b38]hd|\bpte\.? ltd|\bpvt\.? ltd|\bgmbh|\bllc|\binc)\b\.?)(?:\s*[\dA-Z.-]{1,5})$/i, '$1')
    .replace(/^[^\p{L}\p{N}(]+|[\s,;:*("'-]+$/gu, '')
    .trim();
}

/** Misread letters inside a word, and the words of a legal form, which are known. */
function repaired(name: string): string {
  return name
    .replaceAll(/\bS[DB0O]N(\.?\s?)[B38][HN]D(?:\b|[I1l|\]]$)/g, 'SDN$1BHD')
    .replaceAll(/(?<=[A-Z]{2})0(?=[A-Z])|(?<=[A-Z]-)0(?=\s|$)/g, 'O')
    .replaceAll(/(?<=\b|[A-Z])1(?=[A-Z]{3})/g, 'I')
    .replaceAll(/(?<=[a-z])[1\]|](?=[a-z])/g, 'l')
    .replaceAll(/(?<=[a-z]{2})I(?=[a-z])/g, 'l');
}

function candidateAt(rows: readonly HeadRow[], index: number, firstPlace: number): Candidate {
  const own = rows[index] as HeadRow;
  const next = rows[index + 1];
  const joined = next !== undefined && goesOn(own, next, rows[index + 2]) ? [own, next] : [own];
  const isLegal = joined.some((one) => one.isLegal);
  const isRegistered = own.isRegistered || rows[index + joined.length]?.kind === 'registration';
  // `Retail SB (306295-X)`: a company with its register number is one wherever in the head it stands.
  const isCompany = /[([]\d{5,9}-[A-Z][)\]]/.test(own.row.text);
  const isAbovePlace = index + joined.length === firstPlace;
  const earlier = rows.slice(0, index).filter(({ kind }) => kind === 'name').length;
  let score = 0.6 - 0.06 * earlier;
  if (isLegal) score += 0.22;
  if (own.isAnnounced) score += 0.2;
  if (isRegistered && (firstPlace >= index || isCompany)) score += 0.12;
  if (isAbovePlace) score += 0.04;
  // In brackets stands what explains the row above: `(Branch 12)`.
  if (own.row.text.startsWith('(')) score -= 0.2;
  if (isOnlyLegal(own)) score -= 0.4;
  if (own.relativeHeight > 1.3 && own.relativeHeight < 2.6) score += 0.05;
  // A logo is read as letters of another kind: tall and odd, or alone in lower case.
  if (own.relativeHeight > 2 && isOdd(own.name)) score -= 0.25;
  if (own.name === own.name.toLowerCase() && rows.some(({ kind, name }) => kind === 'name' && name !== name.toLowerCase())) score -= 0.2;
  if (firstPlace >= 0 && index > firstPlace && !isLegal && !isCompany) score -= 0.25;
  if (wordsOf(own.name).length > 6 && !isLegal) score -= 0.25;
  const words: Word[] = joined.flatMap(({ row }) => row.words);
  return {
    value: joined.map(({ name }) => name).join(' '),
    score: Math.max(0.05, Math.min(0.95, score)),
    evidence: evidenceFor(1, words),
    reason: isLegal ? 'The company named at the head of the receipt.' : 'Heads the receipt.',
  };
}

/** Capitals after small letters, digits in a word, signs that no name has. */
function isOdd(name: string): boolean {
  return /\p{Ll}\p{Lu}|\p{L}\d|[^\p{L}\p{N}\s&'’.,()/-]/u.test(name);
}

/** Whether a name goes on in the row below: it ends open, or the row is the rest of it and nothing else. */
function goesOn(own: HeadRow, next: HeadRow, after: HeadRow | undefined): boolean {
  if (own.isLegal || next.kind !== 'name' || next.isAnnounced || own.isRegistered) return false;
  const gap = next.row.box[1] - own.row.box[3];
  if (gap > 1.2 * Math.max(own.row.height, next.row.height)) return false;
  if (isOnlyLegal(next)) return true;
  if (/[&-]$|\b(?:and|und|of|the|et|y|e|de|van)$/i.test(own.row.text.trim())) return true;
  if (restOfName.test(foldText(next.name))) return true;
  const count = wordsOf(next.name).length;
  // The legal form of the row below belongs to the name above, when hardly anything else stands there.
  if (next.isLegal) return count <= 3 && sameStyle(own, next);
  return (
    sameStyle(own, next) && wordsOf(own.name).length <= 2 && count <= 2 && (after?.kind === 'address' || after?.kind === 'registration')
  );
}

/** `Co. (M) Sdn Bhd`: the legal form of the name above, by itself no name. */
function isOnlyLegal({ isLegal, name }: HeadRow): boolean {
  return isLegal && coreOfName(name).length < 3;
}

/** A row that only says what kind of business it is. */
const restOfName =
  /^(?:(?!the )\p{L}+ )?(?:restaurants?|restoran|ristorante|restaurante|cafe|caffe|coffee|bar|bar & grill|grill|bistro|tavern|pub|bakery|pizzeria|kitchen|house|hotel|resort|market|supermarket|store|stores|shop|electrical|hardware|trading|enterprise|pharmacy|apotheke|pharmacie|farmacia|station|service station|salon|spa|deli|diner|eatery|steakhouse|brewery|(?:restaurant|cafe|grill) (?:&|and) \p{L}+|car ?wash.*)$/u;

function sameStyle(a: HeadRow, b: HeadRow): boolean {
  const ratio = a.row.height / Math.max(1, b.row.height);
  const isUpper = (text: string): boolean => text === text.toUpperCase();
  return ratio > 0.65 && ratio < 1.55 && isUpper(a.name) === isUpper(b.name);
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => /\p{L}/u.test(word));
}

function typicalHeight({ rows }: Layout): number {
  const sorted = rows.map(({ height }) => height).toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 1;
}
