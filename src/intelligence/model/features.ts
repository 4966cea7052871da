import type { Equation, Extraction, FieldName } from '#domain/documents';
import { bareText, foldText } from '../extraction/text/fold-text.ts';
import type { LabelKind } from '../extraction/text/lexicon.ts';
import { hasLegalForm, isAddressLine, isContactLine } from '../extraction/propose/party-names.ts';
import type { PooledCandidate } from './candidates.ts';
import { neighboursOf, placeOf } from './context.ts';
import type { Neighbours, Page, Place } from './context.ts';

/** Features by name; a missing one is NaN. */
type Features = Record<string, number>;

const kinds: readonly LabelKind[] = [
  'invoiceNumber',
  'orderNumber',
  'buyerOrder',
  'otherNumber',
  'issueDate',
  'dueDate',
  'otherDate',
  'net',
  'tax',
  'gross',
  'total',
  'due',
  'prepaid',
  'taxId',
  'iban',
  'buyer',
  'shipTo',
  'supplier',
];
const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl'];
const standings = ['contradicted', 'unproven', 'consistent', 'proven'];

/** A row of numbers for each candidate of one field, or for some of its pool, in the order of `featureNames`. */
export function featuresOf(
  page: Page,
  extraction: Extraction,
  name: FieldName,
  pool: readonly PooledCandidate[],
  wanted: readonly PooledCandidate[] = pool,
): Float32Array[] {
  const ofDocument = documentFeatures(page, extraction, name);
  const best = pool.map(({ ruleScore }) => ruleScore).toSorted((a, b) => b - a);
  return wanted.map((candidate) => {
    const rival = candidate.ruleScore === best[0] ? (best[1] ?? 0) : (best[0] ?? 0);
    const features = {
      ...ofDocument,
      ruleScore: candidate.ruleScore,
      ruleRank: Math.min(6, candidate.ruleRank),
      ruleMargin: candidate.ruleScore - rival,
      ...shapeFeatures(candidate.value),
      ...placeFeatures(page, candidate),
      ...orderFeatures(candidate, pool, name),
      ...nameFeatures(page, extraction, candidate, pool, name),
    };
    return Float32Array.from(featureNames, (feature) => features[feature as keyof typeof features] ?? Number.NaN);
  });
}

function documentFeatures({ seen, certainty }: Page, extraction: Extraction, name: FieldName): Features {
  const field = extraction.fields[name];
  const own = extraction.proof.equations.filter((equation) => equation.fields.includes(name));
  const holds = (equations: readonly Equation[], rule?: string): number =>
    equations.filter((equation) => equation.holds && (rule === undefined || equation.rule === rule)).length;
  return {
    isOcr: seen.layout.isOcr ? 1 : 0,
    isReceipt: seen.isReceipt ? 1 : 0,
    isOrder: ['invoice', 'credit_note', 'receipt', 'other'].includes(extraction.documentType) ? 0 : 1,
    isCredit: extraction.documentType === 'credit_note' ? 1 : 0,
    typeConfidence: extraction.documentTypeConfidence,
    pages: seen.layout.pages.length,
    rows: seen.layout.rows.length,
    language: languages.indexOf(extraction.language ?? ''),
    lines: extraction.lines.length,
    chosenConfidence: field.confidence,
    standing: standings.indexOf(field.standing),
    equations: holds(own),
    closes: holds(own, 'net+tax=gross'),
    linesClose: holds(own, 'lines=net'),
    rateCloses: holds(own, 'net*rate=tax'),
    allEquations: holds(extraction.proof.equations),
    broken: extraction.proof.equations.filter((equation) => !equation.holds).length,
    problems: extraction.problems.length,
    alternatives: field.alternatives.length,
    rivalConfidence: field.alternatives[0]?.confidence ?? 0,
    filled: Object.values(extraction.fields).filter(({ value }) => value !== null).length,
    hasDue: extraction.fields.dueDate.value === null ? 0 : 1,
    hasTax: extraction.fields.taxTotal.value === null ? 0 : 1,
    hasBuyer: extraction.fields.buyerName.value === null ? 0 : 1,
    certainty,
  };
}

function shapeFeatures(value: string): Features {
  const length = Math.max(1, value.length);
  const count = (expression: RegExp): number => value.match(expression)?.length ?? 0;
  return {
    length,
    digits: count(/\d/g),
    digitShare: count(/\d/g) / length,
    upperShare: count(/\p{Lu}/gu) / length,
    marks: count(/[-/_.#]/g),
    words: value.split(/\s+/).length,
    startsWithLetter: /^\p{L}/u.test(value) ? 1 : 0,
    holdsYear: /(?:19|20)\d{2}/.test(value) ? 1 : 0,
    isYear: /^(?:19|20)\d{2}$/.test(value) ? 1 : 0,
    leadingZero: value.startsWith('0') ? 1 : 0,
    legalForm: hasLegalForm(value) ? 1 : 0,
    isAddress: isAddressLine(value) ? 1 : 0,
    isContact: isContactLine(value) ? 1 : 0,
    isNegative: value.startsWith('-') ? 1 : 0,
    amount: /^-?\d+(?:\.\d+)?$/.test(value) ? Math.log1p(Math.abs(Number(value))) : Number.NaN,
  };
}

function placeFeatures(page: Page, candidate: PooledCandidate): Features {
  const place = placeOf(page, candidate.evidence);
  if (place === null) return {};
  const { row, cell, words } = place;
  const { layout, tableRows } = page.seen;
  const sheet = layout.pages[row.page - 1];
  const [width, height] = [Math.max(1, sheet?.width ?? 1), Math.max(1, sheet?.height ?? 1)];
  const [first, last] = [words[0], words.at(-1)];
  const size = first === undefined ? row.height : first.box[3] - first.box[1];
  const [before, after] = [layout.rows[row.index - 1], layout.rows[row.index + 1]];
  return {
    x: (first?.box[0] ?? 0) / width,
    right: (last?.box[2] ?? 0) / width,
    y: row.box[1] / height,
    page: row.page,
    isLastPage: row.page === layout.pages.length ? 1 : 0,
    rowShare: row.index / Math.max(1, layout.rows.length),
    rowIndex: Math.min(40, row.index),
    rowsBelow: Math.min(40, layout.rows.length - row.index),
    size: size / page.typicalHeight,
    sizeToTallest: size / page.tallest,
    isBold: first?.isBold === true ? 1 : 0,
    cellsInRow: row.cells.length,
    cellIndex: row.cells.indexOf(cell),
    leadsCell: cell.words[0] === first ? 1 : 0,
    endsCell: cell.words.at(-1) === last ? 1 : 0,
    cellWords: cell.words.length,
    inTable: tableRows.has(row.index) ? 1 : 0,
    repeats: page.repeats.get(bareText(candidate.evidence?.text ?? '')) ?? 0,
    minCertainty: Math.min(...words.map((word) => word.confidence)),
    rowHasDate: page.hasDate.has(row.index) ? 1 : 0,
    gapAbove: before === undefined || before.page !== row.page ? 9 : (row.box[1] - before.box[3]) / row.height,
    gapBelow: after === undefined || after.page !== row.page ? 9 : (after.box[1] - row.box[3]) / row.height,
    addressBelow: addressWithin(place, page),
    contactNear: isContactLine(after?.text ?? '') || isContactLine(before?.text ?? '') ? 1 : 0,
    isShop: /\b(?:sdn|bhd|shop|store|market|restaurant|cafe|trading|hotel)\b/.test(foldText(candidate.value)) ? 1 : 0,
    ...labelFeatures(neighboursOf(page, place), row.text.slice(0, place.start)),
  };
}

/** How many rows below in the same column an address begins, 9 where none does. */
function addressWithin({ row, cell }: Place, { seen }: Page): number {
  for (let step = 1; step <= 4; step += 1) {
    const next = seen.layout.rows[row.index + step];
    if (next === undefined || next.page !== row.page) return 9;
    if (next.cells.some((one) => Math.abs(one.box[0] - cell.box[0]) < 2 * row.height && isAddressLine(one.text))) return step;
  }
  return 9;
}

function labelFeatures({ left, above }: Neighbours, lead: string): Features {
  const features: Features = {
    leftDistance: left?.distance ?? 99,
    leftWords: left?.label.words ?? 0,
    leftColon: left?.label.hasColon === true ? 1 : 0,
    leftLeads: left?.label.leadsCell === true ? 1 : 0,
    aboveDistance: above?.distance ?? 99,
    aboveWords: above?.label.words ?? 0,
    aboveLeads: above?.label.leadsCell === true ? 1 : 0,
    colonBefore: /[:#№°]\s*$/.test(lead) ? 1 : 0,
    numberWordBefore: /(?:number|nummer|numero|numer|n[ro]|num|n)[\s.:°º#]*$/.test(foldText(lead)) ? 1 : 0,
  };
  for (const kind of kinds) {
    // Near is large: 1 right beside, nought where no such label speaks.
    features[`left.${kind}`] = left?.label.kinds.includes(kind) === true ? 1 / (1 + 0.1 * left.distance) : 0;
    features[`above.${kind}`] = above?.label.kinds.includes(kind) === true ? 1 / (1 + 0.3 * Math.max(0, above.distance)) : 0;
  }
  return features;
}

/** How the candidate compares with the others of its field. */
function orderFeatures({ value }: PooledCandidate, pool: readonly PooledCandidate[], name: FieldName): Features {
  const isDate = name === 'issueDate' || name === 'dueDate';
  const all = isDate ? pool.map((one) => one.value).toSorted() : [];
  const days = (from: string): number => (Date.parse(value) - Date.parse(from)) / 86_400_000;
  return {
    poolSize: pool.length,
    dateRank: isDate ? all.indexOf(value) : Number.NaN,
    dateFromEnd: isDate ? all.length - 1 - all.lastIndexOf(value) : Number.NaN,
    daysFromFirst: isDate ? Math.min(400, days(all[0] ?? value)) : Number.NaN,
    daysToLast: isDate ? Math.min(400, -days(all.at(-1) ?? value)) : Number.NaN,
  };
}

/** What speaks for a party's name beside its place: its domain, a legal form that no other has, the other party's name. */
function nameFeatures(
  { domains }: Page,
  { fields }: Extraction,
  { value }: PooledCandidate,
  pool: readonly PooledCandidate[],
  name: FieldName,
): Features {
  if (name !== 'supplierName' && name !== 'buyerName') return {};
  const bare = bareText(value);
  const other = bareText((name === 'supplierName' ? fields.buyerName : fields.supplierName).value ?? '');
  const isOf = (domain: string): boolean => bare.startsWith(domain.slice(0, 7)) || (bare.length > 4 && domain.startsWith(bare.slice(0, 7)));
  return {
    domainMatch: domains.length === 0 ? Number.NaN : domains.some(isOf) ? 1 : 0,
    isOtherParty: other === '' ? Number.NaN : bare === other ? 1 : 0,
    legalForms: pool.filter((one) => hasLegalForm(one.value)).length,
    longerForms: pool.filter((one) => one.value !== value && bareText(one.value).startsWith(bare)).length,
    shorterForms: pool.filter((one) => one.value !== value && bare.startsWith(bareText(one.value))).length,
    sharesWord: pool.filter((one) => one.value !== value && bareText(one.value).includes(bare.slice(0, 6))).length,
    digitsInName: /\d/.test(value) ? 1 : 0,
  };
}

/** Every feature, in the order of the rows. A model names the ones it was trained with. */
export const featureNames: readonly string[] = [
  'isOcr isReceipt isOrder isCredit typeConfidence pages rows language lines chosenConfidence standing equations closes linesClose',
  'rateCloses allEquations broken problems alternatives rivalConfidence filled hasDue hasTax hasBuyer certainty',
  'ruleScore ruleRank ruleMargin length digits digitShare upperShare marks words startsWithLetter holdsYear isYear leadingZero legalForm',
  'isAddress isContact isNegative amount x right y page isLastPage rowShare rowIndex rowsBelow size sizeToTallest isBold cellsInRow',
  'cellIndex leadsCell endsCell cellWords inTable repeats minCertainty rowHasDate gapAbove gapBelow addressBelow contactNear isShop',
  'leftDistance leftWords leftColon leftLeads aboveDistance aboveWords aboveLeads colonBefore numberWordBefore',
  'poolSize dateRank dateFromEnd daysFromFirst daysToLast',
  'domainMatch isOtherParty legalForms longerForms shorterForms sharesWord digitsInName',
]
  .flatMap((names) => names.split(' '))
  .concat(kinds.flatMap((kind) => [`left.${kind}`, `above.${kind}`]));
