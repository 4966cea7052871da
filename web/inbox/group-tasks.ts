import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import type { TaskView } from '../api/queries.ts';
import { isLikelyLate } from '../parts/task-due.tsx';
import { daysUntil } from '../parts/words.ts';

export interface TaskGroupOf {
  readonly name: string;
  readonly tasks: TaskSummary[];
}

/** Days until which something counts as pressing, while its clock has not started. */
const SOON_DAYS = 3;

function isSoon(time: NonNullable<TaskSummary['time']>): boolean {
  return time.state === 'overdue' || time.state === 'due-today' || isLikelyLate(time);
}

/** Questions that are answered with the same thing in mind stand together. */
const groupOfReason: Readonly<Record<string, string>> = {
  price: 'Price and quantity',
  quantity: 'Price and quantity',
  'unordered-item': 'Price and quantity',
  'missing-receipt': 'Price and quantity',
  unit: 'Price and quantity',
  'missing-purchase-order': 'Which order?',
  'order-closed': 'Which order?',
  'unknown-supplier': 'Suppliers and their accounts',
  'fraud-hold': 'Held by a fraud gate',
  'fraud-second': 'Held by a fraud gate',
  'bank-account-changed': 'Suppliers and their accounts',
  'bank-account-called': 'Suppliers and their accounts',
  duplicate: 'Duplicates and credit notes',
  'credit-note': 'Duplicates and credit notes',
  'over-credited': 'Duplicates and credit notes',
  'agreement-amount': 'Bills under an agreement',
  'agreement-bill': 'Bills under an agreement',
  'agreement-period': 'Bills under an agreement',
  coding: 'Where to book it',
  arithmetic: 'Figures to check',
  'doubtful-value': 'Figures to check',
  currency: 'Figures to check',
  deposit: 'Figures to check',
  'tax-rate': 'Tax to check',
  'tax-treatment': 'Tax to check',
  'vat-id': 'Tax to check',
};

const groupOrder = [
  'Payments to the bank',
  'Pressing',
  'To approve',
  ...new Set(Object.values(groupOfReason)),
  'Other questions',
  'Could not be read',
  'To know',
];

/** Decisions on money first and by urgency; what only wants to be seen comes last. Done work stands by day. */
export function groupTasks(tasks: readonly TaskSummary[], view: TaskView): TaskGroupOf[] {
  const groups = Map.groupBy(tasks, view === 'done' ? dayOf : kindOf);
  const order = view === 'done' ? [...groups.keys()] : groupOrder;
  return order.flatMap((name) => {
    const found = groups.get(name);
    return found === undefined ? [] : [{ name, tasks: found }];
  });
}

function kindOf(task: TaskSummary): string {
  const isAboutMoney = task.kind === 'approval' || task.kind === 'exception';
  const isPressing = task.time === null ? task.dueOn !== null && daysUntil(task.dueOn) <= SOON_DAYS : isSoon(task.time);
  if (isAboutMoney && isPressing) return 'Pressing';
  if (task.kind === 'approval') return 'To approve';
  if (task.paymentRun !== null) return 'Payments to the bank';
  if (task.kind === 'question') return 'Other questions';
  if (task.kind === 'exception') return groupOfReason[task.reason] ?? 'Other questions';
  return task.kind === 'message' ? 'To know' : 'Could not be read';
}

function dayOf(task: TaskSummary): string {
  const day = (task.decidedAt ?? task.createdAt).slice(0, 10);
  const days = daysUntil(day);
  if (days === 0) return 'Today';
  return days === -1 ? 'Yesterday' : days > -7 ? 'This week' : 'Earlier';
}
