import type { Actor } from '#domain/identity';
import { requireRight } from '../commands/require-right.ts';
import { findRun } from '../commands/operate-run.ts';
import type { RunStatus, WorkflowRun, WorkflowStep } from '../flow.ts';
import type { Office } from '../tasks/office.ts';

/** The organization's runs, newest first. */
export async function listRuns(
  office: Office,
  actor: Actor,
  filter: { readonly status?: RunStatus; readonly workflow?: string; readonly limit: number },
): Promise<readonly WorkflowRun[]> {
  requireRight(actor, 'automation:operate');
  return await office.engine().runs({ ...filter, organizationId: actor.organizationId });
}

/** One run with its path, step by step. @throws DH_ORCHESTRATION_NOT_FOUND */
export async function getRun(
  office: Office,
  actor: Actor,
  workflowId: string,
): Promise<WorkflowRun & { readonly steps: readonly WorkflowStep[] }> {
  requireRight(actor, 'automation:operate');
  const run = await findRun(office, actor, workflowId);
  return { ...run, steps: await office.engine().steps(workflowId) };
}
