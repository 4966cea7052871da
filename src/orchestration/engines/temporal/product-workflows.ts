import { activityPolicies } from '../../activities/policies.ts';
import { workflows } from '../../workflows/index.ts';
import { carryWorkflows } from './carry-workflows.ts';

/** What Temporal's workers bundle: workflow code, domain rules and plain data, nothing else. */
// Temporal calls a module's default export for every workflow type.
// oxlint-disable-next-line import/no-default-export
export default carryWorkflows(workflows, activityPolicies);
