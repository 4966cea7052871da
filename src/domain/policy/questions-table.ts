import { isHarmless, mayAskAlone, recipientsOf, sayReason, type HarmlessReason, type RecipientKind } from '#domain/questions';
import { holds, parseCell, type Condition } from './cells.ts';
import type { PolicyProblem, PolicyWorld } from './check-policy.ts';
import { cellOf, type DecisionTable, type PolicyTables, type TableRow } from './decision-table.ts';
import { questionInputs, questionOutputs } from './question-columns.ts';

/** A row of the table `questions`: about these exceptions, of these suppliers, Deskhand asks them by itself. */
interface QuestionRule {
  /** Counting from 1. */
  readonly number: number;
  readonly description: string;
  readonly about: readonly HarmlessReason[];
  readonly supplier: Condition;
  readonly to: RecipientKind;
  /** So many questions at most go to one of them in a day of the office. */
  readonly perDay: number;
}

/** What the table says of one exception. */
export interface AskingRule {
  readonly row: number;
  readonly to: RecipientKind;
  readonly perDay: number;
  /** One plain sentence, with the row. */
  readonly because: string;
}

const recipients: Readonly<Record<RecipientKind, string>> = {
  supplier: 'the supplier',
  buyer: 'whoever ordered',
  receiver: 'whoever took the goods in',
};
const mostPerDay = 20;

/** The first row that is about this exception; null where none is, and then a person asks. Without a table there is none. */
export function askingRule(
  table: DecisionTable | undefined,
  exception: { readonly reason: string; readonly supplierNumber: string | null },
): AskingRule | null {
  const { reason, supplierNumber } = exception;
  if (table === undefined || !isHarmless(reason)) return null;
  const rule = rulesOf(table).find(({ about, supplier }) => about.includes(reason) && holds(supplier, supplierNumber ?? 'none'));
  // Switched on before the list of what is harmless was as it is: the list counts.
  if (rule === undefined || !mayAskAlone(reason, rule.to)) return null;
  const { number: row, to, perDay, description } = rule;
  const said = description === '' ? '' : ` (${description})`;
  return { row, to, perDay, because: `Row ${row} of its questions lets Deskhand ask ${recipients[to]} about ${sayReason(reason)}${said}.` };
}

/** What any row is about; nothing without a table. */
export function reasonsAskedAbout(table: DecisionTable | undefined): readonly HarmlessReason[] {
  return table === undefined ? [] : [...new Set(rulesOf(table).flatMap(({ about }) => about))];
}

/** The tables with one of questions to fill in, where there was none. */
export function withQuestions(tables: PolicyTables): PolicyTables {
  if (tables.questions !== undefined) return tables;
  const columns = (all: Readonly<Record<string, { readonly name: string }>>) =>
    Object.entries(all).map(([field, { name }]) => ({ id: field, name, field }));
  return { ...tables, questions: { hitPolicy: 'first', inputs: columns(questionInputs), outputs: columns(questionOutputs), rules: [] } };
}

/** Everything that keeps this table from being switched on; an absent or empty one asks nothing by itself. */
export function checkQuestions(table: DecisionTable | undefined, world: PolicyWorld): readonly PolicyProblem[] {
  if (table === undefined) return [];
  const say = (row: number | null, field: string | null, message: string): PolicyProblem => ({ table: 'questions', row, field, message });
  return [
    ...(table.hitPolicy === 'first' ? [] : [say(null, null, 'Of questions the first row that applies counts. Say so.')]),
    ...table.rules.flatMap((row, index) =>
      readRule(table, row, index + 1, world).faults.map(([field, message]) => say(index + 1, field, message)),
    ),
  ];
}

function rulesOf(table: DecisionTable): readonly QuestionRule[] {
  return table.rules.flatMap((row, index) => readRule(table, row, index + 1, null).rule ?? []);
}

type Fault = readonly [field: string, message: string];

function readRule(
  { inputs, outputs }: DecisionTable,
  row: TableRow,
  number: number,
  world: PolicyWorld | null,
): { readonly rule: QuestionRule | null; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const about = readAbout(cellOf(inputs, row, 'about'), number, faults);
  const supplier = parseCell(cellOf(inputs, row, 'supplier'), questionInputs.supplier.kind);
  if ('fault' in supplier) faults.push(['supplier', supplier.fault]);
  else if (world !== null && supplier.condition.kind === 'words') {
    const strange = supplier.condition.values.filter((value) => !world.supplierNumbers.has(value));
    faults.push(...strange.map((value): Fault => ['supplier', `There is no supplier ${value}. Take the number from the supplier list.`]));
  }
  const to = readRecipient(cellOf(outputs, row, 'to').replaceAll('"', ''), about, faults);
  const perDay = cellOf(outputs, row, 'perDay');
  if (!/^\d{1,2}$/.test(perDay) || Number(perDay) < 1 || Number(perDay) > mostPerDay)
    faults.push(['perDay', `Say how many questions at most go to one of them in a day: 1 to ${mostPerDay}.`]);
  if (faults.length > 0 || to === null || 'fault' in supplier) return { rule: null, faults };
  const description = row['_description'] ?? '';
  return { rule: { number, description, about, supplier: supplier.condition, to, perDay: Number(perDay) }, faults };
}

function readAbout(text: string, row: number, faults: Fault[]): readonly HarmlessReason[] {
  const parsed = parseCell(text, questionInputs.about.kind);
  if ('fault' in parsed) {
    faults.push(['about', `${parsed.fault} About anything else a person asks.`]);
    return [];
  }
  const { condition } = parsed;
  if (condition.kind === 'words' && !condition.isNot) return condition.values.filter(isHarmless);
  faults.push(['about', `Row ${row} does not name what it is about. Name each kind of question that Deskhand may ask by itself.`]);
  return [];
}

function readRecipient(text: string, about: readonly HarmlessReason[], faults: Fault[]): RecipientKind | null {
  const to = (Object.keys(recipients) as RecipientKind[]).find((one) => one === text) ?? null;
  if (to === null) {
    faults.push(['to', `Say who is asked: ${Object.keys(recipients).join(', ')}.`]);
    return null;
  }
  const wrong = about.filter((reason) => !mayAskAlone(reason, to));
  faults.push(
    ...wrong.map((reason): Fault => {
      const allowed = recipientsOf(reason).map((one) => recipients[one]);
      return ['to', `About ${sayReason(reason)} Deskhand asks nobody by itself but ${allowed.join(' or ')}.`];
    }),
  );
  return to;
}
