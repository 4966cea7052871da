import { headerFieldNames } from '#domain/documents';
import type { Certainty, ExtractedField, ExtractedLine, Extraction, FieldName } from '#domain/documents';
import { emptyField, filledField } from '../extraction/field.ts';
import { calibrated } from './calibration.ts';
import { lookUp } from './context.ts';
import type { Seen } from './context.ts';
import type { AcceptanceModel, DocumentModel, FieldModel, LinePart } from './document-model.ts';
import { chosenFor, classOf, documentRow, poolFor } from './pools.ts';
import type { DocumentClass, FieldPool } from './pools.ts';
import { probability } from './trees.ts';

/** Puts the model's word over the rules': how sure each value is, and for some fields which one it is. */
export function judge(extraction: Extraction, seen: Seen, model: DocumentModel): Extraction {
  const page = lookUp(seen);
  const entries = headerFieldNames.map((name): [FieldName, ExtractedField] => {
    const own = model.fields[name];
    const pool = own.mode === 'choose' ? poolFor(page, extraction, name, true) : chosenFor(page, extraction, name);
    return [name, decide(extraction.fields[name], own, pool, limitOf(name, extraction))];
  });
  const fields = Object.fromEntries(entries) as Extraction['fields'];
  const judged = { ...extraction, fields, extractorVersion: `${extraction.extractorVersion} model-${model.version}` };
  const documentClass = classOf(seen, extraction);
  const row = documentRow(judged, { documentClass, certainty: page.certainty });
  const certainty = (acceptance: AcceptanceModel): Certainty => certaintyOf(acceptance, documentClass, row);
  const lines = extraction.lines.map((line) => judgedLine(line, model));
  return { ...judged, lines, acceptance: { booked: certainty(model.acceptance.booked), whole: certainty(model.acceptance.whole) } };
}

function judgedLine(line: ExtractedLine, { lines }: DocumentModel): ExtractedLine {
  const judged = (part: LinePart): ExtractedField => {
    const field = line[part];
    if (field.value === null || field.standing === 'contradicted') return field;
    return { ...field, confidence: calibrated(lines[part], field.confidence) };
  };
  return { ...line, description: judged('description'), quantity: judged('quantity'), netAmount: judged('netAmount') };
}

/** The smallest error that was shown for documents of this class and score. */
function certaintyOf({ ensemble, calibration, certified }: AcceptanceModel, documentClass: DocumentClass, row: Float32Array): Certainty {
  const score = probability(ensemble, row);
  const kept = certified[documentClass].filter((bound) => score >= bound.score).map(({ errorBound }) => errorBound);
  return { probability: calibrated(calibration, score), errorBound: kept.length === 0 ? null : Math.min(...kept) };
}

function decide(field: ExtractedField, model: FieldModel, { candidates, rows }: FieldPool, limit: number): ExtractedField {
  const scored = candidates
    .map((candidate, index) => ({ candidate, score: probability(model.ensemble, rows[index] ?? []) }))
    .toSorted((a, b) => b.score - a.score);
  const byRules = scored.find(({ candidate }) => candidate.ruleRank === 0);
  const isOverruled = scored[0] !== undefined && scored[0].score >= (byRules?.score ?? 0) + (byRules === undefined ? 0 : model.margin);
  const best = model.mode === 'choose' && isOverruled ? scored[0] : byRules;
  if (best === undefined) return field;
  const isKept = best.candidate.ruleRank === 0 && best.score >= model.floor;
  if (isKept) return { ...field, confidence: Math.min(limit, calibrated(model.calibration, best.score)) };
  const alternatives = scored
    .filter((one) => one !== best && one.score > 0.02)
    .slice(0, 4)
    .map(({ candidate: { value, evidence, reason }, score }) => ({ value, evidence, reason, confidence: Math.min(0.5, score) }));
  if (best.score < model.floor) return emptyField(field.reason, alternatives);
  const confidence = calibrated(model.calibration, best.score);
  const { value, evidence, reason } = best.candidate;
  return filledField(value, {
    confidence,
    standing: confidence >= 0.8 ? 'consistent' : 'unproven',
    origin: 'layout',
    evidence,
    reason: `${reason} Its place and surroundings are those of such a value.`,
    alternatives,
  });
}

const totals: ReadonlySet<FieldName> = new Set(['netTotal', 'taxTotal', 'grossTotal']);
/** An unproven sum on a page whose sums do not add up is never surer than this. */
const mostAmidBrokenSums = 0.9;

/** What the page contradicts is never surer than the contradiction allows, however such values fared elsewhere. */
function limitOf(name: FieldName, { fields, problems }: Extraction): number {
  const { standing, confidence } = fields[name];
  if (standing === 'contradicted') return confidence;
  const isBroken = problems.some(({ code }) => code.endsWith('do-not-add-up')) || isGap(fields);
  return isBroken && totals.has(name) && standing !== 'proven' ? mostAmidBrokenSums : 1;
}

function isGap({ netTotal, taxTotal, grossTotal }: Extraction['fields']): boolean {
  const [net, tax, gross] = [netTotal.value, taxTotal.value, grossTotal.value];
  return net !== null && tax !== null && gross !== null && Math.abs(Number(net) + Number(tax) - Number(gross)) >= 0.005;
}
