import type { ExtractedLine, FieldName } from '#domain/documents';

/** What a person or a structured file says of a document. Fields that nobody labelled are left out; null is truly not there. */
export interface Truth {
  readonly fields: Readonly<Partial<Record<FieldName, string | number | null>>>;
  readonly lines: readonly TrueLine[] | null;
}

export interface TrueLine {
  readonly description: string | null;
  readonly quantity: number | null;
  readonly netAmount: number | null;
}

const amounts: ReadonlySet<FieldName> = new Set(['netTotal', 'taxTotal', 'grossTotal']);

/** Whether a value is what the truth says; case, blanks and punctuation of names and numbers do not count. */
export function isSameValue(name: FieldName, value: string, truth: string | number): boolean {
  if (amounts.has(name)) return Math.abs(Number(value) - Number(truth)) < 0.005;
  if (name === 'issueDate' || name === 'dueDate') return value.slice(0, 10) === String(truth).slice(0, 10);
  return bare(value) === bare(String(truth));
}

function bare(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
}

/** A name with a word more or a letter wrong is still recognised as that supplier's. */
export function isNearlySameName(value: string, truth: string): boolean {
  const [a, b] = [bare(value), bare(truth)];
  if (a === '' || b === '') return false;
  const isPart = (a.includes(b) || b.includes(a)) && Math.min(a.length, b.length) / Math.max(a.length, b.length) >= 0.6;
  return isPart || likeness(a, b) >= 0.85;
}

/** Whether each line was read and none was made up; they may stand in another order. */
export function areLinesRight(lines: readonly ExtractedLine[], truth: readonly TrueLine[]): boolean {
  if (lines.length !== truth.length) return false;
  const left = [...lines];
  return truth.every((wanted) => {
    const index = left.findIndex((line) => isSameLine(line, wanted));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

function isSameLine(line: ExtractedLine, truth: TrueLine): boolean {
  return rightParts(line, truth).size === 3;
}

/** The parts of a line that are as the truth says; what the truth leaves open is right. */
export function rightParts(line: ExtractedLine, truth: TrueLine): ReadonlySet<keyof TrueLine> {
  const right = new Set<keyof TrueLine>();
  if (isSameAmount(line.quantity.value, truth.quantity)) right.add('quantity');
  if (isSameAmount(line.netAmount.value, truth.netAmount)) right.add('netAmount');
  if (truth.description === null || isAlike(bare(line.description.value ?? ''), bare(truth.description))) right.add('description');
  return right;
}

function isSameAmount(value: string | null, truth: number | null): boolean {
  return truth === null || (value !== null && Math.abs(Number(value) - truth) < 0.005);
}

/** The longer text may contain the shorter; else six tenths of the letters must follow each other in both. */
function isAlike(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short === '') return false;
  if (long.includes(short) && short.length >= Math.min(4, long.length) && short.length / long.length >= 0.25) return true;
  return likeness(short, long) >= 0.6;
}

function likeness(a: string, b: string): number {
  return (2 * commonLength(a, b)) / (a.length + b.length);
}

function commonLength(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, () => 0);
  for (const letter of a) {
    const row = [0];
    for (let index = 1; index <= b.length; index += 1)
      row.push(letter === b[index - 1] ? (above[index - 1] as number) + 1 : Math.max(above[index] as number, row[index - 1] as number));
    above = row;
  }
  return above.at(-1) ?? 0;
}
