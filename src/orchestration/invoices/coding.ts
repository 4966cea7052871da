import {
  codeKinds,
  predictCoding,
  settleParts,
  type CodeKind,
  type CodingModel,
  type CodingPart,
  type CodingPrediction,
  type Invoice,
  type MatchException,
} from '#domain/accounts-payable';
import { formatMoney, type Money } from '#domain/money';

/** The numbers in use of each list; an empty list is one that the organization does not keep. */
export type CodeLists = Readonly<Record<CodeKind, ReadonlySet<string>>>;

/** A line as it would be booked now. */
export interface CodedLine {
  /** From 1; 0 is the whole invoice, where no lines were read. */
  readonly line: number;
  readonly description: string;
  readonly taxRate: string | null;
  readonly amount: string;
  /** Empty while nobody said it and history does not tell. */
  readonly parts: readonly (CodedPart & { readonly percent: string | null })[];
  /** Who says so: a member's id, `history`, or null for nobody yet. */
  readonly by: string | null;
  readonly prediction: CodingPrediction;
  /** What a person said that does not fit the line any more. */
  readonly fault: string | null;
}
type CodedPart = Readonly<Record<CodeKind, string | null>> & { readonly amount: string };

/** What a person said of a line; a correction of the field `coding` holds a list of these. */
export interface SaidCoding {
  readonly line: number;
  readonly parts: readonly CodingPart[];
}

export interface CodingFacts {
  readonly invoice: Invoice;
  readonly lists: CodeLists;
  readonly model: CodingModel;
  /** What people said of each line last. */
  readonly said: ReadonlyMap<number, { readonly parts: readonly CodingPart[]; readonly memberId: string }>;
  /** As it was before, if nothing of the invoice changed since: what was shown to an approver does not move by itself. */
  readonly before: readonly CodedLine[];
}

const kindNames: Readonly<Record<CodeKind, string>> = {
  account: 'account',
  costCentre: 'cost centre',
  project: 'project',
  taxCode: 'tax code',
};

/** Codes each line: as a person said, else as before, else as history tells where it tells for sure. */
export function codeLines(facts: CodingFacts): readonly CodedLine[] {
  return linesOf(facts.invoice).map((line) => {
    const before = facts.before.find((one) => one.line === line.line);
    const said = facts.said.get(line.line);
    const isHeld = before?.by === 'history' && said === undefined && before.amount === formatMoney(line.net);
    if (isHeld) return before;
    const prediction = predictCoding(facts.model, { supplierId: facts.invoice.supplierId, ...line });
    const start = { ...line, amount: formatMoney(line.net), prediction };
    if (said !== undefined) return { ...shown(start), ...bySaying(line.net, said) };
    return { ...shown(start), ...byHistory(line.net, prediction, facts.lists) };
  });
}

/** What is still to be coded, as questions; one a line. */
export function codingQuestions(lines: readonly CodedLine[], lists: CodeLists): MatchException[] {
  return lines.flatMap(({ line, description, parts, prediction, fault }): MatchException[] => {
    if (parts.length > 0) return [];
    const open = codeKinds.filter((kind) => lists[kind].size > 0 && !isTold(prediction, kind, lists));
    const what = line === 0 ? 'The invoice' : `Line ${line}, “${shortened(description)}”,`;
    const why = fault === null ? `is not coded: ${inWords(open)} not sure.` : `can not be booked as it was said: ${fault}`;
    return [{ reason: 'coding', line: line === 0 ? null : line, expected: null, found: null, difference: null, message: `${what} ${why}` }];
  });
}

/** What of it an approver says yes to: which amounts go where, whoever said so. */
export function codingDigest(lines: readonly CodedLine[]): unknown {
  return lines.map(({ line, parts }) => [line, parts.map((part) => [...codeKinds.map((kind) => part[kind]), part.amount])]);
}

/** The words of people, by line: the last one stands. */
export function lastSaid(
  corrections: readonly { readonly field: string; readonly value: unknown; readonly memberId: string }[],
): CodingFacts['said'] {
  return new Map(
    corrections
      .filter(({ field }) => field === 'coding')
      .flatMap(({ value, memberId }) => (value as readonly SaidCoding[]).map(({ line, parts }) => [line, { parts, memberId }] as const)),
  );
}

interface Line {
  readonly line: number;
  readonly description: string;
  readonly taxRate: string | null;
  readonly net: Money;
}

/** The lines of an invoice as they are coded; the whole of it where none were read. */
export function linesOf({ lines, net }: Pick<Invoice, 'lines' | 'net'>): readonly Line[] {
  if (lines.length === 0) return [{ line: 0, description: '', taxRate: null, net }];
  return lines.map(({ position, description, taxRate, netAmount }) => ({
    line: position,
    description,
    taxRate: taxRate === null ? null : taxRate.toFixed(),
    net: netAmount,
  }));
}

function shown({ line, description, taxRate, amount, prediction }: Line & Pick<CodedLine, 'amount' | 'prediction'>) {
  return { line, description, taxRate, amount, prediction };
}

function bySaying(
  net: Money,
  said: { readonly parts: readonly CodingPart[]; readonly memberId: string },
): Pick<CodedLine, 'parts' | 'by' | 'fault'> {
  const settled = settleParts(net, said.parts);
  return settled.ok ? { parts: settled.parts, by: said.memberId, fault: null } : { parts: [], by: null, fault: settled.message };
}

function byHistory(net: Money, prediction: CodingPrediction, lists: CodeLists): Pick<CodedLine, 'parts' | 'by' | 'fault'> {
  if (codeKinds.some((kind) => lists[kind].size > 0 && !isTold(prediction, kind, lists))) return { parts: [], by: null, fault: null };
  const told = (kind: CodeKind): string | null => (lists[kind].size > 0 ? prediction[kind].code : null);
  const part = { account: told('account'), costCentre: told('costCentre'), project: told('project'), taxCode: told('taxCode') };
  return { parts: [{ ...part, percent: null, amount: formatMoney(net) }], by: 'history', fault: null };
}

/** Sure, and a number that is in use; an account there must be. */
function isTold(prediction: CodingPrediction, kind: CodeKind, lists: CodeLists): boolean {
  const { code, isSure } = prediction[kind];
  return isSure && (code === null ? kind !== 'account' : lists[kind].has(code));
}

function inWords(kinds: readonly CodeKind[]): string {
  const names = kinds.map((kind) => kindNames[kind]);
  const last = names.at(-1) ?? 'account';
  return names.length < 2 ? `the ${last} is` : `the ${names.slice(0, -1).join(', ')} and ${last} are`;
}

function shortened(description: string): string {
  return description.length <= 60 ? description : `${description.slice(0, 59)}…`;
}
