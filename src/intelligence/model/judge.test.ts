import { headerFieldNames } from '#domain/documents';
import type { FieldName } from '#domain/documents';
import { expect, test } from 'vitest';
import { readByRules } from '../extraction/extract-from-words.ts';
import { gridReading } from '../extraction/table/grid-reading.test-kit.ts';
import { lookUp } from './context.ts';
import type { DocumentModel, FieldModel } from './document-model.ts';
import { exampleFrom } from './examples.ts';
import { featureNames } from './features.ts';
import { judge } from './judge.ts';
import { documentModel } from './load-model.ts';
import { chosenFor } from './pools.ts';

const straight = { scores: [0, 1], probabilities: [0, 1] };
const paper = [
  'Muster Werkzeuge GmbH',
  'Invoice number: A-4711',
  'Date: 24 Sep 2024',
  'Tender 2024 Reference: ZX-99',
  'Net total | | | 100.00 EUR',
  'VAT 19% | | | 19.00 EUR',
  'Grand total | | | 119.00 EUR',
];

/** A model that says the same of everything, but for the fields that are named. */
function modelWith(fields: Partial<Record<FieldName, FieldModel>>): DocumentModel {
  const even: FieldModel = { mode: 'judge', floor: 0, margin: 0, ensemble: { bias: 1.5, trees: [] }, calibration: straight };
  return {
    ...documentModel(),
    fields: Object.fromEntries(headerFieldNames.map((name) => [name, fields[name] ?? even])) as DocumentModel['fields'],
  };
}

function judged(rows: readonly string[], model: DocumentModel): ReturnType<typeof judge> {
  const { extraction, seen } = readByRules(gridReading(rows));
  return judge(extraction, seen, model);
}

test('where it only judges, values stay and their confidence becomes the calibrated probability', () => {
  const { fields } = judged(paper, modelWith({}));
  expect(fields.invoiceNumber).toMatchObject({ value: 'A-4711', origin: 'grammar' });
  expect(fields.invoiceNumber.confidence).toBeCloseTo(0.8176, 4);
});

test('where it chooses, the candidate it finds likeliest wins, and what it beat is kept', () => {
  const feature = featureNames.indexOf('left.otherNumber');
  const tree = { feature: [feature, -1, -1], value: [0.3, -3, 3], left: [1, 0, 0] };
  const choosing: FieldModel = { mode: 'choose', floor: 0.5, margin: 0, ensemble: { bias: 0, trees: [tree] }, calibration: straight };
  const { fields } = judged(paper, modelWith({ invoiceNumber: choosing }));
  expect(fields.invoiceNumber).toMatchObject({ value: 'ZX-99', origin: 'layout' });
  expect(fields.invoiceNumber.alternatives.map(({ value }) => value)).toContain('A-4711');
});

test('a choice below the floor is no value, and the candidates remain to be looked at', () => {
  const doubting: FieldModel = { mode: 'choose', floor: 0.5, margin: 0, ensemble: { bias: -2, trees: [] }, calibration: straight };
  const { fields } = judged(paper, modelWith({ invoiceNumber: doubting }));
  expect(fields.invoiceNumber.value).toBeNull();
  expect(fields.invoiceNumber.alternatives.length).toBeGreaterThan(0);
});

test('sums that do not add up are never sure, whatever the model says', () => {
  const sure: FieldModel = { mode: 'judge', floor: 0, margin: 0, ensemble: { bias: 9, trees: [] }, calibration: straight };
  const model = modelWith({ netTotal: sure, taxTotal: sure, grossTotal: sure });
  expect(judged(paper, model).fields.grossTotal.confidence).toBeGreaterThan(0.99);
  const wrong = paper.map((row) => row.replace('119.00', '128.00'));
  expect(judged(wrong, model).fields.grossTotal.confidence).toBeLessThanOrEqual(0.9);
});

test('the shipped model names itself, and says how sure the whole document is', () => {
  const { extractorVersion, acceptance } = judged(paper, documentModel());
  expect(extractorVersion).toMatch(/model-[0-9a-f]{16}$/);
  expect(acceptance?.booked.probability).toBeGreaterThan(0);
  expect(acceptance?.whole.probability).toBeLessThanOrEqual(1);
});

test('a value is judged later by the same features as in training', () => {
  const reading = gridReading(paper);
  const { extraction, seen } = readByRules(reading);
  const { proposed } = exampleFrom(reading);
  for (const name of headerFieldNames) {
    const { candidates, rows } = proposed.get(name) ?? { candidates: [], rows: [] };
    const chosen = rows.filter((_, index) => candidates[index]?.ruleRank === 0);
    expect(chosenFor(lookUp(seen), extraction, name).rows).toEqual(chosen);
  }
});
