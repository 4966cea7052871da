import { checkProof, headerFieldNames, whyLost } from '#domain/documents';
import type { Equation, ExtractedField, Extraction, ProofCheck } from '#domain/documents';
import type { FileRead, Terminal } from './cli-context.ts';
import { paint } from './terminal.ts';

const lineFieldNames = ['description', 'quantity', 'unitPrice', 'netAmount', 'taxRate'] as const;

/** One document with the grounds of every value, as `extract --explain --json` prints it. */
export interface Explanation {
  readonly file: string;
  readonly extraction: Extraction | null;
  readonly check: ProofCheck | null;
  readonly problems: FileRead['problem'] | null;
}

/** Every value of one file with its grounds, and the proof card checked anew. */
export function toExplanation({ file, result, problem }: FileRead): Explanation {
  const extraction = result?.extraction ?? null;
  const check = result === null || extraction === null ? null : checkProof(result.reading, extraction);
  return { file, extraction, check, problems: problem ?? null };
}

/** The same for people: each value with how sure it is, where it stands, why it was taken and what it beat. */
export function explain(terminal: Terminal, read: FileRead): string {
  const { extraction, check } = toExplanation(read);
  const heading = paint(terminal, 'bold', read.file);
  const told = [...(read.result?.reading.problems ?? []), ...(extraction?.problems ?? [])];
  const problems = [...new Set([...(read.problem === undefined ? [] : [read.problem]), ...told].map(({ message }) => message))];
  const warnings = problems.map((message) => `  ${paint(terminal, 'yellow', message)}\n`).join('');
  if (extraction === null || check === null) return `${heading}\n${warnings}`;
  const { documentType, documentTypeConfidence, language, extractorVersion, fields, lines, proof } = extraction;
  const kind = `${documentType} (${percent(documentTypeConfidence)})${language === null ? '' : `, ${language}`}, extractor ${extractorVersion}`;
  return [
    `${heading}  ${kind}\n${warnings}\n`,
    ...headerFieldNames.map((name) => describe(terminal, name, fields[name])),
    ...lines.flatMap((line, index) => lineFieldNames.map((name) => describe(terminal, `lines.${index}.${name}`, line[name]))),
    `\nEquations\n`,
    ...proof.equations.map((equation) => tell(terminal, equation)),
    proof.equations.length === 0 ? '  none\n' : '',
    extraction.consultation === undefined ? '' : `${extraction.consultation.model}: ${extraction.consultation.reason}\n`,
    `${verdict(check)}\n\n`,
  ].join('');
}

function describe(terminal: Terminal, name: string, field: ExtractedField): string {
  const { value, confidence, standing, origin, evidence, reason, alternatives } = field;
  const isEmptyLineField = value === null && name.startsWith('lines.');
  if (isEmptyLineField) return '';
  const sure = value === null ? '' : `  ${percent(confidence)}  ${mark(terminal, standing)}  by ${origin ?? 'nobody'}`;
  const place =
    evidence === null
      ? ''
      : `    page ${evidence.page}, box ${evidence.box.map((edge) => Math.round(edge * 10) / 10).join(' ')}: “${evidence.text}” (words ${spans(evidence.wordIds)})\n`;
  const beaten = alternatives.map((alternative) => {
    const where = alternative.evidence === null ? '' : `, page ${alternative.evidence.page} “${alternative.evidence.text}”`;
    return `    ${paint(terminal, 'dim', `not ${alternative.value} (${percent(alternative.confidence)}${where}): ${alternative.reason} ${whyLost(field, alternative)}`)}\n`;
  });
  return `${paint(terminal, 'bold', name.padEnd(15))} ${value ?? '—'}${sure}\n${place}    ${reason}\n${beaten.join('')}`;
}

function mark(terminal: Terminal, standing: ExtractedField['standing']): string {
  const color = { proven: 'green', consistent: 'dim', unproven: 'yellow', contradicted: 'red' } as const;
  return paint(terminal, color[standing], standing);
}

function tell(terminal: Terminal, { rule, text, holds, rounding, operands, wordIds }: Equation): string {
  const sign = holds ? paint(terminal, 'green', '✓') : paint(terminal, 'red', '✗');
  const allowed = rounding === undefined || rounding.kind === 'none' ? '' : `, ${rounding.kind} rounding up to ${rounding.tolerance}`;
  const words = wordIds.length === 0 ? '' : `, words ${spans(wordIds)}`;
  const shown =
    operands === undefined && rule.includes('=') && rule !== 'xml=picture' ? ', figures not shown: supports, does not prove' : '';
  return `  ${sign} ${text}  ${paint(terminal, 'dim', `(${rule}${allowed}${words}${shown})`)}\n`;
}

function verdict({ outcome, faults, equations, proven }: ProofCheck): string {
  if (outcome === 'unchecked') return 'This card was made before cards could be checked again; read the document again to get one.';
  if (outcome === 'holds')
    return `Checked independently: ${equations} equations come out on the words named, ${proven.length} values are proven.`;
  return `The card fails its independent check, so nothing counts as proven:\n${faults.map((fault) => `  ${fault}\n`).join('')}`;
}

/** `3 4 5 9` as `3–5, 9`. */
function spans(ids: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const id of [...ids].toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && id <= last[1] + 1) last[1] = id;
    else runs.push([id, id]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}

function percent(confidence: number): string {
  return `${Math.floor(confidence * 100)} %`;
}
