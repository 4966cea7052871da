import type { Actor } from '#domain/identity';
import { DeskhandError } from '#domain/errors';
import { appendAudit, settleWork } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { WorkflowRun } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { requireRight } from './require-right.ts';

interface RunOrder {
  readonly workflowId: string;
  /** Why, for the audit log. */
  readonly reason: string;
}

/** @throws DH_ORCHESTRATION_NOT_FOUND: unknown runs and other organizations' runs look the same. */
export async function findRun(office: Office, actor: Actor, workflowId: string): Promise<WorkflowRun> {
  const [run] = await office.engine().runs({ workflowId, organizationId: actor.organizationId, limit: 1 });
  if (run === undefined) {
    throw new DeskhandError(orchestrationErrors.notFound, `There is no run ${workflowId} in your organization.`, {
      details: { workflowId },
    });
  }
  return run;
}

/** The kill switch for one run: no further step begins. What it asked people stays open and waits for the run to go on. */
export async function cancelRun(office: Office, actor: Actor, order: RunOrder): Promise<void> {
  const run = await operate(office, actor, order);
  if (run.status === 'done') throw ended(run);
  await record(office, actor, order, 'run.cancelled', { status: run.status });
  await office.engine().cancel(run.workflowId);
}

/** A cancelled or failed run goes on after its last finished step. */
export async function resumeRun(office: Office, actor: Actor, order: RunOrder): Promise<void> {
  const run = await operate(office, actor, order);
  if (run.status !== 'cancelled' && run.status !== 'failed') {
    throw new DeskhandError(orchestrationErrors.runState, `This run is ${run.status}; only a cancelled or failed one can go on.`, {
      details: { workflowId: run.workflowId },
    });
  }
  await record(office, actor, order, 'run.resumed', { status: run.status });
  await office.engine().resume(run.workflowId);
}

/**
 * Does a run again from one of its steps, as a run of its own that takes over: the old one is cancelled first, and what
 * people decide from now on reaches the new one.
 *
 * @returns the new run's id.
 */
export async function forkRun(
  office: Office,
  actor: Actor,
  order: RunOrder & { readonly position: number },
): Promise<{ readonly workflowId: string }> {
  const run = await operate(office, actor, order);
  const steps = await office.engine().steps(run.workflowId);
  if (!steps.some((step) => step.position === order.position)) {
    throw new DeskhandError(orchestrationErrors.notFound, `This run has no step ${order.position}. Take one of its ${steps.length}.`, {
      details: { workflowId: run.workflowId },
    });
  }
  await office.engine().cancel(run.workflowId);
  const workflowId = await takeOver(office, actor, order, run);
  await office.engine().fork(run.workflowId, order.position, workflowId);
  return { workflowId };
}

/** Tasks and later signals of the old run go to the new one, written with the audit entry. */
async function takeOver(office: Office, actor: Actor, order: RunOrder & { readonly position: number }, run: WorkflowRun): Promise<string> {
  return await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const base = run.workflowId.split('~')[0] ?? run.workflowId;
    const { count } = await transaction
      .selectFrom('run_successors')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('workflow_id', '=', base)
      .executeTakeFirstOrThrow();
    const successor = `${base}~${Number(count) + 2}`;
    await transaction
      .insertInto('run_successors')
      .values({ organization_id: actor.organizationId, workflow_id: base, successor })
      .execute();
    await transaction
      .updateTable('tasks')
      .set({ workflow_id: successor })
      .where('workflow_id', '=', run.workflowId)
      .where('status', '=', 'open')
      .execute();
    await settleWork(transaction, base);
    await appendAudit(transaction, actor.organizationId, office.clock.now(), {
      actor: actor.memberId,
      action: 'run.forked',
      subjects: [run.workflowId, successor],
      details: { position: order.position, reason: order.reason },
    });
    return successor;
  });
}

async function operate(office: Office, actor: Actor, { workflowId, reason }: RunOrder): Promise<WorkflowRun> {
  requireRight(actor, 'automation:operate');
  if (reason.trim() === '') throw new DeskhandError(orchestrationErrors.decisionIncomplete, 'Say why: the reason goes into the audit log.');
  return await findRun(office, actor, workflowId);
}

function ended({ workflowId }: WorkflowRun): DeskhandError {
  return new DeskhandError(orchestrationErrors.runState, 'This run has ended; there is nothing to cancel.', { details: { workflowId } });
}

async function record(office: Office, actor: Actor, order: RunOrder, action: string, details: Record<string, unknown>): Promise<void> {
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    // What is cancelled holds up neither its thread nor its connection.
    if (action === 'run.cancelled') await settleWork(transaction, order.workflowId);
    await appendAudit(transaction, actor.organizationId, office.clock.now(), {
      actor: actor.memberId,
      action,
      subjects: [order.workflowId],
      details: { ...details, reason: order.reason },
    });
  });
}
