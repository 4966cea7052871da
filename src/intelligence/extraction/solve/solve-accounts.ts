import type { Box, Equation, ExtractedField, ReadingProblem } from '#domain/documents';
import { chooseField } from '../propose/candidate.ts';
import { bareText } from '../text/fold-text.ts';
import type { Labels } from '../propose/labels.ts';
import { horizontalOverlap } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { proposeIbans, proposeTaxIds } from '../propose/propose-accounts.ts';
import type { CheckedCandidate } from '../propose/propose-accounts.ts';
import { sideAt } from '../propose/propose-parties.ts';
import type { Parties } from './solve-parties.ts';

export interface Accounts {
  readonly supplierTaxId: ExtractedField;
  readonly iban: ExtractedField;
  readonly equations: readonly Equation[];
  readonly problems: readonly ReadingProblem[];
}

/** The supplier's account and tax identifier; the buyer's own, which invoices also print, are told apart by their place and label. */
export function solveAccounts(layout: Layout, labels: Labels, parties: Parties): Accounts {
  const ibans = proposeIbans(layout, labels);
  const taxIds = withoutBuyers(proposeTaxIds(layout, labels).map((candidate) => sided(candidate, layout, parties)));
  const iban = withStanding(chooseField(ibans, { floor: 0.4, none: 'No IBAN is printed.' }), ibans);
  const supplierTaxId = withStanding(chooseField(taxIds, { floor: 0.3, none: 'No tax identifier of the supplier is printed.' }), taxIds);
  return {
    supplierTaxId,
    iban,
    equations: [...equationFor('iban', iban), ...equationFor('supplierTaxId', supplierTaxId)],
    problems: problemsFor(iban),
  };
}

/** An identifier that stands once with the buyer is the buyer's wherever it stands. */
function withoutBuyers(candidates: readonly CheckedCandidate[]): CheckedCandidate[] {
  const buyers = new Set(candidates.filter(({ score }) => score < 0.16).map(({ value }) => bareText(value)));
  return candidates.map((candidate) =>
    buyers.has(bareText(candidate.value)) ? { ...candidate, score: Math.min(candidate.score, 0.15) } : candidate,
  );
}

const buyersWords = /(?:your|ihre|ihr|votre|vos|uw|su|vostr[ao]|customer|client|kunden?|buyer|klant|cliente|sua|nabywcy)\b[^:]{0,12}$/;

function sided(candidate: CheckedCandidate, layout: Layout, parties: Parties): CheckedCandidate {
  const page = layout.pages[candidate.row.page - 1];
  const box = candidate.evidence?.box;
  if (page === undefined || box === undefined) return candidate;
  const lead = candidate.row.folded.slice(0, candidate.start).replace(/[\s:.#-]+$/, '');
  const own = lead.slice(Math.max(0, lead.length - 42));
  const cell = candidate.row.cells.findLast((one) => one.start <= candidate.start);
  const above = cell?.start === candidate.start ? textAbove(layout, candidate.row, box) : '';
  if (above !== '' && isBuyersLabel(above)) return { ...candidate, score: candidate.score * 0.12 };
  const label = cell === undefined ? own : `${candidate.row.cells[candidate.row.cells.indexOf(cell) - 1]?.text.toLowerCase() ?? ''} ${own}`;
  if (
    /\b(?:seller|supplier|vendor|our|unsere|verkaufer|lieferant|notre|vendeur|fournisseur|emetteur|proveedor|fornitore|leverancier)[^:]{0,14}(?:vat|ust|tva|btw|tax|nif|cif|iva)/.test(
      label,
    )
  )
    return { ...candidate, score: Math.min(0.98, candidate.score * 1.08) };
  if (isBuyersLabel(label)) return { ...candidate, score: candidate.score * 0.12 };
  const side = sideAt(parties.headings, candidate.row, cell?.box ?? box, page.height);
  const depth = candidate.row.box[1] / page.height;
  if (side === 'buyer' || side === 'shipTo') return { ...candidate, score: candidate.score * (depth > 0.75 ? 0.8 : 0.15) };
  const isFramed = side === 'supplier' || depth > 0.78 || depth < 0.12;
  return { ...candidate, score: Math.min(0.98, candidate.score * (isFramed ? 1.05 : 0.9)) };
}

/** What heads an identifier that stands alone in its cell, in the row right above. */
function textAbove(layout: Layout, row: CheckedCandidate['row'], box: Box): string {
  const upper = layout.rows[row.index - 1];
  if (upper === undefined || upper.page !== row.page || box[1] - upper.box[3] > 1.5 * row.height) return '';
  const cell = upper.cells.find((one) => horizontalOverlap(one.box, box) > 0.3);
  return cell === undefined ? '' : upper.folded.slice(cell.start, cell.start + cell.text.length).replace(/[\s:.#-]+$/, '');
}

function isBuyersLabel(label: string): boolean {
  const words = label
    .replaceAll(/(?:vat|tax|ust|tva|btw|iva|nif|cif|umsatzsteuer)[a-z .-]*(?:nr|no|n|id|nummer|number|identnr|idnr)?\.?/g, '')
    .trim();
  return (
    /(?:vat|tax|ust|tva|btw|iva|nif|cif|nip|id)[a-z\s.:-]{0,16}(?:du |del |van de |van )?(?:client|customer|klant|cliente|kunden?|buyer|acheteur|nabywcy|comprador|adquirente|cessionario|afnemer|kaufer)\b/.test(
      label,
    ) ||
    buyersWords.test(words) ||
    /(?:tva|vat|btw|iva) (?:client|customer|klant|cliente)|(?:your|ihre|votre|customer|client|uw|buyer|kaufer)[^:]{0,10}(?:vat|ust|tva|btw|tax|umsatz|gst)/.test(
      label,
    )
  );
}

function withStanding(field: ExtractedField, candidates: readonly CheckedCandidate[]): ExtractedField {
  const chosen = candidates.find((candidate) => candidate.value === field.value);
  if (chosen === undefined) return field;
  // Check digits prove the number, not whose it is: a doubtful place keeps it from being proven.
  if (chosen.isProven) return { ...field, standing: field.confidence >= 0.75 ? 'proven' : 'consistent' };
  return {
    ...field,
    standing: /wrong|do not agree/.test(chosen.reason) ? 'contradicted' : field.standing === 'proven' ? 'consistent' : field.standing,
  };
}

function equationFor(name: 'iban' | 'supplierTaxId', field: ExtractedField): Equation[] {
  if (field.value === null || (field.standing !== 'proven' && field.standing !== 'contradicted')) return [];
  return [
    {
      rule: 'check-digits',
      text: `check digits of ${field.value}`,
      holds: field.standing === 'proven',
      fields: [name],
      wordIds: field.evidence?.wordIds ?? [],
    },
  ];
}

function problemsFor(iban: ExtractedField): ReadingProblem[] {
  if (iban.standing !== 'contradicted') return [];
  return [
    {
      code: 'iban-check-digits',
      severity: 'warning',
      message: 'The printed IBAN has wrong check digits. Do not pay to it before the supplier has confirmed the account.',
    },
  ];
}
