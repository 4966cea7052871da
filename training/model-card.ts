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
likely each candidate is right; where that is surely better on issuers it has not seen, it also chooses. Everything below was measured
by cross-validation in which no issuer and no layout is on both sides. The file is written by \`npm run -s deskhand -- train documents\`;
do not edit it.

- Version ${model.version}, ${Math.round(model.bytes / 1024)} kB, SHA-256 \`${model.sha256}\`
- Seed ${seed}, Node ${metrics.node}
- ${documents} documents in ${groups} groups of issuer and layout

${table(
  ['data', 'documents', 'SHA-256 of index and files', 'of their readings'],
  metrics.data.map((one) => [one.name, String(one.documents), `\`${one.sha256}\``, `\`${one.readingsSha256}\``]),
)}

## Fields

F1 counts a value given where there is none as wrong. ECE: how far confidence and share of right values lie apart, before and after.

${table(
  ['field', 'labelled', 'decided by', 'trees × leaves', 'F1 rules', 'F1', 'ECE rules', 'ECE'],
  Object.entries(metrics.fields).map(([name, field]) => [
    name,
    String(field.labelled),
    field.mode === 'choose' ? 'model' : 'rules',
    `${field.boosting.trees} × ${field.boosting.leaves}`,
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
held against master data and orders anyway. _whole_: all of these and every line.

${acceptance(metrics)}

These documents are neither drawn from your mail nor many: a threshold holds for documents like them.

## Right values by slice

Share right of the model (of the rules where it differs), and documents.

${slices(metrics)}
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

function slices(metrics: Metrics): string {
  const names = Object.keys(metrics.fields);
  return table(
    ['slice', ...names],
    Object.entries(metrics.slices).map(([slice, fields]) => [
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
