import { sql, type RawBuilder } from 'kysely';
import { periodOf } from '#domain/audit-folder';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { minutesByHandOf, type MinutesByHand } from '#domain/tasks';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { ask, type OfficeTransaction } from './ask.ts';
import { membersOf, type FigureName, type FigureWindow } from './figures/figure-members.ts';
import { moneyView } from './numbers.ts';
import type { MoneyView } from './views.ts';

export interface FigureView {
  name: FigureName;
  label: string;
  /** The figure itself, in words: `75 %`, `3.2 hours`. */
  value: string;
  /** How it is counted. */
  definition: string;
  invoices: number;
  money: MoneyView[];
}
export interface NumbersView {
  period: { name: string; from: string; until: string; timeZone: string };
  figures: FigureView[];
  hoursSaved: { hours: string; definition: string; minutes: MinutesByHand; steps: { step: string; times: number; minutes: number }[] };
  cycleTime: { medianHours: string | null; p90Hours: string | null; definition: string };
  answers: { medianHoursToAnswer: string | null; medianHoursToClose: string | null; definition: string };
  exceptions: { reason: string; supplierId: string | null; supplier: string; questions: number; invoices: number }[];
}

interface Count {
  readonly invoices: number;
  readonly money: MoneyView[];
}

/**
 * The figures of a period, each with its definition; `listInvoices` with the same figure and period lists what is counted.
 *
 * @throws DH_ORCHESTRATION_PERIOD_UNKNOWN
 */
export async function getNumbers(office: Office, actor: Actor, name: string): Promise<NumbersView> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const window = await figureWindow(transaction, name);
    const counted = {} as Record<FigureName, Count>;
    for (const figure of Object.keys(definitions) as FigureName[]) counted[figure] = await countOf(transaction, figure, window);
    return {
      period: { name, ...window },
      figures: (Object.keys(definitions) as FigureName[]).map((figure) => figureOf(figure, counted)),
      hoursSaved: await hoursSaved(transaction, counted, window),
      cycleTime: await cycleTime(transaction, window),
      answers: await answerTimes(transaction, window),
      exceptions: await exceptionsOf(transaction, window),
    };
  });
}

/** @throws DH_ORCHESTRATION_PERIOD_UNKNOWN */
export async function figureWindow(transaction: OfficeTransaction, name: string): Promise<FigureWindow> {
  const period = periodOf(name);
  if (period === null)
    throw new DeskhandError(
      orchestrationErrors.periodUnknown,
      `"${name}" is no period. Write a year, quarter, month or day, such as 2026, 2026-Q4 or 2026-11.`,
    );
  const { time_zone: own } = await transaction.selectFrom('organizations').select('time_zone').executeTakeFirstOrThrow();
  return { from: period.from, until: period.until, timeZone: own ?? Intl.DateTimeFormat().resolvedOptions().timeZone };
}

const definitions: Readonly<Record<FigureName, readonly [label: string, definition: string]>> = {
  decided: [
    'Decided',
    'Invoices and credit notes approved or rejected in the period. One that came back counts once, when it was decided last.',
  ],
  touchless: [
    'Touchless',
    'Share of the decided ones that were approved without anybody answering a question, correcting a value or approving.',
  ],
  'matched-by-itself': ['Agreed with their order', 'Decided ones whose lines agreed with order and receipts without a person.'],
  'paid-by-run': ['Paid', 'Payments in runs that were released in the period.'],
  asked: ['Asked about', 'Invoices about which a person was asked in the period, because something differed or was in doubt.'],
  'asked-again': ['Asked more than once', 'Decided ones about which people had to answer more than one question.'],
  'discount-won': ['Discounts won', 'Early-payment discounts taken off payments that were released in the period.'],
  'discount-lost': [
    'Discounts lost',
    'Released payments without a discount to suppliers whose terms, as on file today, offer one: the largest share they offer, of the invoice total.',
  ],
  'duplicate-stopped': [
    'Duplicates stopped',
    'Totals of invoices rejected in the period by a person who was asked whether they are paid twice.',
  ],
  'fraud-stopped': [
    'Fraud stopped',
    'Totals of invoices rejected in the period by a person whom a fraud check or a changed account made look.',
  ],
  'questions-asked': ['Asked outside', 'Invoices about which a supplier or a colleague was asked by mail in the period.'],
  'questions-answered': ['Answered', 'Invoices about which an answer came in the period, from the address that was asked.'],
  'questions-closed': ['Loops closed', 'Invoices about which a question was answered and what it was about decided in the period.'],
};

const moneyFigures: readonly FigureName[] = ['paid-by-run', 'discount-won', 'discount-lost', 'duplicate-stopped', 'fraud-stopped'];

function figureOf(name: FigureName, counted: Readonly<Record<FigureName, Count>>): FigureView {
  const [label, definition] = definitions[name];
  const { invoices, money } = counted[name];
  const total = counted.decided.invoices;
  const inMoney = money.length === 0 ? 'nothing' : money.map(({ amount, currency }) => `${amount} ${currency}`).join(', ');
  const share = total === 0 ? 'none decided' : `${Math.round((invoices / total) * 100)} %`;
  const value = moneyFigures.includes(name) ? inMoney : name === 'touchless' ? share : String(invoices);
  return { name, label, value, definition, invoices, money };
}

async function countOf(transaction: OfficeTransaction, figure: FigureName, window: FigureWindow): Promise<Count> {
  const answer = await sql<{ currency: string; invoices: number; amount: string }>`
    select currency, count(*)::int as invoices, sum(amount)::text as amount
    from (select distinct on (invoice_id) * from (${membersOf(figure, window)}) m order by invoice_id) once
    group by currency order by currency`.execute(transaction);
  return {
    invoices: answer.rows.reduce((total, row) => total + row.invoices, 0),
    money: answer.rows.map(({ amount, currency }) => moneyView(amount, currency)),
  };
}

async function hoursSaved(
  transaction: OfficeTransaction,
  counted: Readonly<Record<FigureName, Count>>,
  window: FigureWindow,
): Promise<NumbersView['hoursSaved']> {
  const policy = await transaction
    .selectFrom('policies')
    .select('content')
    .where('kind', '=', 'tasks')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  const minutes = minutesByHandOf((policy?.content as { minutesByHand?: unknown } | undefined)?.minutesByHand);
  const read = await sql<{ times: number }>`select count(*)::int as times from (${membersOf('decided', window)}) d
    join invoices i on i.id = d.invoice_id where not exists (select from corrections c where c.invoice_id = i.id)`.execute(transaction);
  const steps = [
    { step: 'read without a correction', times: read.rows[0]?.times ?? 0, minutes: minutes.read },
    { step: 'compared with the order', times: counted['matched-by-itself'].invoices, minutes: minutes.match },
    { step: 'approved by policy', times: counted.touchless.invoices, minutes: minutes.approve },
    { step: 'put into a bank file', times: counted['paid-by-run'].invoices, minutes: minutes.pay },
  ];
  const total = steps.reduce((sum, { times, minutes: each }) => sum + times * each, 0);
  const definition =
    'What Deskhand did without a person, times the minutes it takes by hand. The minutes are the organization’s own and can be changed.';
  return { hours: (total / 60).toFixed(1), definition, minutes, steps };
}

async function cycleTime(transaction: OfficeTransaction, window: FigureWindow): Promise<NumbersView['cycleTime']> {
  const answer = await sql<{ median: number | null; p90: number | null }>`
    select percentile_cont(0.5) within group (order by hours)::float8 as median, percentile_cont(0.9) within group (order by hours)::float8 as p90
    from (select greatest(0, extract(epoch from decided_at - received_at) / 3600) as hours from (${membersOf('decided', window)}) d) waits`.execute(
    transaction,
  );
  const { median = null, p90 = null } = answer.rows[0] ?? {};
  return {
    medianHours: median?.toFixed(1) ?? null,
    p90Hours: p90?.toFixed(1) ?? null,
    definition: 'Hours by the clock from the arrival of the mail or file to the last decision, of those decided in the period.',
  };
}

async function answerTimes(transaction: OfficeTransaction, window: FigureWindow): Promise<NumbersView['answers']> {
  const medianOf = async (figure: 'questions-answered' | 'questions-closed', end: RawBuilder<unknown>): Promise<string | null> => {
    const answer = await sql<{ median: number | null }>`
      select percentile_cont(0.5) within group (order by greatest(0, extract(epoch from ${end} - asked_at) / 3600))::float8 as median
      from (${membersOf(figure, window)}) q`.execute(transaction);
    return answer.rows[0]?.median?.toFixed(1) ?? null;
  };
  return {
    medianHoursToAnswer: await medianOf('questions-answered', sql`answered_at`),
    medianHoursToClose: await medianOf('questions-closed', sql`closed_at`),
    definition: 'Median hours by the clock from the question to its first answer, and to the decision, of those of the period.',
  };
}

async function exceptionsOf(transaction: OfficeTransaction, window: FigureWindow): Promise<NumbersView['exceptions']> {
  const answer = await sql<NumbersView['exceptions'][number]>`
    select a.reason, i.supplier_id as "supplierId", coalesce(s.name, i.supplier_name, 'unknown') as supplier,
           count(*)::int as questions, count(distinct a.invoice_id)::int as invoices
    from (${membersOf('asked', window)}) a join invoices i on i.id = a.invoice_id left join suppliers s on s.id = i.supplier_id
    group by 1, 2, 3 order by 4 desc, 1, 3 limit 200`.execute(transaction);
  return answer.rows;
}
