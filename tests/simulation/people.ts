import type { Role } from '#domain/identity';
import type { Bank } from './bank.ts';
import type { Clockwork } from './clockwork.ts';
import type { Faults } from './faults.ts';
import {
  correctInvoice,
  decideTask,
  delegate,
  pauseAutomation,
  proposeRun,
  releaseRun,
  resumeAutomation,
  type Decision,
  type Person,
} from './office/commands.ts';
import { ibanOf, openTasks, row, type Records, type TaskRow } from './office/records.ts';
import type { Mistakes } from './plan.ts';

const person = (memberId: string, ...roles: Role[]): Person => ({ memberId, roles });
// Two of each who can be in each other's way, so that nobody is ever the only one who may.
const team: readonly Person[] = [
  person('ana', 'office-manager'),
  person('bo', 'approver'),
  person('cy', 'controller', 'approver'),
  person('di', 'controller', 'office-manager'),
];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export interface PeopleOptions {
  readonly records: Records;
  readonly clockwork: Clockwork;
  readonly faults: Faults;
  readonly mistakes: Mistakes;
  readonly bank: Bank;
  /** Whether the pages are to be reached. */
  readonly isUp: () => boolean;
  /** Everything that is asked is answered from then on. */
  readonly isDiligent: () => boolean;
}

/** The people of the office look in every few hours, read, think for a while, and then decide on what they read. */
export function startPeople(options: PeopleOptions): void {
  for (const member of team) later(options, member);
}

function later(options: PeopleOptions, member: Person): void {
  const { clockwork, isUp, faults } = options;
  clockwork.after(clockwork.between(hourMs / 2, 5 * hourMs), `${member.memberId} looks in`, () => {
    if (isUp() && !faults.happens('person silent')) lookIn(options, member);
    later(options, member);
  });
}

function lookIn(options: PeopleOptions, member: Person): void {
  const { records, clockwork, faults, mistakes } = options;
  const tasks = openTasks(records, (task) => isFor(task, member));
  const seen = tasks.slice(0, 4).map((task) => look(options, task));
  const thinksForMs = faults.happens('person decides on an old page')
    ? clockwork.between(4 * hourMs, 30 * hourMs)
    : clockwork.between(0, 30 * minuteMs);
  clockwork.after(thinksForMs, `${member.memberId} decides`, () => {
    if (!options.isUp()) return;
    for (const { task, decision } of seen) act(options, member, task, decision);
    if (member.memberId === 'ana') proposeRun(records, member);
    if (!member.roles.includes('controller')) return;
    for (const run of records.runs.values()) if (run.status === 'proposed') releaseRun(records, member, run.id, mistakes);
  });
  if (!member.roles.includes('controller') || records.isPaused || !faults.happens('automation paused')) return;
  pauseAutomation(records);
  clockwork.after(clockwork.between(hourMs, 8 * hourMs), 'the pause ends', () => resumeAutomation(records));
}

function isFor(task: TaskRow, { memberId, roles }: Person): boolean {
  if (task.memberId !== null) return task.memberId === memberId;
  if (roles.includes(task.role)) return true;
  // As `mayApprove` has it: those above may take the office manager's step.
  return task.kind === 'approval' && (task.role === 'office-manager' || roles.includes('controller'));
}

/** The page as it is now, and what the person will say to it. */
function look(
  { records, clockwork, bank, isDiligent }: PeopleOptions,
  task: TaskRow,
): { readonly task: TaskRow; readonly decision: Decision | null } {
  const invoice = task.invoiceId === null ? null : row(records.invoices, task.invoiceId);
  const seen = invoice === null ? null : { grossMinor: invoice.grossMinor, iban: ibanOf(records, invoice) };
  const decision = answer(task);
  return { task, decision: decision === null ? null : { taskId: task.id, decision, seen } };

  function answer({ kind, reason, choices, paymentRunId }: TaskRow): string | null {
    if (kind === 'question' && reason !== 'arrival' && reason !== 'resend') return 'done';
    if (kind === 'question') {
      const isThere = bank.has(row(records.runs, paymentRunId ?? '').messageId);
      if (reason === 'resend') return isThere ? 'ask-again' : 'send-again';
      return isThere ? clockwork.pick(['it-arrived', 'ask-again']) : clockwork.pick(['it-did-not-arrive', 'ask-again']);
    }
    if (kind === 'failed') return clockwork.random() < 0.7 ? 'retry' : 'dismiss';
    // Some wait for the order to come; nobody does at the end.
    if (reason === 'missing-order' && !isDiligent() && clockwork.random() < 0.7) return null;
    if (kind === 'approval') return clockwork.random() < 0.85 ? 'approve' : 'reject';
    return clockwork.pick(choices);
  }
}

function act(options: PeopleOptions, member: Person, task: TaskRow, decision: Decision | null): void {
  const { records, clockwork, faults, mistakes } = options;
  if (decision === null) return;
  if (task.invoiceId !== null && faults.happens('person corrects')) {
    const { grossMinor } = row(records.invoices, task.invoiceId);
    correctInvoice(records, member, task.invoiceId, grossMinor + clockwork.pick([-1, 1, 100, 10_000]));
    return;
  }
  if (faults.happens('person delegates')) {
    delegate(records, task.id, clockwork.pick(team.filter((other) => isFor({ ...task, memberId: null }, other))).memberId);
    return;
  }
  decideTask(records, member, decision, mistakes);
  if (!faults.happens('person decides twice')) return;
  const other = clockwork.pick(team.filter((one) => isFor({ ...task, memberId: null }, one)));
  decideTask(records, member, decision, mistakes);
  decideTask(records, other, { ...decision, decision: clockwork.pick(task.choices) }, mistakes);
}
