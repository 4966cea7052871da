import type { TrainingReport } from '#intelligence';

/** Everything that is known of a trained model, as `metrics.json` holds it. */
export interface Metrics extends TrainingReport {
  readonly model: { readonly version: string; readonly sha256: string; readonly bytes: number };
  readonly node: string;
  readonly data: readonly { readonly name: string; readonly documents: number; readonly sha256: string; readonly readingsSha256: string }[];
}

/** The card beside the model: what it is, what it was made from, how good it is and where it is not. */
export function modelCard(metrics: Metrics): string {
  const { model, seed, documents, groups } = metrics;
  return `# Documents: which value, and how sure

Boosted trees for each header field and one for the whole document (\`src/intelligence/model\`). The rules propose, the model says how
likely each candidate is right; where that is surely better on issuers it has not seen, it also chooses. It learns from real documents
and from papers that our own generator draws (\`training/synthetic\`). Everything below was measured by cross-validation in which no
issuer and no layout is on both sides, and on real documents only, but for what is called synthetic. The file is written by
\`npm run -s deskhand -- train documents\`; do not edit it.

- Version ${model.version}, ${Math.round(model.bytes / 1024)} kB, SHA-256 \`${model.sha256}\`
- Seed ${seed}, Node ${metrics.node}
- ${documents} real documents in ${groups} groups of issuer and layout; ${metrics.synthetic.documents} drawn papers of ${metrics.synthetic.groups} layout programs

${table(
  ['data', 'documents', 'SHA-256 of index and files', 'of their readings'],
  metrics.data.map((one) => [one.name, String(one.documents), `\`${one.sha256}\``, `\`${one.readingsSha256}\``]),
)}

## Fields

Real documents. F1 counts a value given where there is none as wrong. ECE: how far confidence and share of right values lie apart, before
and after. _drawn_: what all drawn papers together weigh in training, in parts of all real ones; of 0 and 0.5 the one that judges real
documents best.

${table(
  ['field', 'labelled', 'decided by', 'trees × leaves', 'drawn', 'F1 rules', 'F1', 'ECE rules', 'ECE'],
  Object.entries(metrics.fields).map(([name, field]) => [
    name,
    String(field.labelled),
    field.mode === 'choose' ? 'model' : 'rules',
    `${field.boosting.trees} × ${field.boosting.leaves}`,
    String(field.syntheticShare),
    ...[field.f1ByRules, field.f1ByModel, field.errorOfRules, field.calibrationError].map((figure) => figure.toFixed(3)),
  ]),
)}

${table(
  ['part of a line', 'values', 'ECE rules', 'ECE'],
  Object.entries(metrics.lines).map(([part, one]) => [
    part,
    String(one.values),
    one.errorOfRules.toFixed(3),
    one.calibrationError.toFixed(3),
  ]),
)}

## Synthetic layouts

The same on layout programs that were not trained on. Their labels are drawn from a vocabulary wider than the rules', many of them on
purpose odd: what counts is the distance of the columns, not their height.

${table(
  ['field', 'labelled', 'F1 rules', 'F1', 'ECE'],
  Object.entries(metrics.fields).flatMap(([name, { synthetic }]) =>
    synthetic === null
      ? []
      : [
          [
            name,
            String(synthetic.labelled),
            ...[synthetic.f1ByRules, synthetic.f1ByModel, synthetic.calibrationError].map((figure) => figure.toFixed(3)),
          ],
        ],
  ),
)}

## Who chooses

For fields that are searched on the whole page: issuers and layouts, none of them trained on, where the model is right and the rules are
not, against the other way round. It chooses where it is surely better on real ones (one-sided sign test, 5 %), or where it is no worse on
these, with their F1 no lower, and better beyond doubt on drawn layouts (0.1 %, F1 by 0.02 or more).

${table(
  ['field', 'chooses', 'real: better / worse', 'synthetic: better / worse'],
  Object.entries(metrics.fields).flatMap(([name, { choice }]) =>
    choice === null
      ? []
      : [
          [
            name,
            choice.by === null ? 'no' : `by ${choice.by}`,
            `${choice.real.wins} / ${choice.real.losses}`,
            `${choice.synthetic.wins} / ${choice.synthetic.losses}`,
          ],
        ],
  ),
)}

## Reliability

Values by the tenth of their confidence: confidence → share right (values).

${table(
  ['field', 'reliability'],
  Object.entries(metrics.fields).map(([name, { reliability }]) => [
    name,
    reliability.map(({ confidence, accuracy, count }) => `${confidence.toFixed(2)} → ${accuracy.toFixed(2)} (${count})`).join(', '),
  ]),
)}

## Whole documents without a person

Thresholds by Learn-then-Test at 95 % certainty. _booked_: number, date, currency and sums are right, for supplier, account and lines are
held against master data and orders anyway. _whole_: all of these and every line. Shown on real documents alone: a bound that holds for
our own generator says nothing about anyone's mail. Drawn papers only help to put documents in the order of their doubt.

${acceptance(metrics)}

These documents are neither drawn from your mail nor many: a threshold holds for documents like them.

## Right values by slice

Share right of the model (of the rules where it differs), and documents.

${slices(metrics, metrics.slices)}

## Right values by slice, synthetic

${slices(metrics, metrics.synthetic.slices)}
`;
}

type Test = TrainingReport['acceptance']['whole']['text']['tests'][number];

function acceptance(metrics: Metrics): string {
  const rows = Object.entries(metrics.acceptance).flatMap(([target, classes]) =>
    Object.entries(classes).flatMap(([name, { documents, right, calibrationError, tests }]) =>
      tests.map(({ errorBound, result }, index) => [
        ...(index === 0 ? [target, name, String(documents), share(right, documents), calibrationError.toFixed(3)] : ['', '', '', '', '']),
        `${100 * errorBound} %`,
        accepted(result),
      ]),
    ),
  );
  return table(['right', 'class', 'documents', 'all right', 'ECE', 'wrong at most', 'accepted'], rows);
}

function accepted(result: Test['result']): string {
  if (result.outcome === 'too-few') return `none: it takes ${result.needed} documents to tell, there are ${result.have}`;
  if (result.outcome === 'too-risky') return 'none: too many are wrong even among the surest';
  return `${(100 * result.coverage).toFixed(0)} % (${result.wrong} of ${result.accepted} wrong)`;
}

function slices(metrics: Metrics, all: Metrics['slices']): string {
  const names = Object.keys(metrics.fields);
  return table(
    ['slice', ...names],
    Object.entries(all).map(([slice, fields]) => [
      slice,
      ...names.map((name) => {
        const own = fields[name as keyof typeof fields];
        if (own === undefined) return '';
        const rules = own.byRules === own.right ? '' : ` (${share(own.byRules, own.labelled)})`;
        return `${share(own.right, own.labelled)}${rules} ${own.labelled}`;
      }),
    ]),
  );
}

function share(part: number, all: number): string {
  return all === 0 ? '–' : (part / all).toFixed(2);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
