import type { ActivityContext } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { connectionOf, createPauseWatch, pauseOf, waitForResume } from '../intake/pauses.ts';

/** Whether an activity may begin now. */
type PauseGate = (context: ActivityContext, input: unknown) => Promise<boolean>;

/**
 * The last door before anything is done: a stop reaches work that was admitted long ago. What has begun is finished.
 * A workflow that is turned away is told when the pause is over.
 */
export function createPauseGate(office: Office): PauseGate {
  const watch = createPauseWatch(office.database);
  return async ({ workflowId }, input) => {
    const organizationId = organizationOf(input);
    for (;;) {
      const pause = await pauseOf(await watch.active(), { organizationId, workflowId }, async (id) =>
        organizationId === null ? null : office.database.inOrganization(organizationId, (transaction) => connectionOf(transaction, id)),
      );
      if (pause === null || organizationId === null) return true;
      const isHeld = await office.database.inOrganization(organizationId, (transaction) =>
        waitForResume(transaction, organizationId, workflowId, pause.id),
      );
      if (isHeld) return false;
      watch.forget();
    }
  };
}

function organizationOf(input: unknown): string | null {
  const { organizationId } = (input ?? {}) as { readonly organizationId?: unknown };
  return typeof organizationId === 'string' ? organizationId : null;
}
