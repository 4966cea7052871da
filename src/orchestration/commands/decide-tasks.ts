import { DeskhandError, asDeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { add, decimal, formatMoney, roundTo, type Money } from '#domain/money';
import type { Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { togetherChoices } from '../tasks/tasks.ts';
import { lockInvoice } from '../locks.ts';
import type { Office } from '../tasks/office.ts';
import { decideTask, decideTaskIn } from './decide-task.ts';
import { requireRight } from './require-right.ts';

export interface TasksDecision {
  readonly taskIds: readonly string[];
  readonly decision: string;
  readonly note?: string | undefined;
  /** `all`: every one or none. `each`: those that can be, the others are reported. */
  readonly mode: 'all' | 'each';
  /** What the person saw that it comes to, one entry a currency; anything else is refused. */
  readonly sums: readonly { readonly amount: string; readonly currency: string }[];
}

export interface TasksOutcome {
  readonly results: {
    readonly taskId: string;
    /** `not-done`: nothing was wrong with it, but with another. */
    readonly outcome: 'decided' | 'refused' | 'not-done';
    readonly code: string | null;
    readonly detail: string | null;
  }[];
}

/**
 * One answer to several tasks. Each is decided, checked and audited as if it were the only one; the sum that the person
 * saw is held against the invoices, so that nothing grew under their hand.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_NOT_TOGETHER when a choice is not one of all of them,
 *   DH_ORCHESTRATION_SUM_DIFFERS
 */
export async function decideTasks(office: Office, actor: Actor, input: TasksDecision): Promise<TasksOutcome> {
  requireRight(actor, 'tasks:decide');
  const taskIds = [...new Set(input.taskIds)].toSorted();
  await office.database.inOrganization(actor.organizationId, (transaction) => checkTogether(transaction, taskIds, input));
  return input.mode === 'all' ? decideAll(office, actor, taskIds, input) : decideEach(office, actor, taskIds, input);
}

async function checkTogether(transaction: Transaction, taskIds: readonly string[], input: TasksDecision): Promise<void> {
  const tasks = await transaction
    .selectFrom('tasks')
    .leftJoin('invoices', 'invoices.id', 'tasks.invoice_id')
    .select(['tasks.id', 'tasks.title', 'tasks.choices', 'tasks.invoice_id', 'invoices.gross', 'invoices.currency'])
    .where('tasks.id', 'in', taskIds)
    .execute();
  const missing = taskIds.find((id) => !tasks.some((task) => task.id === id));
  if (missing !== undefined) throw new DeskhandError(orchestrationErrors.notFound, `There is no task ${missing}.`);
  const odd = tasks.find((task) => !task.choices.includes(input.decision));
  if (odd !== undefined || !togetherChoices.has(input.decision)) {
    const why = odd === undefined ? 'it needs something said for each' : `it is no answer to "${odd.title}"`;
    throw new DeskhandError(orchestrationErrors.notTogether, `"${input.decision}" can not be said of these together: ${why}.`);
  }
  const actual = sumsOf(tasks);
  const stated = sumsOf(input.sums.map(({ amount, currency }) => ({ invoice_id: null, gross: amount, currency })));
  if (actual.map(formatMoney).join() === stated.map(formatMoney).join()) return;
  throw new DeskhandError(
    orchestrationErrors.sumDiffers,
    `Together they come to ${actual.map(formatMoney).join(' and ') || 'no amount'}, not to ${stated.map(formatMoney).join(' and ') || 'no amount'}. Reload and look again.`,
  );
}

/** Once for each invoice, by currency. */
function sumsOf(
  rows: readonly { readonly invoice_id: string | null; readonly gross: string | null; readonly currency: string | null }[],
): readonly Money[] {
  const sums = new Map<string, Money>();
  const counted = new Set<string>();
  for (const { invoice_id: invoiceId, gross, currency } of rows) {
    if (gross === null || currency === null || (invoiceId !== null && counted.has(invoiceId))) continue;
    if (invoiceId !== null) counted.add(invoiceId);
    const amount = roundTo(decimal(gross), currency);
    const before = sums.get(currency);
    sums.set(currency, before === undefined ? amount : add(before, amount));
  }
  return [...sums.values()].toSorted((one, other) => one.currency.localeCompare(other.currency));
}

async function decideEach(office: Office, actor: Actor, taskIds: readonly string[], input: TasksDecision): Promise<TasksOutcome> {
  const results: TasksOutcome['results'][number][] = [];
  for (const taskId of taskIds) {
    const fault = await faultOf(decideTask(office, actor, { taskId, decision: input.decision, note: input.note }));
    results.push(resultOf(taskId, fault, 'decided'));
  }
  return { results };
}

async function decideAll(office: Office, actor: Actor, taskIds: readonly string[], input: TasksDecision): Promise<TasksOutcome> {
  let at = '';
  const undone = await faultOf(
    office.database.inOrganization(actor.organizationId, async (transaction) => {
      await lockTogether(transaction, taskIds);
      for (const taskId of taskIds) {
        at = taskId;
        await decideTaskIn(office, transaction, actor, { taskId, decision: input.decision, note: input.note });
      }
    }),
  );
  if (undone === null) return { results: taskIds.map((taskId) => resultOf(taskId, null, 'decided')) };
  return { results: taskIds.map((taskId) => resultOf(taskId, taskId === at ? undone : null, 'not-done')) };
}

/** All invoices, then all tasks, each in the order of their ids: whoever does the same waits, and nobody in a circle. */
async function lockTogether(transaction: Transaction, taskIds: readonly string[]): Promise<void> {
  const invoices = await transaction.selectFrom('tasks').select('invoice_id').distinct().where('id', 'in', taskIds).execute();
  for (const id of invoices.flatMap((row) => row.invoice_id ?? []).toSorted()) await lockInvoice(transaction, id);
  await transaction.selectFrom('tasks').select('id').where('id', 'in', taskIds).orderBy('id').forUpdate().execute();
}

/** What was refused; anything but a refusal goes on its way. */
async function faultOf(work: Promise<void>): Promise<DeskhandError | null> {
  try {
    await work;
    return null;
  } catch (thrown) {
    const fault = asDeskhandError(thrown);
    if (fault === null || fault.kind === 'defect' || fault.kind === 'unavailable') throw thrown;
    return fault;
  }
}

function resultOf(taskId: string, fault: DeskhandError | null, otherwise: 'decided' | 'not-done'): TasksOutcome['results'][number] {
  return fault === null
    ? { taskId, outcome: otherwise, code: null, detail: null }
    : { taskId, outcome: 'refused', code: fault.code, detail: fault.message };
}
