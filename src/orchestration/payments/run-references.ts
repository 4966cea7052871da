import type { Database } from '#platform';

/**
 * Which of these runs an open task or an outbox row still refers to.
 *
 * @param runs - with the organization whose tasks may name them; a run without one is never somebody's task.
 */
export async function referredRuns(
  database: Database,
  runs: readonly { readonly workflowId: string; readonly organizationId: string | null }[],
): Promise<ReadonlySet<string>> {
  if (runs.length === 0) return new Set();
  const waiting = await database.inSystem((transaction) =>
    transaction
      .selectFrom('outbox')
      .select('workflow_id')
      .where(
        'workflow_id',
        'in',
        runs.map(({ workflowId }) => workflowId),
      )
      .where('state', 'not in', ['settled', 'dead'])
      .execute(),
  );
  const referred = new Set(waiting.map((row) => row.workflow_id));
  for (const [organizationId, ofOrganization] of Map.groupBy(runs, (run) => run.organizationId)) {
    if (organizationId === null) continue;
    const tasks = await database.inOrganization(organizationId, (transaction) =>
      transaction
        .selectFrom('tasks')
        .select('workflow_id')
        .where('status', '=', 'open')
        .where(
          'workflow_id',
          'in',
          ofOrganization.map(({ workflowId }) => workflowId),
        )
        .execute(),
    );
    for (const { workflow_id: id } of tasks) if (id !== null) referred.add(id);
  }
  return referred;
}
