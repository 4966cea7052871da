import { activityPolicies } from '../../../src/orchestration/activities/policies.ts';
import { carryWorkflows } from '../../../src/orchestration/engines/temporal/carry-workflows.ts';
import type { Workflow } from '../../../src/orchestration/flow.ts';
import { workflows } from '../../../src/orchestration/workflows/index.ts';

/** As after a change that forgot what runs: something new comes first. */
const strayed = Object.fromEntries(
  Object.entries(workflows).map(([name, workflow]): [string, Workflow<never, never>] => [
    name,
    async (flow, input) => {
      await (flow as { run(activity: string, given: unknown): Promise<unknown> }).run('remind', { organizationId: 'org_1' });
      return await (workflow as Workflow<never, never>)(flow, input);
    },
  ]),
);

// Temporal calls a module's default export for every workflow type.
// oxlint-disable-next-line import/no-default-export
export default carryWorkflows(strayed as never, activityPolicies);
