import { headerFieldNames } from '#domain/documents';
import type { ExtractedLine, Extraction, FieldName } from '#domain/documents';
import { pooledCandidates, ruleCandidates } from './candidates.ts';
import type { PooledCandidate } from './candidates.ts';
import type { Page, Seen } from './context.ts';
import { featuresOf } from './features.ts';

/** Everything the model may choose from for one field of one document, with a row of features for each. */
export interface FieldPool {
  readonly candidates: readonly PooledCandidate[];
  readonly rows: readonly Float32Array[];
}

/** Fields for which the page is searched beyond what the rules found. */
export const searchedFields: ReadonlySet<FieldName> = new Set([
  'invoiceNumber',
  'issueDate',
  'dueDate',
  'supplierName',
  'buyerName',
  'poNumber',
]);

/** Documents whose certainty differs by their nature: acceptance is measured for each by itself. */
export type DocumentClass = 'text' | 'scan' | 'receipt';

export function poolFor(page: Page, extraction: Extraction, name: FieldName, isSearched: boolean): FieldPool {
  const candidates = isSearched ? pooledCandidates(page, extraction, name) : ruleCandidates(extraction, name);
  return { candidates, rows: featuresOf(page, extraction, name, candidates) };
}

/** What the rules chose, alone: all that judging asks for. */
export function chosenFor(page: Page, extraction: Extraction, name: FieldName): FieldPool {
  const pool = ruleCandidates(extraction, name);
  const candidates = pool.filter(({ ruleRank }) => ruleRank === 0);
  return { candidates, rows: candidates.length === 0 ? [] : featuresOf(page, extraction, name, pool, candidates) };
}

export function classOf(seen: Seen, extraction: Extraction): DocumentClass {
  if (seen.isReceipt || extraction.documentType === 'receipt') return 'receipt';
  return seen.layout.isOcr ? 'scan' : 'text';
}

export const documentFeatureNames: readonly string[] = [
  ...headerFieldNames,
  'least',
  'product',
  'typeConfidence',
  'class',
  'lines',
  'leastLine',
  'meanLine',
  'provenLines',
  'equations',
  'broken',
  'problems',
  'linesClose',
  'sumCloses',
  'linesWithoutAmount',
  'linesWithoutQuantity',
  'linesWithoutText',
  'certainty',
];

/** What the whole document says about itself, once each field has its probability. */
export function documentRow(
  extraction: Extraction,
  { documentClass, certainty }: { readonly documentClass: DocumentClass; readonly certainty: number },
): Float32Array {
  const { lines, fields, proof } = extraction;
  const needed = headerFieldNames.filter((name) => fields[name].value !== null).map((name) => fields[name].confidence);
  const ofLines = lines.map(leastOf);
  const without = (part: 'netAmount' | 'quantity' | 'description'): number => lines.filter((line) => line[part].value === null).length;
  const closes = (rule: string): number => (proof.equations.some((equation) => equation.rule === rule && equation.holds) ? 1 : 0);
  return Float32Array.from([
    ...headerFieldNames.map((name) => (fields[name].value === null ? Number.NaN : fields[name].confidence)),
    Math.min(1, ...needed),
    needed.reduce((product, one) => product * one, 1),
    extraction.documentTypeConfidence,
    ['text', 'scan', 'receipt'].indexOf(documentClass),
    lines.length,
    Math.min(1, ...ofLines),
    ofLines.reduce((sum, one) => sum + one, 0) / Math.max(1, lines.length),
    lines.filter((line) => line.netAmount.standing === 'proven').length / Math.max(1, lines.length),
    proof.equations.filter((equation) => equation.holds).length,
    proof.equations.filter((equation) => !equation.holds).length,
    extraction.problems.length,
    closes('lines=net'),
    closes('net+tax=gross'),
    without('netAmount'),
    without('quantity'),
    without('description'),
    certainty,
  ]);
}

function leastOf({ description, quantity, unitPrice, netAmount }: ExtractedLine): number {
  return Math.min(1, ...[description, quantity, unitPrice, netAmount].filter(({ value }) => value !== null).map((one) => one.confidence));
}
