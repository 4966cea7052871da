import { asDeskhandError } from '#domain/errors';
import { askingRule, reasonsAskedAbout, type AskingRule } from '#domain/policy';
import { whyNotAlone, type HarmlessReason } from '#domain/questions';
import type { Transaction } from '#platform';
import { sql } from 'kysely';
import { activePauses, connectionOf, pauseOf } from '../intake/pauses.ts';
import type { Assessment } from '../invoices/assessment.ts';
import { lockInvoice, takeTurn } from '../locks.ts';
import { policyInForce } from '../policy/policy-in-force.ts';
import type { Office } from '../tasks/office.ts';
import type { ClockedTask } from '../tasks/task-clock.ts';
import { loadTeam, type Team } from '../tasks/team.ts';
import { todayOf } from '../today.ts';
import { questionMailWorkflowId } from '../workflows/names.ts';
import { draftFor, type Drafted } from './askable-task.ts';
import { writeQuestion } from './write-question.ts';

const batch = 100;

/**
 * Asks what the policy in force lets Deskhand ask without a person: about each exception once for ever, to an address on file, so
 * many in a day. What is paused, what a person has taken and what anybody has asked about already is left alone. It changes no
 * workflow: the question lies beside the task, and its mail goes its own way behind the same gates as any.
 *
 * @returns how many questions are on their way.
 */
export async function askByPolicy(office: Office): Promise<number> {
  if (office.correspondence?.mailer == null) return 0;
  const organizations = await office.database.inSystem((transaction) => transaction.selectFrom('organizations').select('id').execute());
  let asked = 0;
  for (const { id } of organizations) asked += await askInOrganization(office, id);
  return asked;
}

async function askInOrganization(office: Office, organizationId: string): Promise<number> {
  let asked = 0;
  for (let after = ''; ;) {
    const page = await office.database.inOrganization(organizationId, async (transaction) => {
      const { tables } = await policyInForce(transaction, todayOf(office.clock));
      const reasons = reasonsAskedAbout(tables.questions);
      return reasons.length === 0 ? [] : await candidates(transaction, reasons, after);
    });
    // One at a time: each holds its invoice, and no other waits for the rest of the page.
    for (const { id, invoiceId } of page) asked += (await tryToAsk(office, { organizationId, taskId: id, invoiceId })) ? 1 : 0;
    const last = page.at(-1);
    if (last === undefined || page.length < batch) return asked;
    after = last.id;
  }
}

/** One that can't be asked keeps no other from being asked. */
async function tryToAsk(office: Office, candidate: Candidate): Promise<boolean> {
  const { organizationId, taskId } = candidate;
  try {
    return await office.database.inOrganization(organizationId, (transaction) => askAbout(office, transaction, candidate));
  } catch (thrown) {
    const code = asDeskhandError(thrown)?.code ?? null;
    office.log.warn(
      { event: 'question.not-asked', organizationId, taskId, code },
      thrown instanceof Error ? thrown.message : String(thrown),
    );
    return false;
  }
}

/** Open exceptions of these kinds that nobody has taken or asked about. */
async function candidates(
  transaction: Transaction,
  reasons: readonly HarmlessReason[],
  after: string,
): Promise<readonly { readonly id: string; readonly invoiceId: string }[]> {
  const rows = await transaction
    .selectFrom('tasks')
    .select(['id', 'invoice_id'])
    .where('status', '=', 'open')
    .where('kind', '=', 'exception')
    .where('reason', 'in', [...reasons])
    .where('claimed_at', 'is', null)
    .where('waiting_since', 'is', null)
    .where('invoice_id', 'is not', null)
    .where('id', '>', after)
    .where((of) => of.not(of.exists(of.selectFrom('questions').select('questions.id').whereRef('questions.task_id', '=', 'tasks.id'))))
    .orderBy('id')
    .limit(batch)
    .execute();
  return rows.flatMap(({ id, invoice_id: invoiceId }) => (invoiceId === null ? [] : [{ id, invoiceId }]));
}

interface Candidate {
  readonly organizationId: string;
  readonly taskId: string;
  readonly invoiceId: string;
}

/** Decides and asks in one transaction: whoever comes at the same time finds it asked. */
async function askAbout(office: Office, transaction: Transaction, { organizationId, taskId, invoiceId }: Candidate): Promise<boolean> {
  await lockInvoice(transaction, invoiceId);
  const task = await transaction.selectFrom('tasks').selectAll().where('id', '=', taskId).forUpdate().executeTakeFirst();
  if (task === undefined || task.status !== 'open' || task.claimed_at !== null || task.waiting_since !== null) return false;
  if (await isAskedAlready(transaction, task, invoiceId)) return false;
  if (await isPaused(transaction, organizationId, task.workflow_id)) return false;
  const { version, tables } = await policyInForce(transaction, todayOf(office.clock));
  const rule = askingRule(tables.questions, { reason: task.reason, supplierNumber: await supplierNumberOf(transaction, invoiceId) });
  if (rule === null) return false;
  const drafted = await draftFor(transaction, task, null, { recipient: rule.to, language: undefined });
  const { draft, loaded } = drafted;
  const { toAddress } = draft;
  const team = await loadTeam(office, transaction);
  if (toAddress === null || isRefused(team, task, rule, drafted)) return false;
  const to = { toAddress, supplierId: rule.to === 'supplier' ? loaded.row.supplier_id : null };
  if ((await askedToday(transaction, team, to)) >= rule.perDay) return false;
  // Counted again by one at a time; what is not asked anyway holds nobody up.
  await takeTurn(transaction, organizationId);
  if ((await askedToday(transaction, team, to)) >= rule.perDay) return false;
  const { questionId } = await writeQuestion(transaction, {
    ...draft,
    toAddress,
    organizationId,
    task,
    invoiceId,
    askedBy: null,
    isMailed: true,
    now: team.now,
    details: { policyVersion: version, policyRow: rule.row, because: rule.because },
  });
  await transaction
    .insertInto('questions_by_policy')
    .values({
      question_id: questionId,
      organization_id: organizationId,
      invoice_id: invoiceId,
      reason: task.reason,
      policy_version: version,
      policy_row: rule.row,
      because: rule.because,
    })
    .execute();
  return true;
}

/** By anybody about this task, or by policy about the same reason of the invoice: asked anew it would be the same question. */
async function isAskedAlready(transaction: Transaction, task: Pick<ClockedTask, 'id' | 'reason'>, invoiceId: string): Promise<boolean> {
  const asked = await transaction.selectFrom('questions').select('id').where('task_id', '=', task.id).limit(1).executeTakeFirst();
  if (asked !== undefined) return true;
  const before = await transaction
    .selectFrom('questions_by_policy')
    .select('question_id')
    .where('invoice_id', '=', invoiceId)
    .where('reason', '=', task.reason)
    .executeTakeFirst();
  return before !== undefined;
}

/** The work that it is about, or the sending of mails. */
async function isPaused(transaction: Transaction, organizationId: string, workflowId: string): Promise<boolean> {
  const pauses = await activePauses(transaction);
  const find = (id: string): Promise<string | null> => connectionOf(transaction, id);
  for (const run of [workflowId, questionMailWorkflowId('')])
    if ((await pauseOf(pauses, { organizationId, workflowId: run }, find)) !== null) return true;
  return false;
}

async function supplierNumberOf(transaction: Transaction, invoiceId: string): Promise<string | null> {
  const supplier = await transaction
    .selectFrom('invoices')
    .innerJoin('suppliers', 'suppliers.id', 'invoices.supplier_id')
    .select('suppliers.number')
    .where('invoices.id', '=', invoiceId)
    .executeTakeFirst();
  return supplier?.number ?? null;
}

/** What no policy can give away, by what is known of the invoice now. */
function isRefused(team: Team, task: ClockedTask, rule: AskingRule, { draft, memberId, addressOnFile, loaded }: Drafted): boolean {
  const { row } = loaded;
  const assessment = row.assessment as Assessment | null;
  // It was changed, and is about to be looked at anew.
  if (assessment === null || assessment.version !== row.version) return true;
  const why = whyNotAlone({
    reason: task.reason,
    recipient: rule.to,
    invoiceKind: row.kind,
    isSupplierKnown: row.supplier_id !== null,
    exceptions: assessment.exceptions.map(({ reason, acceptedBy }) => ({ reason, isOpen: acceptedBy === null })),
    warnings: assessment.warnings ?? [],
    account: assessment.bankAccount?.outcome ?? null,
    addressOnFile,
    address: draft.toAddress,
    isHolder: memberId !== null && memberId === task.member_id,
    isAway: memberId !== null && team.standInOf(memberId) !== null,
  });
  return why !== null;
}

/** Questions that Deskhand asked of them by itself since midnight of the office. */
async function askedToday(
  transaction: Transaction,
  team: Team,
  { toAddress, supplierId }: { readonly toAddress: string; readonly supplierId: string | null },
): Promise<number> {
  const { timeZone } = team.calendarOf(null);
  const { asked } = await transaction
    .selectFrom('questions_by_policy')
    .innerJoin('questions', 'questions.id', 'questions_by_policy.question_id')
    .select(({ fn }) => fn.countAll<string>().as('asked'))
    .where('questions.asked_at', '>=', sql<Date>`${team.today}::date::timestamp at time zone ${timeZone}`)
    .where((where) =>
      where.or([
        where(sql<string>`lower(questions.to_address)`, '=', toAddress.toLowerCase()),
        ...(supplierId === null ? [] : [where('questions.supplier_id', '=', supplierId).and('questions.recipient', '=', 'supplier')]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(asked);
}
